"""The bin of a folder: where pruned files go, batch by batch, and where they come back from.

A file is always in one of both places, whenever this is killed, and nothing is written over.
"""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from reader.state.whole import put_first, sync_folder

BIN = Path(".broadsheet", "bin")

_FORM = "%Y%m%dT%H%M%SZ"
_LAST = 9998  # year; a second later there has to be a name, too


class Back(NamedTuple):
    """How many files came back, and how many did not, for others have their names."""

    moved: int
    left: int


def put_in_bin(folder: Path, files: Iterable[str], now: datetime) -> set[str]:
    """Move files of a folder to its bin, as one batch; returns those that were still there.

    They are where they are on the disk, too, when this returns. Raises OSError.
    """
    place, moved = _new_batch(folder, now), set[str]()
    touched = {place}
    try:
        for file in files:
            source, target = folder / file, place / file
            target.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                os.rename(source, target)
                moved.add(file)
                touched |= {target.parent, source.parent}
    finally:
        _sync(touched, folder)
    return moved


def take_back(folder: Path) -> Back:
    """Put the last batch of a bin back, of which there is a file that can be. Raises OSError."""
    left = 0
    for batch in sorted(_batches(folder), reverse=True):
        back = _take_back(folder, batch)
        left += back.left
        if back.moved:
            return Back(back.moved, left)
    return Back(0, left)


def _take_back(folder: Path, batch: Path) -> Back:
    files = [Path(place, name) for place, _, names in os.walk(batch) for name in names]
    back, touched = list[Path](), set[Path]()
    for source in files:
        target = folder / source.relative_to(batch)
        target.parent.mkdir(parents=True, exist_ok=True)
        if put_first(source, target) or _are_one(source, target):
            back.append(source)
            touched.add(target.parent)
    _sync(touched, folder)
    for source in back:
        source.unlink(missing_ok=True)
    for place, _, _ in os.walk(batch, topdown=False):
        with suppress(OSError):  # something is left in it
            os.rmdir(place)
    return Back(len(back), len(files) - len(back))


def _are_one(source: Path, target: Path) -> bool:
    """Whether a file has both names, for it was being put back when that was killed."""
    return os.path.samestat(os.lstat(source), os.lstat(target))


def _batches(folder: Path) -> list[Path]:
    place = _bin(folder)
    if not place.is_dir():
        return []
    found = (one for one in place.iterdir() if _is_time(one.name))
    return [one for one in found if one.is_dir() and not one.is_symlink()]


def _is_time(name: str) -> bool:
    try:
        found = datetime.strptime(name, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return False
    return f"{found:{_FORM}}" == name and found.year <= _LAST


def _new_batch(folder: Path, now: datetime) -> Path:
    """Make the place of a batch, named by the time: it sorts after all others. Raises OSError."""
    place = _bin(folder)
    place.mkdir(parents=True, exist_ok=True)
    last = max((one.name for one in _batches(folder)), default="")
    while True:
        name = f"{now:{_FORM}}"
        if name <= last:
            now = datetime.strptime(last, _FORM).replace(tzinfo=UTC) + timedelta(seconds=1)
            continue
        with suppress(FileExistsError):
            (place / name).mkdir()
            return place / name
        last = name


def _bin(folder: Path) -> Path:
    """Return the place of the bin, which may not be there. Raises OSError for a link."""
    place = folder / BIN
    for one in (place.parent, place):
        if one.is_symlink():
            raise OSError(errno.ELOOP, "nothing is moved through a link", str(one))
    return place


def _sync(places: Iterable[Path], folder: Path) -> None:
    """Hand to the disk what these folders have, and those above them within another one."""
    above = {one for place in places for one in place.parents if one.is_relative_to(folder)}
    for one in sorted({*places, *above}, key=lambda one: not one.is_relative_to(folder / BIN)):
        with suppress(FileNotFoundError):
            sync_folder(one)
