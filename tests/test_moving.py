"""Journals that move into their folder while others have it open."""

import os

import pytest

from reader.library import Library
from reader.model import NO_STATUS, Status
from reader.state.journal import Journal, StateError
from reader.state.marks import Marks
from reader.state.moving import bring_rest
from reader.views import ALL
from tests.samples import front, write

TITLES = "abc"


def opened(tmp_path):
    if not (tmp_path / "news").exists():
        write(tmp_path / "news", {f"{title}.md": front(f"title: {title}") for title in TITLES})
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    library.load()
    return library


def find(library, title):
    return next(one for one in library.listing(ALL).articles if one.title == title)


def shown(library):
    return [library.status(find(library, title)).read for title in TITLES]


def mark(library, title):
    library.mark_read([find(library, title)])


def mark_late(library, title):
    """Mark in the moment before a reader looks at the disk again."""
    library._ledger.change({0: [(f"{title}.md", "read", True)]}, "read")


def test_a_process_that_has_the_folder_open_goes_along_and_brings_what_it_marked(tmp_path):
    one, two = opened(tmp_path), opened(tmp_path)
    mark(one, "a")
    two.init()
    mark(two, "b")
    mark_late(one, "c")
    assert one.follow() == 2
    assert two.follow() == 1
    assert shown(one) == shown(two) == shown(opened(tmp_path)) == [True, True, True]
    assert one.sidebar() == two.sidebar()
    mark(one, "c")
    assert one.follow() == 0
    assert not list((tmp_path / "state").rglob("*.jsonl"))
    assert one.undo().label == "read"


def test_what_a_process_marked_that_died_before_it_knew_is_brought_at_the_next_start(tmp_path):
    one, two = opened(tmp_path), opened(tmp_path)
    mark(two, "a")
    two.init()
    mark_late(one, "b")
    assert shown(opened(tmp_path)) == [True, True, False]
    assert not list((tmp_path / "state").rglob("*.jsonl"))


def test_what_was_brought_once_is_not_brought_again(tmp_path):
    one = opened(tmp_path)
    mark(one, "a")
    (apart,) = (tmp_path / "state").rglob("*.jsonl")
    data = apart.read_bytes()
    one.init()
    (own,) = (tmp_path / "news").rglob("*.jsonl")
    apart.write_bytes(data)
    bring_rest(tmp_path / "news", tmp_path / "state")
    assert own.read_bytes() == data
    assert sorted(path.name for path in apart.parent.iterdir()) == [f"{apart.name}.moved"]


def test_where_nothing_can_be_written_marks_stay_where_they_are(tmp_path, monkeypatch):
    one, two = opened(tmp_path), opened(tmp_path)
    two.init()
    mark_late(one, "a")

    def refuse(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        assert shown(opened(tmp_path)) == [False, False, False]
        mark(one, "b")
        assert one.follow() == 0
        assert shown(one) == [True, True, False]
        assert one.brief_trouble == "Disk full: 1 mark kept in memory"
        with pytest.raises(StateError, match="no space left"):
            one.init()
        assert shown(one) == [True, True, False]
    assert one.try_again()
    one.follow()
    assert shown(one) == shown(opened(tmp_path)) == [True, True, False]


def test_journals_that_are_links_do_not_lead_elsewhere(tmp_path):
    one = opened(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "news" / ".broadsheet").mkdir()
    (tmp_path / "news" / ".broadsheet" / "state").symlink_to(tmp_path / "elsewhere")
    mark(one, "a")
    assert one.follow() == 0
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_journals_of_another_machine_come_along(tmp_path):
    one = opened(tmp_path)
    mark(one, "a")
    (own,) = (tmp_path / "state").rglob("*.jsonl")
    Marks(Journal(own.parent, "other")).change([("b.md", "starred", True)], "star")
    one.init()
    assert one.status(find(one, "b")) == Status(starred=True)
    assert one.status(find(one, "c")) == NO_STATUS
