"""Rows column by column, as they come from the process that read them and are taken in at once."""

from array import array
from collections.abc import Hashable, Sequence
from itertools import accumulate
from typing import NamedTuple

from reader.snapshot.columns import ASKED, KEPT, NONE, SHOWN, TEXTS
from reader.snapshot.rows import Row
from reader.snapshot.segments import sealed

AS_THEY_ARE = (
    *("library", "key", "base", "facts", "quality", "heat", "moment", "length", "updated"),
    *("web_key", "amp_key", "cdn_amp_key", "title", "named"),
)
PARTS = ("head", "copies", "words")
"""Parts of a record, in their order."""

NAMED = ("provider", "domain", "topics", "author", "tag", "type", "lang", "feed")
"""The columns of names, which are numbers in a list of them."""

_TYPES = SHOWN | ASKED | KEPT
_BYTES_OF_COPY = 3 * array("Q").itemsize
_LINE_FEED, _ENCODING = "\n", ("utf-8", "surrogatepass")


class Packed(NamedTuple):
    """Some rows, without their records.

    `offset` counts from the first record; the columns of `NAMED` are numbers in the lists of
    `names`. `copies_of` are the numbers of all copies, row after row; `texts` are those of the
    index.
    """

    columns: dict[str, "array[int]"]
    names: dict[str, list[Hashable]]
    copies_of: bytes
    texts: dict[str, bytes]


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
    names: dict[str, list[Hashable]] = {}
    for name in NAMED:
        names[name], columns[name] = _numbered([getattr(row, name) for row in rows])
    copies_of = b"".join([row.copies_of for row in rows])
    texts = {name: _lines([getattr(row, name) for row in rows]) for name in TEXTS}
    return Packed(columns, names, copies_of, texts), b"".join(whole)


def _lines(texts: Sequence[str]) -> bytes:
    return "".join([f"{text.replace(_LINE_FEED, ' ')}\n" for text in texts]).encode(*_ENCODING)


def _column(name: str, values: list[int]) -> "array[int]":
    return array(_TYPES[name], values)


def _numbered(names: Sequence[Hashable | None]) -> "tuple[list[Hashable], array[int]]":
    """Return each name once, and the names as numbers in that."""
    numbers: dict[Hashable, int] = {}
    column = [NONE if name is None else numbers.setdefault(name, len(numbers)) for name in names]
    return list(numbers), array("i", column)
