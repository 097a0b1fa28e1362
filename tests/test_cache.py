"""The folded journals as a file that can be thrown away: with it all is as without it."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import DISMISSED, PASSED, READ, STARRED
from reader.state import cache, journal, marks
from reader.state.compaction import compact
from reader.state.journal import Journal
from reader.state.lines import FLAGS, entry_of
from reader.state.marks import Marks, Undone
from reader.state.own import OwnFile
from reader.urls import key_number

ROOT = Path(__file__).resolve().parents[1]
NOON = 1_603_195_200.0
KEYS = ("a", "b", "c", "ünïcode/\ud83d", "")
PAIRS = [(key, field) for key in KEYS for field in (*sorted(FLAGS), "position")]


@pytest.fixture(autouse=True)
def everything_is_enough(monkeypatch):
    monkeypatch.setattr(marks, "ENOUGH", 1)


@pytest.fixture(scope="module")
def new_folder(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("cache")


def opened(folder, machine="own", is_cached=True):
    journal = Journal(folder / "state", machine, lambda: NOON)
    return Marks(journal, folder / "cache" / machine if is_cached else None)


def saved(folder):
    """Let a folder have a cache of all that it holds now."""
    assert opened(folder).save_cache()
    assert opened(folder)._fold.news == 0
    return folder / "cache" / "own" / cache.NAME


def picture(some):
    """Return all that marks say, with the stamps that hold."""
    fold = some._fold
    return (
        [some.status(key) for key in KEYS],
        [
            fold.stamps[field].get(key) or fold.base.stamp(key_number(key), field)
            for key, field in PAIRS
        ],
        some.flags(),
        (step := some.to_undo) and (step.at, step.label, step.before, step.after),
        (found := some.to_redo) and (found[1], found[0].at, found[0].before),
        some.newest_step,
        fold.steps.lines,
        fold.own_but(own := some._journal.own) + sum(map(len, own.values())),
        some._journal._own_lines,
    )


def without(folder):
    return picture(opened(folder, is_cached=False))


def filled(folder, number=40, seed=3):
    chance, some = random.Random(seed), opened(folder, is_cached=False)
    for step in range(number):
        facts = [(chance.choice(KEYS), chance.choice(sorted(FLAGS)), chance.random() < 0.6)]
        some.change(facts * 2, f"step {step}")
        if step % 5 == 0:
            some.remember_position(chance.choice(KEYS), chance.randrange(900))
        if step % 7 == 0:
            some.undo()
    return folder


acts = st.lists(
    st.tuples(
        st.sampled_from(["own", "own", "other", "third"]),
        st.sampled_from(["mark", "mark", "mark", "undo", "redo", "scroll"]),
        st.lists(st.sampled_from(KEYS), min_size=1, max_size=3),
        st.sampled_from(sorted(FLAGS)),
        st.booleans(),
    ),
    max_size=25,
)


def act(folder, happenings):
    """Let machines act that share the folder."""
    for machine, *happening in happenings:
        do(opened(folder, machine, is_cached=False), *happening)


def do(some, what, keys, field, value):
    if what == "mark":
        some.change([(key, field, value) for key in keys], f"{field} {value}")
    elif what == "scroll":
        some.remember_position(keys[0], len(keys) - 1)
    else:
        getattr(some, what)()


@given(acts, acts, st.sampled_from(["", '{"torn', "\n\n", "<<<< HEAD\n"]), st.booleans())
@settings(max_examples=150)
def test_with_a_cache_of_any_earlier_time_all_is_as_without(
    new_folder, before, after, noise, is_compacted
):
    folder = new_folder()
    act(folder, before)
    opened(folder).save_cache()
    following = opened(folder)
    for path in (folder / "state").glob("*.jsonl"):
        with path.open("a") as file:
            file.write(noise)
    act(folder, after)
    if is_compacted and (folder / "state" / "own.jsonl").exists():
        compact(OwnFile(folder / "state" / "own.jsonl"))
    one = opened(folder)
    following.follow()
    expected = picture(opened(folder, is_cached=False))
    assert picture(one) == picture(following) == expected
    assert one.save_cache()
    assert picture(one) == picture(opened(folder)) == expected


@given(acts)
@settings(max_examples=60)
def test_every_session_may_go_on_from_the_cache_of_the_one_before(new_folder, happenings):
    one, two = new_folder(), new_folder()
    for machine, what, keys, field, value in happenings:
        for folder, is_cached in ((one, True), (two, False)):
            some = opened(folder, machine, is_cached)
            do(some, what, keys, field, value)
            assert some.close() == 0
    assert picture(opened(one))[:6] == picture(opened(two, is_cached=False))[:6]


def test_only_what_was_appended_since_is_read(tmp_path, monkeypatch):
    filled(tmp_path)
    saved(tmp_path)
    opened(tmp_path, "other", is_cached=False).change([("a", "starred", True)], "star")
    read = []
    monkeypatch.setattr(journal, "entry_of", lambda line: read.append(line) or entry_of(line))
    assert opened(tmp_path).status("a").starred
    assert len([line for line in read if line]) == 1


def test_the_bits_of_a_status_are_found_by_the_number_of_the_key(tmp_path):
    some = opened(tmp_path)
    some.change([("a", "read", True), ("a", "starred", True), ("b", "passed", True)], "one")
    some.change([("c", "dismissed", True), ("", "read", True)], "two")
    some.remember_position("only a line", 4)
    expected = {"a": READ | STARRED, "b": PASSED, "c": DISMISSED, "": READ}
    assert some.flags() == {key_number(key): flags for key, flags in expected.items()}
    assert some.save_cache()
    assert some.flags() == {key_number(key): flags for key, flags in expected.items()}
    some.undo()
    some.change([("a", "starred", False), ("d", "read", True)], "three")
    after = {"a": READ, "b": PASSED, "d": READ}
    assert some.flags() == opened(tmp_path).flags()
    assert some.flags() == {key_number(key): flags for key, flags in after.items()}


def test_a_large_step_is_taken_back_and_made_again_from_the_cache(tmp_path):
    keys = [f"www.example.com/{number}" for number in range(3000)]
    opened(tmp_path).change([(key, "read", True) for key in keys], "all")
    saved(tmp_path)
    some = opened(tmp_path)
    assert some.undo() == Undone("all", frozenset(keys))
    assert some.flags() == {}
    assert some.close() == 0
    again = opened(tmp_path)
    assert again.redo() == Undone("all", frozenset(keys))
    assert len(again.flags()) == 3000
    assert opened(tmp_path).flags() == opened(tmp_path, is_cached=False).flags() == again.flags()


def test_closing_keeps_the_cache_where_enough_is_new(tmp_path, monkeypatch):
    monkeypatch.setattr(marks, "ENOUGH", 10)
    path = tmp_path / "cache" / "own" / cache.NAME
    for number in range(3):
        some = opened(tmp_path)
        some.change([(f"{number}/{more}", "read", True) for more in range(4)], "mark")
        assert some.close() == 0
        assert path.exists() == (number == 2)
    before = path.stat()
    opened(tmp_path).close()
    assert path.stat() == before
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_was_made_smaller_at_the_end_is_in_the_cache_as_it_is_then(tmp_path):
    some = opened(tmp_path)
    for line in range(1500):
        some.remember_position("a", line)
    some.change([("b", "read", True)], "read")
    assert some.close() == 0
    assert (tmp_path / "state" / "own.jsonl").read_bytes().count(b"\n") == 2
    assert opened(tmp_path)._fold.news == 0
    assert picture(opened(tmp_path)) == without(tmp_path)


def test_marks_that_wait_for_the_disk_are_in_no_cache(tmp_path, monkeypatch):
    some = opened(tmp_path)
    some.change([("a", "read", True)], "read")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        some.change([("b", "read", True)], "read")
        assert some.save_cache()
    assert not (tmp_path / "cache").exists()
    assert some.try_again()
    saved(tmp_path)
    assert opened(tmp_path).status("b").read


def refuse(*_, **__):
    raise OSError(28, "No space left on device")


# Journals that are not those the cache was made of


@pytest.mark.parametrize("way", ["shorter", "another", "gone", "all gone", "same size", "a pipe"])
def test_a_journal_that_was_replaced_makes_the_cache_of_no_use(tmp_path, way):
    act(filled(tmp_path), [("other", "mark", ["a"], "starred", True)] * 2)
    opened(tmp_path, "other", is_cached=False).change([("b", "passed", True)], "pass")
    saved(tmp_path)
    path = tmp_path / "state" / "other.jsonl"
    lines = path.read_bytes().splitlines(True)
    if way == "shorter":
        path.write_bytes(lines[0])
    elif way == "another":
        path.unlink()
        path.write_bytes(b"".join(lines[1:]))
    elif way == "same size":
        path.write_bytes(b"".join(lines).replace(b"true", b"null"))
        os.utime(path, ns=(1, 1))
    elif way == "all gone":
        shutil.rmtree(tmp_path / "state")
    else:
        path.unlink()
        os.mkfifo(path) if way == "a pipe" else None
    some = opened(tmp_path)
    assert picture(some) == without(tmp_path)
    assert some.trouble == opened(tmp_path, is_cached=False).trouble


def test_a_journal_that_a_sync_tool_put_there_anew_goes_on_where_it_was(tmp_path, monkeypatch):
    other = opened(tmp_path, "other", is_cached=False)
    other.change([(key, "read", True) for key in KEYS], "all")
    saved(tmp_path)
    following = opened(tmp_path)
    other.change([("a", "starred", True)], "star")
    path = tmp_path / "state" / "other.jsonl"
    shutil.copy(path, tmp_path / "arriving")
    (tmp_path / "arriving").replace(path)
    read = []
    monkeypatch.setattr(journal, "entry_of", lambda line: read.append(line) or entry_of(line))
    assert following.follow() == {"a"}
    some = opened(tmp_path)
    assert len([line for line in read if line]) == 2
    assert picture(some) == picture(following) == without(tmp_path)


def test_the_keys_that_a_replaced_journal_had_alone_are_told(tmp_path):
    opened(tmp_path, "other", is_cached=False).change([("a", "read", True)], "read")
    opened(tmp_path).change([("b", "read", True)], "read")
    saved(tmp_path)
    some = opened(tmp_path)
    (tmp_path / "state" / "other.jsonl").unlink()
    assert some.follow() == {"a"}
    assert picture(some) == without(tmp_path)


def test_the_cache_of_another_folder_or_machine_is_of_no_use(tmp_path):
    saved(filled(tmp_path))
    shutil.copytree(tmp_path, tmp_path / "copy")
    assert picture(opened(tmp_path / "copy")) == without(tmp_path)
    (tmp_path / "cache" / "own").rename(tmp_path / "cache" / "other")
    other = opened(tmp_path, "other")
    assert other.undo() is None
    assert other.status("a") == opened(tmp_path).status("a")


# Files that are not what was written


def mangled(data, chance):
    """Flip a byte, or cut the file, or let it go on."""
    place = chance.randrange(len(data))
    way = chance.choice(("flip", "flip", "flip", "cut", "more", "zeros"))
    if way == "flip":
        flipped = bytes([data[place] ^ 1 << chance.randrange(8)])
        return data[:place] + flipped + data[place + 1 :]
    if way == "more":
        return data + data[place:]
    return data[:place] + bytes(len(data) - place) * (way == "zeros")


def test_five_hundred_damaged_files_are_thrown_away(tmp_path):
    path, chance = saved(filled(tmp_path)), random.Random(7)
    sound, expected = path.read_bytes(), without(tmp_path)
    assert cache.load(path.parent)
    for _ in range(500):
        damaged = mangled(sound, chance)
        path.write_bytes(damaged)
        assert damaged == sound or cache.load(path.parent) is None
        assert picture(opened(tmp_path)) == expected
    assert opened(tmp_path).close() == 0
    assert cache.load(path.parent)


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_regular_file_is_not_read(tmp_path, make):
    path = saved(filled(tmp_path))
    path.unlink()
    make(path)
    assert picture(opened(tmp_path)) == without(tmp_path)


def test_a_link_to_a_sound_file_and_the_file_of_another_user_are_not_read(tmp_path, monkeypatch):
    path = saved(filled(tmp_path))
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert cache.load(path.parent) is None
    path.unlink()
    (tmp_path / "elsewhere").rename(path)
    assert cache.load(path.parent)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert cache.load(path.parent) is None


@pytest.mark.parametrize("words", ["[]", "{}", '{"columns":[]}', "[" * 9999, '{"columns":7}', "9"])
def test_a_sound_head_that_says_nothing_is_none(tmp_path, words):
    head = words.encode()
    data = cache._FORM + cache._HEAD.pack(len(head), crc32(head)) + head
    (tmp_path / cache.NAME).write_bytes(data)
    assert cache.load(tmp_path) is None


@pytest.mark.parametrize("call", ["open", "write", "replace", "mkdir"])
def test_a_disk_that_refuses_the_cache_leaves_all_as_it_is(tmp_path, monkeypatch, call):
    some, expected = opened(filled(tmp_path)), without(tmp_path)
    with monkeypatch.context() as patch:
        if call == "write":
            patch.setattr(cache, "write_whole", refuse)
        else:
            patch.setattr(Path if call in ("mkdir", "replace") else os, call, refuse)
        assert not some.save_cache()
    assert picture(some) == expected
    assert not list(tmp_path.glob("cache/own/*"))


def test_what_an_earlier_attempt_left_is_removed_with_the_next(tmp_path):
    path = saved(filled(tmp_path))
    left, fresh = (path.with_name(f".marks.0000000{number}") for number in "12")
    left.write_bytes(b"half a file")
    fresh.write_bytes(b"another process is at it")
    os.utime(left, (NOON, NOON))
    opened(tmp_path, is_cached=False).change([("new", "read", True)], "read")
    saved(tmp_path)
    assert set(path.parent.iterdir()) == {path, fresh}


NURSERY = """
import os, random, signal, sys, time
from pathlib import Path
from reader.state import marks
from reader.state.journal import Journal

folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
chance, marks.ENOUGH = random.Random(5), 1

def opened(cache=folder / "cache"):
    return marks.Marks(Journal(folder / "state", "own"), cache)

def work(name):
    for number in range(1_000_000):
        some = opened()
        some.change([(f"{name}/{number}/{more}", "read", True) for more in range(300)], "all")
        some.close()

for name in range(rounds):
    child = os.fork()
    if child == 0:
        work(name)
    time.sleep(chance.uniform(0.01, 0.15))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    one, two = opened(), opened(None)
    assert one.flags() == two.flags() and one.flags()
    assert (one.to_undo.at, one.to_undo.values) == (two.to_undo.at, two.to_undo.values)
print(len(opened().flags()))
"""


def test_kills_while_it_is_written_do_no_harm(tmp_path):
    rounds = os.environ.get("CACHE_KILLS", "10")
    nursery = subprocess.run(
        [sys.executable, "-c", NURSERY, tmp_path, rounds],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert int(nursery.stdout) >= 300
    assert cache.load(tmp_path / "cache")
