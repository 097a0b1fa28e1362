"""Files that went and came again under another name: their marks go along."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reader.files.walk import Found
from reader.snapshot.columns import HAS_ADDRESS, NONE
from reader.snapshot.damage import Damaged
from reader.snapshot.index import Index
from reader.snapshot.segments import Records


class Known(NamedTuple):
    """A file as it was when it was read, and its row."""

    file: Found
    row: int


def renamed(
    index: Index, records: Records, gone: Iterable[Known], came: Iterable[Known]
) -> Iterator[tuple[str, str]]:
    """Yield the paths before and now of articles that are known by their path.

    It is the same file if size, mtime and inode are; else if the words in both are.
    """
    left: dict[int, list[Known]] = {}
    for known in gone:
        if _is_known_by_path(index, known.row):
            left.setdefault(known.file[1], []).append(known)
    for now in came:
        others = left.get(now.file[1])
        if not others or not _is_known_by_path(index, now.row):
            continue
        same = [one for one in others if one.file[1:] == now.file[1:]]
        same = same or [one for one in others if _is_same(index, records, one.row, now.row)]
        if same:
            others.remove(same[0])
            yield same[0].file[0], now.file[0]


def _is_known_by_path(index: Index, row: int) -> bool:
    return row != NONE and not index.facts[row] & HAS_ADDRESS


def _is_same(index: Index, records: Records, one: int, two: int) -> bool:
    try:
        return _words(index, records, one) == _words(index, records, two)
    except Damaged:
        return False


def _words(index: Index, records: Records, row: int) -> bytes:
    start = index.offset[row] + index.head_size[row] + index.copies_size[row]
    return records.read(index.segment[row], start, index.words_size[row])
