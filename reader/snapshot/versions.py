"""Which rows of an index are earlier versions of others: those are in no list."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import pairwise

from reader.snapshot.columns import NONE
from reader.snapshot.index import Index
from reader.stories import same_piece
from reader.versions import numbered


def superseded(index: Index, rows: Collection[int]) -> dict[int, int]:
    """Return which of some rows are earlier versions, each with the row that stands for it.

    `rows` are those that share a key with others. Each version lies beside the one before, came
    from a feed as that did, or has nearly its title.
    """
    families = defaultdict[tuple[int, int, str], list[tuple[int, int]]](list)
    if rows:
        for path, row in zip(index.paths, index.file_row, strict=True):
            if row in rows:
                first, number = numbered(path)
                families[index.key[row], index.library[row], first].append((number, row))
    pieces, found = _Pieces(index), dict[int, int]()
    for family in families.values():
        ordered = [row for _, row in sorted(family, reverse=True)]
        for later, row in pairwise(ordered):
            if pieces.are_one(later, row):
                found[row] = found.get(later, later)
    return found


class _Pieces:
    """What the files of an index tell of; their titles are read only if they are needed."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def are_one(self, one: int, two: int) -> bool:
        """Whether both are from feeds, or have nearly the same title."""
        feed = self._index.feed
        is_ours = NONE not in (feed[one], feed[two])
        return is_ours or same_piece(self._titles[one], self._titles[two])

    @cached_property
    def _titles(self) -> Sequence[str]:
        return self._index.asked_text("title_text")
