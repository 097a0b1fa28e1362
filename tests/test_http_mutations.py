"""Answers that were damaged at random: each is an answer or a sentence, and the next one works.

HTTP_MUTATIONS says how many; a small share of them is in the ordinary run.
"""

import gzip
import os
import random

import pytest

from reader.feeds.web.access import Access
from reader.feeds.web.http import Fetcher, Refused
from tests.hostile_server import frame
from tests.web import Server, server_context, world

COUNT = int(os.environ.get("HTTP_MUTATIONS", "200"))
PACKED = gzip.compress(b"<rss>hello</rss>" * 20)
HTTP_1 = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Encoding: gzip\r\n"
    b"Cache-Control: max-age=60\r\nExpires: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: 5\r\n"
    b'ETag: "a"\r\nContent-Length: %d\r\n\r\n%b' % (len(PACKED), PACKED),
    b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5\r\nhello\r\n5;a=b\r\nagain\r\n0\r\nTrailer: x\r\n\r\n",
    b"HTTP/1.1 301 Moved\r\nLocation: https://open.example:9/a?b=c#d\r\nContent-Length: 0\r\n\r\n",
)
HTTP_2 = (
    frame(4, 0, 0, b"\0\3\0\0\0\x64")
    + frame(1, 4, 1, b"\x88\x40\x04etag\x01a")
    + frame(6, 0, 0, bytes(8))
    + frame(0, 0, 1, b"hello")
    + frame(8, 0, 0, b"\0\0\1\0")
    + frame(0, 1, 1, b"again"),
)


def damaged(chance, whole):
    """Return bytes with a few of them changed, taken out, doubled, or cut off."""
    data = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at, size = chance.randrange(len(data)), chance.choice((1, 1, 4, 40))
        kind = chance.randrange(5)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 2 and len(data) > size:
            del data[at : at + size]
        elif kind == 3:
            data[at:at] = data[at : at + size] * chance.choice((1, 2, 50))
        elif at:
            del data[at:]
    return bytes(data)


@pytest.mark.parametrize(
    ("wholes", "protocol"), [(HTTP_1, None), (HTTP_2, "h2")], ids=["HTTP/1", "HTTP/2"]
)
async def test_whatever_is_damaged_becomes_an_answer_or_a_sentence(wholes, protocol):
    chance = random.Random(8)
    sent = b""

    async def answer(request, writer):
        writer.write(sent)
        await writer.drain()

    context = server_context("good", protocol) if protocol else None
    scheme = "https" if protocol else "http"
    with world({}):
        async with Server(answer, context) as server, Fetcher(Access(), seconds=5) as fetcher:
            for turn in range(COUNT // 2):
                sent = damaged(chance, wholes[turn % len(wholes)])
                try:
                    found = await fetcher.get(f"{scheme}://open.example:{server.port}/", limit=9999)
                except Refused as error:
                    assert str(error)
                else:
                    assert len(found.body) <= 9999
            sent = wholes[0]
            found = await fetcher.get(f"{scheme}://open.example:{server.port}/", limit=9999)
    assert found.status == 200
