import os

import pytest

from reader.snapshot.damage import Damaged
from reader.snapshot.segments import (
    SUFFIX,
    DiskRecords,
    MemoryRecords,
    SegmentWriter,
    sealed,
    unsealed,
)


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


def test_nothing_is_sealed_as_nothing():
    assert sealed(b"") == unsealed(b"", 0) == b""


def test_no_file_is_made_for_nothing(tmp_path):
    writer = SegmentWriter(tmp_path)
    assert writer.append(b"") == 0
    assert list(tmp_path.iterdir()) == []


def test_every_writer_has_a_segment_of_its_own_that_only_its_user_reads(tmp_path):
    one, two = SegmentWriter(tmp_path), SegmentWriter(tmp_path)
    one.append(sealed(b"one"))
    two.append(sealed(b"two"))
    assert len(set(os.listdir(tmp_path))) == 2
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    records = DiskRecords(tmp_path, [one.name, two.name])
    assert [records.read(at, 0, len(sealed(b"one"))) for at in (0, 1)] == [b"one", b"two"]


def test_every_flipped_bit_of_a_part_is_noticed():
    data = sealed(b"part")
    for at in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[at // 8] ^= 1 << at % 8
        with pytest.raises(Damaged):
            MemoryRecords([bytes(flipped)]).read(0, 0, len(data))


def test_a_segment_that_is_not_there_lets_go_of_the_others(tmp_path):
    writer = SegmentWriter(tmp_path)
    writer.append(sealed(b"part"))
    before = len(os.listdir("/dev/fd"))
    for _ in range(9):
        with pytest.raises(Damaged):
            DiskRecords(tmp_path, [writer.name, "gone"])
    assert len(os.listdir("/dev/fd")) == before


def test_a_number_that_no_segment_has_is_damaged(tmp_path):
    with pytest.raises(Damaged):
        DiskRecords(tmp_path, []).read(0, 0, 5)


def test_a_segment_that_is_a_link_is_not_followed(tmp_path):
    (tmp_path / "real").write_bytes(sealed(b"part"))
    (tmp_path / f"link{SUFFIX}").symlink_to("real")
    with pytest.raises(Damaged):
        DiskRecords(tmp_path, ["link"])


def test_processes_append_at_once_and_nothing_is_torn(tmp_path):
    writer, count = SegmentWriter(tmp_path), 300
    children = range(4)
    for process in [fork_to_write(writer, child, count) for child in children]:
        assert os.waitpid(process, 0)[1] == 0
    data = writer.path.read_bytes()
    sizes = {len(own_part(child)): child for child in children}
    seen, at = [], 0
    while at < len(data):
        size = next(size for size in sizes if data[at + 4 : at + 5] == own_part(sizes[size])[4:5])
        seen.append(sizes[size])
        assert data[at : at + size] == own_part(sizes[size])
        at += size
    assert sorted(seen) == sorted([*children] * count)


def own_part(child):
    return sealed(bytes([child]) * (3000 + child))


def fork_to_write(writer, child, count):
    """Append in another process; each part must be where the answer says."""
    if process := os.fork():
        return process
    status = 1
    try:
        part = own_part(child)
        starts = [writer.append(part) for _ in range(count)]
        records = DiskRecords(writer.path.parent, [writer.name])
        status = any(records.read(0, start, len(part)) != part[4:] for start in starts)
    finally:
        os._exit(status)
