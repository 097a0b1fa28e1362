from dataclasses import replace

import pytest

from reader.feeding import FEEDS as PLACE
from reader.feeds.subscribed.subscriptions import SubscriptionError, read_feeds
from reader.folders import FEEDS_FILE
from reader.library import Library
from reader.tally import Entry
from tests.feeds import CRANES, FEEDS, NO_HOST, NOW, SHIPS, TIDES, pieces, remember, subscribe
from tests.samples import write


@pytest.fixture
def library(tmp_path):
    """Three feeds with articles of two of them."""
    folder = write(tmp_path / "news", pieces())
    subscribe(folder)
    library = Library([folder], tmp_path / "state", tmp_path / "cache")
    library.load()
    yield library
    library.close()


@pytest.fixture
def folder(library):
    return library.folders[0].base


def by_name(library):
    return {line.feed.name: line for line in library.feeds(NOW)}


def test_each_feed_knows_its_articles_also_those_of_its_former_address(library):
    lines = by_name(library)
    assert {name: (line.count, line.unread) for name, line in lines.items()} == {
        "Cranes": (3, 3),
        "Tides": (2, 2),
        "Ships": (0, 0),
    }
    assert [line.newest for line in lines.values()] == [
        "2020-10-28T12:00:00Z",
        "2020-10-27T12:00:00Z",
        None,
    ]


def test_what_is_read_is_no_longer_counted_as_unread(library):
    library.mark_read(library.find("https://example.com/tides.xml-27"))
    assert by_name(library)["Tides"].unread == 1
    assert by_name(library)["Tides"].count == 2


def test_articles_a_week_are_those_of_the_weeks_that_there_are_articles_of(library):
    lines = by_name(library)
    assert lines["Cranes"].per_week == pytest.approx(3 / (14 + 8 / 24) * 7)
    assert lines["Tides"].per_week == 2  # of two days: a week at least
    assert lines["Ships"].per_week is None
    assert [lines[name].rate for name in ("Cranes", "Tides", "Ships")] == ["1", "2", ""]


def test_where_nothing_is_here_the_time_between_articles_tells_how_many_there_are(
    library, folder, tmp_path
):
    remember(folder, tmp_path / "state", gap=7 * 86400 * 2.0)
    assert by_name(library)["Ships"].per_week == 0.5
    assert by_name(library)["Ships"].rate == "<1"


def test_health_is_told_in_words(library, folder, tmp_path):
    assert by_name(library)["Ships"].health == "not asked yet"
    remember(folder, tmp_path / "state")
    lines = by_name(library)
    assert lines["Ships"].health == f"failed 3 times: {NO_HOST}"
    assert [line.failing for line in lines.values()] == [False, False, True]
    assert lines["Cranes"].health == "fine"


def test_a_feed_that_is_gone_is_failing_and_one_that_is_paused_is_not(library, folder, tmp_path):
    remember(folder, tmp_path / "state", gone=True, failures=0)
    ships = by_name(library)["Ships"]
    assert (ships.failing, ships.due_at, ships.next_asked(NOW)) == (True, None, "")
    library.change_feed(ships, "paused", replace(ships.feed, paused=True))
    assert not by_name(library)["Ships"].failing


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "due"), (59, "due"), (61, "in 1 min"), (3599, "in 59 min"), (3600, "in 1 h"),
     (90_000, "in 25 h"), (3 * 86400, "in 3 days")],
)  # fmt: skip
def test_the_next_asking_is_told_in_few_letters(library, folder, tmp_path, seconds, words):
    remember(folder, tmp_path / "state", due_at=NOW.timestamp() + seconds)
    assert by_name(library)["Ships"].next_asked(NOW) == words


def test_what_a_former_address_answered_still_counts(library, folder, tmp_path):
    remember(folder, tmp_path / "state")
    moved = replace(SHIPS, url="https://example.net/new.xml", formerly=(SHIPS.url,))
    subscribe(folder, moved)
    assert by_name(library)["Ships"].failing


def test_the_filter_of_a_feed_finds_its_articles_and_no_others(library):
    found = library.listing(PLACE.__class__("all"), text=by_name(library)["Cranes"].filter)
    assert sorted(one.path for one in found.articles) == ["c1.md", "c2.md", "c3.md"]


def test_two_folders_may_have_the_same_feed(tmp_path):
    one, two = write(tmp_path / "one", pieces()), write(tmp_path / "two", {})
    subscribe(one)
    subscribe(two, TIDES)
    library = Library([one, two], tmp_path / "state", tmp_path / "cache")
    library.load()
    assert [(line.library, line.feed.name, line.count) for line in library.feeds(NOW)] == [
        (0, "Cranes", 3),
        (0, "Tides", 2),
        (0, "Ships", 0),
        (1, "Tides", 0),
    ]
    library.close()


def test_without_a_file_there_are_no_feeds_and_nothing_is_imported(tmp_path):
    folder = write(tmp_path / "news", pieces())
    library = Library([folder], tmp_path / "state", tmp_path / "cache")
    library.load()
    assert (library.feed_folders, library.feeds(NOW), library.feed_entries()) == ([], (), ())
    library.close()


def test_a_file_that_is_damaged_says_so(library, folder):
    (folder / FEEDS_FILE).write_text("<opml><body>")
    with pytest.raises(SubscriptionError, match=r"feeds\.opml"):
        library.feeds(NOW)


def test_the_sidebar_leads_to_the_feeds_and_says_how_many_fail(library, folder, tmp_path):
    assert not [one for one in library.sidebar() if one.view == PLACE]
    library.known_feeds = library.look_at_feeds()
    assert Entry(PLACE, "Feeds", 3) in library.sidebar()
    remember(folder, tmp_path / "state")
    library.known_feeds = library.look_at_feeds()
    assert Entry(PLACE, "Feeds", 3, progress="1 failing") in library.sidebar()


def test_a_change_can_be_taken_back_and_made_again(library, folder):
    library.change_feed(by_name(library)["Tides"], "renamed", replace(TIDES, title="Ebb"))
    assert [feed.name for feed in read_feeds(folder)] == ["Cranes", "Ebb", "Ships"]
    assert library.undo_feeds() == "renamed"
    assert read_feeds(folder) == FEEDS
    assert library.redo_feeds() == "renamed"
    assert [feed.name for feed in read_feeds(folder)] == ["Cranes", "Ebb", "Ships"]
    assert library.redo_feeds() is None


def test_what_was_removed_comes_back_as_it_was(library, folder):
    library.change_feed(by_name(library)["Ships"], "removed", None)
    library.change_feed(by_name(library)["Cranes"], "removed", None)
    assert [feed.name for feed in read_feeds(folder)] == ["Tides"]
    library.undo_feeds()
    library.undo_feeds()
    assert set(read_feeds(folder)) == set(FEEDS)
    assert library.undo_feeds() is None


def test_what_was_removed_comes_back_to_its_place(library, folder):
    library.change_feed(by_name(library)["Ships"], "removed", None)
    library.undo_feeds()
    assert read_feeds(folder) == FEEDS


def test_a_change_that_changes_nothing_is_not_kept(library):
    library.change_feed(by_name(library)["Tides"], "nothing", TIDES)
    assert library.undo_feeds() is None


def test_what_others_change_meanwhile_stays(library, folder):
    line = by_name(library)["Tides"]
    subscribe(folder, *FEEDS, replace(CRANES, url="https://example.com/x", title="Other"))
    library.change_feed(line, "removed", None)
    assert [feed.name for feed in read_feeds(folder)] == ["Cranes", "Ships", "Other"]


def test_of_one_feed_too(library, folder):
    line = by_name(library)["Tides"]
    subscribe(folder, CRANES, replace(TIDES, paused=True), SHIPS)
    library.change_feed(line, "renamed", replace(TIDES, title="Ebb"))
    assert read_feeds(folder)[1] == replace(TIDES, title="Ebb", paused=True)


def test_a_feed_that_is_not_there_any_more_is_not_changed(library, folder):
    line = by_name(library)["Tides"]
    subscribe(folder, CRANES)
    with pytest.raises(SubscriptionError, match="Tides is not there any more, or has moved"):
        library.change_feed(line, "renamed", replace(TIDES, title="Ebb"))
    assert read_feeds(folder) == (CRANES,)


def test_what_was_added_can_be_taken_back(library, folder):
    before = library.feeds(NOW)
    subscribe(folder, *FEEDS, replace(CRANES, url="https://example.com/x", title="Other"))
    added = library.added_feeds(before, library.feeds(NOW))
    assert [line.feed.name for line in added] == ["Other"]
    assert library.undo_feeds() == "added Other"
    assert read_feeds(folder) == FEEDS


def test_new_feeds_go_to_the_folder_that_has_some_else_to_the_first(tmp_path, library, folder):
    assert library.feed_home == folder
    other = tmp_path / "other"
    other.mkdir()
    both = Library([other, folder], tmp_path / "state", tmp_path / "cache")
    assert both.feed_home == folder
    assert Library([other], tmp_path / "state", tmp_path / "cache").feed_home == other


def test_nothing_is_subscribed_among_the_articles_of_the_program(tmp_path):
    bundled = Library.default(tmp_path / "state", tmp_path / "cache", tmp_path / "own")
    assert bundled.feed_home is None
