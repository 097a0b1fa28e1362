import os
import stat
import sys
import time
from pathlib import Path

import pytest

from reader.filters import FilterError
from reader.folders import NoFolder, nearest
from reader.library import Library
from reader.memory import Memory
from reader.model import NO_STATUS, RelatedItem, Status
from reader.snapshot.keeper import FIRST, Keeper
from reader.state.journal import StateError
from reader.tally import Counts
from reader.views import ALL, DISMISSED, FRONT, HIDDEN, PROBLEMS, STARRED, View
from tests.samples import SECRET, SEED_LIKE, front, write

STORY = {
    "lead.md": front(
        "title: The lead",
        "originalUrl: https://example.com/lead",
        "quality: 90",
        "heat: 50",
        "provider: Example Wire",
        "topics: [AI, Space]",
        "related:",
        "  - {title: The second, webUrl: https://example.com/second}",
        "  - {title: The third, webUrl: https://example.com/third}",
    ),
    "second.md": front(
        "title: The second",
        "originalUrl: https://example.com/second",
        "quality: 80",
        "heat: -1",
        "provider: Example Post",
        "related: [{title: The lead, webUrl: https://example.com/lead}]",
    ),
    "third.md": front(
        "title: The third",
        "originalUrl: https://example.com/third",
        "quality: 70",
        "heat: -1",
        "provider: Example Post",
        "related: [{title: The lead, webUrl: https://example.com/lead}]",
    ),
    "lone.md": front("title: A lone one", "originalUrl: https://example.com/lone"),
    "bad.md": "---\na: b: c\n---\n",
}


def opened(tmp_path, files=None, *, folder="news"):
    """Write files, and return the library of their folder, read to the end."""
    write(tmp_path / folder, files or {})
    (tmp_path / folder).mkdir(exist_ok=True)
    library = Library([tmp_path / folder], tmp_path / "state", tmp_path / "cache")
    library.load()
    return library


def find(library, title):
    return next(one for one in library.listing(ALL).articles if one.title == title)


def statuses(library, *titles):
    """Return in letters what was done with articles: r(ead), p(assed), s(tarred), d(ismissed)."""
    letters = {"read": "r", "passed": "p", "starred": "s", "dismissed": "d"}
    found = [library.status(find(library, title)) for title in titles]
    return " ".join(
        "".join(letter for name, letter in letters.items() if getattr(status, name)) or "-"
        for status in found
    )


def story(library):
    return statuses(library, "The lead", "The second", "The third")


def titles(listing):
    return [listing.article(row).title for row in range(len(listing))]


def read_again(library):
    """Look at the folders again, show what came, and return what was added, changed, removed."""
    library.start_reading()
    return sums(taken(library))


def taken(library):
    """Take what the keeper publishes until it has answered, show it, and return all of it."""
    came = []
    while library.is_reading:
        came += library.take_what_came(30)
    library.show(library.prepare(came[-1]))
    return came


def sums(came):
    return tuple(
        sum(getattr(one, name) for one in came) for name in ("added", "changed", "removed")
    )


def everything(library):
    """Return all articles, with what is hidden."""
    listings = library.listing(ALL), library.listing(HIDDEN)
    return [one for listing in listings for one in listing.articles]


def aged(folder):
    """Let files be an hour old: a broken one that is new may still be being written."""
    for path in folder.iterdir():
        os.utime(path, (time.time() - 3600,) * 2)


def tree(folder):
    """Return every path below a folder with its kind, time and bytes."""
    found = {}
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        data = path.read_bytes() if stat.S_ISREG(status.st_mode) else None
        found[str(path)] = (status.st_mode, status.st_mtime_ns, data)
    return found


# Reading the folders


def test_every_file_is_counted_once(tmp_path):
    files = STORY | {
        "hidden.md": front("removed: true"),
        "plain.txt": "no front matter",
        "README.md": "",
        "photo.jpg": b"\xff",
        "_data/topics/1.yaml": "name: AI",
        "more/plain.md": "# Only Markdown",
    }
    library = opened(tmp_path, files)
    counts = library.counts
    assert counts == Counts(seen=11, articles=5, hidden=1, problems=1, passed_over=4, used=1)
    assert counts.seen == counts.articles + counts.hidden + counts.problems + counts.passed_over
    assert library.passed_over == {
        "no front matter": 1,
        "about the folder itself": 1,
        "another kind of file": 1,
        "topic file": 1,
    }
    assert library.progress is None


def test_the_articles_that_come_with_the_program_are_all_understood(tmp_path):
    library = Library.default(tmp_path / "state", tmp_path / "cache", tmp_path / "own")
    library.load()
    counts = library.counts
    assert counts.articles >= 50
    assert counts.problems == 0
    assert counts.seen == counts.articles + counts.hidden + counts.passed_over
    assert library.name == "the articles that come with it"


def test_a_folder_is_read_beside_this_process_and_comes_in_as_it_is_read(tmp_path):
    aged(write(tmp_path / "news", STORY))
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    assert not library.is_reading
    assert not library.take_what_came()
    library.start_reading()
    assert library.is_reading
    taken(library)
    expected = opened(tmp_path)
    assert everything(library) == everything(expected)
    assert library.counts == expected.counts
    assert library.sidebar() == expected.sidebar()
    library.close()


def test_what_has_come_is_shown_before_all_has(tmp_path):
    aged(write(tmp_path / "news", STORY))
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    library.start_reading()
    assert library.why_empty(ALL, "") == (
        "Reading the folder",
        "Articles come in as they are read.",
    )
    came = taken(library)
    assert [(one.complete, one.read, one.files) for one in came] == [(False, 5, 5), (True, 5, 5)]
    assert library.progress is None
    assert len(library.listing(ALL)) == 5
    library.close()


def test_reading_again_tells_what_was_added_changed_and_removed(tmp_path):
    library = opened(tmp_path, STORY)
    assert read_again(library) == (0, 0, 0)
    write(tmp_path / "news", {"new.md": front("title: New"), "lone.md": front("title: Renamed")})
    write(tmp_path / "news", {"second.md": STORY["second.md"].replace("80", "81")})
    (tmp_path / "news" / "third.md").unlink()
    assert read_again(library) == (1, 2, 1)
    assert read_again(library) == (0, 0, 0)
    assert library.counts.seen == 5
    assert find(library, "The second").quality == 81
    library.close()


def test_loading_twice_doubles_nothing(tmp_path):
    library = opened(tmp_path, STORY)
    before = everything(library)
    library.load()
    assert everything(library) == before
    assert library.counts.seen == 5


def test_what_is_shown_stays_until_the_second_reading_is_settled(tmp_path):
    library = opened(tmp_path, STORY)
    shown = library.store
    (tmp_path / "news" / "lone.md").unlink()
    library.start_reading()
    came = []
    while library.is_reading:
        came += library.take_what_came(30)
    assert library.store is shown
    assert library.counts.seen == 5
    library.show(library.prepare(came[-1]))
    assert library.counts.seen == 4
    library.close()


def test_marks_outlive_the_article_and_wait_for_its_return(tmp_path):
    library = opened(tmp_path, STORY)
    library.star(find(library, "A lone one"), starred=True)
    path = tmp_path / "news" / "lone.md"
    text = path.read_text()
    path.unlink()
    library.load()
    assert len(library.listing(STARRED)) == 0
    path.write_text(text)
    library.load()
    assert titles(library.listing(STARRED)) == ["A lone one"]


def test_a_reading_that_is_broken_off_leaves_what_was_shown(tmp_path, monkeypatch):
    library = opened(tmp_path, STORY)
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\nkill -9 $$\n")
    program.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(program))
        library.start_reading()
    assert library.take_what_came(30) == []
    assert library.broken_off == "Reading the folder was broken off (status -9)"
    assert not library.is_reading
    assert library.progress is None
    assert library.counts.seen == 5
    assert read_again(library) == (0, 0, 0)
    library.close()


def test_a_first_reading_that_is_broken_off_keeps_what_had_come(tmp_path, monkeypatch):
    write(tmp_path / "news", {f"{n:04}.md": front(f"title: Number {n}") for n in range(400)})
    monkeypatch.setattr(Keeper, "_show_some", lambda _: 1 / 0)
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    with pytest.raises(ZeroDivisionError):
        library.load()
    assert library.open_cache()
    assert library.progress is None
    assert library.counts.articles == FIRST
    assert read_again(library) == (400 - FIRST, 0, 0)
    library.close()


def test_a_library_has_one_keeper_which_ends_with_it(tmp_path):
    library = opened(tmp_path, STORY)
    library.start_reading()
    child = library._keeper._child
    taken(library)
    assert read_again(library) == (0, 0, 0)
    assert library._keeper._child is child
    library.close()
    assert child.returncode is not None
    assert not library.is_reading
    assert library.take_what_came() == []


def test_the_next_start_shows_what_the_cache_holds_without_a_look_at_the_folder(tmp_path):
    shown = everything(opened(tmp_path, STORY))
    (tmp_path / "news" / "lone.md").unlink()
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    assert library.open_cache()
    assert everything(library) == shown
    assert read_again(library) == (0, 0, 1)
    library.close()


def test_a_damaged_cache_is_none(tmp_path):
    opened(tmp_path, STORY)
    (index,) = (tmp_path / "cache").glob("*/index")
    index.write_bytes(index.read_bytes()[:-1])
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    assert not library.open_cache()
    library.load()
    assert library.counts.seen == 5


def test_where_record_file_and_index_are_lost_a_problem_stands_in(tmp_path):
    library = opened(tmp_path, STORY)
    (place,) = (tmp_path / "cache").glob("*[0-9a-f]")
    for records in place.glob("*.records"):
        records.write_bytes(bytes(records.stat().st_size))
    (place / "index").unlink()
    assert all(one.problem for one in library.listing(ALL).articles)
    assert library.store.is_damaged


def test_a_damaged_record_is_read_from_its_file(tmp_path):
    opened(tmp_path, STORY)
    (records,) = (tmp_path / "cache").glob("*/*.records")
    records.write_bytes(bytes(byte ^ 1 for byte in records.read_bytes()))
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    assert library.open_cache()
    assert find(library, "The lead").quality == 90
    assert library.store.is_damaged


# Finding


def test_a_path_is_found_as_the_disk_spells_it_and_as_it_is_shown(tmp_path):
    write(tmp_path / "news", {"caf\udce9.md": "# A café", "lone.md": "# A lone one"})
    library = opened(tmp_path)
    strange = find(library, "A café")
    assert strange.path.isprintable()
    assert library.find("caf\udce9.md") == library.find(strange.path) == [strange]


# What is opened


def test_a_missing_folder_is_told_with_the_nearest_name(tmp_path):
    (tmp_path / "newspapers").mkdir()
    with pytest.raises(NoFolder) as caught:
        Library([tmp_path / "newspaper"], tmp_path / "state", tmp_path / "cache")
    path = tmp_path / "newspaper"
    assert str(caught.value) == f"there is no folder {path}; did you mean {path}s?"
    assert (caught.value.path, caught.value.instead) == (path, tmp_path / "newspapers")


def test_a_missing_folder_without_anything_near_is_told_as_it_is(tmp_path):
    with pytest.raises(NoFolder) as caught:
        Library([tmp_path / "a" / "b"], tmp_path / "state", tmp_path / "cache")
    assert str(caught.value) == f"there is no folder {tmp_path / 'a' / 'b'}"
    assert nearest(tmp_path / "a" / "b") is None


@pytest.mark.parametrize("name", ["n" * 5000, "~no such user/news", "a\0b", "\udce9" * 300])
def test_a_name_that_can_be_no_folder_is_no_folder(tmp_path, name):
    with pytest.raises(NoFolder):
        Library([tmp_path / "news" / name if name[0] != "~" else Path(name)], tmp_path, tmp_path)


def test_a_folder_cannot_speak_to_the_terminal_by_its_name(tmp_path):
    (tmp_path / "news\x1b]2;owned\x07").mkdir()
    with pytest.raises(NoFolder) as caught:
        Library([tmp_path / "news]2;owned"], tmp_path / "state", tmp_path / "cache")
    assert "did you mean" in str(caught.value)
    assert str(caught.value).isprintable()
    library = Library([tmp_path / "news\x1b]2;owned\x07"], tmp_path / "state", tmp_path / "cache")
    assert library.name.isprintable()


def test_a_link_to_a_folder_and_the_home_folder_are_followed(tmp_path, monkeypatch):
    write(tmp_path / "news", STORY)
    (tmp_path / "link").symlink_to(tmp_path / "news")
    monkeypatch.setenv("HOME", str(tmp_path))
    library = Library([Path("~/link")], tmp_path / "state", tmp_path / "cache")
    assert library.folders[0].root == tmp_path / "news"


def test_a_single_file_has_the_marks_of_its_folder(tmp_path):
    library = opened(tmp_path, STORY)
    library.mark_read([find(library, "A lone one")])
    one = Library([tmp_path / "news" / "lone.md"], tmp_path / "state", tmp_path / "cache")
    one.load()
    assert one.name == "lone.md"
    assert statuses(one, "A lone one") == "r"
    assert one.path(find(one, "A lone one")) == tmp_path / "news" / "lone.md"


def test_the_name_says_how_many_folders_there_are(tmp_path):
    for name in "abc":
        (tmp_path / name).mkdir()
    folders = [tmp_path / name for name in "abc"]
    assert Library(folders[:1], tmp_path / "state", tmp_path / "cache").name == "a"
    assert Library(folders, tmp_path / "state", tmp_path / "cache").name == "a and 2 more"
    assert Library([Path("/")], tmp_path / "state", tmp_path / "cache").name == "/"


def test_a_folder_that_is_named_twice_is_opened_once(tmp_path):
    write(tmp_path / "news", STORY)
    same = tmp_path / "news" / ".." / "news"
    library = Library([tmp_path / "news", same], tmp_path / "state", tmp_path / "cache")
    library.load()
    assert library.counts.seen == 5
    assert library.name == "news"


def test_several_folders_are_merged_by_address(tmp_path):
    one = write(tmp_path / "one", STORY | {"same.md": front("title: Same path in one")})
    two = write(
        tmp_path / "two",
        {
            "other.md": front("title: Lone, again", "webUrl: http://www.example.com/lone/#top"),
            "more.md": front("title: More", "webUrl: https://example.com/more"),
            "same.md": front("title: Same path in two"),
        },
    )
    library = Library([one, two], tmp_path / "state", tmp_path / "cache")
    library.load()
    found = {(article.title, article.library) for article in library.listing(ALL).articles}
    assert {("A lone one", 0), ("More", 1)} <= found
    assert {("Same path in one", 0), ("Same path in two", 1)} <= found
    assert not any(title == "Lone, again" for title, _ in found)
    assert library.passed_over == {"in an earlier folder": 1}
    counts = library.counts
    assert counts.seen == 9
    assert counts.seen == counts.articles + counts.hidden + counts.problems + counts.passed_over
    assert library.progress is None


def test_marks_of_several_folders_stay_with_their_folder_and_are_undone_together(tmp_path):
    one = write(tmp_path / "one", {"a.md": front("title: In one")})
    two = write(tmp_path / "two", {"a.md": front("title: In two")})
    library = Library([one, two], tmp_path / "state", tmp_path / "cache")
    library.load()
    both = list(library.listing(ALL).articles)
    assert library.mark_read(both) == 2
    alone = Library([two], tmp_path / "state", tmp_path / "cache")
    alone.load()
    assert statuses(alone, "In two") == "r"
    library.undo()
    assert statuses(library, "In one", "In two") == "- -"
    library.star(find(library, "In one"), starred=True)
    assert statuses(library, "In one", "In two") == "s -"


def test_the_own_library_is_opened_once_it_has_articles_and_keeps_its_journal(tmp_path):
    own, state = tmp_path / "own", tmp_path / "state"
    assert Library.default(state, tmp_path / "cache", own).name == "the articles that come with it"
    write(own, {"_data/feeds.txt": ""})
    assert Library.default(state, tmp_path / "cache", own).name == "the articles that come with it"
    assert not (own / ".broadsheet").exists()
    write(own, STORY)
    library = Library.default(state, tmp_path / "cache", own)
    library.load()
    library.star(find(library, "A lone one"), starred=True)
    assert library.name == "own"
    assert len(list((own / ".broadsheet" / "state").glob("*.jsonl"))) == 1


def test_an_own_library_that_cannot_be_written_to_is_opened_all_the_same(tmp_path):
    own = write(tmp_path / "own", STORY | {".broadsheet": "a file in the way"})
    library = Library.default(tmp_path / "state", tmp_path / "cache", own)
    library.load()
    library.star(find(library, "A lone one"), starred=True)
    assert library.trouble is None


# Marks


def test_a_folder_that_is_not_ours_gets_nothing_written_into_it(tmp_path):
    library = opened(tmp_path, STORY)
    before = tree(tmp_path / "news")
    library.mark_read(library.listing(ALL).articles)
    library.star(find(library, "A lone one"), starred=True)
    library.dismiss([find(library, "The third")])
    library.remember_position(find(library, "The lead"), 12)
    library.mark_copy_read("example.com/elsewhere", 0)
    library.undo()
    library.undo()
    library.redo()
    library.remember(Memory(STARRED, "newest"))
    read_again(library)
    library.close()
    assert tree(tmp_path / "news") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "news", "state"]


def test_marks_and_the_place_are_there_when_the_folder_is_opened_again(tmp_path):
    library = opened(tmp_path, STORY)
    library.mark_read([find(library, "The lead")])
    library.star(find(library, "A lone one"), starred=True)
    library.remember_position(find(library, "The lead"), 12)
    library.remember(Memory(STARRED, "newest", find(library, "A lone one").id, 4, -2))
    library.close()
    again = opened(tmp_path)
    assert story(again) == "r p p"
    assert again.status(find(again, "The lead")) == Status(read=True, position=12)
    assert again.memory() == library.memory()
    assert again.memory().view == STARRED
    assert again.undo().label == "star"
    assert again.undo().label == "read"
    assert story(again) == story(opened(tmp_path)) == "- - -"
    assert opened(tmp_path).redo().label == "read"


def test_after_init_the_journal_is_in_the_folder_and_marks_go_on_there(tmp_path):
    library = opened(tmp_path, STORY)
    library.mark_read([find(library, "The lead")])
    assert library.init() == [tmp_path / "news" / ".broadsheet" / "state"]
    assert story(library) == "r p p"
    library.star(find(library, "The lead"), starred=True)
    library.close()
    again = Library([tmp_path / "news"], tmp_path / "another state", tmp_path / "cache")
    again.load()
    assert story(again) == "rs p p"


def test_an_init_that_is_refused_changes_nothing(tmp_path):
    library = opened(tmp_path, STORY)
    library.mark_read([find(library, "The lead")])
    write(tmp_path / "news", {".broadsheet": "a file in the way"})
    with pytest.raises(StateError):
        library.init()
    assert story(library) == "r p p"
    library.undo()
    assert story(library) == story(opened(tmp_path)) == "- - -"


def test_two_machines_that_share_a_folder_see_what_the_other_did(tmp_path):
    write(tmp_path / "news", STORY)
    (tmp_path / "news" / ".broadsheet" / "state").mkdir(parents=True)
    states = [tmp_path / "laptop", tmp_path / "desktop"]
    for state, title in zip(states, ("The lead", "A lone one"), strict=True):
        library = Library([tmp_path / "news"], state, tmp_path / "cache")
        library.load()
        library.mark_read([find(library, title)])
        library.close()
    for state in states:
        library = Library([tmp_path / "news"], state, tmp_path / "cache")
        library.load()
        assert statuses(library, "The lead", "A lone one") == "r r"
    assert len(list((tmp_path / "news" / ".broadsheet" / "state").iterdir())) == 2


def test_with_the_leader_of_a_story_the_others_are_passed(tmp_path):
    library = opened(tmp_path, STORY)
    assert library.mark_read([find(library, "The lead")]) == 3
    assert story(library) == "r p p"
    assert statuses(library, "A lone one") == "-"
    assert library.mark_read([find(library, "The lead")], read=False) == 3
    assert story(library) == "- - -"


def test_reading_a_covered_article_reads_nothing_but_it(tmp_path):
    library = opened(tmp_path, STORY)
    assert library.mark_read([find(library, "The second")]) == 1
    assert story(library) == "- r -"
    library.mark_read([find(library, "The lead")])
    assert story(library) == "r rp p"
    assert library.mark_read([find(library, "The lead")], read=False) == 3
    assert story(library) == "- r -"


def test_what_is_new_in_a_story_is_passed_by_its_leader_the_first_time_only(tmp_path):
    library = opened(tmp_path, STORY)
    lead, second = find(library, "The lead"), find(library, "The second")
    assert library.mark_opened(lead) == 3
    library.mark_read([second], read=False)
    assert library.mark_opened(lead) == 0
    assert story(library) == "r - p"
    assert library.mark_opened(second) == 1
    assert story(library) == "r r p"


def test_a_passed_article_can_be_unread_on_its_own(tmp_path):
    library = opened(tmp_path, STORY)
    library.mark_read([find(library, "The lead")])
    assert library.mark_read([find(library, "The second")], read=False) == 1
    assert story(library) == "r - p"


def test_marking_a_whole_list_is_one_step_whatever_its_order(tmp_path):
    library = opened(tmp_path, STORY)
    library.mark_read([find(library, "The third")])
    everything = list(library.listing(ALL).articles)
    for articles in (everything, everything[::-1]):
        assert library.mark_read(articles) == 3
        assert story(library) == "r r r"
        assert library.mark_read(articles) == 0
        assert library.undo().label == "read"
        assert story(library) == "- - r"
    assert library.mark_read(everything, read=False) == 1
    assert story(library) == "- - -"


def test_everything_can_be_undone_and_done_again(tmp_path):
    library = opened(tmp_path, STORY)
    lead, lone = find(library, "The lead"), find(library, "A lone one")
    steps = [
        ("read", lambda: library.mark_read([lead])),
        ("star", lambda: library.star(lone, starred=True)),
        ("unread", lambda: library.mark_read([lead], read=False)),
        ("dismiss", lambda: library.dismiss([lead, lone])),
        ("star taken away", lambda: library.star(lone, starred=False)),
        ("read", lambda: library.mark_copy_read("example.com/elsewhere", 0)),
        ("bring back", lambda: library.dismiss([lead, lone], dismissed=False)),
    ]

    def picture():
        return (
            statuses(library, "The lead", "The second", "The third", "A lone one"),
            library.copy_page(RelatedItem("Elsewhere", key="example.com/elsewhere"), 0).status,
            library.sidebar(),
            dict(+library.tally.kinds),
        )

    pictures = [picture()]
    for _, act in steps:
        act()
        pictures.append(picture())
    for number in range(len(steps), 0, -1):
        assert library.undo().label == steps[number - 1][0]
        assert picture() == pictures[number - 1]
    assert library.undo() is None
    for number, (label, _) in enumerate(steps, 1):
        assert library.redo().label == label
        assert picture() == pictures[number]
    assert library.redo() is None
    assert opened(tmp_path).sidebar() == library.sidebar()


def test_counts_follow_every_mark_without_a_new_count(tmp_path):
    library = opened(tmp_path, STORY)
    library.mark_read([find(library, "The lead")])
    library.star(find(library, "A lone one"), starred=True)
    library.dismiss([find(library, "A lone one")])
    fresh = opened(tmp_path)
    for name in ("kinds", "topics", "providers"):
        assert +getattr(library.tally, name) == +getattr(fresh.tally, name)
    counts = {entry.view: entry.count for entry in library.sidebar()}
    assert counts[STARRED] == counts[DISMISSED] == counts[FRONT] == counts[PROBLEMS] == 1
    assert counts[View("topic", "AI")] == 0


def test_a_file_with_a_problem_takes_no_marks(tmp_path):
    library = opened(tmp_path, STORY)
    broken = find(library, "bad.md")
    assert library.mark_read([broken]) == 0
    assert library.dismiss([broken]) == 0
    assert library.star(broken, starred=True) == 0
    assert library.status(broken) == NO_STATUS
    assert library.undo() is None


def test_two_files_with_one_address_share_what_was_done(tmp_path):
    files = {"again.md": front("title: Lone, again", "webUrl: http://www.example.com/lone")}
    library = opened(tmp_path, STORY | files)
    assert library.mark_read([find(library, "Lone, again")]) == 2
    assert statuses(library, "A lone one", "Lone, again") == "r r"
    ids = {find(library, title).id for title in ("A lone one", "Lone, again")}
    assert len(ids) == 2


def test_an_article_without_an_address_is_known_by_its_path(tmp_path):
    library = opened(tmp_path, {"a/one.md": front("title: One"), "b/one.md": front("title: Two")})
    assert library.mark_read([find(library, "One")]) == 1
    assert statuses(opened(tmp_path), "One", "Two") == "r -"


def test_a_position_is_written_only_when_it_changes(tmp_path):
    library = opened(tmp_path, STORY)
    lead = find(library, "The lead")
    library.remember_position(lead, 0)
    library.remember_position(lead, 5)
    library.remember_position(lead, 5)
    (journal,) = (tmp_path / "state").rglob("*.jsonl")
    assert len(journal.read_text().splitlines()) == 1
    assert library.undo() is None


def test_a_disk_that_refuses_keeps_marks_says_so_and_writes_them_later(tmp_path, monkeypatch):
    library = opened(tmp_path, STORY)

    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        assert library.mark_read([find(library, "The lead")]) == 3
        assert story(library) == "r p p"
        assert library.trouble.endswith(": no space left on device; 3 kept in memory")
        assert library.brief_trouble == "Disk full: 3 marks kept in memory"
    assert story(opened(tmp_path)) == "- - -"
    library.star(find(library, "A lone one"), starred=True)
    assert library.trouble is None
    assert story(opened(tmp_path)) == "r p p"


def test_a_damaged_memory_is_as_good_as_none(tmp_path):
    library = opened(tmp_path, STORY)
    library.remember(Memory(STARRED))
    (memory,) = (tmp_path / "state").rglob("memory.json")
    memory.write_text('{"view": {"kind": [], "name": {}}, "order": 7, "sidebar": "wide"}')
    assert library.memory() == Memory()
    memory.unlink()
    assert library.memory() == Memory()


# Lists


def test_a_list_is_a_view_a_filter_and_an_order(tmp_path):
    library = opened(tmp_path, STORY)
    assert titles(library.listing(FRONT)) == ["The lead", "A lone one"]
    everything = ["The lead", "The second", "The third", "A lone one", "bad.md"]
    assert titles(library.listing(ALL)) == everything
    assert titles(library.listing(View("topic", "AI"))) == ["The lead"]
    assert titles(library.listing(View("provider", "Example Post"))) == everything[1:3]
    assert titles(library.listing(ALL, text="the -second")) == ["The lead", "The third"]
    assert titles(library.listing(ALL, "quality", "sort:heat is:unread"))[-1] == "A lone one"
    with pytest.raises(FilterError):
        library.listing(ALL, text='"never closed')


def test_hidden_articles_are_only_in_their_own_list(tmp_path):
    library = opened(tmp_path, STORY | {"hidden.md": front("title: Gone", "removed: true")})
    assert titles(library.listing(HIDDEN)) == ["Gone"]
    assert "Gone" not in titles(library.listing(ALL))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "news has no article files."),
        ({"a.jpg": ""}, "news has no article files; 1 other file was passed over."),
        (
            {f"{number}.jpg": "" for number in range(1200)},
            "news has no article files; 1,200 other files were passed over.",
        ),
    ],
)
def test_an_empty_folder_says_what_was_looked_at(tmp_path, files, sentence):
    library = opened(tmp_path, files)
    assert library.why_empty(FRONT, "") == ("No articles here yet", sentence)


def test_an_empty_view_says_that_nothing_is_in_it(tmp_path):
    library = opened(tmp_path, STORY)
    assert library.why_empty(STARRED, "") == ("Nothing is starred yet", "")
    assert library.why_empty(View("topic", "Art"), " sort:newest") == (
        "Nothing is filed under Art",
        "",
    )


def test_a_filter_without_matches_says_what_each_of_its_terms_costs(tmp_path):
    library = opened(tmp_path, STORY)
    assert library.why_empty(ALL, "nothing") == ("Nothing matches all of this", "")
    fact, sentence = library.why_empty(ALL, 'lone provider:"Example Post" the sort:newest')
    assert fact == "Nothing matches all of this"
    assert sentence == (
        'Without lone there are 2, without provider:"Example Post" 0, without the 0.'
    )
    assert library.why_empty(ALL, "is:starred lone")[1] == (
        "Without is:starred there is 1, without lone 0."
    )


# What must not come out


def test_secured_never_comes_in(tmp_path):
    broken = SEED_LIKE.replace("quality: 94", "quality: 94: 95")
    files = {"a.md": SEED_LIKE, "b.md": broken, "c.md": f'---\nsecured: "{SECRET}\n---\n'}
    library = opened(tmp_path, files)
    shown = [repr(article) for article in library.listing(ALL).articles]
    pages = [library.page(article) for article in library.listing(ALL).articles]
    shown += [repr(library.with_body(page)) for page in pages]
    assert len(shown) == 6
    assert library.counts.problems == 2
    assert not any(SECRET in text or SECRET[:12] in text for text in shown)


def test_a_store_of_nothing_is_shown_before_anything_is_read(tmp_path):
    (tmp_path / "news").mkdir()
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    assert len(library.store) == 0
    assert library.counts == Counts()
    assert len(library.listing(FRONT)) == 0
    assert not (tmp_path / "state" / "folders").exists()


def test_all_is_not_well_while_marks_cannot_be_read(tmp_path):
    library = opened(tmp_path, STORY)
    library.mark_read([find(library, "The lead")])
    (own,) = (tmp_path / "state").rglob("*.jsonl")
    os.mkfifo(own.parent / "pipe.jsonl")
    assert library.follow() == 0
    assert library.brief_trouble == "Marks cannot be read"
    assert not library.try_again()
    (own.parent / "pipe.jsonl").unlink()
    library.follow()
    assert library.try_again()
