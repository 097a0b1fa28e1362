"""What one value of a field means: a text, a number, a time, an address, names, pictures."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from urllib.parse import urljoin

from reader.dates import normalise
from reader.files.frontmatter import Value
from reader.model import Image
from reader.text import plain
from reader.urls import safe_url

Fields = dict[str, Value]
T = TypeVar("T")

NAMES = ("name", "display_name", "title", "label")
"""What a map that stands for one thing says of its name."""

_WHO = ("name", "domain", "id")

IMAGE_URLS = ("url", "src", "image", "path")

_INTEGER = re.compile(r"([+-]?\d{1,9})(?:\.\d*)?\Z")
_TRUE = frozenset(("true", "yes", "on", "y", "1"))
_FALSE = frozenset(("false", "no", "off", "n", "0"))


def number(value: Value) -> int | None:
    """Return a whole number of at most nine digits, None for anything else."""
    if not isinstance(value, str):
        return None
    if value.isdecimal() and len(value) < 10:
        return int(value)
    found = _INTEGER.match(value)
    return int(found[1]) if found else None


def boolean(value: Value) -> bool | None:
    """Return what YAML 1.1 calls a boolean, None for anything else."""
    word = value.lower() if isinstance(value, str) else None
    return True if word in _TRUE else False if word in _FALSE else None


def text(value: Value) -> str | None:
    """Return a plain line, None where there is nothing in it."""
    return (plain(value) or None) if isinstance(value, str) else None


def time(value: Value) -> str | None:
    """Return a time in the one form, None for anything else."""
    return normalise(value) if isinstance(value, str) else None


def first(fields: Fields, names: Iterable[str], read: Callable[[Value], T | None]) -> T | None:
    """Return what is read from the first of the names that has something to be read."""
    for name in names:
        if name in fields:
            value = read(fields[name])
            if value is not None and value != ():
                return value
    return None


def filled(value: Value) -> Value:
    """Return a text, or a map that says who it is."""
    if isinstance(value, dict):
        return value if first(value, _WHO, text) else None
    return value if text(value) else None


def url(fields: Fields, names: Iterable[str], base: str | None = None) -> str | None:
    """Return the first safe address under these names; relative ones count where `base` is."""
    for name in names:
        if name in fields:
            value = fields[name]
            if isinstance(value, str) and (found := safe_url(value) or _joined(base, value)):
                return found
    return None


def _joined(base: str | None, value: str) -> str | None:
    if base is None or ":" in value or not value.strip():
        return None
    try:
        return safe_url(urljoin(base, value.strip()))
    except ValueError:
        return None


def names(value: Value) -> tuple[str, ...]:
    """Return names from a list of texts or of maps with a `name`, or from a text with commas."""
    if isinstance(value, str):
        value = list(value.split(","))
    if not isinstance(value, list):
        return ()
    found = [text(item.get("name") if isinstance(item, dict) else item) for item in value]
    return tuple(dict.fromkeys([name for name in found if name]))


def all_names(value: Value, marks: str = ",", *, spaces: bool = False) -> tuple[str, ...]:
    """Return the names in lists and maps of any shape, as other people's folders have them.

    A text is split on the first of `marks` in it, else on white space where `spaces` says so.
    """
    if isinstance(value, str):
        value = list(_split(value, marks, spaces=spaces))
    return tuple(dict.fromkeys(name.lstrip("# ") for name in _within(value) if name.strip("# ")))


def _split(value: str, marks: str, *, spaces: bool) -> list[str]:
    separator = next((mark for mark in marks if mark in value), None)
    return value.split(separator) if separator or spaces else [value]


def _within(value: Value) -> Iterator[str]:
    """Yield the names in a value; one that is a map is called by its name, or by its keys.

    It is at most as deep as front matter may be.
    """
    if isinstance(value, dict):
        name = first(value, NAMES, text)
        yield from (name,) if name else _in_map(value)
    elif isinstance(value, list):
        for item in value:
            yield from _within(item)
    elif name := text(value):
        yield name


def _in_map(value: Fields) -> Iterator[str]:
    for key, item in value.items():
        is_mark = item is None or number(item) is not None or boolean(item) is not None
        yield from _within(key if is_mark else item)


def images(value: Value, base: str | None = None) -> tuple[Image, ...]:
    """Return the pictures in a list, or the one in a text or a map."""
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    return tuple([image for item in items if (image := _image(item, base))])


def _image(value: Value, base: str | None) -> Image | None:
    fields: Fields = value if isinstance(value, dict) else {"url": value}
    if found := url(fields, IMAGE_URLS, base):
        width, height = number(fields.get("width")), number(fields.get("height"))
        words = fields.get("title") or fields.get("alt") or fields.get("caption")
        return Image(found, width, height, text(words))
    return None
