"""Views of the store: the lists that the sidebar offers, and which articles each holds."""

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
