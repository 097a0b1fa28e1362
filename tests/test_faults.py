"""A disk that refuses: nothing old is damaged, and nothing is lost that was called written."""

import errno
import fcntl
import os
import time
from pathlib import Path

import pytest

from reader.library import Library
from reader.model import Status
from reader.state.compaction import compact
from reader.state.journal import Journal, StateError
from reader.state.lines import FLAGS
from reader.state.marks import Marks
from reader.state.moving import init
from reader.state.own import LOCK_SECONDS, OwnFile
from reader.state.place import journal_folder, machine_id, recall, remember
from reader.views import ALL
from tests.samples import front, write

ERRORS = (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES, errno.ESTALE, errno.EDQUOT)
CALLS = ("open", "write", "close", "lstat", "pread", "mkdir")


class Fault:
    """Lets a call of the system fail, from its `after`th time on a path of ours."""

    def __init__(self, monkeypatch, folder, name, number, after=0):
        self.folder, self.number, self.left = str(folder), number, after
        self.real = getattr(os, name)
        monkeypatch.setattr(os, name, self.close if name == "close" else self)

    def __call__(self, what, *arguments, **named):
        if self.is_ours(what):
            if self.left == 0:
                raise OSError(self.number, os.strerror(self.number))
            self.left -= 1
        return self.real(what, *arguments, **named)

    def close(self, handle):
        """Close it all the same, as the system does."""
        is_ours = self.is_ours(handle)
        self.real(handle)
        if is_ours:
            raise OSError(self.number, os.strerror(self.number))

    def is_ours(self, what):
        path = os.readlink(f"/proc/self/fd/{what}") if isinstance(what, int) else os.fspath(what)
        return path.startswith(self.folder)


pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="/proc is needed")


def opened(folder, process=""):
    return Marks(Journal(folder / "state", "own", process=process))


def mark(marks, key, field="read"):
    return marks.change([(key, field, True)], field)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", CALLS)
def test_marks_that_are_refused_hold_and_are_written_as_soon_as_they_can_be(
    tmp_path, monkeypatch, call, error
):
    marks = opened(tmp_path)
    if call != "mkdir":
        assert mark(marks, "before")
    path = tmp_path / "state" / "own.jsonl"
    before = path.read_bytes() if call != "mkdir" else b""
    with monkeypatch.context() as patch:
        if call == "mkdir":
            Fault(patch, tmp_path, "open", error)
        Fault(patch, tmp_path, call, error)
        mark(marks, "a")
        mark(marks, "a", "starred")
        mark(marks, "b")
        marks.undo()
        assert marks.status("a") == Status(read=True, starred=True)
        assert not marks.try_again()
        assert os.strerror(error).lower() in marks.trouble
        assert "; 3 kept in memory" in marks.trouble
        assert marks.brief_trouble.endswith(": 3 marks kept in memory")
        marks.follow()
        assert marks.status("a") == Status(read=True, starred=True)
    assert path.read_bytes().startswith(before) if before else not path.exists()
    assert marks.try_again()
    marks.follow()
    assert marks.trouble is None
    again = opened(tmp_path)
    assert again.status("a") == Status(read=True, starred=True)
    assert not again.status("b").read
    assert again.status("before").read is (call != "mkdir")
    assert [again.undo().label for _ in "12"] == ["starred", "read"]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("room", [0, 1, 50, 100, 101, 130, 250])
def test_a_write_that_fails_in_the_middle_leaves_no_mark_half_said(
    tmp_path, monkeypatch, room, error
):
    marks = opened(tmp_path)
    mark(marks, "before")
    left, real = [room], os.write

    def fill_up(handle, data):
        if not left[0]:
            raise OSError(error, os.strerror(error))
        written = real(handle, data[: left[0]])
        left[0] -= written
        return written

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fill_up)
        marks.change([(key, "read", True) for key in "abc"], "all")
        assert marks.trouble
        written = opened(tmp_path)
        assert written.status("before").read
    mark(opened(tmp_path, "b"), "another process")
    assert marks.try_again()
    again = opened(tmp_path)
    keys = ("before", "a", "b", "c", "another process")
    assert all(again.status(key).read for key in keys)
    again.undo()
    assert again.undo().keys == {"a", "b", "c"}


@pytest.mark.parametrize("error", ERRORS)
def test_at_the_end_it_is_said_how_many_marks_are_lost(tmp_path, monkeypatch, error):
    write(tmp_path / "news", {f"{name}.md": front(f"title: {name}") for name in "abc"})
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    library.load()
    with monkeypatch.context() as patch:
        Fault(patch, tmp_path / "state", "write", error)
        assert library.mark_read(library.listing(ALL).articles) == 3
        assert not library.try_again()
        lost = library.close()
    assert lost.startswith("3 marks lost: marks cannot be written to ")
    assert lost.endswith(f": {os.strerror(error).lower()}")
    assert library.try_again()
    assert library.close() is None


@pytest.mark.parametrize("error", ERRORS)
def test_marks_that_may_not_have_reached_the_disk_are_told_too(tmp_path, monkeypatch, error):
    marks = opened(tmp_path)
    mark(marks, "a")
    with monkeypatch.context() as patch:
        Fault(patch, tmp_path, "fsync", error)
        assert marks.close() == 1
    assert os.strerror(error).lower() in marks.trouble
    assert marks.close() == 0
    assert marks.trouble is None


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", ["open", "fsync", "rename", "lstat"])
def test_a_compaction_that_is_refused_leaves_the_old_file(tmp_path, monkeypatch, call, error):
    marks = opened(tmp_path)
    for line in range(50):
        marks.remember_position("a", line)
    path = tmp_path / "state" / "own.jsonl"
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        name = "replace" if call == "rename" else call
        Fault(patch, tmp_path, name, error, after=1 if call == "open" else 0)
        assert not compact(OwnFile(path))
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["own.jsonl"]
    assert compact(OwnFile(path))
    assert opened(tmp_path).status("a").position == 49


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", ["open", "write", "fsync", "mkdir", "rename"])
def test_an_init_that_is_refused_leaves_marks_where_they_were(tmp_path, monkeypatch, call, error):
    folder, state = tmp_path / "news", tmp_path / "state"
    folder.mkdir()
    marks = Marks(Journal(journal_folder(folder, state), "own"))
    mark(marks, "a")
    with monkeypatch.context() as patch:
        Fault(patch, folder, call, error)
        if call in ("open", "write"):  # copies go another way where the system has one
            patch.setattr("reader.state.moving._copy", refuse)
        with pytest.raises(StateError):
            init(folder, state)
    assert journal_folder(folder, state).is_relative_to(state)
    assert call == "open" or not list(folder.glob(".broadsheet/.state*"))
    init(folder, state)
    assert Marks(Journal(journal_folder(folder, state), "own")).status("a").read


def refuse(*_):
    raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_memory_that_is_refused_leaves_the_old_one(tmp_path, monkeypatch, call, error):
    remember(tmp_path, {"order": "newest"})
    with monkeypatch.context() as patch:
        Fault(patch, tmp_path, call, error)
        with pytest.raises(StateError):
            remember(tmp_path, {"order": "heat"})
    assert recall(tmp_path) == {"order": "newest"}
    assert [path.name for path in tmp_path.iterdir()] == ["memory.json"]


@pytest.mark.parametrize("call", ["open", "mkdir", "link", "fsync"])
def test_a_machine_without_a_place_for_its_name_has_one_all_the_same(tmp_path, monkeypatch, call):
    with monkeypatch.context() as patch:
        Fault(patch, tmp_path, call, errno.EROFS)
        assert len(machine_id(tmp_path / "state")) == 8
    assert machine_id(tmp_path / "state") == machine_id(tmp_path / "state")


@pytest.mark.parametrize("error", [*ERRORS, errno.EPERM, errno.ENOENT, errno.ENXIO])
def test_every_refusal_is_told_in_a_few_words(tmp_path, monkeypatch, error):
    marks = opened(tmp_path)
    mark(marks, "before")
    Fault(monkeypatch, tmp_path, "write", error)
    mark(marks, "a")
    words = marks.brief_trouble.removesuffix(": 1 mark kept in memory")
    assert words[0].isupper()
    assert len(words) <= 24


def test_positions_wait_without_being_called_marks(tmp_path, monkeypatch):
    marks = opened(tmp_path)
    with monkeypatch.context() as patch:
        Fault(patch, tmp_path, "write", errno.ENOSPC)
        marks.remember_position("a", 7)
        assert marks.trouble.endswith("no space left on device")
        for field in sorted(FLAGS):
            mark(marks, "a", field)
        assert marks.trouble.endswith("; 4 kept in memory")
    assert marks.try_again()
    assert opened(tmp_path).status("a").position == 7


def test_a_process_that_holds_the_lock_and_stands_still_holds_nobody_up(tmp_path):
    marks = opened(tmp_path)
    mark(marks, "before")
    began = time.monotonic()
    with (tmp_path / "state" / "own.jsonl").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for number in range(100):
            mark(marks, f"{number}")
        assert marks.brief_trouble == "Another reader is writing: 100 marks kept in memory"
    assert time.monotonic() - began < 100 * LOCK_SECONDS / 3
    assert marks.try_again()
    assert opened(tmp_path).status("99").read


def test_on_a_disk_that_became_read_only_only_what_waits_is_lost(tmp_path, monkeypatch):
    marks = opened(tmp_path)
    mark(marks, "written")
    real = os.open

    def refuse_to_write(path, flags, *arguments):
        if str(path).startswith(str(tmp_path)) and flags & (os.O_RDWR | os.O_WRONLY):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse_to_write)
        mark(marks, "a")
        assert marks.brief_trouble == "Disk is read-only: 1 mark kept in memory"
        assert marks.close() == 1
    assert marks.close() == 0
    assert opened(tmp_path).status("a").read
