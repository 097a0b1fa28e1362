"""The catalogue: each file that was looked into, how it was then, and the row that it got."""

from array import array
from collections.abc import Iterable
from typing import NamedTuple

from reader.files.walk import Found
from reader.snapshot.columns import NONE
from reader.snapshot.index import Index


class File(NamedTuple):
    """A file as it was when it was read: bytes, mtime in nanoseconds, inode, and its row."""

    size: int
    time: int
    inode: int
    row: int


class Difference(NamedTuple):
    """What a folder holds that the catalogue does not have so, and the paths that are gone."""

    news: list[Found]
    gone: list[str]


class Catalogue:
    """The files of each opened folder by path; `articles` counts those that hold one."""

    def __init__(self, index: Index, libraries: int) -> None:
        self.files: list[dict[str, File]] = [{} for _ in range(libraries)]
        columns = (index.file_size, index.file_time, index.file_inode, index.file_row)
        rows = map(File, *columns)
        for path, library, file in zip(index.paths, index.file_library, rows, strict=True):
            self.files[library][path] = file

    def difference(self, library: int, found: Iterable[Found]) -> Difference:
        """Compare a folder with what is known of it."""
        known = self.files[library]
        gone = dict.fromkeys(known)
        news: list[Found] = []
        for one in found:
            file = known.get(one[0])
            if file is None:
                news.append(one)
                continue
            del gone[one[0]]
            if file[:3] != one[1:]:
                news.append(one)
        return Difference(news, list(gone))

    def distrust(self, library: int) -> None:
        """Take all files of a folder for others than were read."""
        known = self.files[library]
        known.update({path: file._replace(time=-1) for path, file in known.items()})

    def store(self, index: Index) -> None:
        """Put all of it into the columns of the index."""
        index.paths = [path for some in self.files for path in some]
        files = [file for some in self.files for file in some.values()]
        sizes = [(n, len(some)) for n, some in enumerate(self.files)]
        index.file_library = array("B", b"".join(bytes([n]) * size for n, size in sizes))
        index.file_size = array("Q", [file.size for file in files])
        index.file_time = array("q", [file.time for file in files])
        index.file_inode = array("Q", [file.inode for file in files])
        index.file_row = array("i", [file.row for file in files])

    @property
    def articles(self) -> int:
        """How many files hold an article."""
        return sum(file.row != NONE for some in self.files for file in some.values())

    @property
    def others(self) -> int:
        """How many files turned out to hold none."""
        return sum(file.row == NONE for some in self.files for file in some.values())
