"""The related graph: which articles the copies in the files were made of."""

from array import array
from collections.abc import Iterable, Sequence

from reader.snapshot.columns import NONE
from reader.snapshot.index import Index


class Graph:
    """Finds the articles that copies stand for: by canonical URL, else by title and provider.

    `rows` are all that are here, in the order of their paths; of several with one address the
    one with the copy's title is meant, the owner of the copy before others.
    """

    def __init__(self, index: Index, rows: Sequence[int]) -> None:
        self._index, self._rows = index, rows
        self.place = {row: at for at, row in enumerate(rows)}
        self._first: dict[int, int] = {}
        self._many: dict[tuple[int, int], int] = {}
        """By address and title, for addresses that several have."""
        for row in rows:
            self._see(index.key[row], row)
            if index.web_key[row]:
                self._see(index.web_key[row], row)
        backwards = rows[::-1]
        self._named = dict(zip(map(index.named.__getitem__, backwards), backwards, strict=True))

    def _see(self, key: int, row: int) -> None:
        first, titles = self._first.setdefault(key, row), self._index.title
        if first != row:
            self._many.setdefault((key, titles[first]), first)
            self._many.setdefault((key, titles[row]), row)

    def store(self) -> None:
        """Put targets, counts and postings into the index."""
        index = self._index
        targets = list(map(self._first.get, index.copy_key))
        index.near = array("i", [NONE if row is None else row for row in targets])
        index.related = array("H", bytes(2 * len(index)))
        for row in self._rows:
            if index.near_size[row]:
                self._resolve(row)
                index.related[row] = len(self.near(row))
        index.keys, index.key_rows = self._postings((index.key, index.web_key))
        index.mobile_keys, index.mobile_rows = self._postings((index.amp_key, index.cdn_amp_key))

    def near(self, row: int) -> list[int]:
        """Return the targets of an article's copies, each once, without the article itself."""
        index = self._index
        start = index.near_start[row]
        end = start + index.near_size[row]
        near = index.near[start:end].tolist()
        if NONE not in near:
            return [target for target in dict.fromkeys(near) if target != row]
        marks: dict[int, int] = {}
        for at, target in enumerate(near, start):
            missing = index.copy_key[at] or index.copy_named[at]
            marks.setdefault(target if target != NONE else -2 - missing, target)
        marks.pop(row, None)
        return list(marks.values())

    def _resolve(self, row: int) -> None:
        """Find the targets that the address alone does not tell."""
        index = self._index
        start = index.near_start[row]
        for at in range(start, start + index.near_size[row]):
            target = index.near[at]
            if target == NONE:
                index.near[at] = self._named.get(index.copy_named[at], NONE)
            elif self._many:
                key, title = index.copy_key[at], index.copy_title[at]
                is_own = title == index.title[row] and key in (index.key[row], index.web_key[row])
                index.near[at] = row if is_own else self._many.get((key, title), target)

    def _postings(self, columns: Iterable[Sequence[int]]) -> tuple["array[int]", "array[int]"]:
        """Return the key numbers in these columns, sorted, and their rows."""
        pairs = [
            (column[row], at) for column in columns for at, row in enumerate(self._rows)
            if column[row]
        ]  # fmt: skip
        pairs.sort()
        rows = self._rows
        return array("Q", [key for key, _ in pairs]), array("I", [rows[at] for _, at in pairs])
