"""What can be done with what is subscribed: feeds in, feeds out."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reader.feeds.values import Feed
from reader.urls import canonical

Feeds = tuple[Feed, ...]


class NotChanged(ValueError):  # noqa: N818 - it is what the message says
    """A change that makes no sense; the message is a sentence."""


def find(feeds: Iterable[Feed], url: str) -> Feed | None:
    """Return the feed of an address, else the one that had it formerly; None without one."""
    key, known = canonical(url), tuple(feeds)
    now = (feed for feed in known if canonical(feed.url) == key)
    then = (feed for feed in known if key in map(canonical, feed.formerly))
    return next(now, None) or next(then, None)


def keys_of(feeds: Iterable[Feed]) -> set[str]:
    """Return what the addresses of feeds are known by, former ones too."""
    return {canonical(url) for feed in feeds for url in (feed.url, *feed.formerly)}


def added(feeds: Feeds, feed: Feed) -> Feeds:
    """Return the feeds with one more. Raises NotChanged if it is there."""
    if there := find(feeds, feed.url):
        raise NotChanged(f"{there.name} is there already")
    return (*feeds, feed)


def renamed(feeds: Feeds, url: str, title: str) -> Feeds:
    """Return the feeds with one called differently. Raises NotChanged if it is not there."""
    return _changed(feeds, url, title=title)


def filed(feeds: Feeds, url: str, folder: tuple[str, ...]) -> Feeds:
    """Return the feeds with one in another folder. Raises NotChanged if it is not there."""
    return _changed(feeds, url, folder=folder)


def paused(feeds: Feeds, url: str, *, paused: bool = True) -> Feeds:
    """Return the feeds with one that is not asked. Raises NotChanged if it is not there."""
    return _changed(feeds, url, paused=paused)


def with_full_text(feeds: Feeds, url: str, *, full_text: bool = True) -> Feeds:
    """Return the feeds with one whose pages are read. Raises NotChanged if it is not there."""
    return _changed(feeds, url, full_text=full_text)


def removed(feeds: Feeds, url: str) -> Feeds:
    """Return the feeds without one. Raises NotChanged if it is not there."""
    gone = _there(feeds, url)
    return tuple(feed for feed in feeds if feed is not gone)


def moved(feeds: Feeds, url: str, to: str) -> Feeds:
    """Return the feeds with one at another address, its former one kept.

    Where another feed is at that address already, that one stays. Raises NotChanged if there is
    none to be moved.
    """
    old = _there(feeds, url)
    others = tuple(feed for feed in feeds if feed is not old)
    there = find(others, to)
    known = there or replace(old, url=to)
    addresses = dict.fromkeys((*known.formerly, *old.formerly, old.url))
    new = replace(known, formerly=tuple(one for one in addresses if one != known.url))
    kept = there or old
    return tuple(new if feed is kept else feed for feed in feeds if feed is kept or feed is not old)


def _changed(feeds: Feeds, url: str, **values: Any) -> Feeds:
    there = _there(feeds, url)
    return tuple(replace(feed, **values) if feed is there else feed for feed in feeds)


def _there(feeds: Feeds, url: str) -> Feed:
    if there := find(feeds, url):
        return there
    raise NotChanged(f"no feed has the address {url}")
