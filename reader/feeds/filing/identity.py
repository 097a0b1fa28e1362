"""Which article an entry of a feed is: by its address, its guid, or its words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reader.feeds.filing.article_file import slug, title_of
from reader.feeds.filing.ledger import Ledger, Line, mark
from reader.feeds.filing.sameness import guid_mark, link_key, own_key
from reader.feeds.values import Entry, Feed
from reader.urls import canonical

_OURS = re.compile(r"_news/(\d{4}-\d\d-\d\d)-(?:(.*)-)?[0-9a-f]{10}(?:-\d+)?\.md")


class Known(NamedTuple):
    """What an entry is known by, the mark of its guid, and how its article was filed last."""

    key: str
    guid: str
    before: Line | None


class Identity:
    """Tells which articles the entries are that a feed has at one time.

    What entries of different titles have in common says of none which article it is: some feeds
    link everything to one page, and some give everything one guid.
    """

    def __init__(self, ledger: Ledger, feed: Feed, entries: Sequence[Entry]) -> None:
        self._ledger = ledger
        self.feeds = tuple(dict.fromkeys(map(canonical, (feed.url, *feed.formerly))))
        """What the feed is known by, the former ones last."""
        self._links = _shared((link_key(one), one) for one in entries)
        self._guids = _shared((one.guid or "", one) for one in entries)

    def known(self, entry: Entry) -> Known:
        """Return which article an entry is."""
        if entry.guid in self._guids:
            entry = entry._replace(guid=None)
        link, guids = link_key(entry), [guid_mark(entry, feed) for feed in self.feeds]
        there = self._ledger.find(mark(link), "") if link else None
        if there and self._is_that(there, entry, link, guids):
            return Known(link, guids[0], there)
        own, before = self._own(entry)
        before = before or next(filter(None, (self._by_guid(entry, one) for one in guids)), None)
        is_known_by_link = link and there is None and link not in self._links
        return Known(link if is_known_by_link else own, guids[0], before)

    def _own(self, entry: Entry) -> tuple[str, Line | None]:
        """Return what an entry is known by in its feed, and how it was filed last."""
        keys = [own_key(entry, feed) for feed in self.feeds]
        found = ((key, self._ledger.find(mark(key), "")) for key in keys)
        return next((one for one in found if one[1]), (keys[0], None))

    def _by_guid(self, entry: Entry, guid: str) -> Line | None:
        """Return how an article of a guid was filed, if it may be the one of an entry."""
        found = self._ledger.find("", guid) if guid else None
        return found if found and _is_near(found, entry) else None

    def _is_that(self, there: Line, entry: Entry, link: str, guids: Sequence[str]) -> bool:
        """Whether an entry is what was filed under its address, and not another one there."""
        if guids[0] and there.guid in guids:
            return True
        if link in self._links:
            return _is_near(there, entry, by_day=False)
        is_ours = there.feed in map(mark, self.feeds)
        is_another = is_ours and guids[0] and there.guid
        return not is_another or _is_near(there, entry)


def _shared(names: Iterable[tuple[str, Entry]]) -> set[str]:
    """Return the names that entries of different titles have."""
    titles = defaultdict[str, set[str]](set)
    for name, entry in names:
        titles[name].add(title_of(entry).casefold())
    return {name for name, found in titles.items() if name and len(found) > 1}


def _is_near(there: Line, entry: Entry, *, by_day: bool = True) -> bool:
    """Whether what was filed has the title of an entry, or its day; also where that is unknown."""
    found = _OURS.fullmatch(there.file)
    if found is None:
        return True
    is_that_day = entry.published_at is None or entry.published_at[:10] == found[1]
    return (by_day and is_that_day) or slug(title_of(entry)) == (found[2] or "")
