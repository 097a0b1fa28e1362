from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.edition import LEEWAY, PROVIDER_LOSS, TOPIC_LOSS, Candidate, choose


def told(row, points=0, minutes=1, title="", near=(), **values):
    """Return a candidate; its title is of words with blanks between."""
    words = frozenset(title.split())
    return Candidate(row, points, minutes, near=frozenset(near), words=words, **values)


def rows(chosen):
    return [one.row for one in chosen]


def test_the_best_come_first_until_the_time_is_full():
    stories = [told(row, points=row, minutes=2) for row in range(10)]
    assert rows(choose(stories, 6)) == [9, 8, 7]


def test_of_equal_ones_the_earlier_candidate_is_chosen():
    assert rows(choose([told(3), told(1), told(2)], 2)) == [3, 1]


def test_without_candidates_there_is_no_edition():
    assert choose([], 15) == []


def test_what_is_longer_than_the_time_there_is_stays_out():
    assert rows(choose([told(1, points=9, minutes=18), told(2, minutes=3)], 15)) == [2]


def test_where_there_is_too_little_all_of_it_is_chosen():
    assert len(choose([told(row) for row in range(4)], 15)) == 4


@pytest.mark.parametrize(("asked", "length"), [(15, 16), (14, 12), (3, 4), (2, 0)])
def test_an_edition_may_be_a_little_longer_or_shorter(asked, length):
    four = [told(row, minutes=4) for row in range(9)]
    assert sum(one.minutes for one in choose(four, asked)) == length


def test_the_best_waits_where_the_time_could_not_be_filled_after_it():
    stories = [told(1, points=9, minutes=6), told(2, points=5, minutes=10)]
    assert rows(choose(stories, 10)) == [2]


def test_a_provider_gives_way_to_another_one_for_each_story_that_it_has():
    same = [told(row, points=1000 - row, provider="A") for row in range(3)]
    other = told(9, points=1000 - PROVIDER_LOSS - 1, provider="B")
    assert rows(choose([*same, other], 4)) == [0, 1, 9, 2]


def test_a_topic_gives_way_to_another_one():
    same = [told(row, points=1000 - row, topic="Sea") for row in range(3)]
    other = told(9, points=1000 - TOPIC_LOSS - 2, topic="Land")
    assert rows(choose([*same, other], 3)) == [0, 1, 9]


def test_what_has_no_provider_and_no_topic_loses_nothing():
    nobody = [told(row, points=1000 - row) for row in range(3)]
    assert rows(choose([*nobody, told(9, points=990, provider="B", topic="Sea")], 4)) == [
        0,
        1,
        2,
        9,
    ]


@pytest.mark.parametrize("near", [(1, 2), (2, 1)], ids=["named by the better", "by the other"])
def test_two_that_a_file_calls_related_are_one_event(near):
    one, other = near
    stories = [told(1, 9), told(2, 8), told(3, 7)]
    stories = [story._replace(near=frozenset([other])) if story.row == one else story
               for story in stories]  # fmt: skip
    assert rows(choose(stories, 3)) == [1, 3]


def test_titles_that_share_most_of_their_rare_words_are_of_one_event():
    stories = [
        told(1, 9, title="harbour tunnel floods again"),
        told(2, 8, title="floods in the harbour tunnel"),
        told(3, 7, title="harbour cranes painted blue"),
    ]
    others = [told(row, title=f"alone{row}") for row in range(4, 20)]
    assert rows(choose([*stories, *others], 2)) == [1, 3]


def test_an_event_that_was_told_before_is_not_told_again():
    stories = [told(1, 9, near=[7]), told(2, 8, title="harbour tunnel floods"), told(3, 7)]
    before = [told(7), told(8, title="floods in the harbour tunnel")]
    others = [told(row, title=f"alone{row}") for row in range(10, 26)]
    assert rows(choose([*stories, *others], 1, before)) == [3]


def test_among_few_titles_no_word_is_rare():
    stories = [told(row, title=f"how to bake cake{row}") for row in range(2)]
    assert len(choose(stories, 2)) == 2


def test_words_of_many_titles_tell_no_event():
    stories = [told(row, -row, title=f"council meets on day{row}") for row in range(6)]
    assert rows(choose(stories, 6)) == [0, 1, 2, 3, 4, 5]


def test_one_rare_word_makes_no_event():
    tunnels = [told(1, 9, title="tunnel"), told(2, 8, title="tunnel")]
    others = [told(row, title=f"alone{row}") for row in range(4, 20)]
    assert rows(choose([*tunnels, *others], 2)) == [1, 2]


stories = st.lists(
    st.builds(
        told,
        row=st.integers(0, 60),
        points=st.integers(-3000, 600),
        minutes=st.integers(1, 9),
        provider=st.sampled_from([None, "A", "B", "C"]),
        topic=st.sampled_from([None, "Sea", "Land"]),
        near=st.lists(st.integers(0, 60), max_size=1),
    ),
    max_size=40,
    unique_by=lambda one: one.row,
)


@given(stories, st.integers(1, 40))
def test_an_edition_is_never_longer_than_the_leeway_and_has_no_event_twice(found, minutes):
    chosen = choose(found, minutes)
    assert sum(one.minutes for one in chosen) <= minutes + LEEWAY
    for at, one in enumerate(chosen):
        assert all(one.row not in other.near and other.row not in one.near
                   for other in chosen[:at])  # fmt: skip


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30), st.integers(1, 40), st.integers())
def test_the_time_is_met_where_some_of_the_stories_fill_it(lengths, minutes, seed):
    shuffled = Random(seed).sample(range(len(lengths)), len(lengths))
    found = [told(row, -at, lengths[row]) for at, row in enumerate(shuffled)]
    sums = {0}
    for length in lengths:
        sums |= {one + length for one in sums}
    if any(abs(one - minutes) <= LEEWAY for one in sums):
        assert abs(sum(one.minutes for one in choose(found, minutes)) - minutes) <= LEEWAY
