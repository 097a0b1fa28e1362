"""What all formats have in common: addresses, names, times and numbers, made fit or left out."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urljoin

from reader.dates import normalise
from reader.feeds.values import Entry
from reader.text import clean_line, plain
from reader.urls import MAX_URL, safe_url

MAX_ENTRIES = 5_000
"""Articles of one answer; a feed that tells all that it ever had tells the newest first."""

MAX_TITLE = 1_000  # characters
MAX_NAME = 200  # characters
MAX_NAMES = 30

_ABSOLUTE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_REDIRECT = re.compile(
    r"https?://(?:www\.)?(?:google(?:\.[a-z]{2,3}){1,2}/url|bing\.com/news/apiclick\.aspx)\?"
)
_SOURCE = re.compile(r"\?source=rss-[\w-]*\Z")
_LINKED = re.compile(r"<a\s[^<>]*>([^<>]+)</a>")
_NOBODY = ("Unknown", "unknown")
_BETWEEN = re.compile(r",\s*(?:and\s)?\s*|\sand\s")
_PERSON = re.compile(
    r"[^\W\d_][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|al|bin|da|de|del|der|di|du|la|le|van|von)){1,4}"
)
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


def people(values: Iterable[object]) -> tuple[str, ...]:
    """Return the names of authors; one that is surely a list of people is taken apart."""
    found: list[str] = []
    for value in values:
        if not isinstance(value, str):
            continue
        if "<a" in value:
            found += map(plain, _LINKED.findall(value))
        elif "," in value or " and " in value:
            found += _apart(line(value))
        else:
            found.append(value)
    return names(name for name in found if name not in _NOBODY)


def _apart(name: str) -> list[str]:
    parts = _BETWEEN.split(name)
    is_list = len(parts) > 2 or (len(parts) == 2 and " and " in name)
    return parts if is_list and all(map(_PERSON.fullmatch, parts)) else [name]


def labels(values: Iterable[object]) -> tuple[str, ...]:
    """Return categories as plain names, without the one that means none."""
    texts = (plain(one) if isinstance(one, str) and "&" in one else one for one in values)
    return names(one for one in texts if one != "Uncategorized")


def unwrapped(url: str) -> str:
    """Return the address that one of a search engine's redirects has in it, or what was given.

    What tells Medium that a link was followed in its feed goes.
    """
    if "source=rss-" in url:
        return _SOURCE.sub("", url)
    if _REDIRECT.match(url):
        query = dict(parse_qsl(url.partition("?")[2]))
        return safe_url(query.get("url") or query.get("q")) or url
    return url


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
