"""Rows column by column, as they come from the process that read them and are taken in at once."""

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple, TypeVar

from reader.snapshot.columns import KEPT, NONE, SHOWN
from reader.snapshot.rows import Row
from reader.snapshot.segments import sealed

AS_THEY_ARE = (
    *("library", "key", "base", "facts", "quality", "heat", "moment", "length"),
    *("web_key", "amp_key", "cdn_amp_key", "title", "named"),
)
PARTS = ("head", "copies", "words")
"""Parts of a record, in their order."""

_TYPES = SHOWN | KEPT
_BYTES_OF_COPY = 3 * array("Q").itemsize
_Name = TypeVar("_Name", str, tuple[str, ...])


class Packed(NamedTuple):
    """Some rows, without their records.

    `offset` counts from the first record; `provider`, `domain` and `topics` are numbers in the
    lists of names here. `copies_of` are the numbers of all copies, row after row.
    """

    columns: dict[str, "array[int]"]
    providers: list[str]
    domains: list[str]
    topic_sets: list[tuple[str, ...]]
    copies_of: bytes


def pack(rows: Sequence[Row]) -> tuple[Packed, bytes]:
    """Return rows column by column, and their records as they are written."""
    columns = {name: _column(name, [getattr(row, name) for row in rows]) for name in AS_THEY_ARE}
    records = [[sealed(getattr(row, name)) for row in rows] for name in PARTS]
    for name, parts in zip(PARTS, records, strict=True):
        columns[f"{name}_size"] = _column(f"{name}_size", list(map(len, parts)))
    whole = list(map(b"".join, zip(*records, strict=True)))
    columns["offset"] = _column("offset", list(accumulate(map(len, whole), initial=0))[:-1])
    columns["near_size"] = _column(
        "near_size", [len(row.copies_of) // _BYTES_OF_COPY for row in rows]
    )
    providers, columns["provider"] = _numbered([row.provider for row in rows])
    domains, columns["domain"] = _numbered([row.domain for row in rows])
    topic_sets, columns["topics"] = _numbered([row.topics for row in rows])
    copies_of = b"".join([row.copies_of for row in rows])
    return Packed(columns, providers, domains, topic_sets, copies_of), b"".join(whole)


def _column(name: str, values: list[int]) -> "array[int]":
    return array(_TYPES[name], values)


def _numbered(names: Sequence[_Name | None]) -> "tuple[list[_Name], array[int]]":
    """Return each name once, and the names as numbers in that."""
    numbers: dict[_Name, int] = {}
    column = [NONE if name is None else numbers.setdefault(name, len(numbers)) for name in names]
    return list(numbers), array("i", column)
