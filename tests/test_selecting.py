"""Views, their counts and their lists, against what is obvious article by article."""

import random

import pytest

from reader.masks import both
from reader.model import DISMISSED, HIDDEN, PASSED, PROBLEM, READ, STARRED, Topic
from reader.ranking import ORDERS
from reader.views import TITLES, Tally, View, select, shown
from tests.samples import article, store_of

LISTED = [Topic("Cloud"), Topic("Azure", "Cloud"), Topic("Chips", "Cloud"), Topic("Fabs", "Chips")]
TOPICS = ("Cloud", "Azure", "Chips", "Fabs", "Space")
PROVIDERS = ("Wire", "Post")
VIEWS = (
    *map(View, TITLES),
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
    return store, chance


class Plain:
    """The views of a store as one would tell them: from its articles, one after the other."""

    def __init__(self, store, wanted):
        self.store, self.wanted = store, wanted

    def is_live(self, at):
        is_sound = not self.store.flags[at] & (HIDDEN | PROBLEM)
        return is_sound and not self.store.marks[at] & DISMISSED

    def belongs(self, view, at):
        one, marks = self.store.article(at), self.store.marks[at]
        if view.kind == "topic":
            above = {name for topic in one.topics for name in self.store.topics.path(topic)}
            return self.is_live(at) and view.name in above
        return {
            "all": not one.hidden,
            "picked": self.is_live(at) and bool(one.picked),
            "unread": self.is_live(at) and not marks & (READ | PASSED),
            "starred": not one.hidden and bool(marks & STARRED),
            "dismissed": not (one.hidden or one.problem) and bool(marks & DISMISSED),
            "hidden": bool(one.hidden),
            "problems": bool(one.problem) and not one.hidden,
            "provider": self.is_live(at) and one.provider == view.name,
            "front": self.is_live(at) and self.standing(at) == at,
        }[view.kind]

    def standing(self, at):
        """The article that stands for a story: its leader, else the best that is left."""
        story = list(self.store.story(at)) or [at]
        return next((one for one in story if self.is_live(one) and self.wanted[one]), None)

    def select(self, view, order):
        name = "quality" if order == "unread" else order
        rows = [at for at in self.store.order(name) if self.wanted[at] and self.belongs(view, at)]
        if order == "unread":
            rows.sort(key=lambda at: bool(self.store.marks[at] & (READ | PASSED)))
        return rows


def random_mask(store, chance):
    return both(store.here, bytes(chance.random() < 0.7 for _ in store.here))


@pytest.mark.parametrize("seed", range(25))
def test_each_view_lists_what_is_obvious_in_every_order(seed):
    store, chance = random_store(seed)
    for wanted in (store.here, random_mask(store, chance)):
        plain = Plain(store, wanted)
        for view in VIEWS:
            for order in ORDERS:
                found = select(store, view, order, wanted)
                assert found == plain.select(view, order), (view, order)
            assert shown(store, view, wanted).count(1) == len(found), view


def counts(tally):
    return {name: +getattr(tally, name) for name in ("kinds", "topics", "providers")}


@pytest.mark.parametrize("seed", range(25))
def test_counts_that_are_kept_up_to_date_are_those_that_are_made_at_once(seed):
    store, chance = random_store(seed)
    tally = Tally(store)
    for _ in range(60):
        at = chance.choice(store.order("quality"))
        marks = 0 if store.flags[at] & PROBLEM else chance.randrange(16)
        before = store.marks[at]
        assert tally.recount(at, marks) is (before != marks)
        assert store.marks[at] == marks
        assert counts(tally) == counts(Tally(store))


@pytest.mark.parametrize("seed", range(25))
def test_every_count_is_that_of_the_obvious_list(seed):
    store, _ = random_store(seed)
    tally, plain = Tally(store), Plain(store, store.here)
    for kind in TITLES:
        assert tally.kinds[kind] == len(plain.select(View(kind), "quality")), kind
    unread = set(plain.select(View("unread"), "quality"))
    for kind, counted in {"topic": tally.topics, "provider": tally.providers}.items():
        for view in VIEWS:
            if view.kind == kind:
                found = set(plain.select(view, "quality"))
                assert counted[view.name] == len(found & unread), view
