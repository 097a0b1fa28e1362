"""The words of many articles at once, as search and its indexes read them."""

from collections.abc import Iterator, Sequence

from reader.snapshot.index import Index
from reader.snapshot.segments import Records, unsealed

_BLOCK = 1 << 20  # bytes that are read at once
_MANY = 2000  # articles of one step


def read_words(
    index: Index, records: Records, rows: Sequence[int]
) -> Iterator[list[tuple[int, bytes]]]:
    """Yield rows with their words, those that lie together at once. Raises Damaged.

    Rows are best in the order of their records; each step takes some milliseconds.
    """
    heads, copies, sizes = index.head_size, index.copies_size, index.words_size
    waiting: list[tuple[int, int, int]] = []
    segment = first = 0
    for row in rows:
        start, size = index.offset[row] + heads[row] + copies[row], sizes[row]
        if waiting and (
            len(waiting) == _MANY
            or not first <= start <= first + _BLOCK - size
            or index.segment[row] != segment
        ):
            yield _read(records, segment, waiting)
            waiting = []
        if not waiting:
            segment, first = index.segment[row], start
        waiting.append((row, start, size))
    if waiting:
        yield _read(records, segment, waiting)


def _read(
    records: Records, segment: int, places: list[tuple[int, int, int]]
) -> list[tuple[int, bytes]]:
    first = places[0][1]
    end = max(start + size for _, start, size in places)
    block = records.block(segment, first, end - first)
    return [
        (row, unsealed(block[start - first : start - first + size], size))
        for row, start, size in places
    ]
