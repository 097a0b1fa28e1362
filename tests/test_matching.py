import random

import pytest

from reader.filters import FLAGS, parse
from reader.matching import matching, named
from reader.model import Status, Topic
from reader.search import needle_of
from tests.samples import article, names, store_of

ARTICLES = (
    article("a", title="Azure sky", provider="Wire", topics=("Azure",), picked=True),
    article("b", title="Blue sky", provider="Post", domain="wire", topics=("Cloud",), heat=-1),
    article("c", title="Clear sea", topics=("Sea",), type="video", provider="wire"),
    article("d", title="Hidden sky", hidden="withdrawn", provider="Wire"),
    article("e", url=None, title="sky.md", problem="line 1: no end"),
)
STATUSES = {
    "example.com/a": Status(read=True, starred=True),
    "example.com/c": Status(passed=True),
    "e.md": Status(read=True, starred=True),
}
LISTED = [Topic("Cloud"), Topic("Azure", "Cloud")]


def found(text, articles=ARTICLES):
    store = store_of(articles, STATUSES, LISTED)
    mask = matching(store, parse(text))
    return names(store, [at for at, holds in enumerate(mask) if holds])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "a b c d e"),
        ("sky", "a b d e"),
        ("-sky", "c"),
        ("sky -azure", "b d e"),
        ('"clear sea"', "c"),
        ("topic:cloud", "a b"),
        ("-topic:cloud", "c d e"),
        ("topic:nowhere", ""),
        ("provider:wire", "a b c d"),
        ("provider:WIRE is:picked", "a"),
        ("is:read", "a"),
        ("is:unread", "b d"),
        ("-is:unread", "a c e"),
        ("is:starred sky", "a"),
        ("is:covered", "b"),
        ("is:video", "c"),
        ("sky sort:newest", "a b d e"),
        ("nothing", ""),
        ("-nothing", "a b c d e"),
    ],
)
def test_a_filter_is_asked_of_all_articles_at_once(text, expected):
    assert found(text) == expected


def test_what_is_no_longer_here_matches_nothing():
    twice = [ARTICLES[0], article("a", library=1, title="Azure sky")]
    assert found("sky", twice) == found("-sea", twice) == "a"


def test_nothing_is_found_in_nothing():
    assert found("sky -topic:sea is:read", ()) == ""


def test_a_name_is_looked_up_once_and_the_words_are_kept():
    store = store_of(ARTICLES, STATUSES, LISTED)
    matching(store, parse("provider:wire sky"))
    assert store.has_searched(needle_of("word", "sky"))
    kept = store.kept(("provider", "wire"), lambda: pytest.fail("it is made again"))
    assert kept == named(store, "provider", "wire")


def test_marks_are_asked_as_they_are_now():
    store = store_of(ARTICLES)
    assert (
        names(store, [at for at, one in enumerate(matching(store, parse("is:read"))) if one]) == ""
    )
    store.set_marks([{store.index.key[1]: 1}])
    assert matching(store, parse("is:read")) == b"\0\1\0\0\0"


@pytest.mark.parametrize("seed", range(20))
def test_terms_narrow_one_after_the_other(seed):
    terms = [
        *(f"is:{flag}" for flag in FLAGS),
        *("sky", '"azure sky"', "topic:cloud", "provider:post", "sea"),
    ]
    chance = random.Random(seed)
    chosen = [chance.choice(["", "-"]) + term for term in chance.sample(terms, 3)]
    alone = [set(found(term).split()) for term in chosen]
    assert set(found(" ".join(chosen)).split()) == set.intersection(*alone)
