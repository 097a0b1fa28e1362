"""The journal: facts as lines of JSON, one file for each machine, only ever appended to.

A line is `{"at":"019a1b2c3d4e-0000-7f3a9c2e","key":"zdnet.com/a","field":"read","value":true}`.
Files of other machines are read and never written, so machines that share the folder by any
means cannot conflict. What is no fact, such as a torn last line, is passed by and kept.
"""

import errno
import json
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

from reader.files.reading import Unreadable, open_regular, reason
from reader.state.clock import Clock, is_stamp
from reader.text import clean_line

SUFFIX = ".jsonl"
MAX_BYTES = 256 * 1024 * 1024
"""The largest journal that is read: some two million facts."""

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
        self._unread: str | None = None
        self._unwritten: str | None = None
        self._folder, self._own = folder, folder / f"{machine}{SUFFIX}"
        self._clock = Clock(machine, now)
        self._ends: dict[str, int] = {}
        self._waiting = b""
        self._handle: int | None = None

    @property
    def trouble(self) -> str | None:
        """Why facts cannot be read or written, in a sentence, None while all is well."""
        return self._unwritten or self._unread

    def read(self) -> Iterator[Entry]:
        """Yield what was appended since the last reading, file by file; whole lines only."""
        self._unread = None
        try:
            names = sorted(name for name in os.listdir(self._folder) if name.endswith(SUFFIX))
        except FileNotFoundError:
            return
        except OSError as error:
            self._unread = _sentence(f"the marks in {self._folder} cannot be read", reason(error))
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
            self._refused(error)
        else:
            self._unwritten = None

    def close(self) -> None:
        """Hand everything to the disk."""
        if self._waiting:
            self.write()
        if self._handle is not None:
            try:
                os.fsync(self._handle)
            except OSError as error:
                self._refused(error)
            os.close(self._handle)
            self._handle = None

    def _refused(self, error: OSError) -> None:
        self._unwritten = _sentence(f"marks cannot be written to {self._own}", reason(error))

    def _write(self) -> None:
        """Write what waits; a line that is refused halfway begins again, on a line of its own."""
        handle, done = self._opened(), 0
        try:
            while done < len(self._waiting):
                done += os.write(handle, self._waiting[done:])
        finally:
            whole = self._waiting.rfind(b"\n", 0, done) + 1
            self._waiting = b"\n" * (whole < done) + self._waiting[whole:]

    def _opened(self) -> int:
        """Return the handle of this machine's own file, at the end of a whole line."""
        if self._handle is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            handle = os.open(self._own, flags | os.O_NONBLOCK, 0o600)
            try:
                self._waiting = b"\n" * _is_torn(handle) + self._waiting
            except OSError:
                os.close(handle)
                raise
            self._handle = handle
        return self._handle

    def _entries(self, name: str) -> Iterator[Entry]:
        try:
            data = _read_on(self._folder / name, self._ends.get(name, 0))
        except (Unreadable, OSError) as error:
            why = reason(error) if isinstance(error, OSError) else str(error)
            self._unread = _sentence(f"the marks in {self._folder / name} cannot be read", why)
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
        if os.fstat(file.fileno()).st_size > MAX_BYTES:
            raise Unreadable(f"the file is larger than {MAX_BYTES // (1024 * 1024)} MB")
        file.seek(start)
        return file.read(MAX_BYTES)


def _is_torn(handle: int) -> bool:
    """Whether a file ends within a line. Raises OSError, also for what is no regular file."""
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    return found.st_size > 0 and os.pread(handle, 1, found.st_size - 1) != b"\n"


def _sentence(fact: str, why: str) -> str:
    return clean_line(f"{fact}: {why}")


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
