"""Files that grow, read on from where they were read before, or anew if they were replaced."""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from reader.files.reading import Unreadable, open_regular

MAX_BYTES = 256 * 1024 * 1024
"""The largest journal that is read: some two million facts."""

_TAIL = 64


@dataclass(frozen=True, slots=True)
class _Look:
    """How a file was when it was read: which one, its size and time, and the end of what was read.

    `tail` is what stands before `end`, to know the file again after something wrote over it;
    `check` is the checksum of all before `end`, to know it again where a sync tool put it anew.
    """

    file: tuple[int, int]
    size: int
    time: int
    end: int = 0
    tail: bytes = b""
    check: int = 0

    def after(self, lines: bytes) -> "_Look":
        """Return it after more lines were read."""
        tail = (self.tail + lines[-_TAIL:])[-_TAIL:]
        return replace(self, end=self.end + len(lines), tail=tail, check=crc32(lines, self.check))


class Seen:
    """The files of one folder by name, and how far each was read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._looks: dict[str, _Look] = {}

    @property
    def names(self) -> set[str]:
        """The files that were read."""
        return set(self._looks)

    @property
    def looks(self) -> dict[str, list[object]]:
        """How each file was when it was read, as it can be kept in JSON."""
        return {
            name: [*look.file, look.size, look.time, look.end, look.tail.hex(), look.check]
            for name, look in self._looks.items()
        }

    def recall(self, looks: dict[str, list[Any]]) -> None:
        """Know files as they were kept."""
        for name, (device, inode, size, time, end, tail, check) in looks.items():
            self._looks[name] = _Look((device, inode), size, time, end, bytes.fromhex(tail), check)

    def forget(self, name: str) -> None:
        """Read a file from its start the next time."""
        self._looks.pop(name, None)

    def keep(self, other: "Seen", names: set[str]) -> None:
        """Know some files as they are known elsewhere."""
        self._looks.update({name: other._looks[name] for name in names})

    def skip(self, name: str, start: int, lines: bytes) -> bool:
        """Let lines that were appended just now count as read; False if there are others before."""
        look = self._looks.get(name)
        if look is None and start == 0:
            with suppress(OSError):
                look = _look(os.lstat(self._folder / name), None)
        if look is None or look.end != start:
            return False
        self._looks[name] = look.after(lines)
        return True

    def whole_lines(self, name: str) -> tuple[bytes, bool]:
        """Return the whole lines that are new in a file, and whether it is another one than before.

        Another one is read from its start. Raises Unreadable, OSError.
        """
        before, path = self._looks.get(name), self._folder / name
        if before is not None and _look(os.lstat(path), before) == before:
            return b"", False
        with open(open_regular(path), "rb") as file:
            now = _look(os.fstat(file.fileno()), before)
            if now.size > MAX_BYTES:
                raise Unreadable(f"the file is larger than {MAX_BYTES // (1024 * 1024)} MB")
            is_another = before is not None and not _goes_on(file.fileno(), now, before)
            if is_another:
                now = _Look(now.file, now.size, now.time)
            file.seek(now.end)
            data = file.read(MAX_BYTES)
        whole = data[: data.rfind(b"\n") + 1]
        self._looks[name] = now.after(whole)
        return whole, is_another


def _look(status: os.stat_result, before: _Look | None) -> _Look:
    """Return how a file is now, with what was read of it before."""
    now = _Look((status.st_dev, status.st_ino), status.st_size, status.st_mtime_ns)
    return replace(now, end=before.end, tail=before.tail, check=before.check) if before else now


def _goes_on(handle: int, now: _Look, before: _Look) -> bool:
    """Whether a file still begins with what was read of it."""
    if now.size < before.end:
        return False
    if now.file != before.file:
        return crc32(os.pread(handle, before.end, 0)) == before.check
    return os.pread(handle, len(before.tail), before.end - len(before.tail)) == before.tail
