"""What this machine remembers of asking each feed: when, what it answered, when to ask again.

It is kept beside the place of the folder in the user's state; losing it costs one full asking.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reader.files.reading import Unreadable, read_regular
from reader.state.place import memory_folder
from reader.state.whole import write_whole

FAILING = 3
"""Failures in a row after which a feed is called failing."""

_NAME = "feeds.json"
_MOST = 64 * 1024 * 1024  # bytes
_MOST_SECONDS = 1e11  # the year 5138; times beyond it cannot be shown


class Record(NamedTuple):
    """What is known of a feed from asking it; times are seconds since 1970.

    `digest` is of the bytes that were understood last. `failures` are those in a row, `error` the
    last one's sentence, `head` the beginning of that answer. `gone` says that it answered 410.
    `moves` counts how often in a row it has moved to `moved_to` for good. `newest` is when the
    newest article was published, `gap` the seconds between two. `wrong` is what was wrong with a
    feed that could be read all the same, `note` what the user should know of it.
    """

    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    asked_at: float | None = None
    well_at: float | None = None
    due_at: float = 0.0
    failures: int = 0
    error: str | None = None
    head: str | None = None
    status: int | None = None
    gone: bool = False
    moved_to: str | None = None
    moves: int = 0
    newest: float | None = None
    gap: float | None = None
    wrong: str | None = None
    note: str | None = None

    @property
    def is_failing(self) -> bool:
        """Whether it has failed so often in a row that the user should know."""
        return self.failures >= FAILING


NEW = Record()
"""What is known of a feed that was never asked."""


def health(record: Record, *, paused: bool = False) -> str:
    """Return in a few words how a feed is."""
    if paused:
        return "paused"
    if record.gone:
        return "gone for good (410)"
    if record.failures:
        times = "once" if record.failures == 1 else f"{record.failures} times"
        return f"failed {times}: {record.error or 'no reason known'}"
    if record.asked_at is None:
        return "not asked yet"
    return record.note or record.wrong or "fine"


def read_records(folder: Path, state_dir: Path) -> dict[str, Record]:
    """Return the records of a folder's feeds by their addresses; none where they are damaged."""
    try:
        found = json.loads(read_regular(_path(folder, state_dir), _MOST))
        return {url: _record(told) for url, told in found.items()}
    except (Unreadable, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def write_records(folder: Path, state_dir: Path, records: Mapping[str, Record]) -> None:
    """Keep the records of a folder's feeds. Raises OSError."""
    told = {url: _told(record) for url, record in sorted(records.items())}
    write_whole(_path(folder, state_dir), json.dumps(told).encode())


def _path(folder: Path, state_dir: Path) -> Path:
    return memory_folder(folder.resolve(), state_dir) / _NAME


def _told(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record._asdict().items() if value not in (None, False)}


def _record(told: dict[str, Any]) -> Record:
    """Return a record without what makes no sense. Raises TypeError."""
    record = NEW._replace(**{name: told[name] for name in Record._fields if name in told})
    kinds = Record.__annotations__
    return record._replace(
        **{
            name: NEW._asdict()[name]
            for name, value in record._asdict().items()
            if not _is(value, str(kinds[name]))
        }
    )


def _is(value: object, kind: str) -> bool:
    if value is None:
        return "None" in kind
    if isinstance(value, bool):
        return "bool" in kind
    if isinstance(value, int | float):
        if not abs(value) < _MOST_SECONDS:  # also what is no number
            return False
        return "float" in kind or (isinstance(value, int) and "int" in kind)
    return isinstance(value, str) and "str" in kind
