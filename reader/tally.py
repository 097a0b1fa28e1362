"""How many articles each view holds, and the sidebar's lines that say so."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple

from reader import model
from reader.masks import Mask, both, by_bits, neither
from reader.snapshot.columns import NONE
from reader.store import Store
from reader.views import KINDS, TITLES, View, is_kind, kind_mask


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of each file: when all is loaded, `seen` is the sum of the next four.

    `used` of those that were passed over have their use: topics, feeds, earlier versions.
    """

    seen: int = 0
    articles: int = 0
    hidden: int = 0
    problems: int = 0
    passed_over: int = 0
    used: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the sidebar; `count` is of articles, of unread ones for topics and providers.

    `progress` stands in place of the count.
    """

    view: View
    label: str
    count: int
    depth: int = 0
    parent: bool = False
    progress: str = ""


class Unread(NamedTuple):
    """Where articles are in a view if they are unread: those with a star, and the others."""

    starred: Mask
    others: Mask


class Tally:
    """How many articles each view holds; kept up to date article by article."""

    def __init__(self, store: Store) -> None:
        """Count all articles of a store, with their marks as they are."""
        self._store, index = store, store.index
        self.kinds = Counter({kind: kind_mask(store, kind).count(1) for kind in KINDS})
        live, unread = kind_mask(store, "live"), kind_mask(store, "unread")
        self._stories = Counter(compress(index.leader, live))
        lone = self._stories.pop(NONE, 0)
        self.kinds["front"] = lone + len(self._stories)
        self.providers: Counter[str] = Counter()
        for number, count in Counter(compress(index.provider, unread)).items():
            if number != NONE:
                self.providers[index.tables.providers[number]] = count
        self.topics = Counter(index.tables.topic_counts)
        seen = both(kind_mask(store, "sound"), neither(unread))
        for number, count in Counter(compress(index.topics, seen)).items():
            for name in self._topics(number):
                self.topics[name] -= count
        self._watched: Mapping[View, Unread] = {}
        self.saved: Counter[View] = Counter()

    def watch(self, views: "Mapping[View, Unread]") -> None:
        """Count the unread articles of these views from now on, from where they may be."""
        self._watched, store = views, self._store
        starred = by_bits(store.marks, model.STARRED, model.STARRED)
        unread = kind_mask(store, "unread")
        others = both(unread, neither(starred))
        starred = both(unread, starred)
        self.saved = Counter(
            {
                view: both(one.others, unread).count(1)
                if one.starred is one.others
                else both(one.starred, starred).count(1) + both(one.others, others).count(1)
                for view, one in views.items()
            }
        )

    def recount(self, row: int, marks: int) -> bool:
        """Count an article with other marks, and let the store have them; whether they differ."""
        before = self._store.marks[row]
        if before == marks:
            return False
        self._add(row, before, -1)
        self._store.mark(row, marks)
        self._add(row, marks, 1)
        return True

    def _add(self, row: int, marks: int, sign: int) -> None:
        index, flags = self._store.index, self._store.flags[row]
        for kind in KINDS:
            self.kinds[kind] += sign * is_kind(kind, flags, marks)
        if is_kind("live", flags, marks):
            self._count_story(index.leader[row], sign)
        if is_kind("unread", flags, marks):
            if (number := index.provider[row]) != NONE:
                self.providers[index.tables.providers[number]] += sign
            for name in self._topics(index.topics[row]):
                self.topics[name] += sign
            for view, unread in self._watched.items():
                found = unread.starred if marks & model.STARRED else unread.others
                self.saved[view] += sign * found[row]

    def _count_story(self, leader: int, sign: int) -> None:
        if leader == NONE:
            self.kinds["front"] += sign
            return
        before = self._stories[leader] > 0
        self._stories[leader] += sign
        self.kinds["front"] += (self._stories[leader] > 0) - before

    def _topics(self, number: int) -> set[str]:
        """Return the topics of a set, with those above them."""
        return self._store.topics.above(self._store.index.tables.topic_sets[number])


def sidebar(tally: Tally, store: Store, rules: Sequence[Entry] = ()) -> tuple[Entry, ...]:
    """Return the sidebar's lines: views, then rules, topics as a tree, and providers."""
    needed = {"front", "all", "unread", "starred"}
    kinds = [kind for kind in TITLES if kind in needed or tally.kinds[kind]]
    views = [Entry(View(kind), TITLES[kind], tally.kinds[kind]) for kind in kinds]
    topics = [
        Entry(
            View("topic", name), name, tally.topics[name], depth, bool(store.topics.children(name))
        )
        for name, depth in store.topics.walk()
    ]
    providers = [
        Entry(View("provider", name), name, tally.providers[name]) for name in store.providers
    ]
    return (*views, *rules, *topics, *providers)
