"""A site on loopback for the tests: pages that can be changed, and what was asked of it."""

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from xml.sax.saxutils import escape


class Reply(NamedTuple):
    """What a page answers with."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {}


@dataclass
class FeedSite:
    """Pages by path; `asked` has path and headers of each request."""

    port: int = 0
    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/feed") -> str:
        """Return the address of a page."""
        return f"http://127.0.0.1:{self.port}{path}"

    def feed(self, path: str = "/feed", *articles: str, etag: str = "", **more: str) -> str:
        """Publish a feed of such articles, each a title, and return its address."""
        headers = {"Content-Type": "application/rss+xml"} | ({"ETag": etag} if etag else {})
        body = rss(articles, site=f"https://site{path.replace('/', '-')}.example", **more)
        self.pages[path] = Reply(body, headers=headers)
        return self.url(path)


def rss(
    titles: tuple[str, ...],
    *,
    site: str = "https://site.example",
    text: str = "What there is to say.",
    title: str = "A feed",
) -> bytes:
    """Return a feed of articles, a day apart; `text` is what each says."""
    items = "".join(
        f"<item><title>{escape(one)}</title><link>{site}/{number}</link>"
        f"<guid isPermaLink='false'>{number}</guid>"
        f"<pubDate>{formatdate(1_764_000_000 - number * 86_400)}</pubDate>"
        f"<description>{escape(text)}</description></item>"
        for number, one in enumerate(titles)
    )
    start = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
    head = f"<title>{escape(title)}</title><link>{site}/</link>"
    return f"{start}{head}{items}</channel></rss>".encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that is gone, for tests read what is said."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def feed_site() -> Iterator[FeedSite]:
    """Serve a site that has nothing yet."""
    site = FeedSite()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            reply = site.pages.get(self.path, Reply(b"not here", 404))
            etag = reply.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                reply = Reply(status=304, headers=reply.headers)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
