"""Machines and processes that share a folder, by whatever carries its files."""

import itertools
import os
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.library import Library
from reader.model import NO_STATUS, Status
from reader.state import journal
from reader.state.journal import Journal
from reader.state.lines import FLAGS, entry_of
from reader.state.marks import Marks
from reader.views import ALL
from tests.samples import front, write

NOON = 1_603_195_200.0
CLOCKS = {"one": NOON, "two": NOON + 3 * 3600, "three": NOON - 3 * 3600}
KEYS = "abc"


def opened(folder, machine="reader", now=None):
    return Marks(Journal(folder, machine, now or (lambda: CLOCKS.get(machine, NOON))))


def mark(marks, key, field="read", value=True):
    return marks.change([(key, field, value)], "mark")


def picture(marks):
    return [marks.status(key) for key in KEYS]


def lines_of(folder):
    return {path.name: path.read_bytes().splitlines(True) for path in folder.glob("*.jsonl")}


# Journals merged in every order


acts = st.lists(
    st.tuples(
        st.sampled_from(sorted(CLOCKS)),
        st.sampled_from(["mark", "mark", "undo", "redo", "sync"]),
        st.sampled_from(KEYS),
        st.sampled_from(sorted(FLAGS)),
        st.booleans(),
    ),
    max_size=25,
)


def journals_after(folder, happenings):
    """Let machines with clocks three hours apart act; returns their files. Some sync at times."""
    machines = {name: opened(folder / name, name) for name in CLOCKS}
    for name, act, key, field, value in happenings:
        if act == "mark":
            mark(machines[name], key, field, value)
        elif act == "sync":
            for other in CLOCKS.keys() - {name}:
                for path in (folder / other).glob(f"{other}.jsonl"):
                    (folder / name).mkdir(exist_ok=True)
                    shutil.copy(path, folder / name / path.name)
            machines[name].follow()
        else:
            getattr(machines[name], act)()
    return {
        f"{name}.jsonl": (folder / name / f"{name}.jsonl").read_bytes()
        for name in CLOCKS
        if (folder / name / f"{name}.jsonl").exists()
    }


@pytest.fixture(scope="module")
def new_folder(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("shared")


@given(happenings=acts, chance=st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_journals_merged_in_every_order_give_one_state(new_folder, happenings, chance):
    files = journals_after(new_folder(), happenings)
    pictures = []
    for order in itertools.permutations(files):
        folder = new_folder()
        marks = opened(folder)
        for name in order:
            write(folder, {name: files[name]})
            marks.follow()
        pictures.append(picture(marks))
    folder = new_folder()
    shuffled = [line for data in files.values() for line in data.splitlines(True)]
    chance.shuffle(shuffled)
    write(folder, {"all.jsonl": b"".join(shuffled + shuffled[: len(shuffled) // 2])})
    pictures.append(picture(opened(folder)))
    assert all(one == pictures[0] for one in pictures)


@given(happenings=acts, chance=st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_files_that_arrive_by_halves_give_the_same_state_in_the_end(new_folder, happenings, chance):
    files = journals_after(new_folder(), happenings)
    whole, halves = new_folder(), new_folder()
    write(whole, files)
    marks = opened(halves)
    cuts = [(name, chance.randint(0, len(data))) for name, data in files.items() for _ in "123"]
    for name, cut in sorted(cuts, key=lambda one: one[1] if chance.random() < 0.8 else 0):
        if chance.random() < 0.5:  # a new file that takes the place of the old one
            write(halves, {f"{name}.tmp": files[name][:cut]})
            (halves / f"{name}.tmp").replace(halves / name)
        else:
            write(halves, {name: files[name][:cut]})
        marks.follow()
        assert picture(marks) == picture(opened(halves))
    write(halves, files)
    marks.follow()
    assert picture(marks) == picture(opened(whole)) == picture(opened(halves))


def test_undo_after_the_other_machine_changed_its_mind_is_the_last_word(tmp_path):
    one, two = opened(tmp_path, "one"), opened(tmp_path, "two")
    mark(one, "a")
    two.follow()
    mark(two, "a", value=False)
    mark(two, "b")
    one.follow()
    one.undo()
    one.redo()
    two.follow()
    assert one.status("a") == two.status("a") == Status(read=True)
    assert two.undo().label == "mark"
    assert not opened(tmp_path).status("b").read


def test_conflict_files_of_syncthing_are_read_too(tmp_path):
    mark(opened(tmp_path, "one"), "a")
    path = tmp_path / "one.jsonl"
    before = path.read_bytes()
    mark(opened(tmp_path, "one"), "b")
    path.rename(tmp_path / "one.sync-conflict-20201020-131300-ABCDEFG.jsonl")
    path.write_bytes(before)
    mark(opened(tmp_path, "one"), "c")
    assert [one.read for one in picture(opened(tmp_path))] == [True, True, True]
    assert opened(tmp_path, "one").undo().keys == {"c"}


def test_what_a_sync_tool_is_still_copying_is_no_journal(tmp_path):
    mark(opened(tmp_path, "one"), "a")
    data = (tmp_path / "one.jsonl").read_bytes().replace(b'"a"', b'"b"')
    for name in (".syncthing.two.jsonl.tmp", ".two.jsonl.Xy12", "two.jsonl.part", "two.jsonl~"):
        write(tmp_path, {name: data})
    assert picture(opened(tmp_path)) == [Status(read=True), NO_STATUS, NO_STATUS]


# Looking again


def test_what_others_appended_is_there_at_the_next_look(tmp_path):
    one, two = opened(tmp_path, "one"), opened(tmp_path, "two")
    mark(two, "a")
    assert one.follow() == {"a"}
    assert one.follow() == set()
    two.undo()
    mark(two, "b", "starred")
    assert one.follow() == {"a", "b"}
    assert picture(one) == picture(two)


def test_nothing_is_opened_where_nothing_has_changed(tmp_path, monkeypatch):
    one, two = opened(tmp_path, "one"), opened(tmp_path, "two")
    mark(one, "a")
    mark(two, "a", "starred")
    one.follow()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", lambda *_: pytest.fail("a file was opened"))
        assert one.follow() == set()


def test_only_what_was_appended_is_read(tmp_path, monkeypatch):
    two = opened(tmp_path, "two")
    two.change([(f"{number}", "read", True) for number in range(2000)], "all")
    one, read = opened(tmp_path, "one"), []
    monkeypatch.setattr(journal, "entry_of", lambda line: read.append(line) or entry_of(line))
    mark(two, "a")
    assert one.follow() == {"a"}
    mark(one, "b")
    one.undo()
    assert one.follow() == set()
    assert len([line for line in read if line]) <= 3


@pytest.mark.parametrize("way", ["shorter", "another", "same size", "gone", "longer"])
def test_a_file_that_was_replaced_is_read_anew(tmp_path, way):
    """By a version control system, a sync tool, or a backup that is put back."""
    for number in range(4):
        mark(opened(tmp_path, "two"), KEYS[number % 3], sorted(FLAGS)[number])
    path, one = tmp_path / "two.jsonl", opened(tmp_path, "one")
    mark(one, "c", "dismissed")
    lines = path.read_bytes().splitlines(True)
    if way == "shorter":
        path.write_bytes(b"".join(lines[:2]))
    elif way == "another":
        path.unlink()
        write(tmp_path, {"two.jsonl": b"".join(lines[1:])})
    elif way == "same size":
        path.write_bytes(b"".join(lines).replace(b'"a"', b'"b"').replace(b"true", b"null"))
        os.utime(path, ns=(1, 1))
    elif way == "gone":
        path.unlink()
    else:
        path.write_bytes(b"".join([*lines[:2], b"\n" * 300, *lines[3:]]))
    before = picture(one)
    changed = one.follow()
    assert picture(one) == picture(opened(tmp_path))
    assert changed >= {k for k, old in zip(KEYS, before, strict=True) if old != one.status(k)}
    assert one.follow() == set()


def test_marks_that_wait_for_the_disk_hold_when_a_file_is_replaced(tmp_path, monkeypatch):
    mark(opened(tmp_path, "two"), "a")
    one = opened(tmp_path, "one")
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refuse)
        mark(one, "b")
    (tmp_path / "two.jsonl").unlink()
    assert one.follow() == {"a"}
    assert picture(one) == [NO_STATUS, Status(read=True), NO_STATUS]
    assert one.undo().keys == {"b"}


def refuse(*_):
    raise OSError(28, "No space left on device")


def test_what_cannot_be_read_for_a_moment_is_not_forgotten(tmp_path):
    mark(opened(tmp_path, "two"), "a")
    mark(opened(tmp_path, "three"), "b")
    one = opened(tmp_path, "one")
    data = (tmp_path / "two.jsonl").read_bytes()
    (tmp_path / "two.jsonl").unlink()
    (tmp_path / "two.jsonl").mkdir()
    (tmp_path / "three.jsonl").write_bytes(b"")
    one.follow()
    assert one.status("a").read
    assert "two.jsonl cannot be read" in one.trouble
    (tmp_path / "two.jsonl").rmdir()
    (tmp_path / "two.jsonl").write_bytes(data)
    one.follow()
    assert one.trouble is None
    assert picture(one) == [Status(read=True), NO_STATUS, NO_STATUS]


def test_a_folder_that_is_gone_for_a_while_is_not_made_anew_and_nothing_is_forgotten(tmp_path):
    folder = tmp_path / "disk" / ".broadsheet" / "state"
    folder.mkdir(parents=True)
    one = Marks(Journal(folder, "one", makes_folder=False))
    mark(one, "a")
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    one.follow()
    mark(one, "b")
    assert not (tmp_path / "disk").exists()
    assert [status.read for status in picture(one)] == [True, True, False]
    assert one.brief_trouble == "Folder is gone: 1 mark kept in memory"
    (tmp_path / "unplugged").rename(tmp_path / "disk")
    assert one.try_again()
    one.follow()
    assert one.trouble is None
    assert [status.read for status in picture(opened(folder))] == [True, True, False]


# Two libraries


@pytest.fixture
def pair(tmp_path):
    """Two processes on one folder."""
    write(tmp_path / "news", {f"{name}.md": front(f"title: {name}") for name in KEYS})
    pair = [Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache") for _ in "12"]
    for library in pair:
        library.load()
    return pair


def article(library, title):
    return next(one for one in library.listing(ALL).articles if one.title == title)


def test_two_processes_on_one_folder_see_each_others_marks_and_counts(pair):
    one, two = pair
    one.mark_read([article(one, "a"), article(one, "b")])
    assert two.follow() == 2
    assert two.sidebar() == one.sidebar()
    two.star(article(two, "c"), starred=True)
    assert one.follow() == 1
    assert one.status(article(one, "c")).starred
    assert one.follow() == two.follow() == 0
    assert two.tally.kinds == one.tally.kinds


def test_undo_takes_back_the_last_change_on_this_machine_whichever_process_made_it(pair):
    one, two = pair
    one.mark_read([article(one, "a")])
    two.star(article(two, "b"), starred=True)
    assert one.undo().label == "star"
    assert two.undo().label == "read"
    assert one.redo().label == "read"
    assert two.redo().label == "star"
    assert one.follow() == 1
    assert one.sidebar() == two.sidebar()


# Git


GIT = shutil.which("git")
needs_git = pytest.mark.skipif(GIT is None, reason="git is not installed")


def git(folder, *arguments):
    """Run git without what a user has configured; returns what it printed."""
    names = ("-c", "user.name=Reader", "-c", "user.email=reader@example.com")
    done = subprocess.run(
        [GIT, *names, "-c", "init.defaultBranch=main", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=30,
        env=os.environ | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def committed(folder, message):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


@pytest.fixture
def clones(tmp_path):
    """A folder of articles after `init`, on two machines that share it by git."""
    desk = tmp_path / "desk"
    write(desk, {f"{name}.md": front(f"title: {name}") for name in KEYS})
    git(desk, "init", "-q")
    library = Library([desk], tmp_path / "desk-state", tmp_path / "cache")
    library.load()
    library.mark_read([article(library, "a")])
    library.init()
    library.close()
    committed(desk, "News")
    git(tmp_path, "clone", "-q", str(desk), "lap")
    return desk, tmp_path / "lap"


def reading(folder, state):
    library = Library([folder], folder.parent / state, folder.parent / "cache")
    library.load()
    return library


def shown(library):
    return [library.status(article(library, name)) for name in KEYS]


@needs_git
@pytest.mark.parametrize("states", [("desk-state", "lap-state"), ("desk-state", "desk-state")])
def test_a_session_on_two_machines_that_share_a_folder_by_git(clones, states):
    """Also where both have the name of one machine, as after copying a home folder."""
    desk, lap = clones
    here, there = reading(desk, states[0]), reading(lap, states[1])
    assert shown(here) == shown(there) == [Status(read=True), NO_STATUS, NO_STATUS]
    here.star(article(here, "a"), starred=True)
    here.mark_read([article(here, "b")])
    there.mark_read([article(there, "a")], read=False)
    there.dismiss([article(there, "c")])
    committed(desk, "At the desk")
    committed(lap, "On the way")
    git(lap, "pull", "-q", "--no-rebase", "--no-edit")
    there.follow()
    git(desk, "pull", "-q", "--no-rebase", "--no-edit", str(lap), "main")
    here.follow()
    merged = [Status(starred=True), Status(read=True), Status(dismissed=True)]
    assert shown(here) == shown(there) == merged
    assert shown(reading(desk, states[0])) == shown(reading(lap, states[1])) == merged
    assert here.undo().label in ("read", "dismiss")
    committed(desk, "Thought better")
    git(lap, "pull", "-q", "--no-rebase", "--no-edit")
    there.follow()
    assert shown(here) == shown(there)
    state = lap / ".broadsheet" / "state"
    assert not any(line.startswith(b"<") for lines in lines_of(state).values() for line in lines)


@needs_git
def test_without_the_attributes_a_merge_of_one_file_would_be_a_conflict(clones):
    """So the attributes are what makes the session above work."""
    desk, lap = clones
    (desk / ".broadsheet" / ".gitattributes").unlink()
    committed(desk, "Without")
    git(lap, "pull", "-q", "--no-rebase", "--no-edit")
    for folder, key in ((desk, "b"), (lap, "c")):
        library = reading(folder, "desk-state")
        library.mark_read([article(library, key)])
        committed(folder, "Mark")
    with pytest.raises(AssertionError, match="CONFLICT"):
        git(lap, "pull", "-q", "--no-rebase", "--no-edit")
    assert [status.read for status in shown(reading(lap, "lap-state"))] == [True, True, True]


@needs_git
def test_what_git_takes_out_of_the_folder_is_no_longer_shown_and_comes_back(clones):
    desk, _ = clones
    library = reading(desk, "desk-state")
    library.mark_read([article(library, "b")])
    git(desk, "stash", "-q")
    assert library.follow() == 1
    assert shown(library) == [Status(read=True), NO_STATUS, NO_STATUS]
    git(desk, "stash", "pop", "-q")
    assert library.follow() == 1
    assert shown(library) == shown(reading(desk, "lap-state"))
    assert library.undo().label == "read"


@needs_git
def test_line_ends_are_left_alone_by_git(clones):
    desk, _ = clones
    attributes = git(desk, "check-attr", "-a", ".broadsheet/state/x.jsonl")
    assert "merge: union" in attributes
    assert "text: unset" in attributes
    assert git(desk, "check-attr", "-a", "a.md") == ""
