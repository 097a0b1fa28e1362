"""newsboat's `urls`: read without running anything that it names, and written.

The format is that of newsboat's manual.
"""

import re
from collections.abc import Iterable

from reader.feeds.subscribed.taking import Taken, Taking, folder_of, name_of
from reader.feeds.values import Feed

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"?|([^\s"]\S*)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def read_urls(body: bytes) -> Taken:
    """Return the feeds of a file: its first tag is the folder, `~` marks the name."""
    taking = Taking()
    for line in body.decode("utf-8-sig", "replace").split("\n"):
        address, *tags = _tokens(line) or ("",)
        if address.lower().startswith("query:"):
            taking.leave("queries", address.split(":")[1])
        elif address:
            _take(taking, address, tags)
    return taking.taken()


def _take(taking: Taking, address: str, tags: list[str]) -> None:
    names = [tag[1:] for tag in tags if tag.startswith("~")]
    plain = folder_of(tag for tag in tags if tag[:1] not in ("~", "!"))
    if not taking.take(address, Feed(address, name_of(*names), plain[:1])):
        return
    if any(tag.startswith("!") for tag in tags):
        taking.note("hidden", address)
    for tag in plain[1:]:
        taking.note("tags", tag)


def _tokens(line: str) -> list[str]:
    """Return the words of a line, quoted ones as one each, up to a comment."""
    words = []
    for found in _TOKEN.finditer(line):
        if found[2] and found[2].startswith("#"):
            break
        words.append(found[2] or _ESCAPED.sub(_unescaped, found[1]))
    return words


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[1], found[1])


def write_urls(feeds: Iterable[Feed]) -> bytes:
    """Return a file with these feeds: the names of their folders are tags."""
    return "".join(map(_line, feeds)).encode("utf-8")


def _line(feed: Feed) -> str:
    folder = folder_of(name.lstrip("~!") for name in feed.folder)
    title = [f"~{feed.title}"] if feed.title else []
    return " ".join([feed.url, *map(_quoted, [*folder, *title])]) + "\n"


def _quoted(text: str) -> str:
    escaped = name_of(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
