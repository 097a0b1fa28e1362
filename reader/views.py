"""Views of the store: what the sidebar offers, how many articles each holds, and which."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple

from reader import model
from reader.masks import Mask, both, by_bits, chosen, either, neither
from reader.settings import USUAL, Settings
from reader.snapshot.columns import NONE
from reader.sorting import ordered
from reader.store import Store


@dataclass(frozen=True, slots=True)
class View:
    """One entry of the sidebar: a kind, and the topic's or provider's name where it has one."""

    kind: str
    name: str = ""

    @property
    def title(self) -> str:
        """What the list's heading says."""
        return self.name or TITLES[self.kind]

    @property
    def in_stories(self) -> bool:
        """Whether each story is usually shown once in it, and not every article."""
        return self.kind in ("front", "edition")

    @property
    def nothing(self) -> str:
        """What is said of it while it holds no article."""
        if self.kind == "topic":
            return f"Nothing is filed under {self.name}"
        if self.kind == "provider":
            return f"Nothing here is by {self.name}"
        if self.kind == "saved":
            return f"Nothing is found by {self.name}"
        if self.kind == "mute":
            return f"Nothing is muted by {self.name}"
        return f"Nothing is {_WHERE.get(self.kind, self.kind)}"


TITLES = {
    "edition": "Edition",
    "front": "Front page",
    "all": "All",
    "picked": "Picked",
    "unread": "Unread",
    "starred": "Starred",
    "dismissed": "Dismissed",
    "muted": "Muted",
    "hidden": "Hidden",
    "problems": "Problems",
}
EDITION, FRONT, ALL, PICKED, UNREAD, STARRED, DISMISSED, MUTED, HIDDEN, PROBLEMS = (
    *map(View, TITLES),
)
_WHERE = {
    "edition": "left in this edition",
    "front": "left on the front page",
    "all": "left",
    "starred": "starred yet",
    "muted": "muted any more",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of each file: when all is loaded, `seen` is the sum of the next four.

    `topics` of those that were passed over are the folder's own list of topics.
    """

    seen: int = 0
    articles: int = 0
    hidden: int = 0
    problems: int = 0
    passed_over: int = 0
    topics: int = 0


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


class Kind(NamedTuple):
    """What belongs to a view: some bits of what is known, and of the marks, with their values."""

    flags: int
    known: int
    marks: int = 0
    marked: int = 0


_LISTED, _SOUND = model.HERE | model.HIDDEN, model.HERE | model.HIDDEN | model.PROBLEM
_OUT = model.DISMISSED | model.MUTED
KINDS = {
    "all": Kind(_LISTED, model.HERE, model.MUTED, 0),
    "listed": Kind(_LISTED, model.HERE),
    "here": Kind(model.HERE, model.HERE, model.MUTED, 0),
    "sound": Kind(_SOUND, model.HERE),
    "live": Kind(_SOUND, model.HERE, _OUT, 0),
    "picked": Kind(_SOUND | model.PICKED, model.HERE | model.PICKED, _OUT, 0),
    "unread": Kind(_SOUND, model.HERE, model.READ | model.PASSED | _OUT, 0),
    "starred": Kind(_LISTED, model.HERE, model.STARRED | model.MUTED, model.STARRED),
    "dismissed": Kind(_SOUND, model.HERE, _OUT, model.DISMISSED),
    "muted": Kind(_SOUND, model.HERE, model.MUTED, model.MUTED),
    "hidden": Kind(_LISTED, _LISTED),
    "problems": Kind(_SOUND, model.HERE | model.PROBLEM),
}
"""The views by what is in them. "live" is what is among the news, in every other view; "sound" is
so but for the marks, as "listed" is "all", and "here" is all with what is hidden."""


def is_kind(kind: str, flags: int, marks: int) -> bool:
    """Whether an article with these bits belongs to a kind of view."""
    wanted = KINDS[kind]
    return flags & wanted.flags == wanted.known and marks & wanted.marks == wanted.marked


def kind_mask(store: Store, kind: str) -> Mask:
    """Return which articles belong to a kind of view."""
    wanted = KINDS[kind]
    known = by_bits(store.flags, wanted.flags, wanted.known)
    if not wanted.marks:
        return known
    return both(known, by_bits(store.marks, wanted.marks, wanted.marked))


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


def select(
    store: Store,
    view: View,
    order: str,
    matches: Mask,
    settings: Settings = USUAL,
    *,
    in_stories: bool | None = None,
) -> list[int]:
    """Return the rows of a view that match, in an order; `in_stories` as `shown` takes it."""
    in_stories = view.in_stories if in_stories is None else in_stories
    mask = shown(store, view, matches, in_stories=in_stories)
    unread = unread_mask(store, in_stories=in_stories) if "unread" in order else b""
    spread_out = view.kind != "provider"
    return ordered(store, mask, order, settings, unread, spread_out=spread_out)


def shown(store: Store, view: View, matches: Mask, *, in_stories: bool | None = None) -> Mask:
    """Return what a view shows of what matches: in stories each once, or every article.

    Without a word it is as the view is usually shown.
    """
    wanted = both(_within(store, view), matches)
    if view.in_stories if in_stories is None else in_stories:
        return _standing(store, wanted)
    return wanted


def renewed(store: Store) -> frozenset[int]:
    """Return the leaders of the stories that were read and have unread articles again.

    A story was read if its leader is read, or any article of it was passed with it.
    """
    return store.kept_by_marks("renewed", lambda: _renewed(store))


def unread_mask(store: Store, *, in_stories: bool) -> Mask:
    """Return what is unread; in stories also all of those that have unread articles again."""
    unread = by_bits(store.marks, model.READ | model.PASSED, 0)
    if not in_stories or not renewed(store):
        return unread
    mask = bytearray(unread)
    for leader in renewed(store):
        for row in store.story(leader):
            mask[row] = 1
    return bytes(mask)


def _within(store: Store, view: View) -> Mask:
    """Return which articles belong to a view."""
    if view.kind in KINDS:
        return kind_mask(store, view.kind)
    if view.kind == "nowhere":
        return bytes(len(store.flags))
    live = kind_mask(store, "live")
    if view.kind == "front":
        return live
    return both(live, store.kept(view, lambda: _named(store, view)))


def _named(store: Store, view: View) -> Mask:
    """Return which articles are under a topic or of a provider."""
    if view.kind == "topic":
        within = store.topics.within(view.name)
        return store.where("topics", lambda names: not within.isdisjoint(names))
    return store.where("provider", lambda names: view.name in names)


def _standing(store: Store, wanted: Mask) -> Mask:
    """Return the lone articles, the leaders, and the best of a story without its leader."""
    index, heads = store.index, by_bits(store.flags, model.HEAD, model.HEAD)
    if all(map(wanted.__getitem__, index.story_leaders)):
        return both(wanted, heads)
    standing = bytearray(both(wanted, heads))
    others = chosen(index.members, both(wanted, neither(heads)))[::-1]
    best = dict(zip(map(index.leader.__getitem__, others), others, strict=True))
    for leader, row in best.items():
        if not wanted[leader]:
            standing[row] = 1
    return bytes(standing)


def _renewed(store: Store) -> frozenset[int]:
    leader, heads = store.index.leader, by_bits(store.flags, model.HEAD, model.HEAD)
    read = both(heads, by_bits(store.marks, model.READ, model.READ))
    begun = either(read, by_bits(store.marks, model.PASSED, model.PASSED))
    unread = kind_mask(store, "unread")
    if 1 not in begun or 1 not in unread:
        return frozenset()
    return frozenset(compress(leader, begun)) & frozenset(compress(leader, unread)) - {NONE}
