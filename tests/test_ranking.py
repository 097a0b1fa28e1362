import random
from itertools import product
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import NO_STATUS, Article, Status
from reader.ranking import ORDERS, sort_articles


def article(path, **fields):
    return Article(id=path, key=path, path=path, file=path, title=path, **fields)


def paths(articles, order, *, sizes=None, read=()):
    ranked = sort_articles(
        articles,
        order,
        size_of=lambda one: (sizes or {}).get(one.path, 0),
        status_of=lambda one: Status(read=one.path in read),
    )
    return " ".join(one.path for one in ranked)


def test_quality_comes_before_date_and_date_before_path():
    articles = [
        article("d", quality=50, published_at="2020-10-20T13:13:00Z"),
        article("b", quality=50, published_at="2020-10-21T00:00:00Z"),
        article("e", quality=90),
        article("c", quality=50, published_at="2020-10-20T13:13:00Z"),
        article("a", quality=0, published_at="2024-01-01"),
    ]
    assert paths(articles, "quality") == "e b c d a"


def test_a_missing_quality_is_below_the_lowest_and_a_problem_below_that():
    articles = [
        article("problem", problem="line 1: no end"),
        article("missing", published_at="2024-01-01"),
        article("negative", quality=-5),
        article("zero", quality=0),
    ]
    assert paths(articles, "quality") == "zero negative missing problem"


@pytest.mark.parametrize(
    ("order", "expected"), [("newest", "new old none broken"), ("oldest", "old new none broken")]
)
def test_articles_without_a_date_are_last_in_both_directions(order, expected):
    articles = [
        article("broken", problem="unreadable"),
        article("none"),
        article("old", published_at="2019-12-31T23:59:59Z"),
        article("new", published_at="2020-01-01"),
    ]
    assert paths(articles, order) == expected


@pytest.mark.parametrize(("order", "expected"), [("newest", "d b c a"), ("oldest", "a b c d")])
def test_a_day_alone_is_its_midnight(order, expected):
    articles = [
        article("c", published_at="2020-10-20"),
        article("b", published_at="2020-10-20T00:00:00Z"),
        article("d", published_at="2020-10-20T00:00:01Z"),
        article("a", published_at="2020-10-19T23:59:59Z"),
    ]
    assert paths(articles, order) == expected


def test_heat_puts_covered_articles_under_the_coldest_and_missing_ones_last():
    articles = [
        article("missing", quality=99),
        article("covered", heat=-1, quality=10),
        article("better covered", heat=-1, quality=20),
        article("cold", heat=0),
        article("hot", heat=3694),
    ]
    assert paths(articles, "heat") == "hot cold better covered covered missing"


def test_coverage_puts_the_largest_story_first():
    articles = [article("lone", quality=99), article("b", quality=1), article("a", quality=2)]
    assert paths(articles, "related", sizes={"a": 3, "b": 3}) == "a b lone"


def test_unread_articles_come_before_better_ones_that_were_read():
    articles = [
        article("best", quality=99),
        article("good", quality=50),
        article("fair", quality=9),
    ]
    assert paths(articles, "unread", read={"best"}) == "good fair best"


def test_path_then_library_break_ties():
    articles = [article("b"), article("a", library=1), article("a", library=0)]
    for order in ORDERS:
        ranked = sort_articles(articles, order, size_of=lambda _: 0, status_of=lambda _: NO_STATUS)
        assert [(one.path, one.library) for one in ranked] == [("a", 0), ("a", 1), ("b", 0)]


def test_an_unknown_order_is_an_error_of_the_caller():
    with pytest.raises(KeyError):
        paths([], "beauty")


articles = st.lists(
    st.builds(
        Article,
        id=st.just(""),
        key=st.just(""),
        path=st.sampled_from("abcde"),
        file=st.sampled_from("ab"),
        title=st.just(""),
        library=st.integers(0, 1),
        quality=st.none() | st.integers(-1, 2),
        heat=st.none() | st.integers(-1, 1),
        published_at=st.sampled_from([None, "2020-10-20", "2020-10-20T00:00:00Z", "2021-01-01"]),
        problem=st.none() | st.just("broken"),
    ),
    unique_by=lambda one: (one.path, one.file, one.library),
)


@given(articles, st.sampled_from(sorted(ORDERS)), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_where_articles_stood(articles, order, chance):
    shuffled = chance.sample(articles, len(articles))
    asked = {
        "size_of": lambda one: ord(one.path) % 3,
        "status_of": lambda one: Status(read=one.path in "ace"),
    }
    ranked = sort_articles(articles, order, **asked)
    assert ranked == sort_articles(shuffled, order, **asked)
    problems = [one.problem is not None for one in ranked]
    assert problems == sorted(problems)


def test_a_hundred_thousand_articles_are_sorted_in_the_blink_of_an_eye():
    chance = random.Random(7)
    days = [f"20{y}-{m:02}-{d:02}T13:13:00Z" for y, m, d in product((19, 20), range(1, 13), (1, 9))]
    many = [
        article(
            f"_news/{chance.random()}.md",
            quality=chance.choice([None, *range(219)]),
            published_at=chance.choice(days),
        )
        for _ in range(100_000)
    ]
    begin = process_time()
    sort_articles(many, "quality", size_of=lambda _: 0, status_of=lambda _: NO_STATUS)
    assert process_time() - begin < 2  # 0.2 s on a quiet machine
