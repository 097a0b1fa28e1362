"""Records of articles in files that are only appended to; every part carries its checksum.

A session of reading writes a segment of its own, so processes never write to one file. What an
index does not point to is not there: a torn end is as good as none.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from secrets import token_hex
from typing import Protocol
from zlib import crc32

from reader.snapshot.damage import Damaged, open_ours

SUFFIX = ".records"
_CHECK = 4  # bytes of the checksum before each part
_BUFFER = 1 << 20


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
    """Appends records to a new segment, which is made with the first one; `name` is random."""

    def __init__(self, folder: Path) -> None:
        self.name = token_hex(8)
        self.path = folder / f"{self.name}{SUFFIX}"
        self.size = 0
        self._handle: int | None = None
        self._waiting: list[bytes] = []
        self._bytes = 0

    def append(self, parts: Sequence[bytes]) -> tuple[int, tuple[int, ...]]:
        """Append the parts of one record; returns where they begin, and their sizes as written.

        Raises OSError.
        """
        offset, written = self.size, [sealed(part) for part in parts]
        sizes = tuple(map(len, written))
        self._waiting += written
        self.size += sum(sizes)
        self._bytes += sum(sizes)
        if self._bytes > _BUFFER:
            self.flush()
        return offset, sizes

    def flush(self) -> None:
        """Hand to the system what waits, before an index points to it. Raises OSError."""
        if not self._waiting:
            return
        if self._handle is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
            self._handle = os.open(self.path, flags, 0o600)
        data = memoryview(b"".join(self._waiting))
        while data:
            data = data[os.write(self._handle, data) :]
        self._waiting.clear()
        self._bytes = 0

    def close(self) -> None:
        """Let go of the file; what waits is lost."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
