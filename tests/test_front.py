from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.front import points
from reader.listing import Listing
from reader.model import Status
from reader.ranking import AT_MOST, LIKED_PROVIDER, LIKED_TOPIC, TOP, TWICE
from reader.settings import USUAL, Settings
from reader.snapshot.columns import MISSING
from reader.snapshot.derive import derive
from reader.views import ALL, FRONT, View, select
from reader.why import why
from tests.samples import article, index_of, names, row, status_by, store_of

NOON = datetime(2020, 10, 20, 12, tzinfo=UTC)
PLAIN = Settings(boost=False, spread=False)


def hours_before(hours):
    return (NOON - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def ordered(store, settings=PLAIN, view=ALL):
    return names(store, select(store, view, "front", store.here, settings))


def points_of(store, name, settings=PLAIN):
    return points(store, row(store, f"{name}.md"), settings)


def test_the_best_quality_comes_first_where_all_else_is_equal():
    store = store_of(article(name, quality=at) for at, name in enumerate("abc"))
    assert ordered(store) == "c b a"


def test_quality_counts_by_its_rank_within_its_own_folder():
    store = store_of(
        [
            *(article(f"high{at}", quality=1000 + at, library=0) for at in range(3)),
            *(article(f"low{at}", quality=at, library=1) for at in range(3)),
        ]
    )
    for at in range(3):
        assert points_of(store, f"high{at}").quality == points_of(store, f"low{at}").quality


def test_equal_qualities_are_worth_the_same():
    store = store_of(article(name, quality=7) for name in "abc")
    assert {points_of(store, name).quality for name in "abc"} == {250}


def test_a_missing_quality_is_worth_what_the_middle_of_its_folder_is():
    store = store_of(
        [article("none"), *(article(name, quality=at) for at, name in enumerate("abc"))]
    )
    assert points_of(store, "none").quality == points_of(store, "b").quality > 0


def test_where_no_file_gives_a_quality_pictures_topics_and_length_make_one():
    from reader.model import Image

    plain = article("plain", excerpt="A few words.")
    store = store_of(
        [
            plain,
            article("picture", excerpt="A few words.", images=(Image("https://e.com/a.png"),)),
            article("filed", excerpt="A few words.", topics=("one", "two")),
            article("long", excerpt="word " * 100),
        ]
    )
    worth = {name: points_of(store, name).quality for name in ("plain", "picture", "filed", "long")}
    assert min(worth.values()) == worth["plain"] < worth["long"] < worth["filed"]
    assert worth["filed"] < worth["picture"]


def story(providers, titles=None):
    """Return a story told by some providers, its leader first."""
    parts = [f"p{at}" for at in range(len(providers))]
    return [
        article(
            name,
            *(other for other in parts if other != name),
            heat=100 if at == 0 else -1,
            quality=50,
            provider=provider,
            **({"title": titles[at]} if titles else {}),
        )
        for at, (name, provider) in enumerate(zip(parts, providers, strict=True))
    ]


@pytest.mark.parametrize(
    ("providers", "doubled"), [("AB", 1), ("ABCD", 2), ("ABCDEFGH", 3), ("AAAA", 0), ("AABB", 1)]
)
def test_twice_as_many_providers_make_a_story_twice_as_important(providers, doubled):
    store = store_of(story(providers))
    assert {points_of(store, f"p{at}").coverage for at in range(len(providers))} == {
        doubled * TWICE
    }


def test_who_only_takes_over_a_piece_is_no_provider_of_its_own():
    store = store_of(story("ABCD", titles=["One", "one", "ONE", "Another"]))
    assert points_of(store, "p0").coverage == TWICE


def test_each_half_life_costs_ten_points():
    ages = {"new": 0, "day": 24, "days": 72}
    store = store_of(
        article(name, quality=5, published_at=hours_before(age)) for name, age in ages.items()
    )
    assert [points_of(store, name).age for name in ages] == [0, -TWICE, -3 * TWICE]
    assert ordered(store) == "new day days"


def test_the_half_life_is_as_the_user_has_it():
    index, _ = index_of(
        article(name, published_at=hours_before(age)) for name, age in {"a": 0, "b": 24}.items()
    )
    index.tables.half_life = 6
    derive(index)
    assert list(index.front) == [250, 250 - 4 * TWICE]


def test_a_date_in_the_future_counts_as_now():
    index, _ = index_of(
        [article("a", published_at="2099-01-01"), article("b", published_at=hours_before(0))]
    )
    index.tables.minute = int(NOON.timestamp()) // 60
    derive(index)
    assert index.front[0] == index.front[1]


def test_without_a_date_it_is_as_old_as_the_oldest():
    store = store_of(
        [
            article("none"),
            article("old", published_at="2019-01-01"),
            article("new", published_at="2020-01-01"),
        ]
    )
    assert points_of(store, "none").age == points_of(store, "old").age < 0


def test_what_is_like_something_starred_is_lifted_a_little_and_that_can_be_turned_off():
    articles = [
        article("starred", provider="Wire", topics=("AI",), quality=0),
        article("both", provider="Wire", topics=("AI",), quality=5),
        article("topic", provider="Post", topics=("AI", "Web"), quality=5),
        article("neither", provider="Post", topics=("Web",), quality=5),
    ]
    store = store_of(articles, {"example.com/starred": Status(starred=True)})
    boosts = [points_of(store, name, USUAL).boost for name in ("both", "topic", "neither")]
    assert boosts == [LIKED_PROVIDER + LIKED_TOPIC, LIKED_TOPIC, 0]
    assert ordered(store, USUAL).split() == ["both", "topic", "neither", "starred"]
    off = USUAL._replace(boost=False)
    assert points_of(store, "both", off).boost == 0
    assert ordered(store, off).split() == ["both", "neither", "topic", "starred"]


def test_no_provider_stands_more_than_twice_among_the_first_ten():
    busy = [article(f"busy{at:02}", provider="Busy", quality=100 - at) for at in range(20)]
    others = [article(f"other{at:02}", provider=f"P{at}", quality=at) for at in range(12)]
    store = store_of([*busy, *others])
    found = ordered(store, USUAL).split()
    assert sum(name.startswith("busy") for name in found[:TOP]) == AT_MOST
    assert found[TOP : TOP + 3] == ["busy02", "busy03", "busy04"]
    assert sorted(found) == sorted(ordered(store, PLAIN).split())
    assert ordered(store, PLAIN).split()[:20] == [f"busy{at:02}" for at in range(20)]


def test_where_nobody_else_is_a_provider_fills_the_top():
    store = store_of(article(f"a{at:02}", provider="Busy", quality=-at) for at in range(15))
    assert ordered(store, USUAL).split() == [f"a{at:02}" for at in range(15)]


def test_the_list_of_one_provider_is_not_spread_out():
    store = store_of(article(f"a{at:02}", provider="AB"[at > 11], quality=-at) for at in range(24))
    found = ordered(store, USUAL, View("provider", "A"))
    assert found.split() == [f"a{at:02}" for at in range(12)]


def test_files_with_problems_stand_last_in_it():
    store = store_of([article("broken", problem="no end"), article("a", quality=1)])
    assert ordered(store) == "a broken"


articles = st.lists(
    st.fixed_dictionaries(
        {
            "quality": st.none() | st.integers(-5, 5),
            "published_at": st.none()
            | st.sampled_from(["2020-10-20", "2021-01-01T10:30:00Z", "2099-12-31"]),
            "provider": st.none() | st.sampled_from("ABC"),
            "topics": st.sampled_from([(), ("AI",), ("AI", "Web")]),
            "library": st.integers(0, 1),
            "starred": st.booleans(),
        }
    ),
    max_size=12,
)


@given(articles, st.booleans())
def test_the_terms_add_up_to_the_number_that_sorts(values, boost):
    starred = {
        f"example.com/a{at}": Status(starred=True)
        for at, one in enumerate(values)
        if one.pop("starred")
    }
    store = store_of([article(f"a{at}", **one) for at, one in enumerate(values)], starred)
    settings = Settings(boost=boost, spread=False)
    rows = select(store, ALL, "front", store.here, settings)
    found = [points(store, one, settings) for one in rows]
    assert [sum(one) for one in found] == [one.sum for one in found]
    assert [one.sum for one in found] == sorted((one.sum for one in found), reverse=True)
    listing = Listing(store, rows, status_by({}))
    for at, one in enumerate(found):
        told = why(listing, at, "front", settings, UTC)
        assert sum(term.tenths for term in told.terms) == told.sum == one.sum


def told(store, name, order="front", settings=USUAL):
    rows = select(store, FRONT, order, store.here, settings)
    at = [store.article(one).path for one in rows].index(f"{name}.md")
    return why(Listing(store, rows, status_by({})), at, order, settings, UTC)


def test_why_says_each_term_in_words():
    articles = [
        *(replace(one, published_at=hours_before(48)) for one in story("ABCD")),
        article("new", quality=90, published_at=hours_before(0)),
    ]
    assert told(store_of(articles), "p0") == (
        "2 of 2, by importance",
        (
            (200, "quality 50: higher than 40% of this folder"),
            (200, "4 providers tell it"),
            (-200, "2 days older than the newest here: 10 points for each 24 hours"),
        ),
        200,
    )


def test_why_says_what_was_starred():
    store = store_of(
        [article("a", provider="Wire"), article("b", provider="Wire")],
        {"example.com/a": Status(starred=True)},
    )
    assert told(store, "b").terms[-1] == (LIKED_PROVIDER, "like what you starred: Wire")


def test_why_says_who_waits_for_others():
    busy = [article(f"busy{at:02}", provider="Busy", quality=100 - at) for at in range(5)]
    others = [article(f"other{at:02}", provider=f"P{at}", quality=at) for at in range(12)]
    store = store_of([*busy, *others])
    waiting = (
        "11 of 17, by importance. Busy stands 2 times among the first 10, and so this one waits"
    )
    assert told(store, "busy02").place == waiting
    assert "waits" not in told(store, "busy01").place
    assert "waits" not in told(store, "other00").place


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ("quality", "quality 50, Tue 20 Oct 2020, 12:00"),
        ("heat", "heat 70, quality 50, Tue 20 Oct 2020, 12:00"),
        ("newest", "Tue 20 Oct 2020, 12:00"),
    ],
)
def test_why_says_what_any_other_order_goes_by(order, sentence):
    store = store_of([article("a", quality=50, heat=70, published_at=hours_before(0))])
    assert told(store, "a", order).place.split(". ")[1] == sentence


def test_why_says_where_a_quality_comes_from_that_no_file_gives():
    one = store_of([article("a"), article("b", quality=4)])
    assert told(one, "a").terms[0].words == "no quality is given: as the middle of this folder"
    none = store_of([article("a")])
    assert told(none, "a").terms[0].words == (
        "quality by provider, picture, length and topics: higher than 50% of this folder"
    )
    assert none.index.quality[0] == MISSING
