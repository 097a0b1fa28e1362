"""Adding rows to an index and taking them out; `derive` then makes the lists anew."""

from array import array
from collections.abc import Hashable, Sequence
from itertools import accumulate
from typing import Any

from reader.model import HERE
from reader.snapshot.columns import NONE
from reader.snapshot.index import Index
from reader.snapshot.packing import AS_THEY_ARE, PARTS, Packed

_DERIVED = dict.fromkeys(("ordinal", "flags", "standing", "worth", "front", "related"), 0)
_DERIVED |= dict.fromkeys(("counted", "terms_at", "terms_size"), 0)
_DERIVED |= dict.fromkeys(("leader", "said", "joined"), NONE)
"""Columns that `derive` fills, with what stands there until then."""

_TAKEN_IN = (*AS_THEY_ARE, "near_size", *(f"{part}_size" for part in PARTS))


class Making:
    """An index that is being made; names are numbered as they come."""

    def __init__(self, index: Index) -> None:
        self.index = index
        tables = index.tables
        self._providers = {name: n for n, name in enumerate(tables.providers)}
        self._domains = {name: n for n, name in enumerate(tables.domains)}
        self._topic_sets = {tuple(names): n for n, names in enumerate(tables.topic_sets)}

    def add(self, packed: Packed, segment: str, start: int) -> int:
        """Append rows whose records begin at `start` in a segment; returns the first's number."""
        index, columns, tables = self.index, packed.columns, self.index.tables
        first, size = len(index), len(packed.columns["key"])
        if not size:
            return first
        near = accumulate(columns["near_size"], initial=len(index.copy_key))
        index.near_start.extend(array("I", list(near)[:-1]))
        for name in _TAKEN_IN:
            getattr(index, name).extend(columns[name])
        index.segment.extend(array("H", [self._segment(segment)]) * size)
        index.offset.extend(array("Q", [start + at for at in columns["offset"]]))
        self._name("provider", columns, packed.providers, self._providers, tables.providers)
        self._name("domain", columns, packed.domains, self._domains, tables.domains)
        topic_sets = packed.topic_sets
        self._name("topics", columns, topic_sets, self._topic_sets, tables.topic_sets)
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

    def _name(
        self,
        column: str,
        columns: "dict[str, array[int]]",
        names: Sequence[Hashable],
        numbers: dict[Any, int],
        table: list[Any],
    ) -> None:
        """Extend a column of names by rows in which the names have numbers of their own."""
        known = [numbers.setdefault(name, len(numbers)) for name in names]
        table += [name for name, number in zip(names, known, strict=True) if number >= len(table)]
        values = [NONE if number == NONE else known[number] for number in columns[column]]
        getattr(self.index, column).extend(array("i", values))
