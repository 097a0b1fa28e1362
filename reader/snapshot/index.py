"""The index: all articles of the opened folders in columns, as one file that is written whole.

Sections with a checksum each; a reader takes those it needs. Whatever is not as it was written,
or of another version, is Damaged, and is made anew from the folders.
"""

import json
import os
import sys
from array import array
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zlib import crc32

from reader.snapshot.columns import (
    ASKED,
    FILES,
    KEPT,
    KEPT_LISTS,
    LINKED,
    LISTS,
    SHOWN,
    TERMS,
    TEXTS,
)
from reader.snapshot.damage import Damaged, open_ours
from reader.snapshot.tables import Names, Tables

VERSION = 7
NAME = "index"
"""The file of the index in its folder of the cache."""
MAGIC = f"broadsheet index {VERSION} {sys.byteorder} {array('I').itemsize}\n".encode()
_MAX_DIRECTORY = 1 << 16
_PATHS = "paths"
_TABLES = "tables"
_NAMES = "names"


class Index:
    """The columns and lists of `columns.py` as arrays, each an attribute; and the tables.

    What only making an index needs is there if it was opened `whole`; what only some filters need
    is read when it is `asked` for.
    """

    segment: "array[int]"
    offset: "array[int]"
    head_size: "array[int]"
    copies_size: "array[int]"
    words_size: "array[int]"
    key: "array[int]"
    ordinal: "array[int]"
    library: "array[int]"
    flags: "array[int]"
    quality: "array[int]"
    heat: "array[int]"
    moment: "array[int]"
    provider: "array[int]"
    domain: "array[int]"
    topics: "array[int]"
    leader: "array[int]"
    length: "array[int]"
    standing: "array[int]"
    worth: "array[int]"
    front: "array[int]"
    related: "array[int]"
    near_start: "array[int]"
    near_size: "array[int]"

    base: "array[int]"
    facts: "array[int]"
    web_key: "array[int]"
    amp_key: "array[int]"
    cdn_amp_key: "array[int]"
    title: "array[int]"
    named: "array[int]"
    said: "array[int]"
    joined: "array[int]"
    counted: "array[int]"
    terms_at: "array[int]"
    terms_size: "array[int]"

    author: "array[int]"
    tag: "array[int]"
    type: "array[int]"
    lang: "array[int]"
    feed: "array[int]"
    updated: "array[int]"

    by_front: "array[int]"
    by_quality: "array[int]"
    by_newest: "array[int]"
    by_oldest: "array[int]"
    by_heat: "array[int]"
    by_related: "array[int]"
    story_leaders: "array[int]"
    story_ends: "array[int]"
    members: "array[int]"
    near: "array[int]"
    keys: "array[int]"
    key_rows: "array[int]"
    mobile_keys: "array[int]"
    mobile_rows: "array[int]"
    versioned: "array[int]"
    kin: "array[int]"

    copy_key: "array[int]"
    copy_title: "array[int]"
    copy_named: "array[int]"

    terms: "array[int]"
    counts: "array[int]"
    in_time: "array[int]"
    links: "array[int]"
    kin_nearness: "array[int]"

    file_library: "array[int]"
    file_size: "array[int]"
    file_time: "array[int]"
    file_inode: "array[int]"
    file_row: "array[int]"

    def __init__(self) -> None:
        self.tables, self.names = Tables(), Names()
        self.texts = {name: bytearray() for name in TEXTS}
        """Texts of all rows, in UTF-8, each with a line feed after it."""
        self._reader: _Reader | None = None
        """Where the rest of it is read from."""
        self.paths: list[str] = []
        """Of the files, relative to their folder, as the disk spells them."""
        for name, code in (_TO_SHOW | _TO_MAKE).items():
            setattr(self, name, array(code))

    def __len__(self) -> int:
        """How many rows there are, also of what is no longer here."""
        return len(self.key)

    def table(self, name: str) -> list[Any]:
        """Return what a column of names points to; sets of names are lists. Raises Damaged."""
        if name in _IN_TABLES:
            names: list[Any] = getattr(self.tables, _IN_TABLES[name])
        else:
            names = getattr(self.asked_names(), name)
        return names

    def asked(self, name: str) -> "array[int]":
        """Return a column that may not have been read yet. Raises Damaged."""
        column: array[int] = getattr(self, name)
        if not column and self._reader is not None:
            column = self._reader.column(name)
            setattr(self, name, column)
        return column

    def asked_names(self) -> Names:
        """Return what the columns of `ASKED` point to. Raises Damaged."""
        if self._reader is not None and not any(asdict(self.names).values()):
            self.names = self._reader.names()
        return self.names

    def asked_text(self, name: str) -> list[str]:
        """Return a text of each row. Raises Damaged."""
        data = self.texts[name] or (self._reader.text(name) if self._reader is not None else b"")
        return data.decode("utf-8", "surrogatepass").split("\n")[:-1]

    def write(self, path: Path) -> None:
        """Write all of it beside the path, then put it there at once. Raises OSError."""
        sections = {name: (code, getattr(self, name).tobytes()) for name, code in _ALL.items()}
        paths = "\0".join(self.paths).encode("utf-8", "surrogateescape")
        sections[_PATHS] = ("", paths)
        sections |= {name: ("", bytes(text)) for name, text in self.texts.items()}
        sections[_NAMES] = ("", json.dumps(asdict(self.names)).encode())
        sections[_TABLES] = ("", json.dumps(asdict(self.tables)).encode())
        directory, at = {}, 0
        for name, (code, data) in sections.items():
            directory[name] = [code, at, len(data), crc32(data)]
            at += len(data)
        listed = json.dumps(directory).encode()
        head = MAGIC + f"{len(listed):08x}{crc32(listed):08x}".encode() + listed
        beside = path.with_name(f"{path.name}.{os.urandom(4).hex()}.tmp")
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            with open(os.open(beside, flags, 0o600), "wb") as file:
                file.write(head)
                for _, data in sections.values():
                    file.write(data)
            os.replace(beside, path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


_IN_TABLES = {"provider": "providers", "domain": "domains", "topics": "topic_sets"}

_ERRORS = (OSError, ValueError, KeyError, TypeError, RecursionError)


def read_index(path: Path, *, whole: bool = False) -> Index:
    """Read an index to show it, or `whole` to go on making it. Raises Damaged."""
    try:
        reader = _Reader(open_ours(path))
        return reader.whole() if whole else reader.index(_TO_SHOW)
    except _ERRORS as error:
        raise Damaged("the index is not what was written") from error


def read_tables(path: Path) -> Tables:
    """Read the tables alone. Raises Damaged."""
    try:
        return _Reader(open_ours(path)).tables()
    except _ERRORS as error:
        raise Damaged("the index is not what was written") from error


def read_paths(path: Path) -> tuple[list[str], "array[int]", "array[int]"]:
    """Read the paths of all files, with library and row of each. Raises Damaged."""
    try:
        reader = _Reader(open_ours(path))
        return reader.paths(), reader.column("file_library"), reader.column("file_row")
    except _ERRORS as error:
        raise Damaged("the index is not what was written") from error


class _Reader:
    """Sections of one file that stays open as long as this, whatever takes its place."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        head = os.pread(handle, len(MAGIC) + 16 + _MAX_DIRECTORY, 0)
        start = len(MAGIC) + 16
        size, check = int(head[len(MAGIC) : start - 8], 16), int(head[start - 8 : start], 16)
        listed = head[start : start + size]
        if not head.startswith(MAGIC) or crc32(listed) != check:
            raise Damaged("the index is of another version, or not what was written")
        self._directory: dict[str, tuple[str, int, int, int]] = json.loads(listed)
        self._start = start + size

    def __del__(self) -> None:
        os.close(self._handle)

    def index(self, codes: dict[str, str]) -> Index:
        index = Index()
        for name in codes:
            setattr(index, name, self.column(name))
        index.tables = self.tables()
        index._reader = self
        return index

    def whole(self) -> Index:
        index = self.index(_ALL)
        index._reader, index.paths, index.names = None, self.paths(), self.names()
        index.texts = {name: bytearray(self.text(name)) for name in TEXTS}
        return index

    def names(self) -> Names:
        return Names(**json.loads(self._section(_NAMES)))

    def text(self, name: str) -> bytes:
        return self._section(name)

    def tables(self) -> Tables:
        return Tables(**json.loads(self._section(_TABLES)))

    def column(self, name: str) -> "array[int]":
        column = array(_ALL[name])
        column.frombytes(self._section(name))
        return column

    def paths(self) -> list[str]:
        data = self._section(_PATHS)
        return data.decode("utf-8", "surrogateescape").split("\0") if data else []

    def _section(self, name: str) -> bytes:
        _, at, size, check = self._directory[name]
        data = os.pread(self._handle, size, self._start + at)
        if len(data) != size or crc32(data) != check:
            raise Damaged("the index is not what was written")
        return data


_TO_SHOW = SHOWN | LISTS
_TO_MAKE = ASKED | KEPT | KEPT_LISTS | TERMS | LINKED | FILES
_ALL = _TO_SHOW | _TO_MAKE
