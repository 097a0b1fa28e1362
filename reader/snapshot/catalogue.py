"""The catalogue: each file that was looked into, how it was then, and the row that it got."""

from array import array
from collections.abc import Iterable
from itertools import compress
from typing import NamedTuple

from reader.files.walk import Found
from reader.snapshot.columns import FILES, NONE
from reader.snapshot.index import Index

DISTRUSTED = -1
"""The time of a file that is read again whatever its time is."""


class Difference(NamedTuple):
    """What a folder holds that the catalogue does not have so, and the paths that are gone."""

    news: list[Found]
    gone: list[str]


class Catalogue:
    """The files of each opened folder by path; they are kept in the columns of the index."""

    def __init__(self, index: Index, libraries: int) -> None:
        self._index = index
        self._gone: set[int] = set()
        self._places: list[dict[str, int]] = [{} for _ in range(libraries)]
        self._number()

    def difference(
        self, library: int, found: Iterable[Found], gone: Iterable[str] | None = None
    ) -> Difference:
        """Compare what was found in a folder with what is known of it; `gone` was not found.

        Without that, all that was not found is gone.
        """
        index, places = self._index, self._places[library]
        sizes, times, inodes = index.file_size, index.file_time, index.file_inode
        seen, news = bytearray(len(index.paths)), list[Found]()
        for one in found:
            path, size, time, inode = one
            at = places.get(path)
            if at is None:
                news.append(one)
                continue
            seen[at] = 1
            if times[at] != time or sizes[at] != size or inodes[at] != inode:
                news.append(one)
        if gone is None:
            return Difference(news, [path for path, at in places.items() if not seen[at]])
        return Difference(news, [path for path in gone if path in places])

    def file(self, library: int, path: str) -> Found | None:
        """Return a file as it was when it was read, None where it was not."""
        at, index = self._places[library].get(path), self._index
        if at is None:
            return None
        return path, index.file_size[at], index.file_time[at], index.file_inode[at]

    def row(self, library: int, path: str) -> int:
        """Return the row of a file, NONE where it has none."""
        at = self._places[library].get(path)
        return NONE if at is None else self._index.file_row[at]

    def put(self, library: int, found: Found, row: int) -> None:
        """Take in a file, in place of what was known of it."""
        index, places = self._index, self._places[library]
        path, size, time, inode = found
        at = places.setdefault(path, len(index.paths))
        if at == len(index.paths):
            index.paths.append(path)
            for name in FILES:
                getattr(index, name).append(0)
        index.file_library[at], index.file_row[at] = library, row
        index.file_size[at], index.file_time[at], index.file_inode[at] = size, time, inode

    def drop(self, library: int, path: str) -> None:
        """Forget a file."""
        at = self._places[library].pop(path)
        self._index.file_row[at] = NONE
        self._gone.add(at)

    def distrust(self, library: int) -> None:
        """Let all files of a folder differ from what is known of them."""
        for at in self._places[library].values():
            self._index.file_time[at] = DISTRUSTED

    def tidy(self) -> None:
        """Take what was forgotten out of the index."""
        if not self._gone:
            return
        index = self._index
        kept = bytearray(b"\1" * len(index.paths))
        for at in self._gone:
            kept[at] = 0
        index.paths = list(compress(index.paths, kept))
        for name, code in FILES.items():
            setattr(index, name, array(code, compress(getattr(index, name), kept)))
        self._gone.clear()
        self._number()

    def _number(self) -> None:
        index = self._index
        for places in self._places:
            places.clear()
        for at, (library, path) in enumerate(zip(index.file_library, index.paths, strict=True)):
            self._places[library][path] = at

    @property
    def articles(self) -> int:
        """How many files hold an article."""
        return len(self._index.paths) - len(self._gone) - self.others

    @property
    def others(self) -> int:
        """How many files turned out to hold none."""
        return self._index.file_row.count(NONE) - len(self._gone)
