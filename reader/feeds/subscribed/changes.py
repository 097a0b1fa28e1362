"""What can be done with what is subscribed: feeds in, feeds out."""

from collections.abc import Iterable
from dataclasses import replace

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


def named(feeds: Feeds, url: str, title: str) -> Feeds:
    """Return the feeds with a title for one that has none."""
    old = find(feeds, url)
    if old is None or old.title:
        return feeds
    return tuple(replace(feed, title=title) if feed is old else feed for feed in feeds)


def moved(feeds: Feeds, url: str, to: str) -> Feeds:
    """Return the feeds with one at another address, its former one kept.

    Where another feed is at that address already, that one stays, alone.
    """
    old = find(feeds, url)
    if old is None:
        return feeds
    there = find((feed for feed in feeds if feed is not old), to)
    kept = there or replace(old, url=to)
    addresses = dict.fromkeys((*kept.formerly, *old.formerly, old.url))
    new = replace(kept, formerly=tuple(one for one in addresses if one != kept.url))
    place = there or old
    return tuple(new if one is place else one for one in feeds if one is place or one is not old)
