"""What a file of another reader has: the feeds that are taken, and what is left and why."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from reader.feeds.values import Feed
from reader.text import clean_line
from reader.urls import canonical, safe_url

MAX_NAME = 300  # characters

LEFT = {
    "commands": "commands, for nothing is run that a file names",
    "queries": "query feeds, for saved filters do that",
    "files": "files of this machine, for feeds come from the web",
    "lists": "other lists or pages, for a list is imported by itself",
    "addresses": "no addresses of the web",
}
"""What is not taken, by its kind, and why."""

NOTES = {
    "twice": "named twice, and taken once",
    "logins": "taken without name and password, which belong to [[access]] in config.toml",
    "hidden": "hidden there, and shown here",
    "tags": "not taken: further tags, for a feed is in one folder",
}
"""What is not taken of a feed, by its kind, and why."""

_COMMAND = re.compile(r"\s*(?:\||exec:|filter:)", re.IGNORECASE)
_QUERY = re.compile(r"\s*query:", re.IGNORECASE)
_FILE = re.compile(r"\s*(?:file:|/|~|\.)", re.IGNORECASE)
_OF_FEEDS = re.compile(r"\s*feed:(?://)?(?=https?:)|\s*(feed:(?://)?)", re.IGNORECASE)
_LOGIN = re.compile(r"\A(\s*(?:feed:)?(?:https?:)?(?://)?)[^/?#\s\\]*@", re.IGNORECASE)


class Taken(NamedTuple):
    """What was found: feeds, each once; what is `left`, and what is not taken of a feed.

    The latter two are pairs of a kind, of LEFT and NOTES, and what it is about.
    """

    feeds: tuple[Feed, ...]
    left: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


def feed_url(text: str) -> str | None:
    """Return the address that a text names, also one that begins with `feed:`; None if unsafe."""
    return safe_url(_OF_FEEDS.sub(lambda found: "https://" if found[1] else "", text, count=1))


def without_login(address: str) -> str:
    """Return an address without the name and the password that it carries."""
    return _LOGIN.sub(r"\1", address, count=1)


class Taking:
    """Takes one feed after the other, and keeps account."""

    def __init__(self) -> None:
        self._feeds: dict[str, Feed] = {}
        self._left: list[tuple[str, str]] = []
        self._notes: list[tuple[str, str]] = []

    def taken(self) -> Taken:
        """Return what came of it."""
        return Taken(tuple(self._feeds.values()), tuple(self._left), tuple(self._notes))

    def leave(self, kind: str, what: str) -> None:
        """Do not take something of one of the kinds of LEFT."""
        self._left.append((kind, clean_line(what, MAX_NAME)))

    def note(self, kind: str, what: str) -> None:
        """Tell what is not taken of a feed, by one of the kinds of NOTES."""
        self._notes.append((kind, clean_line(what, MAX_NAME)))

    def take(self, address: str, feed: Feed) -> bool:
        """Take a feed with its address as it stands in the file; whether it is one of the web."""
        bare = without_login(address)
        url, kind = feed_url(bare), _kind(address)
        if kind or url is None:
            self.leave(kind or "addresses", address if kind else bare)
            return False
        if bare != address:
            self.note("logins", url)
        if canonical(url) in self._feeds:
            self.note("twice", url)
        title = "" if feed.title in (url, feed.url) else feed.title
        self._feeds.setdefault(canonical(url), replace(feed, url=url, title=title))
        return True


def _kind(address: str) -> str | None:
    kinds = (("commands", _COMMAND), ("queries", _QUERY), ("files", _FILE))
    return next((kind for kind, pattern in kinds if pattern.match(address)), None)


def name_of(*texts: str | None) -> str:
    """Return the first of some texts that says something, as a name."""
    return next((name for text in texts if text and (name := clean_line(text, MAX_NAME))), "")


def folder_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of folders, without those that say nothing."""
    return tuple(name for text in names if (name := name_of(text)))
