"""A server that does what no server should, case by case, and what a fetcher makes of each.

`python -m tests.hostile_server` prints the table of docs/safety-of-fetching.md. Nothing leaves the
machine: names mean what a case says, and connections to public addresses end on loopback.
"""

import asyncio
import gzip
import os
import socket
import struct
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType
from typing import NamedTuple
from unittest.mock import patch

from reader.feeds.web.access import Access, Key
from reader.feeds.web.http import Fetcher, Refused
from reader.feeds.web.networks import is_public
from tests.web import (
    HOST,
    PRIVATE,
    PUBLIC,
    Handler,
    Names,
    Server,
    goes_on,
    leads,
    raw,
    says,
    server_context,
    silent,
    world,
)

SECONDS, PATIENCE = 0.3, 20.0


class Case(NamedTuple):
    """What a server does, and what the fetcher gives: a status and bytes, or why it refused.

    `names` is what names mean at each look-up; the last meaning stays. With `secure` the server
    speaks TLS with that certificate. The last of `times` requests counts.
    """

    name: str
    wants: str
    does: Handler
    names: Names = MappingProxyType({})
    access: Access = Access()
    secure: str = ""
    protocol: str = "http/1.1"
    times: int = 1
    url: str = f"http://{HOST}:PORT/"


def hops(number: int) -> Handler:
    """Return what redirects so often, and then answers."""

    async def answer(request: bytes, writer: asyncio.StreamWriter) -> None:
        at = int(request.split()[1][1:] or 0)
        step = says(b"there") if at == number else leads(to=f"/{at + 1}", status=301)
        await step(request, writer)

    return answer


def echoes(header: bytes, to: str) -> Handler:
    """Return what redirects once, and then answers with what it was sent in a header."""

    async def answer(request: bytes, writer: asyncio.StreamWriter) -> None:
        if request.startswith(b"GET / "):
            given = "Set-Cookie: a=b; Path=/"
            await says(b"", given, f"Location: {to}", status="302 Elsewhere")(request, writer)
        else:
            lines = [one for one in request.split(b"\r\n") if one.lower().startswith(header)]
            await says(b"\n".join(lines))(request, writer)

    return answer


async def resets(request: bytes, writer: asyncio.StreamWriter) -> None:
    """Break the connection off."""
    found = writer.get_extra_info("socket")
    found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = "Content-Encoding: gzip"
PACKED = gzip.compress(b"hello " * 100)


@cache
def bomb() -> bytes:
    """Return 100 KB that unpack to 100 MiB."""
    return gzip.compress(bytes(100 << 20))


async def _bomb(request: bytes, writer: asyncio.StreamWriter) -> None:
    await says(bomb(), GZIP)(request, writer)


def _bodies() -> Iterator[Case]:
    yield Case("a bomb of gzip, 100 KB for 100 MiB", "too large", _bomb)
    yield Case("5,000 empty pieces of gzip", "too large", says(gzip.compress(b"") * 5000, GZIP))
    yield Case("gzip in two pieces", "200, 1200 bytes", says(PACKED * 2, GZIP))
    yield Case("gzip, then something else", "200, 600 bytes", says(PACKED + b"junk" * 9, GZIP))
    yield Case("gzip that is cut off", "not http", says(PACKED[:-12], GZIP))
    yield Case("gzip that is damaged", "not http", says(PACKED[:20] + b"!!!" + PACKED[23:], GZIP))
    yield Case("gzip that is none", "not http", says(b"hello", GZIP))
    yield Case("gzip in gzip", "not http", says(PACKED, "Content-Encoding: gzip, gzip"))
    for name in ("br", "zstd", "deflate"):
        yield Case(f"packed as {name}", "not http", says(PACKED, f"Content-Encoding: {name}"))
    yield Case("more than it says", "200, 5 bytes", says(b"hello, you", length="Content-Length: 5"))
    yield Case("less than it says", "not http", says(b"hello", length="Content-Length: 9"))
    yield Case(
        "it will be 99 GB, it says", "too large", says(b"x", length="Content-Length: 99" + "0" * 9)
    )
    yield Case("two lengths", "not http", says(b"hello", "Content-Length: 9"))
    yield Case("a length below nothing", "not http", says(b"hello", length="Content-Length: -5"))
    yield Case("a body without end", "too large", goes_on(OK + b"\r\n", bytes(1 << 18)))
    yield Case(
        "pieces without end", "too large", goes_on(CHUNKED, b"40000\r\n" + bytes(1 << 18) + b"\r\n")
    )
    yield Case("a body that drips", "timeout", goes_on(OK + b"\r\n", b"x", 0.02))
    yield Case(
        "a piece whose size is no number", "not http", raw(CHUNKED, b"zz\r\nhello\r\n0\r\n\r\n")
    )
    yield Case("a piece of 2^64 bytes", "not http", raw(CHUNKED, b"10000000000000000\r\nhello"))
    yield Case(
        "a piece that never says its size", "not http", goes_on(CHUNKED + b"5;", b"x" * 9999)
    )
    yield Case("trailers without end", "not http", goes_on(CHUNKED + b"0\r\n", b"A: b\r\n" * 999))
    yield Case("NUL bytes", "200, 9 bytes", says(b"\0" * 9, "Content-Type: text/xml"))
    yield Case(
        "a feed that says it is a picture",
        "200, 5 bytes",
        says(b"<rss>", "Content-Type: image/png"),
    )


def _heads() -> Iterator[Case]:
    yield Case("headers without end", "not http", goes_on(OK, b"A: b\r\n" * 999))
    yield Case("a header of 1 MB", "not http", says(b"hello", "A: " + "b" * 1_000_000))
    yield Case("headers that drip", "timeout", goes_on(OK, b"A: b\r\n", 0.02))
    flood = b"HTTP/1.1 103 Early\r\nA: " + b"b" * 60_000 + b"\r\n\r\n"
    yield Case("early hints without end", "too large", goes_on(b"", flood))
    yield Case("it never answers", "timeout", silent)
    yield Case("it closes at once", "connect", raw())
    yield Case("it breaks the connection off", "connect", resets)
    yield Case("it speaks SSH", "connect", raw(b"SSH-2.0-OpenSSH_9.2\r\n"))
    yield Case("it speaks no HTTP headers", "connect", raw(b"<rss>hello</rss>"))
    yield Case(
        "it changes the protocol", "not http", raw(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n")
    )
    yield Case("a status of 999", "999, 5 bytes", says(b"hello", status="999 What"))
    yield Case("a status of 20", "not http", says(b"hello", status="20 What"))
    yield Case("204 without content", "204, 0 bytes", says(status="204 Nothing", length=""))
    yield Case("304 though nothing was known", "not http", says(status="304 Same", length=""))
    yield Case("NUL in a header", "not http", says(b"hello", "ETag: a\0b"))
    yield Case("ESC in a header", "200, 5 bytes", says(b"hello", "ETag: \x1b]52;c;aGk=\x07"))
    yield Case("a line end in a header", "not http", says(b"hello", "ETag: a\rX: b"))
    yield Case("a type of 50 KB", "200, 5 bytes", says(b"hello", "Content-Type: " + "a" * 50_000))
    yield Case(
        "come back in 10^99 seconds",
        "503, 0 bytes, wait 2592000 s",
        says(b"", "Retry-After: 1" + "0" * 99, status="503 Busy"),
    )
    yield Case("fresh for -5 seconds", "200, 5 bytes", says(b"hello", "Cache-Control: max-age=-5"))
    yield Case(
        "fresh for 10^5000 seconds",
        "200, 5 bytes, fresh 2592000 s",
        says(b"hello", "Cache-Control: max-age=1" + "0" * 5000),
    )
    yield Case(
        "it expires in the year 99999999",
        "200, 5 bytes, fresh 0 s",
        says(b"hello", "Expires: Sun, 06 Nov 99999999 08:49:37 GMT"),
    )
    yield Case("a cookie, asked for again", "200, 0 bytes", echoes(b"cookie", "/2"))


def _redirects() -> Iterator[Case]:
    yield Case("5 redirects", "200, 5 bytes", hops(5))
    yield Case("6 redirects", "redirects", hops(6))
    yield Case("a redirect to itself", "redirects", leads(to="/"))
    yield Case("a redirect in a circle", "redirects", leads(to="/?", status=301))
    yield Case("a redirect to nowhere", "302, 0 bytes", says(status="302 Elsewhere"))
    for to in (
        *("file:///etc/passwd", "ftp://ftp.example/feed", "javascript:alert(1)", "data:text/xml,x"),
        *("http://me:secret@open.example/", "http://open.example\\@127.0.0.1/", "http://[::1"),
        *("http://xn--\xff.example/", "http://xn--a/", "http://open.example:0/"),
        *("http://open.example:PORT/a b", "http://open.example/" + "a" * 3000),
        *("http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://a.localhost:PORT/"),
        *("http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://0177.0.0.1:PORT/"),
        *("http://127.1:PORT/", "http://0.0.0.0:PORT/", "http://[::1]:PORT/", "http://[::]:PORT/"),
        *("http://[::ffff:127.0.0.1]:PORT/", "http://[::127.0.0.1]:PORT/"),
        *("http://[64:ff9b::7f00:1]:PORT/", "http://[2002:7f00:1::]:PORT/"),
        *("http://[2001:0:7f00:1::]:PORT/", "http://100.64.0.1:PORT/", "http://10.0.0.1:PORT/"),
        *("http://172.16.0.1:PORT/", "http://192.168.0.1:PORT/", "http://224.0.0.1:PORT/"),
        *("http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[fd00::1]/"),
    ):
        kind = "dns" if to == "http://xn--a/" else "not allowed"
        told = to if len(to) < 99 else f"{to[:30]}..."
        yield Case(f"a redirect to {told}".replace(":PORT", ""), kind, leads(to=to))


def _names() -> Iterator[Case]:
    ok = says(b"hello")
    yield Case("its name means a private address", "not allowed", ok, {HOST: [[PRIVATE]]})
    yield Case("its name means nothing", "dns", ok, {HOST: [[]]})
    yield Case(
        "its name means a public address, then a private one (rebinding)",
        "not allowed",
        ok,
        {HOST: [[PUBLIC], [PRIVATE]]},
        times=2,
    )
    yield Case(
        "its name means a private address and a public one",
        "200, 5 bytes",
        ok,
        {HOST: [[PRIVATE, PUBLIC]]},
    )
    yield Case(
        "a redirect to a name that means a private address",
        "not allowed",
        leads(to="http://other.example:PORT/"),
        {"other.example": [["10.1.2.3", "::1"]]},
    )
    named = Access(private_hosts=frozenset({"nas.example"}))
    yield Case(
        "a redirect to a private host that the user named",
        "not allowed",
        leads(to="http://nas.example:PORT/"),
        {"nas.example": [[PRIVATE]]},
        named,
    )
    yield Case(
        "the private host that the user named",
        "200, 5 bytes",
        ok,
        {"nas.example": [[PRIVATE]]},
        named,
        url="http://nas.example:PORT/",
    )


def _secure() -> Iterator[Case]:
    ok, url = says(b"hello"), f"https://{HOST}:PORT/"
    key = Key("me", variable="HOSTILE_SECRET")
    yield Case("a certificate that can be trusted", "200, 5 bytes", ok, secure="good", url=url)
    yield Case("a certificate that it signed itself", "tls", ok, secure="own", url=url)
    yield Case(
        "a certificate for another name",
        "tls",
        ok,
        {"other.example": [[PUBLIC]]},
        secure="good",
        url="https://other.example:PORT/",
    )
    yield Case("plain HTTP where TLS was asked for", "tls", ok, url=url)
    yield Case("no answer where TLS was asked for", "timeout", silent, url=url)
    yield Case(
        "a redirect from https to http",
        "not allowed",
        leads(to=f"http://{HOST}:PORT/"),
        secure="good",
        url=url,
    )
    for to, size in (("/2", 37), ("https://third.example:PORT/2", 0)):
        where = "its own host" if size else "another host"
        yield Case(
            f"a redirect to {where} of a request with a password",
            f"200, {size} bytes",
            echoes(b"authorization", to),
            {"third.example": [[PUBLIC]]},
            Access(keys={f"{HOST}:PORT": key, "third.example:PORT": key}),
            secure="good",
            url=url,
        )


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    """Return a frame of HTTP/2 (RFC 9113, 4.1)."""
    return struct.pack(">IBI", len(payload) << 8 | kind, flags, stream) + payload


def _http2() -> Iterator[Case]:
    start = frame(4, 0, 0)
    head = start + frame(1, 4, 1, b"\x88")  # END_HEADERS, :status 200
    packed = b"\x40\x01a" + b"\x7f\x81\x1e" + b"b" * 4000 + b"\xbe" * 9999
    for name, wants, does in (
        ("an answer as it should be", "200, 5 bytes", raw(head, frame(0, 1, 1, b"hello"))),
        ("it goes away at once", "not http", raw(start, frame(7, 0, 0, bytes(7) + b"\x01"))),
        ("it breaks the answer off", "not http", raw(head, frame(3, 0, 1, b"\0\0\0\x02"))),
        ("it closes in the middle of an answer", "connect", raw(head, frame(0, 0, 1, b"hello"))),
        ("a body without end", "too large", goes_on(head, frame(0, 0, 1, bytes(1 << 14)))),
        (
            "headers without end",
            "not http",
            goes_on(start + frame(1, 0, 1, b"\x88"), frame(9, 0, 1, bytes(99))),
        ),
        (
            "a bomb of headers, 14 KB for 40 MB",
            "not http",
            raw(start, frame(1, 4, 1, b"\x88" + packed)),
        ),
        ("pings without end", "timeout", goes_on(start, frame(6, 0, 0, bytes(8)) * 99)),
        ("settings without end", "timeout", goes_on(start, start * 99)),
        (
            "a frame of 16 MB",
            "connect",
            raw(start, b"\xff\xff\xff" + frame(0, 0, 1)[3:], bytes(99)),
        ),
    ):
        yield Case(
            f"HTTP/2: {name}",
            wants,
            does,
            secure="good",
            url=f"https://{HOST}:PORT/",
            protocol="h2",
        )


CASES = (*_bodies(), *_heads(), *_redirects(), *_names(), *_secure(), *_http2())


async def got(case: Case) -> str:
    """Return what the fetcher gave in a case, as `wants` has it."""
    seconds = SECONDS if case.wants == "timeout" else PATIENCE
    context = server_context(case.secure, case.protocol) if case.secure else None
    with patch.dict(os.environ, HOSTILE_SECRET="swordfish"), world(case.names) as opened:
        async with Server(case.does, context) as server:
            port = str(server.port)
            keys = {where.replace("PORT", port): key for where, key in case.access.keys.items()}
            access = Access(case.access.private_hosts, keys)
            async with Fetcher(access, seconds) as fetcher:
                for _ in range(case.times):
                    told = await _told(fetcher, case.url.replace("PORT", port))
    assert "nas.example" in case.url or all(map(is_public, opened)), opened
    return told


async def _told(fetcher: Fetcher, url: str) -> str:
    try:
        answer = await fetcher.get(url)
    except Refused as error:
        return error.kind
    waits = f", wait {answer.retry_after} s" if answer.retry_after is not None else ""
    fresh = f", fresh {answer.max_age} s" if answer.max_age is not None else ""
    return f"{answer.status}, {len(answer.body)} bytes{waits}{fresh}"


def row(name: str, told: str) -> str:
    """Return a row of the table: a case, and what came of it."""
    given = told if told[:1].isdigit() else f"refused: {told}"
    return f"| {name} | {given} |"


if __name__ == "__main__":
    for one in CASES:
        print(row(one.name, asyncio.run(got(one))))  # noqa: T201
