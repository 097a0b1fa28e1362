"""Files that went and came again under another name: their marks go along."""

from reader.snapshot.catalogue import File
from reader.snapshot.columns import HAS_ADDRESS, NONE
from reader.snapshot.index import Index

_SAME = ("title", "named", "quality", "moment", "base")
"""Columns that do not differ where the content is the same."""


class Gone:
    """Files that are no longer where they were, by path; each may have been renamed once."""

    def __init__(self, files: dict[str, File]) -> None:
        self._by_file: dict[tuple[int, ...], list[tuple[str, File]]] = {}
        self._by_size: dict[int, list[tuple[str, File]]] = {}
        for path, file in files.items():
            if file.row != NONE:
                self._by_file.setdefault(_of(file), []).append((path, file))
                self._by_size.setdefault(file.size, []).append((path, file))

    def path_of(self, file: File, index: Index) -> str | None:
        """Return where a file was that is new, if it is known by its path; None if it is new."""
        if file.row == NONE or index.facts[file.row] & HAS_ADDRESS:
            return None
        path: str
        before: File
        for path, before in (*self._by_file.get(_of(file), ()), *self._by_size.get(file.size, ())):
            if not index.facts[before.row] & HAS_ADDRESS and _is_same(index, before.row, file.row):
                for known in (self._by_file[_of(before)], self._by_size[before.size]):
                    known.remove((path, before))
                return path
        return None


def _is_same(index: Index, one: int, two: int) -> bool:
    columns = [getattr(index, name) for name in _SAME]
    return all(bool(column[one] | 1 == column[two] | 1) for column in columns)


def _of(file: File) -> tuple[int, int, int]:
    return file.size, file.time, file.inode
