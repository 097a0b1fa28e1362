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
_decode = json.JSONDecoder().decode
_text = json.encoder.encode_basestring_ascii


def is_known(field: str, value: object) -> bool:
    """Whether a status has such a field, with such values."""
    if isinstance(value, bool):
        return field in FLAGS
    return field == "position" and isinstance(value, int) and 0 <= value <= MAX_POSITION


def lines_of(entries: Iterable[Entry]) -> bytes:
    """Return entries as they stand in a file."""
    return "".join(map(_line, entries)).encode()


def _line(entry: Entry) -> str:
    at, key, field, value, was, step, undo, redo = entry
    line = f'{{"at":"{at}","key":{_text(key)},"field":{_text(field)},"value":{_word(value)}'
    if was is not None:
        line += f',"was":{_word(was)}'
    for name, text in (("step", step), ("undo", undo), ("redo", redo)):
        if text is not None:
            line += f',"{name}":{_text(text)}'
    return line + "}\n"


def _word(value: Value) -> str:
    return str(value).lower()


def entry_of(line: bytes) -> Entry | None:
    """Return the fact of a line, None for anything else; what a later version adds is left out."""
    get = (found := _object(line)).get
    at, key, field, value = get("at"), get("key"), get("field"), get("value")
    is_fact = isinstance(key, str) and isinstance(field, str) and isinstance(value, int)
    if not (is_fact and is_stamp(at)):
        return None
    fact: tuple[str, str, str, Value] = at, key, field, value  # type: ignore[assignment]
    return Entry(*fact) if len(found) == 4 else Entry(*fact, *_more(found))


def _more(found: dict[str, object]) -> tuple[Value | None, str | None, str | None, str | None]:
    was, step, undo, redo = (found.get(name) for name in Entry._fields[4:])
    return (
        was if isinstance(was, int) else None,
        step if isinstance(step, str) else None,
        str(undo) if is_stamp(undo) else None,
        str(redo) if is_stamp(redo) else None,
    )


def is_ours(line: bytes) -> bool:
    """Whether this version understands all that a line says, and no later one may need it."""
    found, entry = _object(line), entry_of(line)
    return entry is not None and is_known(entry.field, entry.value) and found.keys() <= _NAMES


def _object(line: bytes) -> dict[str, object]:
    try:
        found = _decode(line.decode())
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
