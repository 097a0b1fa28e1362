"""The HTML of a feed or page -> Markdown that any reader of Markdown shows as it was meant."""

import re
import warnings
from html import unescape

from reader.text import clean_block, plain
from reader.urls import safe_url

MAX_HTML = 512 << 10
"""Characters that are read; what is behind them is cut."""

_TAG = re.compile(r"</?[a-zA-Z!]")
_SPECIAL = re.compile(
    r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)|~(?=~)|!(?=\[)"
)
_MAYBE_SPECIAL = re.compile(r"[\\`*\[\]_<&~!]")
_BRACES = re.compile(r"\{(?=[{%])")  # a template of Jekyll or Hugo, not to be run there
_LINE_START = re.compile(
    r"(\s*)(?:([0-9]{1,9})(?=[.)](?:\s|\Z))|(?=#{1,6}(?:\s|\Z)|[-+](?:\s|\Z)|>|(?:--+|==*|~~~+)\s*\Z))"
)
_URL = re.compile(r"(https?://[^\s<>\"'`\\^{|}]{1,2000})")
_AFTER_URL = ".,;:!?)]*_"


def to_markdown(html: str, base: str) -> str:
    """Return HTML as clean Markdown, links and pictures absolute against `base`; never raises.

    Scripts, forms and frames go, but a film's frame becomes its link; an address that is not safe
    goes and leaves its text. What nests too deeply comes as plain text.
    """
    if not _TAG.search(html):
        return text_to_markdown(unescape(html) if "&" in html else html, lines=False)
    from reader.feeds.formats.converting import convert

    html = html[:MAX_HTML]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what an author meant is anybody's guess
            return clean_block(convert(html, base))
    except Exception:  # parsers raise what they like on hostile text, RecursionError first
        return text_to_markdown(plain(html))


def text_to_markdown(text: str, *, lines: bool = True) -> str:
    """Return plain text as Markdown that shows the same words; with `lines`, line by line too."""
    found = [_line(one.strip()) for one in clean_block(text).split("\n")]
    if not lines:
        return "\n".join(found)
    pairs = zip(found, [*found[1:], ""], strict=True)
    return "\n".join([f"{one}\\" if one and after else one for one, after in pairs])


def _line(text: str) -> str:
    if "://" not in text:
        return at_line_start(escaped(text))
    parts = _URL.split(text)
    parts[::2] = [escaped(part) for part in parts[::2]]
    parts[1::2] = [_autolink(part) for part in parts[1::2]]
    return at_line_start("".join(parts))


def _autolink(text: str) -> str:
    url = text.rstrip(_AFTER_URL)
    return f"<{url}>{escaped(text[len(url) :])}" if safe_url(url) == url else escaped(text)


def target(url: str) -> str:
    """Return an address as it stands in a link."""
    return f"<{url}>" if "(" in url or ")" in url else url


def escaped(text: str) -> str:
    """Return text of which nothing is Markdown, wherever in a line it stands."""
    if _MAYBE_SPECIAL.search(text):
        text = _SPECIAL.sub(r"\\\g<0>", text)
    return _BRACES.sub("&#123;", text) if "{" in text else text


def at_line_start(text: str) -> str:
    """Return escaped text that makes no heading, list, quote or rule where a line begins."""
    found = _LINE_START.match(text)
    if found is None:
        return text
    return f"{found[1]}{found[2] or ''}\\{text[found.end() :]}"
