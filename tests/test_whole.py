import os

import pytest

from reader.library import Library
from reader.state.whole import HOUR, sweep, write_whole
from reader.views import ALL
from tests.samples import front, write

OURS = (
    *(".machine.0a1b2c3d", ".memory.json.ffffffff", ".own.jsonl.01234567"),
    *("..gitattributes.89abcdef", ".x.sync-conflict-20201020-131300-AB.jsonl.00000000"),
)
THEIRS = (
    *(".machine.0a1b2c3", ".machine.0A1B2C3D", "machine.0a1b2c3d", ".own.jsonl", "own.jsonl"),
    *(".notes.md.0a1b2c3d", ".0a1b2c3d", ".own.jsonl.01234567.bak", ".memory.json", ".env"),
)


def names(folder):
    return {path.name for path in folder.iterdir()}


def age(path, seconds):
    then = path.lstat().st_mtime - seconds
    os.utime(path, (then, then), follow_symlinks=False)


def test_only_temporary_files_of_ours_are_swept_and_only_old_ones(tmp_path):
    write(tmp_path, dict.fromkeys((*OURS, *THEIRS), "text"))
    sweep(tmp_path)
    assert names(tmp_path) == {*OURS, *THEIRS}
    for name in (*OURS[1:], *THEIRS):
        age(tmp_path / name, HOUR + 60)
    age(tmp_path / OURS[0], HOUR - 60)
    sweep(tmp_path)
    assert names(tmp_path) == {OURS[0], *THEIRS}


def test_what_an_init_left_is_swept_and_no_link_is_followed(tmp_path):
    write(tmp_path, {"mine/a.md": "text", "swept/.state.01234567/own.jsonl": "text"})
    (tmp_path / "swept" / ".state.ffffffff").symlink_to(tmp_path / "mine")
    (tmp_path / "swept" / ".own.jsonl.ffffffff").symlink_to(tmp_path / "mine" / "a.md")
    for path in (tmp_path / "swept").iterdir():
        age(path, HOUR + 60)
    sweep(tmp_path / "swept")
    assert names(tmp_path / "swept") == {".state.ffffffff", ".own.jsonl.ffffffff"}
    assert (tmp_path / "mine" / "a.md").read_text() == "text"


def test_a_folder_that_is_not_there_or_refuses_is_not_swept(tmp_path, monkeypatch):
    sweep(tmp_path / "nowhere")
    write(tmp_path, {"file": "", OURS[2]: ""})
    age(tmp_path / OURS[2], 2 * HOUR)
    sweep(tmp_path / "file")

    def refuse(*_):
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        sweep(tmp_path)
    assert OURS[2] in names(tmp_path)


def test_the_places_of_a_library_are_swept_when_it_is_opened(tmp_path):
    folder, state = tmp_path / "news", tmp_path / "state"
    write(folder, {"a.md": front("title: A"), OURS[2]: "not ours to sweep"})
    library = Library([folder], state, state / "cache")
    library.load()
    library.mark_read(library.listing(ALL).articles)
    library.remember(library.memory())
    (memory,) = state.rglob("memory.json")
    library.init()
    ours = (state, memory.parent, folder / ".broadsheet", folder / ".broadsheet" / "state")
    for place in ours:
        write(place, {OURS[2]: "left"})
        age(place / OURS[2], 2 * HOUR)
    age(folder / OURS[2], 2 * HOUR)
    Library([folder], state, state / "cache")
    assert [(place / OURS[2]).exists() for place in ours] == [False, False, False, False]
    assert (folder / OURS[2]).exists()


@pytest.mark.parametrize("error", [1, 95, 38])
def test_where_there_are_no_links_the_first_one_stays_all_the_same(tmp_path, monkeypatch, error):
    def refuse(*_):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "link", refuse)
    write_whole(tmp_path / "a", b"first", replace=False)
    write_whole(tmp_path / "a", b"second", replace=False)
    assert (tmp_path / "a").read_bytes() == b"first"
    assert names(tmp_path) == {"a"}


def test_a_folder_that_cannot_be_synced_is_no_reason_to_fail(tmp_path, monkeypatch):
    fsync = os.fsync

    def refuse_folders(handle):
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(22, "Invalid argument")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    write_whole(tmp_path / "a", b"text")
    assert (tmp_path / "a").read_bytes() == b"text"
