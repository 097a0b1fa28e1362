"""Moving the journals of a folder into it, once the folder is the user's own."""

import errno
import os
import shutil
from pathlib import Path

from reader.files.reading import reason
from reader.state.journal import SUFFIX, StateError
from reader.state.own import AS_IT_IS, LOCK_SECONDS, OwnFile, locked, read_all
from reader.state.place import OWN, journal_folder, memory_folder
from reader.state.whole import sync_folder, temporary_beside, write_whole

ATTRIBUTES = ".gitattributes"
MERGING = f"state/*{SUFFIX} merge=union -text\n"
"""Lets git keep the lines of both sides, as they are: their order does not matter."""

_MOVED = ".moved"


def init(folder: Path, state_dir: Path) -> Path:
    """Let a folder keep its own journals, with the marks made so far. Raises StateError."""
    before, own = journal_folder(folder, state_dir), folder / OWN
    try:
        if before != own:
            _copy_whole(before, own)
            bring_rest(folder, state_dir)
        else:
            _say_how_to_merge(own.parent)
    except OSError as error:
        raise StateError(f"marks cannot be kept in {own}: {reason(error)}") from error
    return own


def bring_rest(folder: Path, state_dir: Path) -> None:
    """Append to a folder's own journals what still came to those apart from it. Raises OSError.

    Another process may not know yet that they have moved, and write there. What was brought is
    set aside.
    """
    own = folder / OWN
    for path in (memory_folder(folder, state_dir) / "state").glob(f"*{SUFFIX}"):
        with locked(path, AS_IT_IS, LOCK_SECONDS) as handle:
            _append_new(read_all(handle), own / path.name)
            path.replace(path.with_name(path.name + _MOVED))


def _append_new(data: bytes, target: Path) -> None:
    """Append the lines that a journal does not have yet. Raises OSError."""
    known = set(target.read_bytes().split(b"\n")) if target.exists() else set()
    file = OwnFile(target, makes_folder=False)
    new = (line for line in data.split(b"\n") if line and line not in known)
    file.waiting = b"".join(line + b"\n" for line in new)
    file.write()
    file.sync()


def _copy_whole(before: Path, own: Path) -> None:
    """Let a folder appear with the journals of another one, or not at all. Raises OSError."""
    own.parent.mkdir(exist_ok=True)
    for path in (own.parent, own):
        if path.is_symlink():
            raise OSError(errno.ELOOP, f"{path.name} is a link")
    temporary = temporary_beside(own)
    try:
        temporary.mkdir()
        for path in before.glob(f"*{SUFFIX}"):
            _copy(path, temporary / path.name)
        sync_folder(temporary)
        _say_how_to_merge(own.parent)
        temporary.rename(own)
        sync_folder(own.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    shutil.copy(source, target)
    with open(target, "rb") as file:
        os.fsync(file.fileno())


def _say_how_to_merge(folder: Path) -> None:
    """Write git's attributes for the journals, unless there are some. Raises OSError."""
    if not os.path.lexists(folder / ATTRIBUTES):
        write_whole(folder / ATTRIBUTES, MERGING.encode(), replace=False, mode=0o644)
