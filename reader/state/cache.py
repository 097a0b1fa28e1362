"""The folded journals of a folder as one file, which can be thrown away at any time.

A line with the version and the order of bytes; the size and the checksum of the head; the head,
JSON, which has the size and the checksum of each column; the columns. Whatever is wrong with
it, it counts as none, and the journals are read from their start.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from struct import Struct
from typing import Any, Literal
from zlib import crc32

from reader.files.reading import Unreadable, open_regular
from reader.state.base import Base
from reader.state.fold import Fold
from reader.state.packing import field_columns, key_columns
from reader.state.steps import Steps
from reader.state.whole import sweep, write_whole

NAME = "marks"
"""What the file is called in its folder."""

_FORM = f"broadsheet marks 1 {sys.byteorder}\n".encode()
_HEAD = Struct("=II")
_COLUMNS: tuple[Literal["B", "I", "Q"], ...] = ("Q", "B", "I", "I", "B", "Q", "Q", "I", "B")
"""The numbers that each column of a base has, and then the values of steps."""
_MAX_BYTES = 1 << 30


class _Damaged(Exception):  # noqa: N818 - it says what the file is
    """The file is none of this version, or not what was written."""


def load(folder: Path) -> tuple[Fold, dict[str, Any]] | None:
    """Return a fold, and the place in the journals up to which it goes; None without a sound one.

    `folder` is that of the cache.
    """
    try:
        return unpacked(_content(folder / NAME))
    except (Unreadable, OSError, _Damaged, ValueError, TypeError, LookupError, RecursionError):
        return None


def save(folder: Path, data: bytes) -> bool:
    """Write a file of the cache whole or not at all; False where the disk refuses."""
    try:
        sweep(folder)
        write_whole(folder / NAME, data, sync=False)
    except OSError:
        return False
    return True


def packed(
    fold: Fold, place: Mapping[str, object], own: Mapping[str, Mapping[str, object]]
) -> bytes:
    """Return the file of a fold; `own` are the keys, by field, with new lines of this machine."""
    columns = key_columns(fold)
    fields, names = field_columns(fold, own)
    steps, values = fold.steps.packed(fold.number.__getitem__)
    columns += [*fields, values]
    newest = max(fold.base.newest, *(max(one.values(), default="") for one in fold.stamps.values()))
    checks = [(len(column), crc32(column)) for column in columns]
    words = {"place": place, "names": names, "newest": newest, "steps": steps, "columns": checks}
    head = json.dumps(words).encode()
    return b"".join((_FORM, _HEAD.pack(len(head), crc32(head)), head, *columns))


def unpacked(data: bytes) -> tuple[Fold, dict[str, Any]]:
    """Return the fold of a file, and the place in the journals. Raises _Damaged."""
    start = len(_FORM) + _HEAD.size
    if len(data) < start or not data.startswith(_FORM):
        raise _Damaged
    size, check = _HEAD.unpack_from(data, len(_FORM))
    head = data[start : start + size]
    if crc32(head) != check:
        raise _Damaged
    words = json.loads(head)
    *columns, values = _columns(memoryview(data)[start + size :], words["columns"])
    base = Base(words["names"], words["newest"], *columns)
    return Fold(base, Steps.unpacked(words["steps"], values, base)), words["place"]


def _columns(data: memoryview, checks: list[tuple[int, int]]) -> list[memoryview]:
    columns = []
    for code, (size, check) in zip(_COLUMNS, checks, strict=True):
        column, data = data[:size], data[size:]
        if len(column) != size or crc32(column) != check:
            raise _Damaged
        columns.append(column.cast(code))
    if data:
        raise _Damaged
    return columns


def _content(path: Path) -> bytes:
    handle = open_regular(path)
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if status.st_uid != os.getuid() or status.st_size > _MAX_BYTES:
            raise _Damaged
        return file.read(_MAX_BYTES)
