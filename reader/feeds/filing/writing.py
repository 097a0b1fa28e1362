"""Writing the files of articles: each whole or not at all, and none over another one."""

import errno
import os
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from reader.feeds.filing.ledger import Line, digest
from reader.files.reading import Unreadable, read_regular
from reader.state.whole import put_first, sync_folder, written

_TEMPORARY = ".refresh-"
_LEFT = re.compile(rf"{re.escape(_TEMPORARY)}[0-9a-f]{{16}}")
_AT_ONCE = 8  # files; a disk takes in several as quickly as one


class NewFile(NamedTuple):
    """The file of an article that is to be written; `line` is for the ledger, still without sha."""

    file: str
    data: bytes
    line: Line


def write_files(folder: Path, files: Sequence[NewFile]) -> list[Line]:
    """Write files of a folder, on the disk when this returns, and return their lines.

    A file that is there already stays as it is. Raises OSError: some may have been written then,
    each of them whole.
    """
    places = {(folder / one.file).parent for one in files}
    for place in places:
        _make(place, folder)
    try:
        if len(files) == 1:
            return [_write(folder, files[0])]
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            return list(threads.map(_write, repeat(folder), files))
    finally:
        for place in places:
            sync_folder(place)


def temporary_in(place: Path) -> Path:
    """Return a name for what becomes the file of an article when it is whole."""
    return place / f"{_TEMPORARY}{os.urandom(8).hex()}"


def sweep(folder: Path, files: Iterable[str]) -> None:
    """Remove what a refresh that was killed left beside some files; nobody else may be writing."""
    for place in {file.rpartition("/")[0] for file in files}:
        with suppress(OSError), os.scandir(_within(folder, folder / place)) as entries:
            for entry in entries:
                if _LEFT.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    os.unlink(entry.path)


def _write(folder: Path, new: NewFile) -> Line:
    path = folder / new.file
    temporary = temporary_in(path.parent)
    with written(temporary, new.data, mode=0o644):
        is_new = put_first(temporary, path)
    is_ours = is_new or _has(path, new.data)
    return new.line._replace(file=new.file, sha=digest(new.data) if is_ours else "")


def _has(path: Path, data: bytes) -> bool:
    with suppress(Unreadable):
        return read_regular(path) == data
    return False


def _make(place: Path, folder: Path) -> None:
    """Make a folder below another one, on the disk. Raises OSError."""
    if _within(folder, place).is_dir():
        return
    place.mkdir(parents=True, exist_ok=True)
    while place != folder:
        place = place.parent
        sync_folder(place)


def _within(folder: Path, place: Path) -> Path:
    """Return a place below a folder. Raises OSError where a link leads there, or elsewhere."""
    for one in (place, *place.parents):
        if one == folder and ".." not in place.parts:
            return place
        if one.is_symlink():
            raise OSError(errno.ELOOP, "nothing is written through a link", str(one))
    raise OSError(errno.EXDEV, "it is not in the folder", str(place))
