import os
import subprocess
import sys
import time

import pytest

from reader.snapshot.client import KeeperProcess, _import_path
from reader.snapshot.index import NAME, read_index
from reader.snapshot.publication import Publication, Renamed
from tests.samples import front, write


def folder(root, files):
    return write(root / "news", {f"{n:04}.md": front(f"title: Number {n}") for n in range(files)})


def keeper(root, told=lambda: None):
    return KeeperProcess([root / "news"], root / "cache", told)


def answered(process):
    """Return all that is published until the answer to what was asked."""
    came = []
    while process.is_reading:
        came += process.take(30)
    return came


def script(root, command, monkeypatch):
    """Let a shell command be the child."""
    path = root / "program"
    path.write_text(f"#!/bin/sh\n{command}\n")
    path.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(path))


def test_a_publication_comes_back_from_its_line(tmp_path):
    renamed = (Renamed(0, "a.md", "b.md"), Renamed.of(1, "c\x1b.md", "d.md"))
    one = Publication(tmp_path, 5, 3, added=1, renamed=renamed, note="Full: “é”")
    assert Publication.of(one.line()) == one
    assert one.line().count(b"\n") == 1
    assert renamed[1].before == "c.md"


def test_the_keeper_publishes_an_index_of_the_folder(tmp_path):
    folder(tmp_path, 70)
    process = keeper(tmp_path)
    assert process.is_reading
    *_, last = answered(process)
    assert (last.complete, last.files, last.read, last.added) == (True, 70, 70, 70)
    assert len(read_index(last.place / NAME)) == 70
    process.stop()


def test_it_is_told_when_something_was_published(tmp_path):
    folder(tmp_path, 2)
    told = []
    process = keeper(tmp_path, lambda: told.append(1))
    came = answered(process)
    assert len(told) >= len(came) > 0
    process.stop()


def test_what_is_asked_for_is_answered(tmp_path):
    root = folder(tmp_path, 2)
    process = keeper(tmp_path)
    answered(process)
    (root / "0000.md").unlink()
    process.ask("rescan")
    assert process.is_reading
    assert answered(process)[-1].read == 1
    process.ask("anew")
    assert answered(process)[-1].read == 1
    process.stop()


def test_take_does_not_wait_where_nothing_has_come(tmp_path):
    folder(tmp_path, 1)
    process = keeper(tmp_path)
    began = time.perf_counter()
    process.take()
    assert time.perf_counter() - began < 0.5
    process.stop()


def test_stop_ends_the_child_and_nothing_more_is_told(tmp_path):
    os.mkfifo(folder(tmp_path, 500) / "pipe.md")
    told = []
    process = keeper(tmp_path, lambda: told.append(1))
    process.stop()
    assert process._child.returncode is not None
    before = len(told)
    process.stop()
    process.take(0.2)
    assert len(told) == before


def test_a_child_that_dies_is_told_after_what_it_had_published(tmp_path, monkeypatch):
    line = Publication(tmp_path, 5, 1).line().decode().strip()
    script(tmp_path, f"printf '%s\\n' '{line}'; kill -9 $$", monkeypatch)
    process = keeper(tmp_path)
    assert answered(process) == [Publication(tmp_path, 5, 1)]
    assert process.failed == "Reading the folder was broken off (status -9)"
    assert process._child.returncode is not None
    assert process.take() == []


@pytest.mark.parametrize("words", ["nonsense", "5", "[[]]", r"\377"])
def test_a_child_that_talks_nonsense_is_ended(tmp_path, monkeypatch, words):
    script(tmp_path, f"printf '{words}\\n'; exec sleep 60", monkeypatch)
    process = keeper(tmp_path)
    assert answered(process) == []
    assert process.failed == "Reading the folder was broken off (status -9)"


def test_a_child_that_dies_in_the_middle_of_a_line_is_told_too(tmp_path, monkeypatch):
    line = Publication(tmp_path, 5, 1).line().decode().strip()
    script(tmp_path, f"printf '%s\\n%.9s' '{line}' '{line}'; kill -9 $$", monkeypatch)
    process = keeper(tmp_path)
    assert answered(process) == [Publication(tmp_path, 5, 1)]
    assert process.failed == "Reading the folder was broken off (status -9)"


@pytest.mark.parametrize("gone", ["stdin", "stdout"])
def test_a_child_that_nobody_asks_or_hears_ends_without_a_word(tmp_path, gone):
    root = folder(tmp_path, 500)
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "reader.snapshot.serving", "24", tmp_path / "cache", root],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": _import_path()},
    )
    getattr(child, gone).close()
    with child:
        assert child.stderr.read() == b""
        assert child.wait(30) == 0


def test_a_child_whose_parent_is_gone_ends(tmp_path):
    folder(tmp_path, 2)
    process = keeper(tmp_path)
    answered(process)
    process._child.stdin.close()
    assert process._child.wait(30) == 0
    process.stop()


def test_a_pipe_in_the_folder_holds_nothing_up(tmp_path):
    pipe = folder(tmp_path, 3) / "pipe.md"
    os.mkfifo(pipe)
    os.utime(pipe, (0, 0))  # a new one may be a file that is still being written
    process = keeper(tmp_path)
    assert answered(process)[-1].read == 4
    process.stop()
