"""The journal: facts as lines of JSON, one file for each machine, only ever appended to.

A line is `{"at":"019a1b2c3d4e-0000-7f3a9c2e","key":"zdnet.com/a","field":"read","value":true}`.
Files of other machines are read and never written, so machines that share the folder by any
means cannot conflict. What is no fact, such as a torn last line, is passed by and kept.
"""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

from reader.files.reading import Unreadable, open_regular, reason
from reader.state.clock import Clock, is_stamp

SUFFIX = ".jsonl"

Value: TypeAlias = bool | int
Fact: TypeAlias = tuple[str, str, Value]
"""The key of an article, the name of a field of `Status`, and its value."""


class StateError(Exception):
    """The state cannot be kept where it should be; the message is a sentence."""


class Entry(NamedTuple):
    """One line: a fact and the stamp of its clock; the latest stamp of a key and field holds."""

    at: str
    key: str
    field: str
    value: Value


class Journal:
    """The journals of one folder: reads all of them, appends to this machine's own.

    A fact that the disk refuses is kept here, and `trouble` says why until it is written.
    """

    def __init__(self, folder: Path, machine: str, now: Callable[[], float] = time.time) -> None:
        self.trouble: str | None = None
        self._folder, self._own = folder, folder / f"{machine}{SUFFIX}"
        self._clock = Clock(machine, now)
        self._ends: dict[str, int] = {}
        self._waiting = b""
        self._handle: int | None = None

    def read(self) -> Iterator[Entry]:
        """Yield what was appended since the last reading, file by file; whole lines only."""
        try:
            names = sorted(name for name in os.listdir(self._folder) if name.endswith(SUFFIX))
        except FileNotFoundError:
            return
        except OSError as error:
            self.trouble = f"the marks in {self._folder} cannot be read: {reason(error)}"
            return
        for name in names:
            yield from self._entries(name)

    def append(self, facts: Iterable[Fact]) -> list[Entry]:
        """Append facts, each with a stamp of its own; on return they survive the process."""
        entries = [Entry(self._clock.next(), *fact) for fact in facts]
        lines = [json.dumps(entry._asdict(), separators=(",", ":")) + "\n" for entry in entries]
        self._waiting += "".join(lines).encode()
        self.write()
        return entries

    def write(self) -> None:
        """Hand to the system what waits for it."""
        try:
            self._write()
        except OSError as error:
            self.trouble = f"marks cannot be written to {self._own}: {reason(error)}"
        else:
            self.trouble = None

    def close(self) -> None:
        """Hand everything to the disk."""
        if self._waiting:
            self.write()
        if self._handle is not None:
            try:
                os.fsync(self._handle)
            except OSError as error:
                self.trouble = f"marks cannot be written to {self._own}: {reason(error)}"
            os.close(self._handle)
            self._handle = None

    def _write(self) -> None:
        if self._handle is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            self._handle = os.open(self._own, flags | os.O_NONBLOCK, 0o600)
            if _is_torn(self._handle):
                self._waiting = b"\n" + self._waiting
        while self._waiting:
            written = os.write(self._handle, self._waiting)
            self._waiting = self._waiting[written:]

    def _entries(self, name: str) -> Iterator[Entry]:
        try:
            data = _read_on(self._folder / name, self._ends.get(name, 0))
        except (Unreadable, OSError) as error:
            self.trouble = f"the marks in {self._folder / name} cannot be read: {error}"
            return
        whole = data[: data.rfind(b"\n") + 1]
        self._ends[name] = self._ends.get(name, 0) + len(whole)
        for line in whole.splitlines():
            if entry := _entry(line):
                self._clock.see(entry.at)
                yield entry


def _read_on(path: Path, start: int) -> bytes:
    """Return a file from a byte on. Raises Unreadable, OSError."""
    with open(open_regular(path), "rb") as file:
        file.seek(start)
        return file.read()


def _is_torn(handle: int) -> bool:
    """Whether a file ends within a line."""
    size = os.fstat(handle).st_size
    return size > 0 and os.pread(handle, 1, size - 1) != b"\n"


def _entry(line: bytes) -> Entry | None:
    """Return the fact of a line, None for anything else."""
    try:
        found = json.loads(line)
        entry = Entry(*(found[name] for name in Entry._fields))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    is_fact = isinstance(entry.key, str) and isinstance(entry.field, str)
    is_fact = is_fact and isinstance(entry.value, int)
    return entry if is_fact and is_stamp(entry.at) else None
