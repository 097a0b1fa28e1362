"""The one journal that this machine writes: appended to under a lock, and kept if refused."""

import errno
import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.state.whole import sync_folder, write_whole

LOCK_SECONDS = 0.3
"""How long another process may hold the lock before what waits stays in memory."""

AS_IT_IS = os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
"""Opens a file that is there, and no link or pipe."""
_BUSY = frozenset((errno.EAGAIN, errno.EACCES))


class OwnFile:
    """The file of this machine; `waiting` is what is to be appended to it, in whole lines.

    `start` is where the last of it was appended.

    The lock is on the file itself: nothing is made beside it, and one that was replaced in the
    meantime is seen under the lock and left. A file system without locks is written without.
    """

    def __init__(self, path: Path, *, makes_folder: bool = True) -> None:
        self.path, self._makes_folder = path, makes_folder
        self.waiting = b""
        self.unsynced = 0
        self.start = 0
        self._patience = LOCK_SECONDS

    def write(self) -> None:
        """Append what waits; a line that is refused halfway begins again. Raises OSError."""
        if not self.waiting:
            return
        if self._makes_folder:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        data = self.waiting
        try:
            with locked(self.path, AS_IT_IS | os.O_CREAT, self._patience) as handle:
                self._append(handle)
            self._patience = LOCK_SECONDS
        except OSError as error:
            if error.errno == errno.EAGAIN:  # whoever holds the lock may be stopped
                self._patience = 0.0
            if not self.waiting:  # closing was refused: what was written may not be there
                self.waiting = data
            raise
        finally:
            self.unsynced += max(0, data.count(b"\n") - self.waiting.count(b"\n"))

    def sync(self) -> None:
        """Hand to the disk what was written. Raises OSError."""
        if self.unsynced:
            handle = os.open(self.path, AS_IT_IS & ~os.O_RDWR)  # also where nothing can be written
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
            sync_folder(self.path.parent)
            self.unsynced = 0

    def replace(self, live: Callable[[bytes], bytes]) -> bool:
        """Put what is `live` of the file in its place; False if another process is at it.

        What is appended while that is made out is added. Raises OSError.
        """
        before = _content(self.path, AS_IT_IS)
        whole = before[: before.rfind(b"\n") + 1]
        kept = live(whole)
        with locked(self.path, AS_IT_IS, 0.0, is_needed=True) as handle:
            now = read_all(handle)
            if not now.startswith(before):
                return False
            mode = stat.S_IMODE(os.fstat(handle).st_mode)
            write_whole(self.path, kept + now[len(whole) :], mode=mode)
        return True

    def _append(self, handle: int) -> None:
        done, data = 0, b"\n" * _is_torn(handle) + self.waiting
        self.start = os.fstat(handle).st_size + len(data) - len(self.waiting)
        try:
            while done < len(data):
                written = os.write(handle, data[done:])
                if not written:
                    raise OSError(errno.EIO, "nothing was written")
                done += written
        finally:
            self.waiting = data[data.rfind(b"\n", 0, done) + 1 :].lstrip(b"\n")


@contextmanager
def locked(path: Path, flags: int, seconds: float, *, is_needed: bool = False) -> Iterator[int]:
    """Open a regular file and lock it, the one that has this path under the lock. Raises OSError.

    Without `is_needed` a file system that has no locks is no error.
    """
    end = time.monotonic() + seconds
    while True:
        handle = os.open(path, flags, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(errno.EINVAL, "it is not a regular file")
            if _lock(handle, end, is_needed=is_needed) and _is_at(handle, path):
                yield handle
                break
        finally:
            os.close(handle)
        if time.monotonic() > end:
            raise OSError(errno.EAGAIN, "another process is writing to it")


def _lock(handle: int, end: float, *, is_needed: bool) -> bool:
    """Take the lock; False if it cannot be had until `end`. Raises OSError."""
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _BUSY:
                if is_needed:
                    raise
                return True
        else:
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.002)


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    except FileNotFoundError:
        return False


def _is_torn(handle: int) -> bool:
    """Whether a file ends within a line. Raises OSError."""
    size = os.fstat(handle).st_size
    return size > 0 and os.pread(handle, 1, size - 1) != b"\n"


def _content(path: Path, flags: int) -> bytes:
    handle = os.open(path, flags)
    try:
        return read_all(handle)
    finally:
        os.close(handle)


def read_all(handle: int) -> bytes:
    """Return the content of an open file. Raises OSError."""
    with open(handle, "rb", closefd=False) as file:
        return file.read()
