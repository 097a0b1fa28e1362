import random

import pytest

from reader.filters import parse
from reader.matching import is_slow_order, matching
from reader.model import Status
from reader.ranking import title_of
from reader.settings import Settings
from reader.sorting import ordered
from reader.text import fold
from reader.views import unread_mask
from tests.samples import article, names, store_of

PLAIN = Settings(boost=False, spread=False)


def in_order(store, order):
    unread = unread_mask(store, in_stories=False)
    rows = ordered(store, store.here, order, PLAIN, unread, spread_out=False)
    return names(store, rows)


ARTICLES = [
    article("a", title="Zebra", quality=5, published_at="2020-01-02", provider="Post"),
    article("b", title="élan", quality=5, published_at="2020-01-03", provider="wire"),
    article("c", title="Apple", quality=9, published_at="2020-01-01", provider="Agency"),
    article("d", title="Moon"),
]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("quality", "c b a d"),
        ("-quality", "b a c d"),
        ("quality,oldest", "c a b d"),
        ("-quality,-newest", "a b c d"),
        ("newest", "b a c d"),
        ("-newest", "c a b d"),
        ("title", "c b d a"),
        ("-title", "a d b c"),
        ("provider", "c a b d"),
        ("provider,title", "c a b d"),
        ("unread,title", "c b a d"),
    ],
)
def test_orders_are_turned_round_and_put_one_behind_the_other(order, expected):
    store = store_of(ARTICLES, {"example.com/d": Status(read=True)})
    assert in_order(store, order) == expected


@pytest.mark.parametrize("seed", range(10))
def test_several_orders_are_like_sorting_by_all_values_at_once(seed):
    chance = random.Random(seed)
    articles = [
        article(
            f"a{at}",
            title=chance.choice(["One", "two", "Three"]),
            quality=chance.choice([None, 1, 2]),
            heat=chance.choice([None, 0, 5]),
        )
        for at in range(12)
    ]
    store = store_of(articles)
    order = ",".join(chance.choice(["", "-"]) + name for name in chance.sample(VALUES, 3))

    def place(row):
        one = store.article(row)
        parts = []
        for name in order.split(","):
            value, sign = VALUE[name.removeprefix("-")](one), 1 - 2 * name.startswith("-")
            parts.append((value is None, value if value is None else sign * value))
        return [*parts, store.order("quality").index(row)]

    assert in_order(store, order) == names(store, sorted(store.order("quality"), key=place))


VALUE = {
    "quality": lambda one: None if one.quality is None else -one.quality,
    "heat": lambda one: None if one.heat is None else -one.heat,
    "title": lambda one: ["one", "three", "two"].index(fold(one.title)),
}
VALUES = list(VALUE)


def test_a_heading_names_all_orders():
    assert title_of("newest") == "newest first"
    assert title_of("quality,-heat") == "quality, heat"
    assert title_of("-newest") == "newest first, turned round"


def test_titles_of_few_articles_are_ordered_at_once():
    assert not is_slow_order(parse("sort:title"), store_of(ARTICLES))


def test_a_filter_may_name_the_order_and_nothing_else():
    store = store_of(ARTICLES)
    assert matching(store, parse("sort:title")) == store.here
