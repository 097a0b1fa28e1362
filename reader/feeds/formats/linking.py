"""Links of HTML that Markdown has not: around blocks, to places within a page, to players."""

import re
from typing import Any
from urllib.parse import unquote

from bs4.element import Tag

from reader.feeds.formats.markdown import escaped, target
from reader.feeds.formats.pieces import address
from reader.text import clean_line
from reader.urls import host

_FRAME = re.compile(
    r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{6,20})"
    r"|https?://player\.vimeo\.com/video/(\d+)"
)
_EMBEDDED = re.compile(r"https?://cdn\.embedly\.com/widgets/media\.html\?src=")
_BLOCK_MARK = re.compile(r"#{1,6} |```|[->] |\||1\. ")
_ANCHORS = ("#", "\\#", "¶", "§", "🔗")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ICON = 24  # pixels


def link(el: Tag, text: str, base: str, around: set[str]) -> str:
    """Return a link as Markdown; `text` is its text as Markdown, `around` the tags it is in."""
    words, place = text.strip(), el.get("href")
    url = address(place, base)
    if url is None or not words:
        return text
    if words in _ANCHORS and not _HEADINGS.isdisjoint(around):
        return ""
    if str(place).startswith("#"):  # a note, or another place of a page that is not there
        return f"\\[{words}\\]" if words.isdecimal() else text
    if "\n\n" in words or _BLOCK_MARK.match(words):
        return _card(words, url)
    whole = f"<{url}>" if words == escaped(url) else f"[{words}]({target(url)})"
    return f"{text[: text.find(words[0])]}{whole}{text[len(text.rstrip()) :]}"


def _card(words: str, url: str) -> str:
    """Return a link around blocks: its first block is the link, the pictures after it are icons."""
    first, *rest = words.split("\n\n")
    mark = _BLOCK_MARK.match(first)
    if mark and first[0] != "#":
        return f"\n\n{words}\n\n<{url}>\n\n"
    rest = [part for part in rest if not part.startswith("![](")]
    at = mark.end() if mark else 0
    return "\n\n" + "\n\n".join([f"{first[:at]}[{first[at:]}]({target(url)})", *rest]) + "\n\n"


def player(el: Tag, base: str) -> str:
    """Return the link that a frame with a film or a recording stands for; others are nothing."""
    place = address(el.get("src"), base) or ""
    found = _FRAME.match(unquote(_EMBEDDED.sub("", place)))
    if found is None:
        words = escaped(clean_line(str(el.get("title") or host(place)), 300))
        return f"\n\n[{words}]({target(place)})\n\n" if _is_player(el) and place else ""
    film, other = found.groups()
    place = f"www.youtube.com/watch?v={film}" if film else f"vimeo.com/{other}"
    return f"\n\n<https://{place}>\n\n"


def _is_player(el: Tag) -> bool:
    return el.has_attr("allowfullscreen") or "fullscreen" in str(el.get("allow"))


def is_icon(size: Any) -> bool:
    """Whether a width or a height is that of an icon."""
    return isinstance(size, str) and size.isdecimal() and int(size[:5]) <= _ICON
