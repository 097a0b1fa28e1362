"""Writing the files of articles: each whole or not at all, and none over another one."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from reader.feeds.filing.ledger import Line, digest
from reader.state.whole import put_first, sync_folder

_TEMPORARY = ".refresh-"
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


def sweep(folder: Path, files: Iterable[str]) -> None:
    """Remove what a refresh that was killed left beside some files; nobody else may be writing."""
    for place in {folder / file.rpartition("/")[0] for file in files}:
        with suppress(OSError), os.scandir(place) as entries:
            for entry in entries:
                if entry.name.startswith(_TEMPORARY) and entry.is_file(follow_symlinks=False):
                    os.unlink(entry.path)


def _write(folder: Path, new: NewFile) -> Line:
    path = folder / new.file
    temporary = path.with_name(f"{_TEMPORARY}{os.urandom(8).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    handle = os.open(temporary, flags, 0o644)
    try:
        try:
            _write_all(handle, new.data)
            os.fsync(handle)
        finally:
            os.close(handle)
        is_new = put_first(temporary, path)
    finally:
        with suppress(OSError):
            os.unlink(temporary)
    is_ours = is_new or _has(path, new.data)
    return new.line._replace(file=new.file, sha=digest(new.data) if is_ours else "")


def _write_all(handle: int, data: bytes) -> None:
    done = 0
    while done < len(data):
        done += os.write(handle, data[done:])


def _has(path: Path, data: bytes) -> bool:
    from reader.files.reading import Unreadable, read_regular

    with suppress(Unreadable):
        return read_regular(path) == data
    return False


def _make(place: Path, folder: Path) -> None:
    """Make a folder below another one, on the disk. Raises OSError."""
    if place.is_dir():
        return
    place.mkdir(parents=True, exist_ok=True)
    while place != folder:
        place = place.parent
        sync_folder(place)
