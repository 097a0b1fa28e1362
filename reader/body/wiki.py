"""Obsidian's own marks as plain Markdown: links, embeds, callouts, highlights and comments."""

import re

from reader.body.dialect import Dialect
from reader.body.source import by_fences

_LINK = re.compile(r"(!?)\[\[([^\[\]\n|]{0,300})(?:\\?\|([^\[\]\n]{0,300}))?\]\]")
_CODE = r"`[^`\n]{1,300}`"
_INLINE_CODE = re.compile(_CODE)
_MARK = re.compile(rf"({_CODE})|{_LINK.pattern}|==((?:(?!==)[^\n]){{1,500}})==")
_COMMENT = re.compile(r"%%(?:(?!%%)[^`]){0,5000}%%")
_CALLOUT = re.compile(
    r"^((?:> ?){1,9})\[!([\w-]{1,40})(?:\|[^\]\n]{0,40})?\][+-]?[ \t]*(.*)$", re.M
)
_BLOCK_ID = re.compile(r"(?:^|(?<=\s))\^[A-Za-z0-9-]{1,60}[ \t]*$", re.M)
_SIZE = re.compile(r"\d{1,5}(?:x\d{1,5})?")
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif")

_TAG = re.compile(r"(?:^|(?<=\s))#([\w/-]{1,80})", re.M)
MAX_TAGGED = 20_000
"""Characters of a note in which tags are looked for."""


def inline_tags(source: str) -> list[str]:
    """Return the tags in the text of a note, none from code; a number alone is no tag."""
    if "#" not in source:
        return []
    parts = (text for fenced, text in by_fences(source[:MAX_TAGGED]) if not fenced)
    found = (tag for text in parts for tag in _TAG.findall(_INLINE_CODE.sub("", text)))
    return [tag.strip("/-") for tag in found if any(char.isalpha() for char in tag)]


def shown(source: str, dialect: Dialect, *, html: bool) -> str:
    """Return plain Markdown; what is in code stays as it is."""
    return "".join(text if fenced else _plain(text) for fenced, text in by_fences(source))


def _plain(text: str) -> str:
    text = _BLOCK_ID.sub("", _COMMENT.sub("", text) if "%%" in text else text)
    return _MARK.sub(_unmarked, _CALLOUT.sub(_headed, text))


def _headed(found: re.Match[str]) -> str:
    """Give a callout its own words as a heading, else the name of its kind."""
    title = found[3].strip() or found[2].replace("-", " ").capitalize()
    return f"{found[1]}**{title}**\n{found[1]}"


def _unmarked(found: re.Match[str]) -> str:
    code, embeds, target, words, marked = found.groups()
    if code or marked:
        return str(code or marked)
    words = "" if _SIZE.fullmatch(words or "") else (words or "")
    name = _SPECIAL.sub(r"\\\1", words or _called(target))
    if not embeds:
        return name
    if target.partition("#")[0].lower().endswith(_PICTURES):
        return f"![{name}](<>)"
    return rf"\[embedded: {name}\]"


def _called(target: str) -> str:
    """Return what Obsidian shows for a link without words of its own."""
    return " > ".join(part.strip() for part in target.split("#") if part.strip())
