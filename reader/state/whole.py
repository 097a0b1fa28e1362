"""Files of ours that are written whole or not at all, and what is left of broken attempts."""

import errno
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HOUR = 3600.0
_NO_SYNC = frozenset((errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF))

_TEMPORARY = re.compile(
    r"\.(?:machine|memory\.json|feeds\.json|feeds\.opml|edition\.json|filters\.toml|state|marks|\.gitattributes|.{1,200}\.jsonl)\.[0-9a-f]{8}",
    re.DOTALL,
)


def temporary_beside(path: Path) -> Path:
    """Return a name for what becomes `path` when it is whole."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}")


def write_whole(
    path: Path, data: bytes, *, replace: bool = True, mode: int = 0o600, sync: bool = True
) -> None:
    """Write a file of ours whole or not at all; without `replace` the first one stays.

    Without `sync` it need not survive a power cut. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_beside(path)
    with written(temporary, data, mode=mode, sync=sync):
        if replace:
            temporary.replace(path)
        else:
            put_first(temporary, path)
        if sync:
            sync_folder(path.parent)


@contextmanager
def written(temporary: Path, data: bytes, *, mode: int, sync: bool = True) -> Iterator[None]:
    """Have a new file for as long as it takes to give it another name. Raises OSError.

    With `sync` it is on the disk by then; whatever becomes of it, nothing is left at the end.
    """
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        try:
            _write_all(handle, data)
            if sync:
                os.fsync(handle)
        finally:
            os.close(handle)
        yield
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _write_all(handle: int, data: bytes) -> None:
    done = 0
    while done < len(data):
        done += os.write(handle, data[done:])


def sync_folder(folder: Path) -> None:
    """Hand to the disk which files a folder has, where the file system can. Raises OSError."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(handle)


def sweep(folder: Path, now: float | None = None) -> None:
    """Remove from a folder of ours the temporary files that an earlier attempt left."""
    old = (time.time() if now is None else now) - HOUR
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name):
                with suppress(OSError):
                    _remove(entry, old)


def _remove(entry: os.DirEntry[str], old: float) -> None:
    if entry.stat(follow_symlinks=False).st_mtime > old:
        return
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path)
    elif entry.is_file(follow_symlinks=False):
        os.unlink(entry.path)


def put_first(temporary: Path, path: Path) -> bool:
    """Give a file its name unless another one has it; whether it has it now. Raises OSError."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if os.path.lexists(path):
            return False
        temporary.replace(path)
    return True
