import pytest

from reader.filters import parse
from reader.listing import Listing
from reader.matching import matching
from reader.model import DISMISSED as IS_DISMISSED
from reader.model import Status, Topic, bits_of
from reader.tally import Tally, sidebar
from reader.views import (
    ALL,
    DISMISSED,
    FRONT,
    HIDDEN,
    PICKED,
    PROBLEMS,
    STARRED,
    TITLES,
    UNREAD,
    View,
    select,
    shown,
)
from tests.samples import article, names, row, status_by, store_of

READ, GONE, KEPT = Status(read=True), Status(dismissed=True), Status(starred=True)


def key(name):
    return f"example.com/{name}"


def marks(**statuses):
    return {key(name): status for name, status in statuses.items()}


EVENT = (
    article("leader", "one", "two", quality=50, heat=90, provider="Wire"),
    article("one", "leader", "two", quality=90, heat=-1, provider="Post"),
    article("two", "leader", "one", quality=80, heat=-1, provider="Wire"),
)
LONE = article("lone", "one", quality=70, heat=70, provider="Post")


def rows(listing):
    """Return the names of the articles in a list."""
    return " ".join(one.path.removesuffix(".md") for one in listing.articles)


def selected(articles, view, statuses=None, text="", order="quality"):
    store = store_of(articles, statuses)
    return names(store, select(store, view, order, matching(store, parse(text))))


def listing(articles, view=FRONT, statuses=None, *, in_stories=None, kind="live"):
    """Return the rows of a view, whose marks follow `statuses`."""
    statuses = {} if statuses is None else statuses
    store = store_of(articles, statuses)
    folded = view == FRONT if in_stories is None else in_stories
    found = select(store, view, "quality", store.here, in_stories=folded)
    return Listing(store, found, status_by(statuses), folded=folded, kind=kind)


def mark(listing, name, status):
    """Mark an article of a list."""
    listing.store.mark(row(listing.store, f"{name}.md"), bits_of(status))


# What belongs to a view


def test_the_front_page_has_one_article_of_each_story_and_all_has_every_article():
    assert selected([*EVENT, LONE], FRONT) == "lone leader"
    assert selected([*EVENT, LONE], ALL) == "one two lone leader"


def test_where_the_leader_is_dismissed_the_best_that_is_left_stands_for_the_story():
    assert selected(EVENT, FRONT, marks(leader=GONE)) == "one"
    assert selected(EVENT, FRONT, marks(leader=GONE, one=GONE)) == "two"
    assert selected(EVENT, FRONT, marks(leader=GONE, one=GONE, two=GONE)) == ""


def test_where_the_leader_is_hidden_the_best_that_is_there_stands_for_the_story():
    hidden = article("leader", "one", heat=90, hidden="withdrawn")
    assert selected([hidden, *EVENT[1:]], FRONT) == "one"


def test_the_best_article_that_matches_stands_for_its_story_on_the_front_page():
    assert selected([*EVENT, LONE], FRONT, text="two") == "two"
    assert selected([*EVENT, LONE], FRONT, marks(two=KEPT), "is:starred") == "two"
    assert selected([*EVENT, LONE], FRONT, text="nowhere") == ""


MIXED = (
    article("good", quality=9, picked=True, topics=("Azure",), provider="Wire"),
    article("plain", quality=8, picked=False, topics=("Cloud", "Space"), provider="Post"),
    article("gone", quality=7, picked=True, topics=("Azure",), provider="Wire"),
    article("kept", quality=6),
    article("draft", quality=5, hidden="draft", topics=("Azure",), picked=True),
    article("broken", url=None, problem="line 1: no end"),
)
STATUSES = marks(good=READ, gone=GONE, kept=KEPT, draft=KEPT)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (FRONT, "good plain kept"),
        (ALL, "good plain gone kept broken"),
        (PICKED, "good"),
        (UNREAD, "plain kept"),
        (STARRED, "kept"),
        (DISMISSED, "gone"),
        (HIDDEN, "draft"),
        (PROBLEMS, "broken"),
        (View("topic", "Azure"), "good"),
        (View("topic", "Space"), "plain"),
        (View("topic", "Nowhere"), ""),
        (View("provider", "Wire"), "good"),
        (View("provider", "wire"), ""),
    ],
)
def test_each_view_holds_what_its_name_says(view, expected):
    assert selected(MIXED, view, STATUSES) == expected


def test_a_topic_holds_what_is_filed_under_its_sub_topics():
    store = store_of(MIXED, topics=[Topic("Cloud"), Topic("Azure", parent="Cloud")])
    found = select(store, View("topic", "Cloud"), "quality", store.here)
    assert names(store, found) == "good plain gone"


def test_unread_first_follows_the_marks_as_they_are():
    two = [article("a", quality=1), article("b", quality=2)]
    assert selected(two, ALL, order="unread") == "b a"
    assert selected(two, ALL, marks(b=READ), order="unread") == "a b"


def test_a_view_is_narrowed_and_ordered():
    assert selected(MIXED, ALL, STATUSES, "provider:Wire") == "good gone"
    dated = [article(name, published_at=f"2020-10-{day}") for name, day in (("a", 10), ("b", 20))]
    assert selected(dated, ALL, order="newest") == "b a"
    assert selected(dated, FRONT, order="oldest") == "a b"


def test_a_view_is_called_by_its_name_or_its_kind():
    assert [View(kind).title for kind in TITLES] == list(TITLES.values())
    assert View("topic", "Azure").title == "Azure"


# Counts


def test_every_count_is_the_length_of_its_list():
    store = store_of([*MIXED, *EVENT, LONE], STATUSES)
    tally = Tally(store)
    for kind in TITLES:
        found = select(store, View(kind), "quality", store.here)
        assert tally.kinds[kind] == len(found) == shown(store, View(kind), store.here).count(1)


def test_counts_follow_each_change_of_marks():
    store = store_of([*MIXED, *EVENT, LONE])
    tally = Tally(store)
    changes = (GONE, READ, KEPT, Status(), GONE, Status(passed=True))
    for at, status in enumerate(changes * 4):
        tally.recount(store.order("quality")[at % 9], bits_of(status))
        afresh = Tally(store)
        for name in ("kinds", "topics", "providers"):
            assert +getattr(tally, name) == +getattr(afresh, name), (name, at)
        for kind in TITLES:
            assert tally.kinds[kind] == shown(store, View(kind), store.here).count(1), kind


def test_counting_says_whether_it_made_a_difference():
    store = store_of(EVENT)
    tally = Tally(store)
    assert tally.recount(0, 0) is False
    assert tally.recount(0, IS_DISMISSED) is True
    assert store.marks[0] == IS_DISMISSED
    assert tally.kinds["dismissed"] == 1


def test_topics_count_the_unread_articles_of_all_that_is_below_them_once_each():
    listed = [Topic("Cloud"), Topic("Azure", "Cloud"), Topic("Chips", "Cloud")]
    filed = {"a": ("Azure", "Chips"), "b": ("Azure",), "c": ("Cloud",)}
    articles = [article(name, topics=topics) for name, topics in filed.items()]
    tally = Tally(store_of(articles, marks(b=READ), listed))
    assert +tally.topics == {"Cloud": 2, "Azure": 1, "Chips": 1}


# The sidebar


def test_the_sidebar_has_views_then_topics_as_a_tree_then_providers_by_articles():
    store = store_of(MIXED, STATUSES, [Topic("Cloud"), Topic("Azure", "Cloud")])
    entries = sidebar(Tally(store), store)
    assert [(one.label, one.count, one.depth, one.parent) for one in entries] == [
        ("Front page", 3, 0, False),
        ("All", 5, 0, False),
        ("Picked", 1, 0, False),
        ("Unread", 2, 0, False),
        ("Starred", 1, 0, False),
        ("Dismissed", 1, 0, False),
        ("Hidden", 1, 0, False),
        ("Problems", 1, 0, False),
        ("Cloud", 1, 0, True),
        ("Azure", 0, 1, False),
        ("Space", 1, 0, False),
        ("Wire", 0, 0, False),
        ("Post", 1, 0, False),
    ]


def test_what_is_empty_is_not_offered_but_for_the_four_that_always_are():
    store = store_of([article("a", picked=None)])
    assert [one.label for one in sidebar(Tally(store), store)] == [
        *("Front page", "All", "Unread", "Starred"),
    ]
    nothing = store_of([])
    assert [one.count for one in sidebar(Tally(nothing), nothing)] == [0, 0, 0, 0]


# Rows


def test_a_row_of_the_front_page_stands_for_a_story_and_counts_the_rest_of_it():
    front = listing([*EVENT, LONE])
    lone, leader = front[0], front[1]
    assert (lone.story, lone.related, lone.covered_by) == (None, 1, None)
    assert (leader.article.path, leader.covered_by) == ("leader.md", None)
    assert leader.story == (3, 2)
    assert [one.path for one in front.meant(1)] == ["leader.md", "one.md", "two.md"]


def test_a_row_stands_only_for_what_is_neither_hidden_nor_dismissed():
    front = listing(EVENT, statuses=marks(two=GONE))
    assert [one.path for one in front.meant(0)] == ["leader.md", "one.md"]
    assert listing(EVENT, statuses=marks(one=GONE, two=GONE))[0].story is None


def test_a_flat_row_says_by_whom_it_is_covered_and_counts_what_is_related():
    flat = listing([*EVENT, LONE], ALL)
    shown = map(flat.__getitem__, range(4))
    assert [(row.covered_by, row.related, row.story) for row in shown] == [
        ("Wire", 2, None),
        ("Wire", 2, None),
        (None, 1, None),
        (None, 2, None),
    ]


def test_a_story_unfolds_in_place_and_folds_again():
    front = listing([article("first", quality=99), *EVENT, article("last", quality=1)])
    assert rows(front) == "first leader last"
    assert front.toggle(1)
    assert rows(front) == "first leader one two last"
    shown = [front[number] for number in range(len(front))]
    assert [row.unfolded for row in shown] == [False, True, False, False, False]
    assert [row.inside for row in shown] == [False, False, True, True, False]
    assert [row.last_inside for row in shown] == [False, False, False, True, False]
    assert [row.story is None for row in shown] == [True, False, True, True, True]
    assert front.unfolded == {EVENT[0].id}
    assert front.toggle(1)
    assert rows(front) == "first leader last"
    assert front.unfolded == frozenset()


@pytest.mark.parametrize("index", [1, 2])
def test_a_story_folds_from_any_of_its_rows(index):
    front = listing(EVENT)
    front.toggle(0)
    assert front[2].last_inside
    assert front.toggle(index)
    assert rows(front) == "leader"


def test_there_is_nothing_to_unfold_in_a_lone_article_or_a_flat_list():
    assert not listing([LONE]).toggle(0)
    assert not listing(EVENT, ALL).toggle(0)
    front = listing(EVENT, statuses=marks(one=GONE, two=GONE))
    assert not front.toggle(0)
    assert rows(front) == "leader"


def test_a_story_folds_whole_though_one_of_it_was_dismissed_meanwhile():
    front = listing(EVENT)
    front.toggle(0)
    mark(front, "one", GONE)
    assert front.toggle(0)
    assert rows(front) == "leader"


def test_two_stories_can_be_unfolded_at_once():
    second = (article("top", "sub", quality=5, heat=9), article("sub", "top", quality=4, heat=-1))
    front = listing([*EVENT, *second])
    front.toggle(1)
    front.toggle(0)
    assert rows(front) == "leader one two top sub"
    assert front.unfolded == {EVENT[0].id, second[0].id}
    front.toggle(0)
    assert rows(front) == "leader top sub"


def test_a_row_is_found_by_its_article():
    front = listing([*EVENT, LONE])
    assert front.index_of(LONE.id) == 0
    assert front.article(0).path == "lone.md"
    assert front.index_of(EVENT[1].id) is None


def test_an_article_that_is_folded_away_has_a_stand_in():
    front = listing([*EVENT, LONE])
    assert front.stand_in(EVENT[2]).path == "leader.md"
    assert front.stand_in(LONE) is None
    assert listing([*EVENT, LONE], ALL).stand_in(EVENT[2]) is None
    assert listing(EVENT, statuses=marks(leader=GONE)).stand_in(EVENT[2]).path == "one.md"


def test_a_row_has_the_marks_of_the_moment():
    statuses = {}
    front = listing([LONE], statuses=statuses)
    assert front[0].status.unread
    statuses[LONE.key] = READ
    assert not front[0].status.unread


def test_each_view_says_in_its_own_words_that_it_holds_nothing():
    assert View("topic", "Azure").nothing == "Nothing is filed under Azure"
    assert View("provider", "Wire").nothing == "Nothing here is by Wire"
    said = [View(kind).nothing for kind in TITLES]
    assert len(set(said)) == len(TITLES)
    assert all(sentence.startswith("Nothing is ") for sentence in said)


def test_the_next_unread_row_is_found_in_both_directions():
    flat = listing([*EVENT, LONE], ALL, marks(two=READ, lone=Status(passed=True)))
    assert rows(flat) == "one two lone leader"
    assert [flat.next_unread(at, 1) for at in range(4)] == [3, 3, 3, None]
    assert [flat.next_unread(at, -1) for at in range(4)] == [None, 0, 0, 0]


def test_a_story_that_was_read_says_how_much_of_it_is_new():
    seen = marks(leader=READ, two=Status(passed=True))
    front = listing([*EVENT, LONE], statuses=seen)
    assert [(row.new, row.unread, row.status.unread) for row in (front[0], front[1])] == [
        *((0, True, True), (1, True, False)),
    ]
    front.toggle(1)
    assert [(front[at].new, front[at].unread) for at in (1, 2, 3)] == [
        *((0, False), (0, True), (0, False)),
    ]


def test_nothing_is_new_in_a_story_that_was_not_read_or_that_is_read_whole():
    assert listing(EVENT)[0].new == 0
    assert listing(EVENT, statuses=marks(one=READ))[0].new == 0
    assert listing(EVENT, statuses=marks(one=READ, two=Status(passed=True)))[0].new == 1
    assert listing(EVENT, statuses=marks(leader=READ, one=READ, two=READ))[0].new == 0
    assert listing(EVENT, ALL, statuses=marks(leader=READ))[0].new == 0


def test_the_next_unread_row_may_be_a_story_that_goes_on():
    front = listing([*EVENT, LONE], statuses=marks(lone=READ, leader=READ, two=READ))
    assert front.next_unread(0, 1) == 1
    front.toggle(1)
    assert rows(front) == "lone leader one two"
    assert front.next_unread(0, 1) == 2
    assert front.next_unread(3, -1) == 2
    mark(front, "one", READ)
    assert front.next_unread(0, 1) is None


def test_the_next_article_is_none_that_was_passed_with_its_story():
    front = listing([LONE, *EVENT], statuses=marks(leader=READ, one=Status(passed=True)))
    front.toggle(1)
    assert rows(front) == "lone leader one two"
    assert [front.next_article(at, 1) for at in range(4)] == [1, 3, 3, None]
    assert [front.next_article(at, -1) for at in range(4)] == [None, 0, 1, 1]


def test_any_view_can_be_in_stories():
    statuses = marks(leader=READ, one=KEPT, two=KEPT)
    assert rows(listing([*EVENT, LONE], UNREAD, statuses, in_stories=True)) == "one lone"
    starred = listing([*EVENT, LONE], STARRED, statuses, in_stories=True)
    assert [one.path for one in starred.meant(0)] == ["one.md", "leader.md", "two.md"]
    assert rows(listing(EVENT, FRONT, in_stories=False)) == "one two leader"


def test_what_is_dismissed_stands_for_what_is_dismissed_with_it():
    gone = listing(EVENT, DISMISSED, marks(one=GONE, two=GONE), in_stories=True, kind="dismissed")
    assert [one.path for one in gone.meant(0)] == ["one.md", "two.md"]
    assert gone.next_unread(-1, 1) == 0


def test_the_first_of_some_rows_that_is_in_the_list_is_found():
    front = listing([*EVENT, LONE])
    one, leader, lone = (row(front.store, f"{name}.md") for name in ("one", "leader", "lone"))
    assert front.first_of([one, leader, lone]) == 1
    assert front.first_of([lone]) == 0
    assert front.first_of([one, 99]) is None
