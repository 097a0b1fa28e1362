"""The journal: facts as lines of JSON, one file for each machine, only ever appended to.

A line is `{"at":"019a1b2c3d4e-0000-7f3a9c2e","key":"zdnet.com/a","field":"read","value":true}`,
and for a change that can be taken back also `"was":false,"step":"read"`. Files of other machines
are read and never written, so machines that share the folder by any means cannot conflict. What
is no fact, such as a torn last line, is passed by and kept.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from reader.files.reading import Unreadable
from reader.state.clock import Clock
from reader.state.lines import Entry, entry_of, is_known, lines_of
from reader.state.own import OwnFile
from reader.state.seen import Seen
from reader.state.trouble import brief, sentence

SUFFIX = ".jsonl"
_MAX_NAME = 32


class StateError(Exception):
    """The state cannot be kept where it should be; the message is a sentence."""


class Journal:
    """The journals of one folder: reads all of them, appends to this machine's own.

    A fact that the disk refuses is kept here, and `trouble` says why until it is written.
    `own` are the keys, by field, that this machine's file has lines on since the last `go_on`.
    `process` tells the stamps of processes apart that write at the same millisecond. Without
    `makes_folder` a folder that is gone, such as an unplugged disk, is not made anew.
    """

    def __init__(
        self,
        folder: Path,
        machine: str,
        now: Callable[[], float] = time.time,
        *,
        process: str = "",
        makes_folder: bool = True,
    ) -> None:
        self._unread: str | None = None
        self._unwritten: OSError | None = None
        self._folder = folder
        self._own = OwnFile(folder / f"{machine}{SUFFIX}", makes_folder=makes_folder)
        self._clock = Clock(f"{machine}{process}"[-_MAX_NAME:], now)
        self._seen = Seen(folder)
        self.own: dict[str, dict[str, None]] = {}
        self._own_lines = 0
        self.was_replaced = False

    @property
    def trouble(self) -> str | None:
        """Why facts cannot be read or written, in a sentence, None while all is well."""
        count = self.waiting_marks if self._unwritten else 0
        waiting = f"; {count:,} kept in memory" if count else ""
        return (self.refusal or "") + waiting or self._unread

    @property
    def refusal(self) -> str | None:
        """Why facts cannot be written, in a sentence, None where they can."""
        if self._unwritten is None:
            return None
        return sentence(f"marks cannot be written to {self._own.path}", self._unwritten)

    @property
    def brief_trouble(self) -> str | None:
        """The same in a few words, for a line of the screen."""
        if self._unwritten is None:
            return "Marks cannot be read" if self._unread else None
        return brief(self._unwritten, self.waiting_marks)

    @property
    def is_readable(self) -> bool:
        """Whether the last reading went through all files."""
        return self._unread is None

    @property
    def waiting(self) -> list[Entry]:
        """The facts that are not written yet."""
        entries = map(entry_of, self._own.waiting.splitlines())
        return [entry for entry in entries if entry is not None]

    @property
    def waiting_marks(self) -> int:
        """How many marks are not written yet; where somebody was in a text is none."""
        return len({entry[1:3] for entry in self.waiting if entry.field != "position"})

    def stamp(self) -> str:
        """Return a stamp that is later than all that was read."""
        return self._clock.next()

    def read(self) -> Iterator[Entry]:
        """Yield what was appended since the last reading, file by file; whole lines only.

        A file that was replaced is read from its start, and `was_replaced` says that what was read
        of it before may be there no more.
        """
        self._unread, self.was_replaced = None, False
        try:
            names = sorted(name for name in os.listdir(self._folder) if name.endswith(SUFFIX))
        except OSError as error:
            if self._seen.names or not isinstance(error, FileNotFoundError):
                self._unread = sentence(f"the marks in {self._folder} cannot be read", error)
            return
        for name in self._seen.names.difference(names):
            self._seen.forget(name)
            self.was_replaced = True
        for name in names:
            yield from self._entries(name)

    @property
    def place(self) -> dict[str, object] | None:
        """Up to where the files were read, for `go_on`; None while facts wait for the disk."""
        if self._own.waiting or not self.is_readable:
            return None
        return {
            "folder": str(self._folder),
            "own": self._own.path.name,
            "lines": self._own_lines,
            "last": self._clock.last,
            "looks": self._seen.looks,
        }

    def go_on(self, place: dict[str, Any]) -> bool:
        """Read on from a place another time; False if it is one in other journals."""
        if (place["folder"], place["own"]) != (str(self._folder), self._own.path.name):
            return False
        self._own_lines = place["lines"]
        self._clock.see(place["last"])
        self._seen.recall(place["looks"])
        return True

    def go_back(self) -> None:
        """Read all files from their start the next time."""
        self._seen = Seen(self._folder)
        self.own, self._own_lines = {}, 0

    def read_anew(self) -> tuple[list[Entry], bool]:
        """Return all that the files hold, and whether none of those read before is unreadable."""
        known = self._seen
        self.go_back()
        entries = list(self.read())
        gone = known.names - self._seen.names
        if os.path.isdir(self._folder):
            gone = {name for name in gone if os.path.lexists(self._folder / name)}
        self._seen.keep(known, gone)
        return entries, not gone

    def append(self, entries: Iterable[Entry]) -> list[Entry]:
        """Append entries; on return they survive the process, or `trouble` says why not."""
        entries = list(entries)
        self._clock.see(max((entry.at for entry in entries), default=""))
        lines, is_alone = lines_of(entries), not self._own.waiting
        self._own.waiting += lines
        own = self._own
        if self.write() and is_alone and self._seen.skip(own.path.name, own.start, lines):
            self._count(entries)
        return entries

    def write(self) -> bool:
        """Hand to the system what waits for it; whether nothing waits any more."""
        try:
            self._own.write()
        except OSError as error:
            self._unwritten = error
        else:
            self._unwritten = None
        return not self._own.waiting

    def close(self, needed_lines: int = 0) -> int:
        """Hand everything to the disk; returns how many marks it did not take.

        Where over half of a large file of ours is void, the rest is kept: what is in `own`
        and `needed_lines` are not void.
        """
        self.write()
        lost = self.waiting_marks
        try:
            self._own.sync()
        except OSError as error:
            self._unwritten = error
            return lost + self._own.unsynced
        if not self._own.waiting:
            self._compact(needed_lines)
        return lost

    def _compact(self, needed_lines: int) -> None:
        from reader.state.compaction import MIN_BYTES, compact

        live = sum(map(len, self.own.values())) + needed_lines
        with suppress(OSError):
            if self._own_lines > 2 * live and os.stat(self._own.path).st_size > MIN_BYTES:
                compact(self._own)

    def _entries(self, name: str) -> Iterator[Entry]:
        try:
            whole, is_another = self._seen.whole_lines(name)
        except (Unreadable, OSError) as error:
            self._unread = sentence(f"the marks in {self._folder / name} cannot be read", error)
            return
        self.was_replaced |= is_another
        entries = [entry for line in whole.split(b"\n") if (entry := entry_of(line))]
        self._clock.see(max((entry.at for entry in entries), default=""))
        if name != self._own.path.name:
            yield from (entry.fact for entry in entries)
            return
        self._count(entries)
        yield from entries

    def _count(self, entries: list[Entry]) -> None:
        """Count lines of this machine's own file, and note the keys that these are about."""
        for _, key, field, value, *_ in entries:
            if is_known(field, value):
                self._own_lines += 1
                self.own.setdefault(field, {})[key] = None
