"""Where the state of a folder is kept: in the folder if it is the user's own, else apart."""

import json
import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from reader.files.reading import Unreadable, read_regular, reason
from reader.state.journal import StateError
from reader.state.whole import sweep, write_whole

OWN = Path(".broadsheet", "state")
MEMORY, EDITION = "memory.json", "edition.json"
_KEPT = {MEMORY: "the place", EDITION: "the edition"}


def machine_id(state_dir: Path) -> str:
    """Return the random name of this machine, the same one each time where it can be kept."""
    path = state_dir / "machine"
    is_there = os.path.lexists(path)
    with suppress(Unreadable):
        return _machine(path)
    with suppress(OSError):  # another process may have been first
        write_whole(path, os.urandom(4).hex().encode(), replace=is_there)
    with suppress(Unreadable):
        return _machine(path)
    return os.urandom(4).hex()


def journal_folder(folder: Path, state_dir: Path) -> Path:
    """Return where the journals of a folder are: in it after `init`, else in `state_dir`."""
    own = folder / OWN
    is_link = os.path.islink(own) or os.path.islink(own.parent)
    return own if os.path.isdir(own) and not is_link else memory_folder(folder, state_dir) / "state"


def memory_folder(folder: Path, state_dir: Path) -> Path:
    """Return where this machine keeps what it remembers of a folder, named after its path."""
    mark = sha256(os.fsencode(folder)).hexdigest()[:10]
    return state_dir / "folders" / f"{folder.name[:40] or 'root'}-{mark}"


def recall(folder: Path, name: str = MEMORY) -> dict[str, object]:
    """Return what was remembered in a folder of `memory_folder`; nothing where it is damaged."""
    try:
        kept = json.loads(read_regular(folder / name))
    except (Unreadable, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def remember(folder: Path, memory: dict[str, object], name: str = MEMORY) -> None:
    """Remember it in a folder of `memory_folder`. Raises StateError."""
    try:
        write_whole(folder / name, json.dumps(memory).encode())
    except OSError as error:
        why = f"{_KEPT[name]} cannot be kept in {folder}: {reason(error)}"
        raise StateError(why) from error


def sweep_places(folder: Path, state_dir: Path) -> None:
    """Remove what broken attempts left in the places of ours that belong to a folder."""
    journals = journal_folder(folder, state_dir)
    for place in {state_dir, journals, journals.parent, memory_folder(folder, state_dir)}:
        sweep(place)


def _machine(path: Path) -> str:
    name = read_regular(path).decode("ascii", "replace").strip()
    if not re.fullmatch("[0-9a-z]{1,32}", name):
        raise Unreadable("it is not the name of a machine")
    return name
