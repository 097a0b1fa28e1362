"""An answer of a server -> what a feed says: what is there tells the format, not its label."""

import re
from collections.abc import Callable
from typing import Any

from reader.feeds.values import Parsed

_HEAD = 4096  # bytes that tell the format
_MARKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # of byte order, and every other byte of UTF-16
_NO_ELEMENT = re.compile(rb"<!--.*?(?:-->|\Z)|<[?!][^<>]*+>?", re.DOTALL)
_PAGE = re.compile(
    rb"\s*<(?:html|head|body|title|meta|div|p|script|link|h[1-6]|table|center)[\s>/]", re.IGNORECASE
)

A_PAGE = "this is a page, not a feed"


def parse_feed(body: bytes, facts: dict[str, Any]) -> Parsed:
    """Return what a feed says; facts are `url` (the final one), `type` and `charset`, if known.

    Never raises on what a server may send: `wrong` says what could not be understood.
    """
    head = _head(body)
    if not head:
        return Parsed(wrong="the answer is empty")
    if head[:1] in (b"{", b"["):
        from reader.feeds.formats.json_feed import parse_json as parse
    elif is_page(body):
        return Parsed(wrong=A_PAGE)
    else:
        from reader.feeds.formats.xml_feed import parse_xml as parse
    return _told(parse, body, facts)


def is_page(body: bytes) -> bool:
    """Tell whether an answer is HTML, whatever it calls itself."""
    return _PAGE.match(_NO_ELEMENT.sub(b"", _head(body))) is not None


def _head(body: bytes) -> bytes:
    return body.lstrip(_MARKS)[:_HEAD].translate(None, b"\0")


def _told(
    parse: Callable[[bytes, dict[str, Any]], Parsed], body: bytes, facts: dict[str, Any]
) -> Parsed:
    try:
        return parse(body, facts)
    except MemoryError:
        raise
    except Exception as error:  # parsers raise what they like on hostile bytes
        return Parsed(wrong=f"this could not be understood ({type(error).__name__})")
