"""Fills the word index of a segment: in steps, so that whoever does it can do other things too."""

import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from secrets import token_hex
from zlib import compress

from reader.search import FIELDS, Needle
from reader.snapshot.full_text import CHECK, SUFFIX, VERSION, checksum, matching
from reader.snapshot.index import Index
from reader.snapshot.segments import Records
from reader.snapshot.words import read_words

_SIGNS = "+#|"  # what words are made of beside letters, digits and what is not ASCII
_SCHEMA = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA temp_store = MEMORY",
    f"PRAGMA user_version = {VERSION}",
    f"CREATE VIRTUAL TABLE words USING fts5({', '.join(FIELDS)}, content='', columnsize=0,"
    f" prefix='1 2', tokenize=\"ascii tokenchars '{_SIGNS}'\")",
    f"INSERT INTO words(words, rank) VALUES('hashsize', {1 << 24})",
    "CREATE TABLE offsets(packed BLOB)",
    "CREATE TABLE frequent(needle TEXT PRIMARY KEY, mask BLOB) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, words, row)",
    "BEGIN",
)
_INSERT = f"INSERT INTO words(rowid, {', '.join(FIELDS)}) VALUES(?{', ?' * len(FIELDS)})"
_NO_WORDS = "\n" * (len(FIELDS) - 1)
_PAGES = 500  # that one step of merging may write
_FREQUENT, _FEW = 10, 1000  # what a tenth of the articles have, if that is no fewer than so many


def fill(folder: Path, index: Index, records: Records, segment: int) -> Iterator[None]:
    """Make the word index of a segment, in steps of some milliseconds; closing gives it up.

    Raises OSError, Damaged.
    """
    rows = [row for row, number in enumerate(index.segment) if number == segment]
    filling = Filling(folder, index.tables.segments[segment])
    try:
        for many in read_words(index, records, rows):
            filling.add((index.offset[row], words) for row, words in many)
            yield
        yield from filling.finish()
    finally:
        filling.close()


class Filling:
    """A word index in the making, beside its place; it is put there when it is finished.

    What a process leaves behind that is killed has `.tmp` at its end. Raises OSError.
    """

    def __init__(self, folder: Path, token: str) -> None:
        import sqlite3

        self._path = folder / f"{token}{SUFFIX}"
        self._beside = folder / f"{token}{SUFFIX}.{token_hex(4)}.tmp"
        self._offsets: list[int] = []
        os.close(os.open(self._beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        self._connection = sqlite3.connect(self._beside, isolation_level=None)
        with self._giving_up():
            for statement in _SCHEMA:
                self._connection.execute(statement)

    def add(self, records: Iterable[tuple[int, bytes]]) -> None:
        """Add records: where each begins in the segment, and its words."""
        fields = []
        for offset, words in records:
            fields.append((len(self._offsets), *(words.decode() or _NO_WORDS).split("\n")))
            self._offsets.append(offset)
        with self._giving_up():
            self._connection.executemany(_INSERT, fields)

    def finish(self) -> Iterator[None]:
        """Put the index in its place, in steps."""
        with self._giving_up():
            yield from self._merge()
            yield from self._store_frequent()
            packed = struct.pack(f"<{len(self._offsets)}Q", *self._offsets)
            self._connection.execute("INSERT INTO offsets VALUES(?)", (packed,))
            self._connection.execute("COMMIT")
            self._connection.close()
            _seal(self._beside)
            os.replace(self._beside, self._path)

    def close(self) -> None:
        """Give up what is not finished."""
        self._connection.close()
        self._beside.unlink(missing_ok=True)

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        """Give all up for what the disk, or this SQLite, cannot do."""
        import sqlite3

        try:
            yield
        except (OSError, sqlite3.Error) as error:
            self.close()
            raise OSError(str(error)) from error

    def _merge(self) -> Iterator[None]:
        """Make one tree of all, until a step changes nothing: sqlite.org/fts5.html#merge."""
        pages, before = -_PAGES, -2
        while self._connection.total_changes - before >= 2:
            before = self._connection.total_changes
            self._connection.execute(f"INSERT INTO words(words, rank) VALUES('merge', {pages})")
            pages = _PAGES
            yield

    def _store_frequent(self) -> Iterator[None]:
        """Store the masks of what many articles have, which would take long to find."""
        least = max(len(self._offsets) // _FREQUENT, _FEW)
        for needle in self._may_be_frequent(least):
            mask = matching(self._connection, needle, len(self._offsets))
            if mask.count(1) >= least:
                values = needle.text, compress(mask, 1)
                self._connection.execute("INSERT INTO frequent VALUES(?, ?)", values)
            yield

    def _may_be_frequent(self, least: int) -> Iterator[Needle]:
        """Yield the words, and the beginnings of words, that so many articles may have."""
        execute = self._connection.execute
        execute("CREATE TEMP TABLE terms AS SELECT term, doc FROM vocabulary")
        terms = execute("SELECT term FROM terms WHERE doc >= ?", (least,)).fetchall()
        yield from (Needle(f" {term} ") for (term,) in terms)
        for size in count(1):
            beginnings = execute(
                "SELECT substr(term, 1, ?1) FROM terms WHERE length(term) >= ?1"
                " GROUP BY 1 HAVING sum(doc) >= ?2",
                (size, least),
            ).fetchall()
            if not beginnings:
                return
            yield from (Needle(f" {beginning}") for (beginning,) in beginnings)


def _seal(path: Path) -> None:
    """Write the checksum of a file into it. Raises OSError."""
    handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        os.pwrite(handle, checksum(handle)[0], CHECK.start)
    finally:
        os.close(handle)
