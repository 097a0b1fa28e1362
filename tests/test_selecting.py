"""Views, their counts and their lists, against what is obvious article by article.

SELECTING_STORES in the environment is how many random stores are tried; there are 10 otherwise.
"""

import os
import random

import pytest

from reader.masks import both
from reader.model import DISMISSED, HIDDEN, MUTED, PASSED, PROBLEM, READ, STARRED, Topic
from reader.settings import Settings
from reader.sorting import READY
from reader.tally import Tally, Unread
from reader.views import FRONT, TITLES, View, kind_mask, select, shown
from tests.samples import article, store_of

STORES = int(os.environ.get("SELECTING_STORES", "10"))
LISTED = [Topic("Cloud"), Topic("Azure", "Cloud"), Topic("Chips", "Cloud"), Topic("Fabs", "Chips")]
TOPICS = ("Cloud", "Azure", "Chips", "Fabs", "Space")
PROVIDERS = ("Wire", "Post")
PLAIN = Settings(boost=False, spread=False)
KINDS = tuple(kind for kind in TITLES if kind != "edition")
VIEWS = (
    *map(View, KINDS),
    *(View("topic", name) for name in (*TOPICS, "Nowhere")),
    *(View("provider", name) for name in (*PROVIDERS, "Nobody")),
)


def random_store(seed, size=24):
    """Return a store of articles that are related, filed, hidden, broken and marked at random."""
    chance = random.Random(seed)
    articles = [
        article(
            f"n{at}",
            *(f"n{chance.randrange(size)}" for _ in range(chance.randrange(4))),
            path=f"{at:02}.md",
            topics=tuple(chance.sample(TOPICS, chance.randrange(3))),
            provider=chance.choice([None, *PROVIDERS]),
            heat=chance.choice([None, -1, -1, 0, 9]),
            quality=chance.choice([None, 1, 2, 3]),
            picked=chance.choice([None, True, False]),
            hidden=chance.choice([None] * 7 + ["withdrawn"]),
            problem=chance.choice([None] * 7 + ["broken"]),
        )
        for at in range(size)
    ]
    store = store_of(articles, topics=LISTED)
    store.set_marks([{number: chance.randrange(16) for number in store.index.key}])
    store.mute(both(kind_mask(store, "sound"), bytes(chance.random() < 0.2 for _ in store.here)))
    return store, chance


class Plain:
    """The views of a store as one would tell them: from its articles, one after the other."""

    def __init__(self, store, wanted):
        self.store, self.wanted = store, wanted

    def is_live(self, at):
        is_sound = not self.store.flags[at] & (HIDDEN | PROBLEM)
        return is_sound and not self.store.marks[at] & (DISMISSED | MUTED)

    def belongs(self, view, at):
        one, marks = self.store.article(at), self.store.marks[at]
        if view.kind == "topic":
            above = {name for topic in one.topics for name in self.store.topics.path(topic)}
            return self.is_live(at) and view.name in above
        return {
            "all": not (one.hidden or marks & MUTED),
            "picked": self.is_live(at) and bool(one.picked),
            "unread": self.is_live(at) and not marks & (READ | PASSED),
            "starred": not one.hidden and marks & (STARRED | MUTED) == STARRED,
            "dismissed": not (one.hidden or one.problem)
            and marks & (DISMISSED | MUTED) == DISMISSED,
            "muted": bool(marks & MUTED),
            "hidden": bool(one.hidden),
            "problems": bool(one.problem) and not one.hidden,
            "provider": self.is_live(at) and one.provider == view.name,
            "front": self.is_live(at),
        }[view.kind]

    def standing(self, view, at):
        """The article that stands for a story: its leader, else the best that is left."""
        story = list(self.store.story(at)) or [at]
        return next(one for one in story if self.belongs(view, one) and self.wanted[one])

    def is_unread(self, at):
        return not self.store.marks[at] & (READ | PASSED)

    def is_renewed(self, at):
        """Whether the story of an article was read, and has unread articles again."""
        story = list(self.store.story(at))
        marks = [self.store.marks[one] for one in story]
        was_read = any(mark & PASSED for mark in marks) or any(mark & READ for mark in marks[:1])
        return was_read and any(self.is_live(one) and self.is_unread(one) for one in story)

    def select(self, view, order, *, in_stories):
        name = "quality" if order == "unread" else order
        rows = [at for at in self.store.order(name) if self.wanted[at] and self.belongs(view, at)]
        if in_stories:
            rows = [at for at in rows if self.standing(view, at) == at]
        if order == "unread":
            rows.sort(
                key=lambda at: not (self.is_unread(at) or (in_stories and self.is_renewed(at)))
            )
        return rows


def random_mask(store, chance):
    return both(store.here, bytes(chance.random() < 0.7 for _ in store.here))


@pytest.mark.parametrize("seed", range(STORES))
def test_each_view_lists_what_is_obvious_in_every_order(seed):
    store, chance = random_store(seed)
    for wanted in (store.here, random_mask(store, chance)):
        plain = Plain(store, wanted)
        for view in VIEWS:
            for order in ("unread", "front", *READY):
                for in_stories in (False, True):
                    how = {"in_stories": in_stories}
                    found = select(store, view, order, wanted, PLAIN, **how)
                    assert found == plain.select(view, order, **how), (view, order, how)
                    assert shown(store, view, wanted, **how).count(1) == len(found), (view, how)
            usual = select(store, view, order, wanted, PLAIN)
            assert usual == plain.select(view, order, in_stories=view == FRONT)


def counts(tally):
    return {name: +getattr(tally, name) for name in ("kinds", "topics", "providers", "saved")}


def watching(store, watched):
    """Return a tally that counts what is unread in some views of their own."""
    tally = Tally(store)
    tally.watch(watched)
    return tally


@pytest.mark.parametrize("seed", range(STORES))
def test_counts_that_are_kept_up_to_date_are_those_that_are_made_at_once(seed):
    store, chance = random_store(seed)
    watched = {
        View("saved", name): Unread(random_mask(store, chance), random_mask(store, chance))
        for name in "ab"
    }
    tally = watching(store, watched)
    for _ in range(60):
        at = chance.choice(store.order("quality"))
        marks = 0 if store.flags[at] & PROBLEM else chance.randrange(16)
        marks |= store.marks[at] & MUTED
        before = store.marks[at]
        assert tally.recount(at, marks) is (before != marks)
        assert store.marks[at] == marks
        assert counts(tally) == counts(watching(store, watched))


@pytest.mark.parametrize("seed", range(STORES))
def test_every_count_is_that_of_the_obvious_list(seed):
    store, _ = random_store(seed)
    tally, plain = Tally(store), Plain(store, store.here)
    for kind in KINDS:
        count = len(plain.select(View(kind), "quality", in_stories=kind == "front"))
        assert tally.kinds[kind] == count, kind
    unread = set(plain.select(View("unread"), "quality", in_stories=False))
    for kind, counted in {"topic": tally.topics, "provider": tally.providers}.items():
        for view in VIEWS:
            if view.kind == kind:
                found = set(plain.select(view, "quality", in_stories=False))
                assert counted[view.name] == len(found & unread), view
