import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Status
from reader.state import compaction
from reader.state.compaction import compact, live_lines
from reader.state.journal import Journal
from reader.state.lines import Entry, lines_of
from reader.state.marks import Marks
from reader.state.own import OwnFile

ROOT = Path(__file__).resolve().parents[1]


def opened(folder, machine="own"):
    return Marks(Journal(folder, machine))


def mark(marks, key, field="read", value=True, label="mark"):
    return marks.change([(key, field, value)], label)


def own(folder):
    return OwnFile(folder / "own.jsonl")


def statuses(marks, keys):
    return {key: marks.status(key) for key in keys}


def test_only_the_winning_fact_of_each_key_and_field_is_kept(tmp_path):
    marks = opened(tmp_path)
    for line in range(1000):
        marks.remember_position("a", line)
        marks.remember_position("b", 2 * line)
    mark(marks, "a")
    assert compact(own(tmp_path))
    lines = [json.loads(line) for line in (tmp_path / "own.jsonl").read_bytes().splitlines()]
    assert [(one["key"], one["field"], one["value"]) for one in lines] == [
        ("a", "position", 999),
        ("b", "position", 1998),
        ("a", "read", True),
    ]
    assert opened(tmp_path).status("a") == Status(read=True, position=999)


def test_undo_and_redo_are_the_same_after_it(tmp_path):
    marks, chance = opened(tmp_path), random.Random(4)
    for number in range(300):
        act = chance.choice(("mark", "mark", "mark", "undo", "redo"))
        if act == "mark":
            facts = [(chance.choice("abcd"), "read", chance.random() < 0.5) for _ in range(3)]
            marks.change(facts, f"step {number}")
        else:
            getattr(marks, act)()
    marks.undo()
    marks.undo()
    path = tmp_path / "own.jsonl"
    before = path.read_bytes(), statuses(marks, "abcd")
    expected = stacks_of_copy(tmp_path, before[0], "one")
    compact(own(tmp_path))
    assert len(path.read_bytes()) < len(before[0])
    assert stacks_of_copy(tmp_path, path.read_bytes(), "two") == expected
    assert statuses(opened(tmp_path), "abcd") == before[1]


def stacks_of_copy(folder, data, name):
    """Take everything back and make everything again in copies, so that the original stays."""
    found = []
    for act in ("undo", "redo"):
        copy = folder / f"{name}-{act}"
        copy.mkdir()
        (copy / "own.jsonl").write_bytes(data)
        marks, seen = opened(copy), []
        while done := getattr(marks, act)():
            seen.append((done, statuses(marks, "abcd")))
        found.append(seen[: 200 if act == "undo" else None])
    return found


def test_two_hundred_steps_can_be_taken_back_and_no_part_of_an_older_one(tmp_path):
    marks = opened(tmp_path)
    for number in range(300):
        marks.change([("x", "starred", number % 2 == 0), (f"{number}", "read", True)], "mark")
    compact(own(tmp_path))
    again, count = opened(tmp_path), 0
    while again.undo():
        count += 1
    assert count == 200
    assert [again.status(f"{number}").read for number in (99, 100, 299)] == [True, False, False]


LATER = [
    b'{"at":"019a1b2c3d4e-0000-a","key":"a","field":"folder","value":7}',
    b'{"at":"019a1b2c3d4e-0000-a","key":"a","field":"read","value":true,"v":2}',
    b'{"at":"019a1b2c3d4e-0000-a","key":"a","field":"read","value":true,"note":"mine"}',
    b'{"at":"019a1b2c3d4e-0000-a","key":"a","field":"labels","value":["one","two"]}',
    b'{"v":3,"form":"another"}',
    b'{"at":"019a1b2c3d4e-0000-a","key":"a","field":"read","value":2}',
    b'{"torn',
    b"<<<<<<< HEAD",
    b"\xff\xfe\x00",
]


@pytest.mark.parametrize("line", LATER)
def test_a_line_that_this_version_does_not_understand_in_full_is_never_dropped(tmp_path, line):
    path = tmp_path / "own.jsonl"
    path.write_bytes(line + b"\n" + line + b"\n")
    marks = opened(tmp_path)
    for number in range(50):
        mark(marks, "a", value=number % 2 == 0)
        marks.remember_position("a", number)
    compact(own(tmp_path))
    assert path.read_bytes().startswith(line + b"\n" + line + b"\n")
    assert not opened(tmp_path).status("a").read


def test_a_line_of_a_later_version_is_read_as_far_as_it_goes(tmp_path):
    (tmp_path / "other.jsonl").write_bytes(b"\n".join(LATER) + b"\n")
    assert opened(tmp_path).status("a") == Status(read=True)


entries = st.lists(
    st.builds(
        Entry,
        at=st.from_regex(r"0000000000[0-9]{2}-000[0-3]-[ab]", fullmatch=True),
        key=st.sampled_from("xy"),
        field=st.sampled_from(["read", "starred"]),
        value=st.booleans(),
        was=st.none() | st.booleans(),
        step=st.none() | st.sampled_from(["read", "star"]),
        undo=st.none() | st.from_regex(r"0000000000[0-9]{2}-000[0-3]-[ab]", fullmatch=True),
    ),
    max_size=20,
)


@given(entries)
@settings(max_examples=100)
def test_whatever_is_left_out_the_statuses_stay_and_a_second_time_changes_nothing(some):
    data = lines_of(some)
    kept = live_lines(data)
    assert live_lines(kept) == kept
    assert folded(kept) == folded(data)


def folded(data):
    from reader.state.fold import Fold
    from reader.state.lines import entry_of

    fold = Fold()
    fold.take(entry for line in data.splitlines() if (entry := entry_of(line)))
    return fold.statuses


def test_a_large_file_of_which_most_is_void_is_made_small_at_the_end(tmp_path):
    marks = opened(tmp_path)
    for line in range(1500):
        marks.remember_position("a", line)
    path = tmp_path / "own.jsonl"
    assert path.stat().st_size > compaction.MIN_BYTES
    opened(tmp_path)
    assert path.stat().st_size > compaction.MIN_BYTES
    again = opened(tmp_path)
    assert again.close() == 0
    assert path.read_bytes().count(b"\n") == 1
    assert opened(tmp_path).status("a").position == 1499


def test_a_small_file_and_one_of_which_most_counts_stay_as_they_are(tmp_path):
    small, full = opened(tmp_path / "small"), opened(tmp_path / "full")
    for number in range(1000):
        mark(small, "a", value=number % 2 == 0) if number < 100 else None
        full.remember_position(f"{number}", 5)
    for folder in ("small", "full"):
        path = tmp_path / folder / "own.jsonl"
        before = path.stat()
        opened(tmp_path / folder).close()
        assert path.stat().st_ino == before.st_ino


def test_files_of_other_machines_are_never_made_smaller(tmp_path):
    other = opened(tmp_path, "other")
    for line in range(1500):
        other.remember_position("a", line)
    before = (tmp_path / "other.jsonl").stat()
    marks = opened(tmp_path)
    mark(marks, "b")
    marks.close()
    assert (tmp_path / "other.jsonl").stat().st_ino == before.st_ino
    assert (tmp_path / "other.jsonl").stat().st_size == before.st_size


def filled(folder):
    marks = opened(folder)
    for line in range(100):
        marks.remember_position("a", line)
    return folder / "own.jsonl"


def test_it_is_left_for_another_time_while_somebody_holds_the_lock(tmp_path):
    import fcntl

    path = filled(tmp_path)
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert not compact(own(tmp_path))
    assert path.read_bytes().count(b"\n") == 100
    assert compact(own(tmp_path))


def test_it_is_not_done_where_the_file_system_has_no_locks_but_marks_are(tmp_path, monkeypatch):
    path = filled(tmp_path)

    def refuse(*_):
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("fcntl.flock", refuse)
    assert not compact(own(tmp_path))
    mark(opened(tmp_path), "b")
    assert path.read_bytes().count(b"\n") == 101


def test_what_is_appended_while_it_is_under_way_is_kept(tmp_path):
    path, other = filled(tmp_path), opened(tmp_path)

    def live(data):
        mark(other, "b")
        with path.open("ab") as file:
            file.write(b'{"torn')
        return live_lines(data)

    assert own(tmp_path).replace(live)
    mark(other, "c")
    again = opened(tmp_path)
    assert again.status("b").read
    assert again.status("c").read
    assert again.status("a").position == 99


def test_a_file_that_something_else_wrote_over_in_the_meantime_is_left(tmp_path):
    path = filled(tmp_path)

    def live(data):
        path.write_bytes(b"checked out\n")
        return live_lines(data)

    assert not own(tmp_path).replace(live)
    assert path.read_bytes() == b"checked out\n"


def test_the_rights_of_the_file_stay(tmp_path):
    path = filled(tmp_path)
    path.chmod(0o640)
    assert compact(own(tmp_path))
    assert path.stat().st_mode & 0o777 == 0o640


def test_marks_of_a_process_that_had_the_file_open_before_are_in_the_new_one(tmp_path):
    path, one, two = filled(tmp_path), opened(tmp_path), opened(tmp_path)
    mark(one, "b")
    compact(own(tmp_path))
    mark(one, "c")
    assert two.follow() == {"b", "c"}
    assert one.follow() == set()
    assert path.read_bytes().count(b"\n") == 3


WRITER = """
import sys
from pathlib import Path
from reader.state.compaction import compact
from reader.state.journal import Journal
from reader.state.marks import Marks
from reader.state.own import OwnFile

folder, name = Path(sys.argv[1]), sys.argv[2]
marks = Marks(Journal(folder, "own", process=name))
done = 0
for number in range(500):
    marks.change([(f"{name}/{number}", "read", True)], "mark")
    marks.remember_position("void", number)
    while not marks.try_again():
        assert "another process is writing" in marks.trouble
    if number % 25 == 0:
        done += compact(OwnFile(folder / "own.jsonl"))
    if number % 10 == 0:
        marks.follow()
print(done)
"""


def test_four_processes_that_mark_and_compact_at_once_lose_nothing(tmp_path):
    command = [sys.executable, "-c", WRITER, tmp_path]
    children = [
        subprocess.Popen(
            [*command, name], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        for name in "abcd"
    ]
    done = [int(child.communicate(timeout=60)[0]) for child in children]
    assert [child.returncode for child in children] == [0] * 4
    assert sum(done) >= 10
    marks = opened(tmp_path)
    found = sum(marks.status(f"{name}/{number}").read for name in "abcd" for number in range(500))
    assert found == 2000
    assert not list(tmp_path.glob(".*"))
