"""Where the index of some folders is kept: in the cache, else in a place that goes at the end."""

import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from reader.snapshot.damage import Damaged
from reader.snapshot.index import NAME, read_tables

UNDISTURBED = 600.0
"""Seconds for which nothing is deleted that another process may be writing."""

_TEMPORARY = "broadsheet-"

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - what is made there is private


def cache_folder(cache_dir: Path, roots: Sequence[Path]) -> Path:
    """Return the folder of the cache that belongs to some opened folders."""
    names = b"\0".join(os.fsencode(root) for root in roots)
    return cache_dir / sha256(names).hexdigest()[:10]


def make_place(place: Path) -> None:
    """Make a folder that only this user can enter and write to. Raises OSError."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = os.lstat(place)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError("it belongs to another user")
    with tempfile.TemporaryFile(dir=place):
        pass


def temporary_place() -> Path:
    """Make a folder that lasts as long as the program. Raises OSError."""
    bases = [base for base in (SHARED_MEMORY, Path(tempfile.gettempdir())) if base.is_dir()]
    for base in bases:
        _sweep_temporary(base)
        with suppress(OSError):
            return Path(tempfile.mkdtemp(prefix=f"{_TEMPORARY}{os.getpid()}-", dir=base))
    raise OSError(errno.ENOSPC, "there is no place for temporary files")


def _sweep_temporary(base: Path) -> None:
    """Delete the folders of programs that came to a sudden end."""
    for place in base.glob(f"{_TEMPORARY}[0-9]*-*"):
        owner = place.name.removeprefix(_TEMPORARY).partition("-")[0]
        with suppress(OSError, ValueError):
            if place.lstat().st_uid == os.getuid() and not _is_running(int(owner)):
                shutil.rmtree(place)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError as error:
        return not isinstance(error, ProcessLookupError)
    return True


def sweep(place: Path) -> None:
    """Delete what the index does not need: broken attempts, and segments that were put together."""
    with suppress(OSError, Damaged):
        needed, long_ago = {*read_tables(place / NAME).segments, NAME}, time.time() - UNDISTURBED
        for entry in os.scandir(place):
            is_needed = entry.name.partition(".")[0] in needed and not entry.name.endswith(".tmp")
            if not is_needed and entry.stat(follow_symlinks=False).st_mtime < long_ago:
                os.unlink(entry.path)
