"""Records of articles in files that are only appended to; every part carries its checksum.

A session of reading writes a segment of its own. What an index does not point to is not there: a
torn end is as good as none.
"""

import os
from collections.abc import Sequence
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Protocol
from zlib import crc32

from reader.snapshot.damage import Damaged, open_ours

SUFFIX = ".records"
_CHECK = 4  # bytes of the checksum before each part


class Records(Protocol):
    """Where the parts of records are read from."""

    def read(self, segment: int, offset: int, size: int) -> bytes:
        """Return a part without its checksum; `size` counts the checksum. Raises Damaged."""
        ...

    def block(self, segment: int, offset: int, size: int) -> bytes:
        """Return what lies there as it is, to be unsealed part by part. Raises Damaged."""
        ...


def sealed(part: bytes) -> bytes:
    """Return a part with the checksum before it, as it is written; nothing stays nothing."""
    return crc32(part).to_bytes(_CHECK, "little") + part if part else b""


def unsealed(data: bytes, size: int) -> bytes:
    """Return a part without its checksum. Raises Damaged."""
    part = data[_CHECK:]
    if len(data) != size or (size and crc32(part).to_bytes(_CHECK, "little") != data[:_CHECK]):
        raise Damaged("a record is not what was written")
    return part


class DiskRecords:
    """The segments of an index, by their numbers in it; they stay readable when others delete them.

    Raises Damaged where one is not there.
    """

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self._handles: list[int] = []
        try:
            for name in names:
                self._handles.append(open_ours(folder / f"{name}{SUFFIX}"))
        except Damaged:
            self.close()
            raise

    def read(self, segment: int, offset: int, size: int) -> bytes:
        """Return a part without its checksum. Raises Damaged."""
        return unsealed(self.block(segment, offset, size), size)

    def block(self, segment: int, offset: int, size: int) -> bytes:
        """Return what lies there as it is. Raises Damaged."""
        try:
            return os.pread(self._handles[segment], size, offset)
        except (OSError, IndexError) as error:
            raise Damaged(str(error)) from error

    def close(self) -> None:
        """Let go of the files."""
        while self._handles:
            os.close(self._handles.pop())

    __del__ = close


class MemoryRecords:
    """Segments that are in memory only, for what is never written."""

    def __init__(self, segments: Sequence[bytes]) -> None:
        self._segments = segments

    def read(self, segment: int, offset: int, size: int) -> bytes:
        """Return a part without its checksum. Raises Damaged."""
        return unsealed(self.block(segment, offset, size), size)

    def block(self, segment: int, offset: int, size: int) -> bytes:
        """Return what lies there as it is."""
        return self._segments[segment][offset : offset + size]


class SegmentWriter:
    """A new segment, which is made with the first records; `name` is random.

    Several processes may append to it at once.
    """

    def __init__(self, folder: Path) -> None:
        self.name = os.urandom(8).hex()
        self.path = folder / f"{self.name}{SUFFIX}"

    def append(self, records: bytes) -> int:
        """Append records as they are written, and return where they begin. Raises OSError."""
        if not records:
            return 0
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
        handle = os.open(self.path, flags, 0o600)
        try:
            flock(handle, LOCK_EX)
            start, data = os.lseek(handle, 0, os.SEEK_END), memoryview(records)
            while data:
                data = data[os.write(handle, data) :]
            return start
        finally:
            os.close(handle)
