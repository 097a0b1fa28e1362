"""Adding rows to an index and taking them out; `derive` then makes the lists anew."""

from array import array
from collections.abc import Hashable, Sequence
from itertools import accumulate
from typing import Any

from reader.model import HERE
from reader.snapshot.columns import NONE
from reader.snapshot.index import Index
from reader.snapshot.packing import AS_THEY_ARE, NAMED, PARTS, Packed

_DERIVED = dict.fromkeys(("ordinal", "flags", "standing", "worth", "front", "related"), 0)
_DERIVED |= dict.fromkeys(("counted", "terms_at", "terms_size"), 0)
_DERIVED |= dict.fromkeys(("leader", "said", "joined"), NONE)
"""Columns that `derive` fills, with what stands there until then."""

_TAKEN_IN = (*AS_THEY_ARE, "near_size", *(f"{part}_size" for part in PARTS))


class Making:
    """An index that is being made; names are numbered as they come."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._numbers = {
            name: {_hashable(one): n for n, one in enumerate(index.table(name))} for name in NAMED
        }

    def add(self, packed: Packed, segment: str, start: int) -> int:
        """Append rows whose records begin at `start` in a segment; returns the first's number."""
        index, columns = self.index, packed.columns
        first, size = len(index), len(packed.columns["key"])
        if not size:
            return first
        near = accumulate(columns["near_size"], initial=len(index.copy_key))
        index.near_start.extend(array("I", list(near)[:-1]))
        for name in _TAKEN_IN:
            getattr(index, name).extend(columns[name])
        index.segment.extend(array("H", [self._segment(segment)]) * size)
        index.offset.extend(array("Q", [start + at for at in columns["offset"]]))
        for name in NAMED:
            self._name(name, columns[name], packed.names[name])
        for name, text in packed.texts.items():
            index.texts[name] += text
        numbers = array("Q", packed.copies_of)
        for at, name in enumerate(("copy_key", "copy_title", "copy_named")):
            getattr(index, name).extend(numbers[at::3])
        for name, value in _DERIVED.items():
            column = getattr(index, name)
            column.extend(array(column.typecode, [value]) * size)
        return first

    def remove(self, number: int) -> None:
        """Take an article out; its row stays, as no longer here."""
        self.index.base[number] &= ~HERE

    def _segment(self, name: str) -> int:
        names = self.index.tables.segments
        if name not in names:
            names.append(name)
        return names.index(name)

    def _name(self, column: str, rows: "array[int]", names: Sequence[Hashable]) -> None:
        """Extend a column of names by rows in which the names have numbers of their own."""
        numbers, table = self._numbers[column], self.index.table(column)
        known = [numbers.setdefault(name, len(numbers)) for name in names]
        table += [name for name, number in zip(names, known, strict=True) if number >= len(table)]
        values = [NONE if number == NONE else known[number] for number in rows]
        getattr(self.index, column).extend(array("i", values))


def _hashable(name: Any) -> Hashable:
    """Return a name, or a set of names, as it comes from a row."""
    return tuple(name) if isinstance(name, list) else name
