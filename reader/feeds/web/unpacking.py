"""The body of an answer unpacked, and never more of it than was asked for."""

import zlib

from reader.feeds.web.refused import Refused
from reader.text import clean_line

MAX_MEMBERS = 1000
"""How many pieces of gzip an answer may be made of: each takes time, and may hold nothing."""

_GZIP = zlib.MAX_WBITS | 16
_MAGIC = b"\x1f\x8b"
_STEP = 1 << 16  # bytes taken at once: what follows a piece is copied


def unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    """Return what a body stands for, at most `limit` bytes. Raises Refused."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity") or not body:
        return body
    if encoding not in ("gzip", "x-gzip"):
        name = clean_line(encoding, 40)
        raise Refused(f"the answer is packed as {name}, which was not asked for", head=body)
    try:
        return _gunzipped(body, limit)
    except zlib.error as error:
        raise Refused("the answer is not the gzip that it says it is", head=body) from error


def too_large(limit: int, head: bytes = b"") -> Refused:
    """Return what is said of an answer of more than `limit` bytes."""
    return Refused(f"the answer is larger than {limit / 2**20:.3g} MiB", "too large", head)


def _gunzipped(body: bytes, limit: int) -> bytes:
    """Unpack one piece after the other; what else follows is passed over, as gzip itself does."""
    whole, at = bytearray(), 0
    for _ in range(MAX_MEMBERS):
        piece = zlib.decompressobj(_GZIP)
        while not piece.eof:
            packed = body[at : at + _STEP]
            if not packed:
                raise Refused("the answer is cut off", head=bytes(whole))
            whole += piece.decompress(packed, limit + 1 - len(whole))
            if len(whole) > limit:
                raise too_large(limit, bytes(whole[:_STEP]))
            at += len(packed) - len(piece.unused_data)
        if not body.startswith(_MAGIC, at):
            return bytes(whole)
    raise Refused("the answer is made of too many pieces of gzip", "too large", bytes(whole))
