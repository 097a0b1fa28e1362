import errno
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from reader.state import seen
from reader.state.journal import Journal
from reader.state.lines import Entry

ROOT = Path(__file__).resolve().parents[1]
STAMP = "019a1b2c3d4e-0000-7f3a9c2e"


def facts_in(folder):
    return [(entry.key, entry.field, entry.value) for entry in Journal(folder, "reader").read()]


def append(journal, facts):
    return journal.append([Entry(journal.stamp(), *fact) for fact in facts])


def append_one(folder, key, machine="own"):
    journal = Journal(folder, machine)
    append(journal, [(key, "read", True)])
    journal.close()


def refuse(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


def line(**changes):
    fact = {"at": STAMP, "key": "example.com/a", "field": "read", "value": True}
    return json.dumps(fact | changes)


def test_a_fact_is_one_line_of_json_with_a_stamp(tmp_path):
    journal = Journal(tmp_path, "7f3a9c2e", lambda: 1_603_195_200.0)
    assert append(journal, [("zdnet.com/a", "read", True)]) == [
        Entry("017545e16200-0000-7f3a9c2e", "zdnet.com/a", "read", True)
    ]
    assert (tmp_path / "7f3a9c2e.jsonl").read_text() == (
        '{"at":"017545e16200-0000-7f3a9c2e","key":"zdnet.com/a","field":"read","value":true}\n'
    )


def test_what_was_appended_is_read_back_by_another_one(tmp_path):
    facts = [("a", "read", True), ("ünïcode/\ud83d", "starred", False), ("a", "position", 12)]
    journal = Journal(tmp_path / "new" / "folder", "own")
    append(journal, facts)
    assert facts_in(tmp_path / "new" / "folder") == facts


def test_nothing_is_made_on_the_disk_before_the_first_fact(tmp_path):
    journal = Journal(tmp_path / "state", "own")
    assert list(journal.read()) == []
    journal.close()
    assert not (tmp_path / "state").exists()
    assert journal.trouble is None


def test_a_journal_is_for_its_owner_only(tmp_path):
    append_one(tmp_path, "a")
    assert (tmp_path / "own.jsonl").stat().st_mode & 0o777 == 0o600


def test_reading_again_yields_only_what_is_new(tmp_path):
    journal = Journal(tmp_path, "own")
    append_one(tmp_path, "a", "other")
    assert [entry.key for entry in journal.read()] == ["a"]
    append_one(tmp_path, "b", "other")
    assert [entry.key for entry in journal.read()] == ["b"]
    assert list(journal.read()) == []


def test_a_line_that_is_still_being_written_is_read_when_it_is_whole(tmp_path):
    journal, path = Journal(tmp_path, "own"), tmp_path / "other.jsonl"
    path.write_text(line(key="a") + "\n" + line(key="b")[:30])
    assert [entry.key for entry in journal.read()] == ["a"]
    with path.open("a") as file:
        file.write(line(key="b")[30:] + "\n")
    assert [entry.key for entry in journal.read()] == ["b"]


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_torn_last_line_is_ignored_and_the_next_fact_begins_on_a_new_line(tmp_path, cut):
    append_one(tmp_path, "a")
    path = tmp_path / "own.jsonl"
    path.write_bytes(path.read_bytes() + line(key="torn")[:cut].encode())
    assert facts_in(tmp_path) == [("a", "read", True)]
    append_one(tmp_path, "b")
    append_one(tmp_path, "c")
    assert [key for key, _, _ in facts_in(tmp_path)] == ["a", "b", "c"]
    assert path.read_bytes().count(b"\n") == 4


def test_facts_of_this_process_come_after_those_it_has_read(tmp_path):
    append(Journal(tmp_path, "ahead", lambda: 2_000_000_000.0), [("a", "read", True)])
    journal = Journal(tmp_path, "behind", lambda: 1_000_000_000.0)
    (theirs,) = journal.read()
    (ours,) = append(journal, [("a", "read", False)])
    assert theirs.at < ours.at


def test_a_fact_is_read_back_even_after_a_stamp_from_the_end_of_time(tmp_path):
    (tmp_path / "other.jsonl").write_text(line(at="efffffffffff-ffff-z", key="z") + "\n")
    journal = Journal(tmp_path, "own")
    list(journal.read())
    append(journal, [("a", "read", True), ("b", "read", True)])
    assert [key for key, _, _ in facts_in(tmp_path)] == ["z", "a", "b"]


HOSTILE = [
    *("", " ", "null", "1", '"text"', "[]", "{}", "NaN", "-Infinity", "{", "}", "\\", "true"),
    '["019a1b2c3d4e-0000-7f3a9c2e","a","read",true]',
    *(line(at=wrong) for wrong in (None, 1, True, [], "", "now", "f19a1b2c3d4e-0000-a", "٠" * 12)),
    *(line(key=wrong) for wrong in (None, 1, 1.5, True, [], {}, float("nan"))),
    *(line(field=wrong) for wrong in (None, 1, [], {}, False)),
    *(line(value=wrong) for wrong in (None, "true", 1.0, [], {}, float("nan"), float("inf"))),
    line()[:-1],
    line() + line(),
    "[" * 100_000,
    '{"at":' * 50_000,
    f'{{"at":"{STAMP}","key":"a","field":"position","value":{"9" * 10_000}}}',
    f'{{"at":"{STAMP}","key":"a","field":"read"}}',
    "\ufeff" + "[]",
    "\0" * 40,
]


def test_a_line_that_is_no_fact_is_passed_by_and_kept(tmp_path):
    text = "\n".join([line(key="first"), *HOSTILE, line(key="last")]) + "\n"
    data = text.encode() + b"\xff\xfe{\x00\n" + b"\x80\x81\n"
    (tmp_path / "own.jsonl").write_bytes(data)
    assert [key for key, _, _ in facts_in(tmp_path)] == ["first", "last"]
    append_one(tmp_path, "mine")
    assert (tmp_path / "own.jsonl").read_bytes().startswith(data)


def test_lines_may_hold_more_than_this_version_knows(tmp_path):
    (tmp_path / "other.jsonl").write_text(line(field="folder", value=7, more=[1]) + "\r\n")
    assert facts_in(tmp_path) == [("example.com/a", "folder", 7)]


def test_random_bytes_never_raise(tmp_path):
    chance, sound = random.Random(5), line().encode()
    lines = []
    for _ in range(2000):
        mutated = bytearray(sound)
        for _ in range(chance.randint(1, 6)):
            mutated[chance.randrange(len(mutated))] = chance.randrange(256)
        lines.append(bytes(mutated))
    (tmp_path / "other.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    for key, field, value in facts_in(tmp_path):
        assert isinstance(key, str)
        assert isinstance(field, str)
        assert isinstance(value, int)


def test_links_pipes_and_folders_are_not_read_and_named_as_trouble(tmp_path):
    append_one(tmp_path / "state", "a")
    secret = tmp_path / "secret"
    secret.write_text(line(key="secret") + "\n")
    for name, make in {
        "link.jsonl": lambda path: path.symlink_to(secret),
        "pipe.jsonl": os.mkfifo,
        "folder.jsonl": Path.mkdir,
        "gone.jsonl": lambda path: path.symlink_to(tmp_path / "nowhere"),
    }.items():
        path = tmp_path / "state" / name
        make(path)
        journal = Journal(tmp_path / "state", "own")
        assert [entry.key for entry in journal.read()] == ["a"]
        assert str(path) in journal.trouble
        path.rmdir() if path.is_dir() else path.unlink()
        assert [entry.key for entry in journal.read()] == []
        assert journal.trouble is None


def test_a_file_that_cannot_be_read_is_not_forgotten_over_one_that_can_be_written(tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    journal = Journal(tmp_path, "own")
    list(journal.read())
    append(journal, [("a", "read", True)])
    assert "pipe.jsonl cannot be read: it is not a regular file" in journal.trouble


def test_a_name_cannot_speak_to_the_terminal_through_the_trouble_it_makes(tmp_path):
    os.mkfifo(tmp_path / "\x1b]2;owned\x07.jsonl")
    journal = Journal(tmp_path, "own")
    list(journal.read())
    assert journal.trouble.isprintable()


def test_a_journal_without_end_is_not_read(tmp_path, monkeypatch):
    append_one(tmp_path, "a")
    monkeypatch.setattr(seen, "MAX_BYTES", 50)
    journal = Journal(tmp_path, "other")
    assert list(journal.read()) == []
    assert "the file is larger than" in journal.trouble


def test_a_disk_that_fails_while_reading_is_trouble_in_a_sentence(tmp_path, monkeypatch):
    append_one(tmp_path, "a")
    journal = Journal(tmp_path, "own")

    def fail(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(seen.Seen, "whole_lines", fail)
    assert list(journal.read()) == []
    file = tmp_path / "own.jsonl"
    assert journal.trouble == f"the marks in {file} cannot be read: input/output error"


def test_a_folder_that_is_a_file_is_trouble(tmp_path):
    path = tmp_path / "state"
    path.write_text("")
    journal = Journal(path, "own")
    assert list(journal.read()) == []
    assert journal.trouble == f"the marks in {path} cannot be read: not a directory"
    append(journal, [("a", "read", True)])
    assert journal.trouble.startswith(f"marks cannot be written to {path / 'own.jsonl'}: ")


@pytest.mark.parametrize("call", ["open", "write", "fstat", "pread"])
def test_a_disk_that_refuses_keeps_facts_until_the_next_success(tmp_path, monkeypatch, call):
    path = tmp_path / "own.jsonl"
    path.write_bytes(b'{"torn')
    journal = Journal(tmp_path, "own")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        append(journal, [("a", "read", True)])
        append(journal, [("b", "read", True)])
    assert journal.trouble == (
        f"marks cannot be written to {path}: no space left on device; 2 kept in memory"
    )
    assert journal.brief_trouble == "Disk full: 2 marks kept in memory"
    assert facts_in(tmp_path) == []
    append(journal, [("c", "read", True)])
    assert journal.trouble is None
    assert [key for key, _, _ in facts_in(tmp_path)] == ["a", "b", "c"]


def test_closing_tries_once_more(tmp_path, monkeypatch):
    journal = Journal(tmp_path, "own")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        append(journal, [("a", "read", True)])
    journal.close()
    assert journal.trouble is None
    assert facts_in(tmp_path) == [("a", "read", True)]


def test_closing_says_when_the_disk_refuses_to_the_end(tmp_path, monkeypatch):
    journal = Journal(tmp_path, "own")
    append(journal, [("a", "read", True)])
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        journal.close()
    assert "no space left" in journal.trouble
    journal.close()
    append(journal, [("b", "read", True)])
    assert [key for key, _, _ in facts_in(tmp_path)] == ["a", "b"]
    journal.close()


@pytest.mark.parametrize("room", range(0, 126, 7))
def test_a_line_that_was_refused_halfway_is_written_whole_again(tmp_path, monkeypatch, room):
    """Another process of this machine may have appended to the same file in the meantime."""
    journal, other = Journal(tmp_path, "own"), Journal(tmp_path, "own")
    write, left = os.write, [room]

    def fill_up(handle, data):
        if left[0] == 0:
            refuse()
        written = write(handle, data[: left[0]])
        left[0] -= written
        return written

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fill_up)
        append(journal, [("a", "read", True), ("b", "read", True)])
        assert "no space left" in journal.trouble
    append(other, [("c", "read", True)])
    journal.write()
    assert {key for key, _, _ in facts_in(tmp_path)} == {"a", "b", "c"}
    assert journal.trouble is None


def test_a_disk_that_takes_few_bytes_at_a_time_gets_all_of_them(tmp_path, monkeypatch):
    write = os.write
    journal = Journal(tmp_path, "own")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, data: write(handle, data[:7]))
        append(journal, [("a", "read", True), ("b", "read", True)])
    assert [key for key, _, _ in facts_in(tmp_path)] == ["a", "b"]
    assert (tmp_path / "own.jsonl").read_bytes().count(b"\n") == 2


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/null")])
def test_facts_are_never_poured_into_what_is_no_regular_file(tmp_path, make):
    path = tmp_path / "own.jsonl"
    make(path)
    journal = Journal(tmp_path, "own")
    append(journal, [("a", "read", True)])
    assert journal.trouble.startswith(f"marks cannot be written to {path}: ")
    path.rmdir() if path.is_dir() else path.unlink()
    journal.write()
    assert facts_in(tmp_path) == [("a", "read", True)]


NURSERY = """
import os, random, select, signal, sys, time
from pathlib import Path
from reader.state.compaction import compact
from reader.state.journal import Journal
from reader.state.marks import Marks
from reader.state.own import OwnFile

folder, chance = Path(sys.argv[1]), random.Random(11)

def work(name, out):
    marks = Marks(Journal(folder, "own"))
    for number in range(1_000_000):
        key = f"{name}/{number}"
        marks.change([(key, "read", True), (key, "starred", True)], "mark")
        os.write(out, f"{key}\\n".encode())
        marks.remember_position("void", number)
        if number % 20 == 19:
            compact(OwnFile(folder / "own.jsonl"))

for name in range(60):
    heard, out = os.pipe()
    child = os.fork()
    if child == 0:
        work(name, out)
    os.close(out)
    select.select([heard], [], [], 30)
    time.sleep(chance.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with open(heard) as file:
        for line in file:
            if line.endswith("\\n"):
                print(line, end="")
"""


def test_sixty_kills_lose_nothing_that_was_acknowledged(tmp_path):
    """Also those that come while the file is made smaller."""
    nursery = subprocess.run(
        [sys.executable, "-c", NURSERY, tmp_path],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    acknowledged = nursery.stdout.split()
    assert {key.partition("/")[0] for key in acknowledged} == {f"{name}" for name in range(60)}
    found = set(facts_in(tmp_path))
    assert {(key, field, True) for key in acknowledged for field in ("read", "starred")} <= found
    append_one(tmp_path, "after")
    assert ("after", "read", True) in facts_in(tmp_path)


def test_two_processes_of_one_machine_can_append_to_one_file(tmp_path):
    one, two = Journal(tmp_path, "own"), Journal(tmp_path, "own")
    for number in range(200):
        append(two if number % 2 else one, [(f"{number}", "read", True)])
    assert [key for key, _, _ in facts_in(tmp_path)] == [f"{number}" for number in range(200)]
