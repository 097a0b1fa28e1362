"""Compacting: rows of what is no longer here go, and small segments are put together in one."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reader.snapshot.columns import ASKED, FILES, KEPT, KEPT_LISTS, NONE, SHOWN
from reader.snapshot.damage import Damaged
from reader.snapshot.index import Index
from reader.snapshot.packing import PARTS
from reader.snapshot.renumbering import renumber
from reader.snapshot.segments import Records, SegmentWriter, unsealed

MANY = 8
"""Segments, from which on it takes longer to search in all of them."""

_LARGE = 4  # a segment with one of so many rows stays as it is
_BLOCK = 1 << 20  # bytes that are written at once


def is_due(index: Index) -> bool:
    """Whether there are many segments, or more rows of what is gone than of what is here."""
    live = len(index.file_row) - index.file_row.count(NONE)
    return len(index.tables.segments) > MANY or len(index) > 2 * live


def compacted(index: Index, records: Records, writer: SegmentWriter) -> Index:
    """Return an index of the same files whose rows have other numbers; `derive` completes it.

    Files whose records are damaged are left out, so that they are read again. Raises OSError.
    """
    rows = sorted(row for row in index.file_row if row != NONE)
    new = _with_rows(index, rows)
    lost = _move_records(new, records, _to_move(index, rows), writer)
    _number_segments(new)
    numbers = {row: number for number, row in enumerate(rows)}
    for at, row in enumerate(index.file_row):
        number = numbers.get(row, NONE)
        if number not in lost:
            new.paths.append(index.paths[at])
            for name in FILES:
                getattr(new, name).append(getattr(index, name)[at])
            new.file_row[-1] = number
    return new


def _with_rows(index: Index, rows: Sequence[int]) -> Index:
    """Return an index with these rows, in this order, and their copies."""
    new = Index()
    new.tables, new.names = replace(index.tables), index.names
    for name, text in index.texts.items():
        lines = text.split(b"\n")
        new.texts[name] = bytearray(b"".join([lines[row] + b"\n" for row in rows]))
    for name, code in (SHOWN | ASKED | KEPT).items():
        setattr(new, name, array(code, map(getattr(index, name).__getitem__, rows)))
    starts = array("I")
    for row in rows:
        start, size = index.near_start[row], index.near_size[row]
        starts.append(len(new.copy_key))
        for name in KEPT_LISTS:
            getattr(new, name).extend(getattr(index, name)[start : start + size])
    new.near_start = starts
    renumber(new, index, rows)
    return new


def _to_move(index: Index, rows: Sequence[int]) -> set[int]:
    """Return the segments that are small, or half of whose rows are of what is gone."""
    live, all_rows = Counter(index.segment[row] for row in rows), Counter(index.segment)
    return {
        number
        for number in range(len(index.tables.segments))
        if live[number] * _LARGE < len(rows) or live[number] * 2 < all_rows[number]
    }


def _move_records(
    index: Index, records: Records, moved: set[int], writer: SegmentWriter
) -> set[int]:
    """Write the records of these segments into a new one; returns the rows that are damaged."""
    segments = index.tables.segments = [*index.tables.segments, writer.name]
    lost, waiting, block = set[int](), list[int](), bytearray()
    for row, segment in enumerate(index.segment):
        if segment not in moved:
            continue
        try:
            record = _record(index, records, row)
        except Damaged:
            lost.add(row)
            continue
        index.segment[row], index.offset[row] = len(segments) - 1, len(block)
        waiting.append(row)
        block += record
        if len(block) > _BLOCK:
            _write(index, waiting, block, writer)
    _write(index, waiting, block, writer)
    return lost


def _write(index: Index, rows: list[int], block: bytearray, writer: SegmentWriter) -> None:
    start = writer.append(bytes(block))
    for row in rows:
        index.offset[row] += start
    rows.clear()
    block.clear()


def _record(index: Index, records: Records, row: int) -> bytes:
    """Return a record as it is written. Raises Damaged."""
    sizes = [getattr(index, f"{part}_size")[row] for part in PARTS]
    record = records.block(index.segment[row], index.offset[row], sum(sizes))
    at = 0
    for size in sizes:
        unsealed(record[at : at + size], size)
        at += size
    return record


def _number_segments(index: Index) -> None:
    """Forget the segments that have no rows any more."""
    used = sorted(set(index.segment))
    numbers = {number: at for at, number in enumerate(used)}
    index.segment = array("H", [numbers[number] for number in index.segment])
    index.tables.segments = [index.tables.segments[number] for number in used]
