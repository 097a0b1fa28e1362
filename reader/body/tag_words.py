"""One tag of a generator: its name and arguments, and the Markdown or HTML that it stands for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from reader.body.dialect import Dialect

_NAME = re.compile(r"\s*-?\s*(/?\s{0,9}[\w./-]{1,80})(.*)", re.DOTALL)
_ARGUMENT = re.compile(
    r"(?:([A-Za-z_][\w-]{0,60})\s{0,9}[=:](?!//)\s{0,9})?"
    r"""(?:"((?:[^"\\]|\\.){0,300})"|'((?:[^'\\]|\\.){0,300})'|`([^`]{0,300})`|(https?://[^\s"']+|[^\s,"'()=]+))""",
    re.DOTALL,
)
MAX_ESCAPES = 20
"""In one tag: with more, looking for the ends of quotes takes their square."""

_AT_END = re.compile(r"(?:\s[-/]|-)?\s*\Z")
_FENCE = "~~~~~~~~"
_CODES = ("highlight", "codeblock", "code", "prism")
_QUOTES = ("blockquote", "quote", "pullquote")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag taken apart; `named` holds arguments with a name, in lower case, `words` the others."""

    name: str
    named: dict[str, str]
    words: tuple[str, ...]
    is_escaped: bool = False

    @classmethod
    def parse(cls, text: str) -> "Tag":
        """Return the tag in what stands between its brackets."""
        found = _NAME.match(text)
        if found is None or text.lstrip().startswith("/*"):
            return cls("", {}, (), is_escaped=found is not None)
        arguments = list(_arguments(_AT_END.sub("", found[2])))
        named = {name.lower(): value for name, value in arguments if name}
        words = tuple(value for name, value in arguments if not name)
        return cls("".join(found[1].split()).lower(), named, words)

    @property
    def is_code(self) -> bool:
        """Whether what follows is code, up to the tag's end."""
        return self.name in _CODES and not (self.words[1:2] and "\n" in self.words[1])

    def first(self, *names: str) -> str:
        """Return the first argument of these names that says anything."""
        return next((self.named[name] for name in names if self.named.get(name)), "")

    def word(self, number: int = 0) -> str:
        """Return an argument without a name by its place, empty where there is none."""
        return self.words[number] if number < len(self.words) else ""


def _arguments(text: str) -> Iterator[tuple[str, str]]:
    if text.count("\\") > MAX_ESCAPES:
        return
    for found in _ARGUMENT.finditer(text):
        name, *values = found.groups()
        yield name or "", next((value for value in values if value is not None), "")


def written(tag: Tag, dialect: Dialect, *, html: bool) -> str:
    """Return what a tag stands for, empty for one that says nothing by itself."""
    if tag.is_code:
        return "<pre>" if html else f"\n{_FENCE}\n"
    if tag.name.removeprefix("/").removeprefix("end") in _QUOTES:
        closes = tag.name.startswith(("/", "end"))
        return "\n\n</blockquote>\n\n" if closes else "\n\n<blockquote>\n\n"
    write = _WRITTEN.get(tag.name)
    return write(tag, dialect) if write else ""


def closes_code(tag: Tag, *, html: bool) -> str:
    """Return what ends code that was begun by a tag of that name."""
    if tag.name.removeprefix("/").removeprefix("end") in (*_CODES, ""):
        return "</pre>" if html else f"\n{_FENCE}\n"
    return ""


def _picture(tag: Tag, dialect: Dialect) -> str:
    addresses = (word for word in tag.words if "/" in word or "." in word)
    source = tag.first("src", "url", "path", "link_src") or next(addresses, tag.word())
    title = tag.first("alt", "caption", "title") or " ".join(w for w in tag.words if w != source)
    if not source:
        return ""
    return f'<img src="{escape(source)}" alt="{escape(title)}">'


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _film(begin: str) -> "_Write":
    def write(tag: Tag, dialect: Dialect) -> str:
        key = tag.first("id", "video", "video_id", "key") or tag.word()
        if "://" in key:
            return _link(key, tag.first("title") or "[video]")
        return _link(begin + key, tag.first("title") or "[video]") if key else ""

    return write


def _post(tag: Tag, dialect: Dialect) -> str:
    """Link a message of a social site, where its address is in the tag."""
    user, key = tag.first("user") or tag.word(), tag.first("id") or tag.word(1)
    if "://" in user:
        return _link(user, "[embedded]")
    return _link(f"https://x.com/{user}/status/{key}", "[embedded]") if user and key else ""


def _gist(tag: Tag, dialect: Dialect) -> str:
    path = "/".join(tag.words[:2]).strip("/")
    return _link(f"https://gist.github.com/{path}", "[embedded]") if path else ""


def _reference(tag: Tag, dialect: Dialect) -> str:
    """Return the address of another page, as it stands inside a link."""
    target = tag.first("path") or tag.word()
    return dialect.page(target) if "/" in target and "." in target else "#"


def _link_or_reference(tag: Tag, dialect: Dialect) -> str:
    """Jekyll's `link` names a file, Hexo's words and an address."""
    address = next((word for word in tag.words if "://" in word), "")
    if not address:
        return _reference(tag, dialect)
    words = " ".join(tag.words[: tag.words.index(address)])
    return _link(address, words or address)


def _words_of_link(tag: Tag, dialect: Dialect) -> str:
    """Return the words of a link to another article, or its name."""
    return escape(" ".join(tag.words[1:]) or tag.word())


_Write: TypeAlias = Callable[[Tag, Dialect], str]

_PICTURES = ("figure", "img", "image", "picture", "asset_img", "resize_image")
_WRITTEN: dict[str, _Write] = {
    **dict.fromkeys(_PICTURES, _picture),
    "youtube": _film("https://www.youtube.com/watch?v="),
    "vimeo": _film("https://vimeo.com/"),
    "bilibili": _film("https://www.bilibili.com/video/"),
    **dict.fromkeys(("tweet", "x", "twitter"), _post),
    "gist": _gist,
    **dict.fromkeys(("ref", "relref", "post_url"), _reference),
    "link": _link_or_reference,
    **dict.fromkeys(("post_link", "asset_link"), _words_of_link),
}
