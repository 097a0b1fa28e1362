"""What all formats have in common: addresses, names, times and numbers, made fit or left out."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from reader.dates import normalise
from reader.feeds.values import Entry
from reader.text import clean_line
from reader.urls import MAX_URL, safe_url

MAX_ENTRIES = 5_000
"""Articles of one answer; a feed that tells all that it ever had tells the newest first."""

MAX_TITLE = 1_000  # characters
MAX_NAME = 200  # characters
MAX_NAMES = 30

_ABSOLUTE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


def address(url: object, base: str | None) -> str | None:
    """Return an address made absolute and fit to be opened, else None."""
    if not isinstance(url, str) or not url or len(url) > 2 * MAX_URL:
        return None
    if not _ABSOLUTE.match(url):
        try:
            url = urljoin(base or "", url.strip())
        except ValueError:
            return None
    return safe_url(url)


def line(value: object, limit: int = MAX_TITLE) -> str:
    """Return a text as a clean line, anything else as none."""
    return clean_line(value, limit) if isinstance(value, str) else ""


def names(values: Iterable[object]) -> tuple[str, ...]:
    """Return clean names in order, each once, at most 30; addresses are no names."""
    found: dict[str, None] = {}
    for value in values:
        name = line(value, MAX_NAME)
        if name and "://" not in name:
            found[name] = None
            if len(found) == MAX_NAMES:
                break
    return tuple(found)


def guid(value: object) -> str | None:
    """Return what a feed calls an article by: any text or number."""
    text = str(value) if isinstance(value, int) else value
    return line(text, MAX_URL) or None


def moment(value: object) -> str | None:
    """Return a time in the one form of the model; None for what is not a time."""
    return normalise(value) if isinstance(value, str) else None


def number(value: Any) -> int | None:
    """Return a number of pixels, bytes or minutes that makes sense, from a number or digits."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 16:
        value = int(value)
    if isinstance(value, float) and 0 < value < 1e15:
        value = int(value)
    return value if type(value) is int and 0 < value < 10**15 else None


def language(value: object) -> str | None:
    """Return the code of a language: `en`, `pt-BR`."""
    found = _LANG.fullmatch(value.strip().replace("_", "-")) if isinstance(value, str) else None
    return found[0] if found else None


def listed(value: object) -> list[Any]:
    """Return a list of JSON, and none for anything else."""
    return value if isinstance(value, list) else []


def objects(value: object) -> list[dict[str, Any]]:
    """Return the objects in a list of JSON."""
    return [one for one in listed(value) if isinstance(one, dict)]


def readable(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the articles that there is something to read or to open of."""
    return tuple(
        [
            one
            for one in entries
            if one.title or one.url or one.excerpt or one.body or one.enclosures
        ]
    )
