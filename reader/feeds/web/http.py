"""Fetching over HTTP, by the rules for hostile servers: the only module that knows httpcore.

httpcore is what httpx sends its requests with. All that httpx adds (cookies, redirects, unpacking,
proxies from the environment) is what may not be done here, or only within bounds.
"""

import asyncio
import time
from collections import defaultdict
from contextlib import suppress
from importlib.metadata import version
from typing import Self, cast
from urllib.parse import urlsplit

import httpcore

from reader.feeds.web.access import Access, host_name, place
from reader.feeds.web.answers import Answer, Raw, answer_of
from reader.feeds.web.connecting import Network
from reader.feeds.web.credentials import Credentials
from reader.feeds.web.headers import headers_of, validator
from reader.feeds.web.networks import is_private_name
from reader.feeds.web.redirects import PERMANENT, TEMPORARY, next_address, without_fragment
from reader.feeds.web.refused import MAX_HEAD, Refused, on_private_network, refused
from reader.feeds.web.stream import Stale
from reader.feeds.web.unpacking import too_large
from reader.text import clean_line
from reader.urls import safe_url

__all__ = ["Answer", "Fetcher", "Refused"]

MAX_BODY = 10 << 20  # bytes, as packed and as unpacked
AT_ONCE, PER_HOST = 16, 2
FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "application/json;q=0.9, text/html;q=0.8, */*;q=0.5"
)

PROJECT = "https://github.com/broadsheet-reader/broadsheet"

_AGENT = f"broadsheet/{version('broadsheet')} (+{PROJECT})"
_MAX_HEADERS = 1 << 20  # bytes of headers and of what else is no body
_KEPT = 5.0  # seconds that a connection is kept for the next request


class Fetcher:
    """Fetches, at most 16 at once and 2 of one host; belongs to one event loop.

    `requests` and `bytes` count what was asked and what came, before unpacking.
    """

    def __init__(self, access: Access, seconds: float = 30.0) -> None:
        self.requests = self.bytes = 0
        self._access, self._seconds = access, seconds
        self._credentials = Credentials()
        self._all = asyncio.Semaphore(AT_ONCE)
        self._of_host = defaultdict[str, asyncio.Semaphore](lambda: asyncio.Semaphore(PER_HOST))
        self._pool = self._new_pool()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.aclose()
        await asyncio.sleep(0)  # the transports close at the next turn of the loop

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        limit: int = MAX_BODY,
        accept: str = FEEDS,
    ) -> Answer:
        """Return what an address answers, of any status, after redirects. Raises Refused.

        `limit` is in bytes, 10 MiB at most. A deadline is on all redirects together; waiting for
        other requests does not count.
        """
        first = safe_url(url)
        if first is None:
            raise Refused(f"{clean_line(url, 200)} is no address that can be asked", "not allowed")
        known = {"If-None-Match": validator(etag), "If-Modified-Since": validator(modified)}
        headers = {"User-Agent": _AGENT, "Accept": accept, "Accept-Encoding": "gzip"}
        headers |= {name: value for name, value in known.items() if value}
        raw, trail, moved_to = await self._follow(without_fragment(first), headers, limit)
        if raw.status == 304 and not any(known.values()):
            raise Refused("it answers that nothing has changed, though nothing was known of it")
        return answer_of(raw, trail[-1], moved_to, limit)

    async def _follow(
        self, url: str, headers: dict[str, str], limit: int
    ) -> tuple[Raw, list[str], str | None]:
        """Return the last answer, all addresses that led to it, and where to ask from now on."""
        trail, moved_to, unbroken, left = [url], None, True, self._seconds
        while True:
            shown = await self._shown(trail)
            raw, left = await self._turn(trail[-1], headers | shown, limit, left)
            if raw.location is None:
                return raw, trail, moved_to
            trail.append(next_address(trail, raw.location, self._access.is_private))
            unbroken = unbroken and raw.status in PERMANENT
            moved_to = trail[-1] if unbroken else moved_to

    async def _shown(self, trail: list[str]) -> dict[str, str]:
        """Return what shows who is asking: only to the host that was asked first."""
        key, where = self._access.key(trail[-1]), place(trail[-1])
        if key is None or any(place(url) != where for url in trail):
            return {}
        return {"Authorization": await self._credentials.shown(key, where)}

    async def _turn(
        self, url: str, headers: dict[str, str], limit: int, seconds: float
    ) -> tuple[Raw, float]:
        """Return an answer and the seconds that are left, once it is our turn. Raises Refused."""
        host = host_name(url)
        async with self._of_host[place(url)], self._all:
            began = time.monotonic()
            try:
                async with asyncio.timeout(seconds):
                    raw = await self._exchange(url, headers, limit)
            except TimeoutError as error:
                why = f"{host} took longer than {self._seconds:g} seconds"
                raise Refused(why, "timeout") from error
            except Exception as error:  # h2 and hpack raise what they like at a hostile server
                raise _refused(error, host) from error
            return raw, seconds - (time.monotonic() - began)

    async def _exchange(self, url: str, headers: dict[str, str], limit: int) -> Raw:
        if is_private_name(host_name(url)) and not self._access.is_private(url):
            raise on_private_network(host_name(url))  # a proxy would not see to it
        response = await self._sent(_request(url, headers))
        try:
            found = headers_of(response.headers)
            status = response.status
            location = found.get("location") if status in PERMANENT | TEMPORARY else None
            body = await _body(response, found, limit) if location is None else b""
            return Raw(status, found, location, body)
        finally:
            await response.aclose()

    async def _sent(self, request: httpcore.Request) -> httpcore.Response:
        """Return an answer, asking anew where a kept connection had been closed meanwhile."""
        for _ in range(PER_HOST):
            self.requests += 1
            with suppress(Stale):
                return await self._pool.handle_async_request(request)
        self.requests += 1
        return await self._pool.handle_async_request(request)

    def _new_pool(self) -> httpcore.AsyncConnectionPool:
        proxy = self._access.proxy
        allowed = self._access.private_hosts | ({host_name(proxy)} if proxy else set())
        network = Network(allowed, self._came, MAX_BODY + _MAX_HEADERS)
        return httpcore.AsyncConnectionPool(
            ssl_context=httpcore.default_ssl_context(),
            proxy=httpcore.Proxy(proxy) if proxy else None,
            max_connections=AT_ONCE,
            keepalive_expiry=_KEPT,
            http2=True,
            network_backend=cast(httpcore.AsyncNetworkBackend, network),
        )

    def _came(self, size: int) -> None:
        self.bytes += size


def _request(url: str, headers: dict[str, str]) -> httpcore.Request:
    parts = urlsplit(url)
    host = parts.hostname or ""
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    address = httpcore.URL(
        scheme=parts.scheme.encode(), host=host.encode(), port=parts.port, target=target.encode()
    )
    lines = [("Host", parts.netloc), *headers.items()]
    raw = [(name.encode("ascii"), value.encode("latin-1")) for name, value in lines]
    return httpcore.Request(b"GET", address, headers=raw)


async def _body(response: httpcore.Response, headers: dict[str, str], limit: int) -> bytes:
    """Return a body as it was sent, at most `limit` bytes. Raises Refused."""
    length = headers.get("content-length", "")
    if response.status != 304 and length.isdigit() and int(length[:20]) > limit:
        raise too_large(limit)
    body = bytearray()
    async for part in response.aiter_stream():
        body += part
        if len(body) > limit:
            raise too_large(limit, bytes(body[:MAX_HEAD]))
    return bytes(body)


def _refused(error: Exception, host: str) -> Refused:
    """Return an error of a connection as a sentence; httpcore's own are known only here."""
    if isinstance(error, httpcore.ProxyError):
        return Refused(f"the proxy does not lead to {host}: {error}", "connect")
    if isinstance(error, httpcore.RemoteProtocolError):
        if "without sending a response" in str(error):
            return Refused(f"{host} closed the connection without an answer", "connect")
        if "closed connection without sending complete" in str(error):
            return Refused("the answer is cut off")
    return refused(error, host)
