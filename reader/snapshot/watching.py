"""Watching folders: what changes in them is handed on by path."""

import os
import stat
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

DEBOUNCE = 200
"""Milliseconds for which changes are gathered, at most."""

AGAIN = 2.0
"""Seconds until it is seen that a folder is another one now, or is there again."""

_NETWORKS = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone")
_MOUNTS = Path("/proc/mounts")


class Changed(NamedTuple):
    """Absolute paths at which something is another way now."""

    paths: frozenset[str]


class Watched(NamedTuple):
    """A root that is watched from now on; what happened to it before may not have been seen."""

    root: Path


class Unwatched(NamedTuple):
    """A root that cannot be watched, and why in a few words where nothing else says so."""

    root: Path
    why: str = ""


Event = Changed | Watched | Unwatched


def watch(roots: Sequence[Path], put: Callable[[Event], object]) -> None:
    """Hand on what happens in folders, and to single files, from threads that end with us.

    What they import is imported before: a process that is forked while a thread imports something
    waits for ever if it needs the same.
    """
    with suppress(ImportError):  # a thread will say so
        import platform  # noqa: F401 - watchfiles needs it when it begins

        import watchfiles  # noqa: F401

    for root in roots:
        threading.Thread(target=_watch, args=(root, put), daemon=True).start()


def _watch(root: Path, put: Callable[[Event], object]) -> None:
    """Watch a root until that is not possible; one that is not there may come back."""
    is_missing = False
    while not is_over_a_network(root):
        try:
            _hand_on(root, put)
        except FileNotFoundError:
            if not is_missing:
                put(Unwatched(root))
            is_missing = True
        except Exception as error:  # of the system, or of the library: the limit of watches, mostly
            put(Unwatched(root, str(error).partition(" about ")[0].rstrip(".")))
            return
        else:
            is_missing = False
        time.sleep(AGAIN)
    put(Unwatched(root))


def _hand_on(root: Path, put: Callable[[Event], object]) -> None:
    """Hand on changes until another folder is where the root was. Raises what watching raises."""
    from watchfiles import watch as changes_in

    folder = root if stat.S_ISDIR(os.stat(root).st_mode) else root.parent
    identity, is_new = _identity(folder), True
    for changes in changes_in(
        folder,
        watch_filter=None,
        debounce=DEBOUNCE,
        rust_timeout=int(AGAIN * 1000),
        yield_on_timeout=True,
        recursive=folder == root,
        poll_delay_ms=int(AGAIN * 1000),
    ):
        if is_new:
            put(Watched(root))
        if changes:
            put(Changed(frozenset(path for _, path in changes)))
        is_new = False
        if _identity(folder) != identity:
            return


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(folder)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_over_a_network(root: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a path is on a file system whose changes by others nobody is told of."""
    try:
        lines = mounts.read_bytes().splitlines()
    except OSError:
        return False
    kinds = {point: kind for _, point, kind, *_ in (line.split(b" ") for line in lines)}
    for place in (root, *root.parents):
        kind = kinds.get(os.fsencode(place).replace(b" ", rb"\040"))
        if kind is not None:
            return kind.decode().startswith(_NETWORKS)
    return False
