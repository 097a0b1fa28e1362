"""One line of a journal: a fact, its stamp, and what is needed to take it back."""

import json
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from reader.state.clock import is_stamp

FLAGS = frozenset(("read", "passed", "starred", "dismissed"))
MAX_POSITION = 1_000_000_000

Value: TypeAlias = bool | int
Fact: TypeAlias = tuple[str, str, Value]
"""The key of an article, the name of a field of `Status`, and its value."""


class Entry(NamedTuple):
    """One line: a fact and the stamp of its clock; the latest stamp of a key and field holds.

    All facts of one change have one stamp. `step` names a change that can be taken back, `was`
    is the value before it; `undo` and `redo` are the stamp of the change that these take back
    or make again.
    """

    at: str
    key: str
    field: str
    value: Value
    was: Value | None = None
    step: str | None = None
    undo: str | None = None
    redo: str | None = None

    @property
    def fact(self) -> "Entry":
        """The fact alone, which is all that counts in the file of another machine."""
        return Entry(*self[:4])


_NAMES = frozenset(Entry._fields)


def is_known(field: str, value: object) -> bool:
    """Whether a status has such a field, with such values."""
    if isinstance(value, bool):
        return field in FLAGS
    return field == "position" and isinstance(value, int) and 0 <= value <= MAX_POSITION


def lines_of(entries: Iterable[Entry]) -> bytes:
    """Return entries as they stand in a file."""
    parts = (
        {name: value for name, value in entry._asdict().items() if value is not None}
        for entry in entries
    )
    return "".join(json.dumps(part, separators=(",", ":")) + "\n" for part in parts).encode()


def entry_of(line: bytes) -> Entry | None:
    """Return the fact of a line, None for anything else; what a later version adds is left out."""
    found = _object(line)
    at, key, field, value = (found.get(name) for name in Entry._fields[:4])
    if not (is_stamp(at) and isinstance(key, str) and isinstance(field, str)):
        return None
    if not isinstance(value, int):
        return None
    if len(found) == 4:
        return Entry(str(at), key, field, value)
    was, step, undo, redo = (found.get(name) for name in Entry._fields[4:])
    return Entry(
        *(str(at), key, field, value),
        was=was if isinstance(was, int) else None,
        step=step if isinstance(step, str) else None,
        undo=str(undo) if is_stamp(undo) else None,
        redo=str(redo) if is_stamp(redo) else None,
    )


def is_ours(line: bytes) -> bool:
    """Whether this version understands all that a line says, and no later one may need it."""
    found, entry = _object(line), entry_of(line)
    return entry is not None and is_known(entry.field, entry.value) and found.keys() <= _NAMES


def _object(line: bytes) -> dict[str, object]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
