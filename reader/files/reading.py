"""Opening files that somebody else wrote: never a link, a device or a file without end."""

import os
import stat
from pathlib import Path

MAX_BYTES = 8 * 1024 * 1024
"""The largest article file; the largest real one has 142 KB."""

_ONLY_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Unreadable(Exception):  # noqa: N818 - it names the file's condition, and the message is shown
    """A file that cannot be read; the message says why in a few words."""


def read_regular(path: str | Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file, without following a link or waiting for a pipe.

    Raises Unreadable for anything else, for more than `limit` bytes, and when the disk refuses.
    """
    return read_with_stat(path, limit)[0]


def read_with_stat(path: str | Path, limit: int = MAX_BYTES) -> tuple[bytes, os.stat_result]:
    """Return what read_regular does, and what the disk says of the file. Raises Unreadable."""
    handle, disk = _open(path)
    try:
        return _read(handle, disk.st_size, limit), disk
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {reason(error)}") from error
    finally:
        os.close(handle)


def open_regular(path: str | Path) -> int:
    """Open a regular file to read it, and nothing else. Raises Unreadable."""
    return _open(path)[0]


def reason(error: OSError) -> str:
    """Return the system's own words for an error, in lower case and without the path."""
    return (error.strerror or type(error).__name__).lower()


def _open(path: str | Path) -> tuple[int, os.stat_result]:
    try:
        handle = os.open(path, _ONLY_READ)
    except OSError as error:
        raise Unreadable(f"the file cannot be opened: {reason(error)}") from error
    disk = os.fstat(handle)
    if not stat.S_ISREG(disk.st_mode):
        os.close(handle)
        raise Unreadable("it is not a regular file")
    return handle, disk


def _read(handle: int, size: int, limit: int) -> bytes:
    parts: list[bytes] = []
    left = limit + 1
    while left > 0 and (part := os.read(handle, min(left, max(size + 1, 4096)))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise Unreadable(f"the file is larger than {limit // (1024 * 1024)} MB")
    return b"".join(parts)
