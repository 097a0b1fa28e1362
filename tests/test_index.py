import json
import os
from errno import ENOSPC
from zlib import crc32

import pytest

from reader.snapshot.damage import Damaged
from reader.snapshot.index import MAGIC, NAME, read_index, read_paths, read_tables
from tests.samples import article, index_of

ARTICLES = [
    article("one", "two", quality=5, provider="Wire", topics=("Sky",)),
    article("two", "one", quality=9, heat=-1, path="caf\udce9.md"),
    article("bad", url=None, problem="line 1: no end"),
]


@pytest.fixture
def written(tmp_path):
    index, _ = index_of(ARTICLES)
    index.counts = index.counts[:64]  # all of them are a megabyte
    index.write(tmp_path / NAME)
    return index, tmp_path / NAME


def columns(index):
    return {name: one for name, one in vars(index).items() if name not in ("tables", "_reader")}


def test_an_index_comes_back_as_it_was_written(written):
    index, path = written
    again = read_index(path, whole=True)
    assert columns(again) | {"names": index.names} == columns(index)
    assert again.names.author == [list(one) for one in index.names.author]
    assert again.tables == read_tables(path)
    assert again.tables.providers == ["Wire"]
    assert list(zip(*read_paths(path), strict=True))[1] == ("caf\udce9.md", 0, 1)


def test_to_show_a_list_only_what_it_takes_is_read(written):
    index, path = written
    again = read_index(path)
    assert again.by_quality == index.by_quality
    assert (len(again.copy_key), again.paths) == (0, [])


def test_writing_leaves_nothing_beside_the_index(written):
    _, path = written
    assert os.listdir(path.parent) == [NAME]
    index, _ = index_of(ARTICLES[:1])
    index.write(path)
    assert len(read_index(path)) == 1
    assert os.listdir(path.parent) == [NAME]


def test_another_version_is_damaged(written):
    _, path = written
    path.write_bytes(path.read_bytes().replace(MAGIC, MAGIC.replace(b"index ", b"index 0")))
    with pytest.raises(Damaged):
        read_index(path)


@pytest.mark.parametrize("whole", [False, True])
def test_every_byte_that_was_read_is_vouched_for(written, whole):
    _, path = written
    data = path.read_bytes()
    expected = columns(read_index(path, whole=whole))
    for at in range(0, len(data), 7):
        path.write_bytes(data[:at] + bytes([data[at] ^ 32]) + data[at + 1 :])
        try:
            assert columns(read_index(path, whole=whole)) == expected
        except Damaged:
            continue
    for size in range(0, len(data), 31):
        path.write_bytes(data[:size])
        with pytest.raises(Damaged):
            read_index(path, whole=True)


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), os.mkfifo, lambda path: None])
def test_what_is_no_file_is_damaged(tmp_path, make):
    make(tmp_path / NAME)
    with pytest.raises(Damaged):
        read_index(tmp_path / NAME)


def test_a_link_is_not_followed(written):
    _, path = written
    link = path.with_name("link")
    link.symlink_to(path)
    with pytest.raises(Damaged):
        read_index(link)


def test_what_belongs_to_another_user_is_damaged(written, monkeypatch):
    _, path = written
    me = os.getuid()
    monkeypatch.setattr("os.getuid", lambda: me + 1)
    with pytest.raises(Damaged):
        read_index(path)


@pytest.mark.parametrize("read", [read_index, read_tables, read_paths])
@pytest.mark.parametrize("data", [b"", b"\0", MAGIC, MAGIC + b"f" * 16, MAGIC + b"-0000001" * 2])
def test_what_is_no_index_is_damaged(tmp_path, read, data):
    (tmp_path / NAME).write_bytes(data)
    with pytest.raises(Damaged):
        read(tmp_path / NAME)


def sections(*, tables=b"{}", **others):
    """Return an index whose checksums are right, of these sections only."""
    directory, body = {}, b""
    for name, data in {"tables": tables, **others}.items():
        directory[name] = ["", len(body), len(data), crc32(data)]
        body += data
    listed = json.dumps(directory).encode()
    return MAGIC + f"{len(listed):08x}{crc32(listed):08x}".encode() + listed + body


@pytest.mark.parametrize("tables", [b"", b"[1]", b"{", b"\xff", b'{"unknown": 1}', b"[" * 100_000])
def test_tables_that_make_no_sense_are_damaged_though_their_checksum_is_right(tmp_path, tables):
    (tmp_path / NAME).write_bytes(sections(tables=tables))
    with pytest.raises(Damaged):
        read_tables(tmp_path / NAME)


def test_a_column_that_is_missing_or_cut_is_damaged(tmp_path):
    for data in (sections(), sections(segment=b"\0")):
        (tmp_path / NAME).write_bytes(data)
        with pytest.raises(Damaged):
            read_index(tmp_path / NAME)


def test_a_disk_that_is_full_leaves_the_index_as_it_was(written, monkeypatch):
    index, path = written
    data = path.read_bytes()

    def refuse(*_):
        raise OSError(ENOSPC, "no space")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OSError, match="no space"):
        index.write(path)
    assert os.listdir(path.parent) == [NAME]
    assert path.read_bytes() == data
