import os

import pytest

from reader.snapshot.damage import Damaged
from reader.snapshot.index import MAGIC, NAME, read_index, read_paths, read_tables
from reader.snapshot.segments import DiskRecords, MemoryRecords, SegmentWriter, sealed
from tests.samples import article, index_of

ARTICLES = [
    article("one", "two", quality=5, provider="Wire", topics=("Sky",)),
    article("two", "one", quality=9, heat=-1, path="caf\udce9.md"),
    article("bad", url=None, problem="line 1: no end"),
]


@pytest.fixture
def written(tmp_path):
    index, _ = index_of(ARTICLES)
    index.write(tmp_path / NAME)
    return index, tmp_path / NAME


def columns(index):
    return {name: one for name, one in vars(index).items() if name != "tables"}


def test_an_index_comes_back_as_it_was_written(written):
    index, path = written
    again = read_index(path, whole=True)
    assert columns(again) == columns(index)
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


# Segments


def test_a_part_is_read_from_where_it_was_appended(tmp_path):
    writer = SegmentWriter(tmp_path)
    first, second = sealed(b"first"), sealed(b"second part")
    start = writer.append(first + second)
    assert writer.append(first) == start + len(first + second)
    records = DiskRecords(tmp_path, [writer.name])
    assert records.read(0, start, len(first)) == b"first"
    assert records.read(0, start + len(first), len(second)) == b"second part"
    assert records.read(0, start, 0) == b""


def test_records_stay_readable_when_their_file_is_deleted(tmp_path):
    writer = SegmentWriter(tmp_path)
    start = writer.append(sealed(b"part"))
    records = DiskRecords(tmp_path, [writer.name])
    (path,) = tmp_path.iterdir()
    path.unlink()
    assert records.read(0, start, len(sealed(b"part"))) == b"part"
    with pytest.raises(Damaged):
        DiskRecords(tmp_path, [writer.name])


@pytest.mark.parametrize("data", [b"", b"\0", sealed(b"part")[:-1], sealed(b"part")[:-1] + b"x"])
def test_a_part_that_is_not_as_it_was_written_is_damaged(data):
    with pytest.raises(Damaged):
        MemoryRecords([data]).read(0, 0, len(sealed(b"part")))
