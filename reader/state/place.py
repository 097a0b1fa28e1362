"""Where the state of a folder is kept: in the folder if it is the user's own, else apart."""

import json
import os
import re
import shutil
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from reader.files.reading import Unreadable, read_regular, reason
from reader.state.journal import SUFFIX, StateError

OWN = Path(".broadsheet", "state")
MEMORY = "memory.json"


def machine_id(state_dir: Path) -> str:
    """Return the random name of this machine, the same one each time where it can be kept."""
    path = state_dir / "machine"
    try:
        return _machine(path)
    except Unreadable:
        pass
    try:
        write_whole(path, token_hex(4).encode(), replace=False)
        return _machine(path)
    except (OSError, Unreadable):
        return token_hex(4)


def journal_folder(folder: Path, state_dir: Path) -> Path:
    """Return where the journals of a folder are: in it after `init`, else in `state_dir`."""
    own = folder / OWN
    is_own = own.is_dir() and not (own.is_symlink() or own.parent.is_symlink())
    return own if is_own else memory_folder(folder, state_dir) / "state"


def memory_folder(folder: Path, state_dir: Path) -> Path:
    """Return where this machine keeps what it remembers of a folder, named after its path."""
    mark = sha256(os.fsencode(folder)).hexdigest()[:10]
    return state_dir / "folders" / f"{folder.name[:40] or 'root'}-{mark}"


def init(folder: Path, state_dir: Path) -> Path:
    """Let a folder keep its own journals, with the marks made so far. Raises StateError."""
    before, own = journal_folder(folder, state_dir), folder / OWN
    try:
        own.mkdir(parents=True, exist_ok=True)
        for path in sorted(before.glob(f"*{SUFFIX}")) if before != own else ():
            if not (own / path.name).exists():
                shutil.copyfile(path, own / path.name)
    except OSError as error:
        raise StateError(f"marks cannot be kept in {own}: {reason(error)}") from error
    return own


def recall(folder: Path) -> dict[str, object]:
    """Return what was remembered in a folder of `memory_folder`; nothing where it is damaged."""
    try:
        kept = json.loads(read_regular(folder / MEMORY))
    except (Unreadable, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def remember(folder: Path, memory: dict[str, object]) -> None:
    """Remember it in a folder of `memory_folder`. Raises StateError."""
    try:
        write_whole(folder / MEMORY, json.dumps(memory).encode())
    except OSError as error:
        raise StateError(f"the place cannot be kept in {folder}: {reason(error)}") from error


def write_whole(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write a file of ours whole or not at all; without `replace` the first one stays.

    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        if replace:
            temporary.replace(path)
        elif not path.exists():
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _machine(path: Path) -> str:
    name = read_regular(path).decode("ascii", "replace").strip()
    if not re.fullmatch("[0-9a-z]{1,32}", name):
        raise Unreadable("it is not the name of a machine")
    return name
