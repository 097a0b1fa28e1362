"""feedparser under bounds: what costs it seconds for a few kilobytes is cut beforehand."""

import io
import re
from codecs import BOM_UTF8
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import feedparser  # type: ignore[import-untyped]
import feedparser.api  # type: ignore[import-untyped]

from reader.feeds.formats.pieces import MAX_ENTRIES

MAX_TAG = 16 << 10
"""Bytes: a tag that is longer loses its attributes, which take the square of their number."""

MAX_TAGS, MAX_AUTHOR = 200, 500  # categories of one article, characters of one author

_BLANK = b" \t\r\n"
_STRAYS = re.compile("[\udc80-\udcff]")
_LONG_TAG = re.compile(rb"<([A-Za-z][\w.:-]{0,100}+)\s[^<>]{%d,}+>" % MAX_TAG)
_ROOT = re.compile(rb"<\w")
_SPACES = re.compile(rb"\s{100,}+")
_ENTRY_END = re.compile(rb"</(?:[\w-]{1,20}:)?(?:item|entry)\s*+>")
# "ann@site.example (Ann)" is cut in two where the last part of the host has over 4 letters.
_NAMED = re.compile(r"^[^\s()]+@[^\s()]+\.[a-zA-Z]{5,}\s*\(([^()]+)\)\s*\Z")


# Handlers that do not expect what broken feeds hold, where all would be lost for a place or size.
_FRAGILE = re.compile(r"_(?:start|end)_(?:georss|gml|geo|psc|width|height)")

_ENCODING = re.compile(rb"<\?xml\s[^>]*?encoding\s*+=\s*+[\"']([^\"'>]*+)[\"'][^>]*+>")
_NAME_OF_ENCODING = re.compile(  # none of Python's that is no way to write XML
    rb"(?!undefined|idna|punycode|(?:raw_)?unicode.?escape|mbcs|oem)[a-z0-9][\w.:-]{1,40}",
    re.IGNORECASE,
)


def parse(body: bytes, *, url: str, charset: str | None) -> Any:
    """Return what feedparser makes of bytes; it opens nothing and changes no HTML."""
    known = charset and _NAME_OF_ENCODING.fullmatch(charset.encode("utf-8", "replace"))
    kind = f"application/xml; charset={charset}" if known else "application/xml"
    headers = {"content-type": kind}
    body = _mended(_bounded(body), charset)
    if b":base" in body:  # without it all is relative to the feed, and feedparser quicker
        headers["content-location"] = url
    return feedparser.parse(
        io.BytesIO(body),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _bounded(body: bytes) -> bytes:
    body = _LONG_TAG.sub(_without_attributes, body.lstrip(_BLANK))
    if body.startswith(BOM_UTF8):
        body = BOM_UTF8 + body[3:].lstrip(_BLANK)
    declared = _ENCODING.match(body)
    if declared and not _NAME_OF_ENCODING.fullmatch(declared[1]):
        body = body[declared.end() :]
    root = _ROOT.search(body)
    if root and root.start() > 100:
        body = _SPACES.sub(b"\n", body[: root.start()]) + body[root.start() :]
    if body.count(b"</item") + body.count(b"</entry") > MAX_ENTRIES:
        ends = [found.end() for found in _ENTRY_END.finditer(body)]
        if len(ends) > MAX_ENTRIES:
            body = body[: ends[MAX_ENTRIES - 1]] + body[ends[-1] :]
    return body


def _mended(body: bytes, charset: str | None) -> bytes:
    """Return a feed in UTF-8 with the odd byte of Windows-1252 in it as UTF-8 throughout.

    Otherwise the whole would be taken for something else.
    """
    declared = _ENCODING.match(body.removeprefix(BOM_UTF8))
    name = charset or (declared[1].decode("ascii", "replace") if declared else "utf-8")
    if name.lower() not in ("utf-8", "utf8"):
        return body
    try:
        body.decode()
    except UnicodeDecodeError:
        text = body.decode("utf-8", "surrogateescape")
        strays = len(_STRAYS.findall(text))
        if 4 * strays < sum(not char.isascii() for char in text):
            return _STRAYS.sub(_of_windows, text).encode()
    return body


def _of_windows(stray: re.Match[str]) -> str:
    return bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", "replace")


def _without_attributes(tag: re.Match[bytes]) -> bytes:
    return b"<" + tag[1] + (b"/>" if tag[0].endswith(b"/>") else b">")


def _bound(parser: Any) -> None:
    """Bound a parser of feedparser where a scan of bytes does not reach."""
    add_tag, sync_author = parser._add_tag, parser._sync_author_detail

    def add_few(self: Any, term: Any, scheme: Any, label: Any) -> None:
        if len(self._get_context().get("tags", ())) < MAX_TAGS:
            add_tag(self, term, scheme, label)

    def sync_short(self: Any, key: str = "author") -> None:
        context = self._get_context()
        if isinstance(context.get(key), str):
            context[key] = _NAMED.sub(r"\1", context[key][:MAX_AUTHOR])
        sync_author(self, key)

    parser._add_tag, parser._sync_author_detail = add_few, sync_short
    for name in ("chapters", "transcript"):
        setattr(parser, f"_start_podcast_{name}", parser._start_enclosure)
    for name in filter(_FRAGILE.match, dir(parser)):
        setattr(parser, name, _forgiving(getattr(parser, name)))


def _forgiving(method: Callable[..., None]) -> Callable[..., None]:
    def handle(self: Any, *args: Any) -> None:
        with suppress(TypeError, KeyError, ValueError, IndexError):
            method(self, *args)

    return handle


def _copy(self: Any, memo: Any) -> Any:
    """Return a copy that shares what is never changed, where feedparser copies all in depth."""
    return feedparser.FeedParserDict(self)


feedparser.FeedParserDict.__deepcopy__ = _copy
_bound(feedparser.api.StrictFeedParser)
_bound(feedparser.api.LooseFeedParser)
