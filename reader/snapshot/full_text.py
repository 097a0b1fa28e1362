"""The words of one segment in SQLite's full-text index: a file that never changes once it is there.

What many articles have is answered from masks that are stored ready. The file carries the checksum
of all its bytes where SQLite keeps the application's number, for a flipped bit in an index is not
an error but a wrong answer.
"""

import json
import os
import struct
from array import array
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from zlib import crc32, decompress
from zlib import error as zlib_error

from reader.masks import Mask
from reader.search import Needle
from reader.snapshot.damage import Damaged, open_ours

if TYPE_CHECKING:
    import sqlite3  # takes 10 ms, so it is loaded by the first search

SUFFIX = ".words"
VERSION = 1
CHECK = slice(68, 72)
"""Where the checksum is: https://sqlite.org/fileformat.html#application_id."""

_BLOCK = 1 << 20


class WordIndex:
    """The finished word index of a segment; threads are answered one after the other."""

    def __init__(self, connection: "sqlite3.Connection") -> None:
        self._connection, self._lock = connection, Lock()
        if connection.execute("PRAGMA user_version").fetchone() != (VERSION,):
            raise Damaged("it is of another version")
        (packed,) = connection.execute("SELECT packed FROM offsets").fetchone()
        self.offsets = array("Q", struct.unpack(f"<{len(packed) // 8}Q", packed))
        """Where the records begin that it covers."""

    def __del__(self) -> None:
        self._connection.close()

    def matching(self, needle: Needle) -> Mask:
        """Return which of the records have a needle that is not empty. Raises Damaged."""
        try:
            with self._lock:
                known = None if needle.field else self._frequent(needle)
                return known or matching(self._connection, needle, len(self.offsets))
        except _errors() as error:
            raise Damaged(str(error)) from error

    def _frequent(self, needle: Needle) -> Mask | None:
        found = self._connection.execute(
            "SELECT mask FROM frequent WHERE needle = ?", (needle.text,)
        ).fetchone()
        return decompress(found[0]) if found else None


def open_words(folder: Path, token: str) -> WordIndex:
    """Open the word index of a segment, after reading it whole once. Raises Damaged."""
    import sqlite3

    path = (folder / f"{token}{SUFFIX}").absolute()
    _check(path)
    uri = f"{path.as_uri()}?mode=ro&immutable=1"
    try:
        return WordIndex(sqlite3.connect(uri, uri=True, check_same_thread=False))
    except _errors() as error:
        raise Damaged(str(error)) from error


def matching(connection: "sqlite3.Connection", needle: Needle, total: int) -> Mask:
    """Return which records have a needle, as one mask of all.

    SQLite gives all numbers at once, so that it holds up no other thread.
    """
    match = f'"{needle.text.strip()}"{"" if needle.whole else "*"}'
    if needle.field:
        match = f"{needle.field} : {match}"
    (numbers,) = connection.execute(
        "SELECT group_concat(rowid) FROM words WHERE words MATCH ?", (match,)
    ).fetchone()
    mask = bytearray(total)
    for number in json.loads(f"[{numbers or ''}]"):
        mask[number] = 1
    return bytes(mask)


def checksum(handle: int) -> tuple[bytes, bytes]:
    """Return the checksum of an open file without the place for it, and what stands there."""
    block = bytearray(os.pread(handle, _BLOCK, 0))
    written, at, check = bytes(block[CHECK]), 0, 0
    block[CHECK] = bytes(CHECK.stop - CHECK.start)
    while block:
        check, at = crc32(block, check), at + len(block)
        block = bytearray(os.pread(handle, _BLOCK, at))
    return check.to_bytes(CHECK.stop - CHECK.start, "little"), written


def _check(path: Path) -> None:
    """Compare a file with its checksum; 100 MB take 0.1 s. Raises Damaged."""
    handle = open_ours(path)
    try:
        found, written = checksum(handle)
    except OSError as error:
        raise Damaged(str(error.strerror)) from error
    finally:
        os.close(handle)
    if found != written:
        raise Damaged("it is not what was written")


def _errors() -> tuple[type[Exception], ...]:
    """Return what a file raises that is not as it should be."""
    import sqlite3

    return sqlite3.Error, struct.error, zlib_error, ValueError, TypeError, IndexError
