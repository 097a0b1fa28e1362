"""A server of 200 invented feeds on loopback: some slow, some broken, some that have moved.

    uv run python -m bench.feed_server --port 8123

What each program asked and got is counted, and told at /stats; /reset forgets it.
"""

import argparse
import asyncio
import gzip
import json
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from bench.words import Words

FEEDS, ARTICLES = 200, 100
HOSTS = 50
"""Addresses of loopback (127.0.1.1 and up) that the feeds are spread over."""

SLOW = range(10)
CUT = range(10, 15)
FAILING = range(15, 18)
MISSING = range(18, 20)
MOVED = range(20, 30)
ELSEWHERE = range(30, 35)
WITHOUT_VALIDATORS = range(35, 70)
WHOLE_TEXT = range(0, FEEDS, 3)
"""Feeds that have the whole text of each article as HTML, of some 300 words."""

MODIFIED = "Last-Modified: Fri, 20 Nov 2026 10:00:00 GMT"
DELAY = 1.5  # seconds
SEED = 8


class Page(NamedTuple):
    """One feed as it is sent, plain and compressed."""

    plain: bytes
    packed: bytes
    etag: str


def urls(port: int) -> list[str]:
    """Return the addresses of all feeds."""
    return [f"http://127.0.1.{number % HOSTS + 1}:{port}/{number}.xml" for number in range(FEEDS)]


def hosts() -> list[str]:
    """Return all hosts that the feeds are on."""
    return [f"127.0.1.{number + 1}" for number in range(HOSTS)]


def page(number: int, articles: int = ARTICLES) -> Page:
    """Return the feed of a number, the same each time."""
    rng = random.Random(f"{SEED} {number}")
    words = Words(rng)
    items = "".join(_item(words, rng, number, place) for place in range(articles))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{words.name(2)} {number}</title><link>https://site-{number}.example/</link>"
        f"<description>{' '.join(words.some(8))}</description>{items}</channel></rss>\n"
    )
    plain = text.encode()
    if number in CUT:
        plain = plain[: len(plain) * 9 // 10]
    return Page(plain, gzip.compress(plain), f'"{number}-{len(plain)}"')


def _item(words: Words, rng: random.Random, number: int, place: int) -> str:
    when = datetime(2026, 11, 20, tzinfo=UTC) - timedelta(minutes=place * 97 + number)
    title = " ".join(words.some(9)).capitalize()
    link = f"https://site-{number}.example/{when:%Y/%m}/{place}-{'-'.join(words.some(3))}"
    link = link.encode("ascii", "ignore").decode()
    whole = ""
    if number in WHOLE_TEXT:
        whole = f"<content:encoded>{escape(_html(words))}</content:encoded>"
    return (
        f"<item><title>{escape(title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{format_datetime(when)}</pubDate><dc:creator>{words.name(2)}</dc:creator>"
        f"<category>{words.name(1)}</category><category>{words.name(1)}</category>"
        f"<description>{escape(' '.join(words.some(40)))}.</description>{whole}</item>\n"
    )


def _html(words: Words) -> str:
    paragraphs = [f"<p>{' '.join(words.some(45))}.</p>" for _ in range(6)]
    link = f'<a href="/{words.some(1)[0]}">{" ".join(words.some(3))}</a>'
    middle = f"<h2>{words.name(3)}</h2><p>{' '.join(words.some(12))} {link}</p>"
    bits = "".join(f"<li>{' '.join(words.some(6))}</li>" for _ in range(4))
    return f"{paragraphs[0]}{middle}<ul>{bits}</ul>{''.join(paragraphs[1:])}"


class Server:
    """Answers, and counts by the first word of the User-Agent."""

    def __init__(self, articles: int = ARTICLES) -> None:
        self.pages = [page(number, articles) for number in range(FEEDS)]
        self.counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(await self._answer(head.decode("latin-1")))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, head: str) -> bytes:
        first, *lines = head.split("\r\n")
        path = first.split(" ")[1]
        fields = {
            name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
        }
        if path == "/stats":
            return _response(200, json.dumps(self.counts).encode())
        if path == "/reset":
            self.counts.clear()
            return _response(200, b"{}")
        answer = await self._feed(int(path.strip("/mto").removesuffix(".xml")), path, fields)
        counts = self.counts[fields.get("user-agent", "none").split("/")[0]]
        counts["requests"] += 1
        counts["bytes"] += len(answer)
        return answer

    async def _feed(self, number: int, path: str, fields: dict[str, str]) -> bytes:
        if number in SLOW:
            await asyncio.sleep(DELAY)
        if number in FAILING or number in MISSING:
            return _response(500 if number in FAILING else 404, b"no")
        if number in MOVED and not path.startswith("/m"):
            return _response(301, b"", f"Location: /m{path[1:]}")
        if number in ELSEWHERE and not path.startswith("/t"):
            return _response(302, b"", f"Location: /t{path[1:]}")
        one = self.pages[number]
        extra = "" if number in WITHOUT_VALIDATORS else f"ETag: {one.etag}\r\n{MODIFIED}"
        if extra and one.etag in fields.get("if-none-match", ""):
            return _response(304, b"", extra)
        if "gzip" in fields.get("accept-encoding", ""):
            return _response(200, one.packed, f"Content-Encoding: gzip\r\n{extra}".strip())
        return _response(200, one.plain, extra)


def _response(status: int, body: bytes, extra: str = "") -> bytes:
    extra = f"{extra}\r\n" if extra else ""
    kind = "Content-Type: application/rss+xml\r\n" if status == 200 else ""
    return (
        f"HTTP/1.1 {status} X\r\n{kind}{extra}Content-Length: {len(body)}\r\n\r\n".encode() + body
    )


async def main(port: int) -> None:
    """Serve until it is ended."""
    server = await asyncio.start_server(Server().serve, "0.0.0.0", port)
    print("ready", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=8123)
    asyncio.run(main(options.parse_args().port))
