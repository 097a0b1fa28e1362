import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.candidates import candidates
from reader.editions import Chosen, Edition
from reader.library import Library
from reader.model import Status
from reader.settings import USUAL
from reader.state.journal import StateError
from reader.state.place import EDITION, recall, remember
from reader.tally import Entry
from reader.views import ALL, View
from reader.views import EDITION as VIEW
from tests.samples import article, front, names, row, store_of, write

TODAY = date(2020, 10, 28)
TOMORROW = TODAY + timedelta(days=1)


def telling(name, day=20, *lines, words=0):
    """Return the file of an article of so many words; its day in October decides its place."""
    head = (
        f"title: {name.title()}",
        f"originalUrl: https://example.com/{name}",
        f"publishedDateTime: 2020-10-{day:02}T12:00:00Z",
    )
    return front(*head, *lines, body="word " * words)


def opened(tmp_path, files=None):
    library = Library([write(tmp_path / "news", files or {})], tmp_path / "s", tmp_path / "c")
    library.load()
    return library


FOUR = {
    f"{name}.md": telling(name, 20 + at)
    for at, name in enumerate(("tide", "crane", "pier", "quay"))
}


def titles(library):
    return [library.store.article(row).title for row in library.edition_rows()]


def mark(library, title, **how):
    library.mark_read([one for one in all_of(library) if one.title == title], **how)


def all_of(library):
    return list(library.listing(ALL).articles)


# What may be in it


def offered(store, *keys):
    return names(store, (one.row for one in candidates(store, USUAL, keys)))


def test_only_unread_and_sound_stories_are_candidates():
    articles = [
        article("new"),
        article("read"),
        article("passed"),
        article("away"),
        article("draft", hidden="draft"),
        article("bad", problem="it is broken", url=None),
    ]
    keys = {one.path: one.key for one in articles}
    marks = {
        keys["read.md"]: Status(read=True),
        keys["passed.md"]: Status(passed=True),
        keys["away.md"]: Status(dismissed=True),
    }
    assert offered(store_of(articles, marks)) == "new"


def story():
    return [
        article("lead", "second", heat=9, quality=9),
        article("second", "lead", heat=-1, quality=8),
        article("third", "lead", heat=-1, quality=7),
    ]


def test_a_story_is_one_candidate_by_its_leader():
    assert offered(store_of(story())) == "lead"


@pytest.mark.parametrize("marks", [{"lead": Status(read=True)}, {"second": Status(passed=True)}])
def test_a_story_that_was_read_is_none_though_some_of_it_is_new(marks):
    keys = {f"example.com/{name}": status for name, status in marks.items()}
    assert offered(store_of(story(), keys)) == ""


def test_what_was_offered_before_is_none_nor_is_a_story_around_it():
    store = store_of([*story(), article("alone"), article("other")])
    assert offered(store, store.index.key[row(store, "third.md")],
                   store.index.key[row(store, "alone.md")]) == "other"  # fmt: skip


def test_what_is_like_something_starred_has_more_points():
    liked, other = article("a", provider="Wire"), article("b", provider="Post")
    starred = article("c", provider="Wire")
    store = store_of([liked, other, starred], {starred.key: Status(starred=True, read=True)})
    points = {one.provider: one.points for one in candidates(store, USUAL, ())}
    assert points["Wire"] - points["Post"] == 30
    assert len({one.points for one in candidates(store, USUAL._replace(boost=False), ())}) == 1


def test_the_deepest_topic_is_the_one_that_counts():
    from reader.model import Topic

    topics = [Topic("Sea"), Topic("Tides", "Sea")]
    store = store_of([article("a", topics=("Sea", "Tides"))], topics=topics)
    assert [one.topic for one in candidates(store, USUAL, ())] == ["Tides"]


# What is kept


def test_an_edition_is_the_same_after_a_restart(tmp_path):
    library = opened(tmp_path, FOUR)
    assert library.edition is None
    assert library.make_edition(TODAY, 3)
    assert titles(library) == ["Quay", "Pier", "Crane"]
    again = opened(tmp_path)
    assert again.edition == library.edition
    assert titles(again) == titles(library)


def test_titles_are_those_of_now_and_what_is_gone_is_counted_out(tmp_path):
    opened(tmp_path, FOUR).make_edition(TODAY, 3)
    (tmp_path / "news" / "pier.md").unlink()
    other = FOUR["quay.md"].replace("Quay", "Quay, corrected")
    library = opened(tmp_path, {"quay.md": other})
    assert titles(library) == ["Quay, corrected", "Crane"]
    assert library.edition_progress() == (0, 2, 2)


def test_progress_is_what_was_read_and_the_minutes_that_are_left(tmp_path):
    library = opened(tmp_path, FOUR | {"long.md": telling("long", 19, words=230 * 4)})
    library.make_edition(TODAY, 8)
    assert library.edition_progress() == (0, 5, 8)
    mark(library, "Long")
    assert library.edition_progress() == (1, 5, 4)
    assert sorted(one.minutes for one in library.edition_rows().values()) == [1, 1, 1, 1, 4]


def test_a_dismissed_story_is_left_out_until_that_is_undone(tmp_path):
    library = opened(tmp_path, FOUR)
    library.make_edition(TODAY, 2)
    library.dismiss([one for one in all_of(library) if one.title == "Quay"])
    assert (titles(library), library.edition_progress()) == (["Pier"], (0, 1, 1))
    library.undo()
    assert titles(library) == ["Quay", "Pier"]


def test_the_next_one_is_due_when_this_one_is_read_or_the_day_is_over(tmp_path):
    library = opened(tmp_path, FOUR)
    assert library.needs_edition(TODAY)
    library.make_edition(TODAY, 2)
    assert not library.needs_edition(TODAY)
    assert library.needs_edition(TOMORROW)
    mark(library, "Quay")
    assert not library.needs_edition(TODAY)
    mark(library, "Pier")
    assert library.needs_edition(TODAY)


def test_what_an_edition_offered_is_not_offered_by_the_next_ones(tmp_path):
    library = opened(tmp_path, FOUR)
    library.make_edition(TODAY, 1)
    library.make_edition(TODAY, 2)
    assert titles(library) == ["Pier", "Crane"]
    library = opened(tmp_path)
    assert library.make_edition(TOMORROW, 2)
    assert titles(library) == ["Tide"]


def test_where_nothing_is_left_the_last_edition_stays(tmp_path):
    library = opened(tmp_path, FOUR)
    library.make_edition(TODAY, 15)
    assert not library.make_edition(TOMORROW, 15)
    assert library.edition.day == TODAY
    assert len(titles(library)) == 4


def test_without_minutes_it_is_as_long_as_the_settings_say(tmp_path):
    library = opened(tmp_path, FOUR)
    library.settings = USUAL._replace(edition_minutes=2)
    library.make_edition(TODAY)
    assert (library.edition.minutes, len(titles(library))) == (2, 2)


def test_what_another_process_made_is_taken_when_it_is_asked_for(tmp_path):
    library, other = opened(tmp_path, FOUR), opened(tmp_path)
    other.make_edition(TODAY, 2)
    library.recall_edition()
    assert library.edition == other.edition


def test_an_edition_that_cannot_be_kept_is_there_until_the_end(tmp_path):
    library = opened(tmp_path, FOUR)
    folder = library._memory_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    assert not folder.exists()
    folder.write_text("in the way")
    with pytest.raises(StateError, match=r"^the edition cannot be kept in "):
        library.make_edition(TODAY, 2)
    assert len(titles(library)) == 2
    library.recall_edition()
    assert len(titles(library)) == 2


def test_of_two_folders_each_has_its_own_articles(tmp_path):
    one, two = (
        write(tmp_path / name, {file: FOUR[file]})
        for name, file in (("one", "tide.md"), ("two", "crane.md"))
    )
    both = Library([one, two], tmp_path / "s", tmp_path / "c")
    both.load()
    both.make_edition(TODAY, 2)
    library = Library([one], tmp_path / "s", tmp_path / "c")
    library.load()
    assert [story.folder for story in library.edition.stories] == [str(two), str(one)]
    assert titles(library) == ["Tide"]


kept = Edition(TODAY, 15, (Chosen("example.com/a", "/news", 2),), (1, 2))


def test_what_was_kept_is_read_back(tmp_path):
    remember(tmp_path, kept.as_dict(), EDITION)
    assert Edition.of(recall(tmp_path, EDITION)) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        *({"day": day} for day in (None, 1, "", "yesterday", "2020-13-01", [], True)),
        *({"minutes": minutes} for minutes in (None, "15", 0, -1, True, 1.5, 10**9)),
        *({"stories": stories} for stories in (None, "a", {}, [], [1], [{}], [None])),
        *({"stories": [{"key": "a", "folder": "b", "minutes": wrong}]} for wrong in (0, "1", None)),
        {"stories": [{"key": 1, "folder": "b", "minutes": 1}]},
        {"stories": [{"key": "a", "folder": None, "minutes": 1}]},
    ],
)
def test_what_makes_no_sense_is_no_edition(wrong):
    assert Edition.of(json.loads(json.dumps(kept.as_dict() | wrong))) is None


def test_of_some_that_make_no_sense_the_others_stay():
    stories = [*kept.as_dict()["stories"], {"key": 1}, *kept.as_dict()["stories"]]
    offered = [1, "2", None, True, 2]
    assert Edition.of(kept.as_dict() | {"stories": stories, "offered": offered}) == kept


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["key", "folder", "minutes"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["day", "minutes", "stories", "offered"]), json_values))
def test_whatever_was_kept_the_reader_opens(some):
    edition = Edition.of(kept.as_dict() | some)
    assert edition is None or Edition.of(json.loads(json.dumps(edition.as_dict()))) == edition


# As a list


def test_the_list_of_an_edition_has_its_order_its_numbers_and_minutes(tmp_path):
    library = opened(tmp_path, FOUR)
    library.make_edition(TODAY, 3)
    listing = library.listing(VIEW, "oldest")
    assert [one.title for one in listing.articles] == ["Quay", "Pier", "Crane"]
    assert [listing[at].placed for at in range(3)] == [(1, 1), (2, 1), (3, 1)]
    assert library.count(VIEW) == 3


def test_a_filter_narrows_an_edition_and_may_say_another_order(tmp_path):
    library = opened(tmp_path, FOUR)
    library.make_edition(TODAY, 3)
    listing = library.listing(VIEW, text="crane")
    assert [listing[at].placed for at in range(len(listing))] == [(3, 1)]
    assert library.count(VIEW, "crane") == 1
    oldest = library.listing(VIEW, text="sort:oldest")
    assert [oldest[at].placed.number for at in range(3)] == [3, 2, 1]


def test_the_sidebar_has_the_edition_first_once_there_is_one(tmp_path):
    library = opened(tmp_path, FOUR)
    assert library.sidebar()[0].view == View("front")
    library.make_edition(TODAY, 3)
    mark(library, "Pier")
    assert library.sidebar()[0] == Entry(VIEW, "Edition", 3, progress="1 of 3")
