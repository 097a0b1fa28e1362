"""Which rows of an index an id, an address, or a part of one means."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.asking import Asking
from reader.model import PROBLEM
from reader.snapshot.index import Index
from reader.snapshot.segments import Records
from reader.urls import canonical, key_number

_ID_SHIFT = 24  # from a key's 64 bits to the 40 of ten hex digits
_ID = re.compile("([0-9a-f]{10})(?:-([1-9][0-9]{0,8}))?")


class Lookup(Asking):
    """An index whose rows are found by what their articles are called by."""

    def __init__(
        self, index: Index, records: Records, place: Path, earlier: "Asking | None" = None
    ) -> None:
        super().__init__(index, records, place, earlier)
        self._shared: dict[int, dict[int, int]] = {}
        """The rows that share the digits of an id, by those and then by their number."""

    def id(self, row: int) -> str:
        """Return the id of the article of a row."""
        plain, number = f"{self.index.key[row] >> _ID_SHIFT:010x}", self.index.ordinal[row]
        return f"{plain}-{number}" if number else plain

    def row(self, article_id: str) -> int | None:
        """Return the row of an id, None where no article has it."""
        found = _ID.fullmatch(article_id)
        if found is None:
            return None
        prefix, ordinal, ordinals = int(found[1], 16), int(found[2] or 0), self.index.ordinal
        if not ordinal:
            return next((row for row in self._sharing(prefix) if not ordinals[row]), None)
        if prefix not in self._shared:
            self._shared[prefix] = {ordinals[row]: row for row in self._sharing(prefix)}
        return self._shared[prefix].get(ordinal)

    def _sharing(self, prefix: int) -> Iterator[int]:
        """Yield the rows whose ids begin with these ten digits."""
        index = self.index
        for at in range(bisect_left(index.keys, prefix << _ID_SHIFT), len(index.keys)):
            if index.keys[at] >> _ID_SHIFT != prefix:
                return
            if index.key[index.key_rows[at]] == index.keys[at]:
                yield index.key_rows[at]

    def named(self, text: str) -> list[int]:
        """Return the rows that an address or an id means."""
        number, row = key_number(canonical(text)), self.row(text)
        posted = list(_posted(self.index.keys, self.index.key_rows, number))
        return posted or ([] if row is None else [row])

    def guessed(self, text: str) -> list[int]:
        """Return the rows that an address for telephones, or a part of an id, means."""
        index = self.index
        number = key_number(canonical(text))
        found = list(_posted(index.mobile_keys, index.mobile_rows, number))
        return found or [row for row in index.by_quality if text and text in self.id(row)]

    def with_key(self, key: str, library: int) -> Iterator[int]:
        """Yield the rows of the sound articles that have a key in a library."""
        number = key_number(key)
        for row in _posted(self.index.keys, self.index.key_rows, number):
            is_it = self.index.key[row] == number and self.index.library[row] == library
            if is_it and not self.flags[row] & PROBLEM:
                yield row


def _posted(keys: Sequence[int], rows: Sequence[int], number: int) -> Iterator[int]:
    """Yield the rows that are posted under a key number."""
    for at in range(bisect_left(keys, number), len(keys)):
        if keys[at] != number:
            return
        yield rows[at]
