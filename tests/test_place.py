import json
import os
import threading

import pytest

from reader.state import moving, place
from reader.state.journal import Journal, StateError
from reader.state.marks import Marks
from reader.state.moving import init
from reader.state.place import (
    journal_folder,
    machine_id,
    memory_folder,
    recall,
    remember,
)
from reader.state.whole import write_whole
from tests.samples import write


def refuse(*_, **__):
    raise OSError(28, "No space left on device")


def tree(folder):
    """Return every path below a folder, with the bytes of its files."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def mark(folder, state_dir, key, machine="own"):
    marks = Marks(Journal(journal_folder(folder, state_dir), machine))
    marks.change([(key, "read", True)], "read")
    marks.close()


def is_read(folder, state_dir, key):
    return Marks(Journal(journal_folder(folder, state_dir), "reader")).status(key).read


def test_the_name_of_a_machine_is_made_once(tmp_path):
    name = machine_id(tmp_path / "state")
    assert len(name) == 8
    assert machine_id(tmp_path / "state") == name
    assert machine_id(tmp_path / "another") != name
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["machine"]


@pytest.mark.parametrize(
    "damaged", [b"", b"../../etc/passwd", b"UPPER", b"\xff\x00", b"a" * 33, b"two words"]
)
def test_a_name_that_is_none_is_made_anew_and_kept(tmp_path, damaged):
    write(tmp_path, {"machine": damaged})
    name = machine_id(tmp_path)
    assert name.isalnum()
    assert machine_id(tmp_path) == name


def test_a_link_or_a_pipe_in_place_of_the_name_is_not_followed(tmp_path):
    write(tmp_path, {"target": "stolen"})
    (tmp_path / "machine").symlink_to(tmp_path / "target")
    assert machine_id(tmp_path) != "stolen"
    assert (tmp_path / "target").read_text() == "stolen"
    (tmp_path / "machine").unlink()
    os.mkfifo(tmp_path / "machine")
    assert machine_id(tmp_path) == machine_id(tmp_path)


def test_without_a_place_for_it_the_name_is_another_one_each_time(tmp_path):
    write(tmp_path, {"state": "a file"})
    assert machine_id(tmp_path / "state") != machine_id(tmp_path / "state")
    write(tmp_path, {"other/machine/inside": ""})
    assert machine_id(tmp_path / "other") != machine_id(tmp_path / "other")


def test_processes_that_start_together_agree_on_the_name(tmp_path):
    names, barrier = [], threading.Barrier(8)

    def start():
        barrier.wait()
        names.append(machine_id(tmp_path / "state"))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(names) == {machine_id(tmp_path / "state")}


def test_the_second_of_two_that_make_the_name_takes_that_of_the_first(tmp_path, monkeypatch):
    def be_second(source, target):
        write(tmp_path, {"machine": "first"})
        raise FileExistsError(17, "File exists")

    monkeypatch.setattr(os, "link", be_second)
    assert machine_id(tmp_path) == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["machine"]


def test_the_journal_of_a_folder_that_is_not_ours_is_apart(tmp_path):
    folder, state = tmp_path / "news", tmp_path / "state"
    folder.mkdir()
    found = journal_folder(folder, state)
    assert found.is_relative_to(state / "folders")
    assert found.parent == memory_folder(folder, state)
    assert found.parent.name.startswith("news-")
    assert tree(tmp_path) == {"news": None}


def test_every_folder_has_a_place_of_its_own(tmp_path):
    names = ["/", "/news", "/home/news", "/home/news/", "/a/" + "n" * 255, "/b/" + "n" * 255]
    names += ["/caf\udce9", "/" + "新" * 80, "/" + "😀" * 60]
    places = {memory_folder(place.Path(name), tmp_path) for name in names}
    assert len(places) == len(names) - 1  # the final slash makes no other folder
    for one in places:
        one.mkdir(parents=True)


def test_a_folder_with_a_state_of_its_own_keeps_its_journal(tmp_path):
    own = tmp_path / "news" / ".broadsheet" / "state"
    own.mkdir(parents=True)
    assert journal_folder(tmp_path / "news", tmp_path / "state") == own


@pytest.mark.parametrize("linked", [".broadsheet", ".broadsheet/state"])
def test_a_link_in_a_folder_does_not_lead_the_journal_elsewhere(tmp_path, linked):
    folder, elsewhere = tmp_path / "news", tmp_path / "elsewhere"
    (elsewhere / "state").mkdir(parents=True)
    (folder / linked).parent.mkdir(parents=True)
    (folder / linked).symlink_to(elsewhere)
    before = tree(tmp_path)
    assert journal_folder(folder, tmp_path / "state").is_relative_to(tmp_path / "state")
    with pytest.raises(StateError, match=r"^marks cannot be kept in .*\.broadsheet/state: "):
        init(folder, tmp_path / "state")
    assert tree(tmp_path) == before


def test_after_init_the_journal_is_in_the_folder_and_earlier_marks_are_still_there(tmp_path):
    folder, state = tmp_path / "news", tmp_path / "state"
    folder.mkdir()
    mark(folder, state, "earlier")
    mark(folder, state, "elsewhere", "another")
    assert not (folder / ".broadsheet").exists()
    assert init(folder, state) == folder / ".broadsheet" / "state"
    mark(folder, state, "later")
    assert all(is_read(folder, state, key) for key in ("earlier", "elsewhere", "later"))
    assert sorted(tree(folder)) == [
        ".broadsheet",
        ".broadsheet/.gitattributes",
        ".broadsheet/state",
        ".broadsheet/state/another.jsonl",
        ".broadsheet/state/own.jsonl",
    ]
    assert (folder / ".broadsheet/state/own.jsonl").stat().st_mode & 0o777 == 0o600


def test_init_of_a_folder_without_marks_makes_a_place_for_them(tmp_path):
    folder, state = tmp_path / "news", tmp_path / "state"
    folder.mkdir()
    init(folder, state)
    attributes = ".broadsheet/.gitattributes"
    assert sorted(tree(folder)) == [".broadsheet", attributes, ".broadsheet/state"]
    assert tree(folder)[attributes] == b"state/*.jsonl merge=union -text\n"


def test_git_attributes_of_the_user_stay_and_are_written_where_there_are_none(tmp_path):
    folder, state = tmp_path / "news", tmp_path / "state"
    write(folder, {".broadsheet/.gitattributes": "* binary\n"})
    init(folder, state)
    attributes = folder / ".broadsheet" / ".gitattributes"
    assert attributes.read_text() == "* binary\n"
    attributes.unlink()
    attributes.symlink_to("nowhere")
    init(folder, state)
    assert attributes.is_symlink()
    attributes.unlink()
    init(folder, state)
    assert "merge=union" in attributes.read_text()


def test_init_a_second_time_changes_nothing(tmp_path):
    folder, state = tmp_path / "news", tmp_path / "state"
    folder.mkdir()
    mark(folder, state, "a")
    init(folder, state)
    before = tree(folder)
    assert init(folder, state) == folder / ".broadsheet" / "state"
    assert tree(folder) == before


def test_an_init_that_is_refused_halfway_leaves_marks_where_they_were(tmp_path, monkeypatch):
    folder, state = tmp_path / "news", tmp_path / "state"
    folder.mkdir()
    mark(folder, state, "a")
    with monkeypatch.context() as patch:
        patch.setattr(moving.shutil, "copy", refuse)
        with pytest.raises(StateError) as caught:
            init(folder, state)
    own = folder / ".broadsheet" / "state"
    assert str(caught.value) == f"marks cannot be kept in {own}: no space left on device"
    assert sorted(tree(folder)) == [".broadsheet"]
    assert is_read(folder, state, "a")
    init(folder, state)
    assert is_read(folder, state, "a")


def test_init_says_when_a_file_is_in_the_way(tmp_path):
    write(tmp_path / "news", {".broadsheet": "mine"})
    with pytest.raises(StateError):
        init(tmp_path / "news", tmp_path / "state")
    assert tree(tmp_path / "news") == {".broadsheet": b"mine"}


def test_what_was_remembered_is_recalled(tmp_path):
    memory = {"view": {"kind": "topic", "name": "Café \udce9"}, "order": "newest", "place": None}
    remember(tmp_path / "new", memory)
    assert recall(tmp_path / "new") == memory
    remember(tmp_path / "new", {})
    assert recall(tmp_path / "new") == {}
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["memory.json"]


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", "null", "1", '"text"', "[" * 100_000, b"\xff\xfe\x00", b"\x80"]
)
def test_a_damaged_memory_is_none(tmp_path, damaged):
    write(tmp_path, {"memory.json": damaged})
    assert recall(tmp_path) == {}


def test_no_memory_is_read_from_a_pipe_or_through_a_link(tmp_path):
    assert recall(tmp_path) == {}
    write(tmp_path, {"target": '{"order": "newest"}'})
    (tmp_path / "memory.json").symlink_to(tmp_path / "target")
    assert recall(tmp_path) == {}
    (tmp_path / "memory.json").unlink()
    os.mkfifo(tmp_path / "memory.json")
    assert recall(tmp_path) == {}


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_refused_memory_leaves_the_old_one_whole(tmp_path, monkeypatch, call):
    remember(tmp_path, {"order": "newest"})
    with monkeypatch.context() as patch:
        patch.setattr(place.Path if call == "replace" else os, call, refuse)
        with pytest.raises(StateError) as caught:
            remember(tmp_path, {"order": "heat"})
    why = "no space left on device"
    assert str(caught.value) == f"the place cannot be kept in {tmp_path}: {why}"
    assert recall(tmp_path) == {"order": "newest"}
    assert list(tree(tmp_path)) == ["memory.json"]


def test_a_file_of_ours_is_for_its_owner_only(tmp_path):
    write_whole(tmp_path / "a", b"text")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    write_whole(tmp_path / "a", b"other", replace=False)
    assert (tmp_path / "a").read_bytes() == b"text"
    assert json.dumps(list(tree(tmp_path))) == '["a"]'
