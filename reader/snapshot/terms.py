"""The words by which the articles of an index are compared, and how many articles have each."""

import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from reader.likeness import WORDS, Piece, Rarity, piece_of, terms_of
from reader.snapshot.codec import HEAD
from reader.snapshot.damage import Damaged
from reader.snapshot.index import Index
from reader.snapshot.segments import Records

_TITLE, _EXCERPT = HEAD.index("title"), HEAD.index("excerpt")
_FIRST = 1 << 31  # before the words of each row stands its number, with this
_KIND_AT = 3  # the byte of a term that its kind stands in
_STEP = 100
_KEPT = 4096  # articles whose pieces are remembered


class Terms:
    """The words of the rows of an index; those that are `counted` make a word common."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._pieces = dict[int, Piece]()
        if not index.counts:
            index.counts = array("I", bytes(4 * WORDS))

    @cached_property
    def rarity(self) -> Rarity:
        """What each word tells, as they are counted now."""
        return Rarity(self.index.counts, self.index.counted.count(1))

    def of(self, row: int) -> "array[int]":
        """Return the words of an article, as `likeness.terms_of` does."""
        start = self.index.terms_at[row]
        return self.index.terms[start : start + self.index.terms_size[row]]

    def piece(self, row: int) -> Piece:
        """Return an article as it is compared."""
        if row not in self._pieces:
            if len(self._pieces) >= _KEPT:
                self._pieces.clear()
            self._pieces[row] = piece_of(self.of(row), self.index.provider[row])
        return self._pieces[row]

    def count(self, rows: Iterable[int], by: int) -> dict[int, int]:
        """Count rows in (1) or out (-1); returns what the counts were that are others now."""
        counts, before = self.index.counts, dict[int, int]()
        for row in rows:
            self.index.counted[row] = by == 1
            for term in self.of(row):
                number = term % WORDS
                count = counts[number]
                before.setdefault(number, count)
                counts[number] = count + by
        self.__dict__.pop("rarity", None)
        return before

    def holders(self, number: int) -> list[int]:
        """Return the rows that have a word; 100,000 articles are looked through in 10 ms."""
        index, found = self.index, list[int]()
        data, size = index.terms.tobytes(), index.terms.itemsize
        word = number.to_bytes(_KIND_AT, sys.byteorder)
        start = 0 if sys.byteorder == "little" else size - _KIND_AT
        place = data.find(word)
        while place >= 0:
            at, odd = divmod(place - start, size)
            if not odd and index.terms[at] < _FIRST:
                while index.terms[at] < _FIRST:
                    at -= 1
                found.append(index.terms[at] - _FIRST)
            place = data.find(word, place + 1)
        return found


def make_terms(index: Index, records: Records, rows: Iterable[int]) -> Iterator[None]:
    """Read the words of rows that have none yet, in steps of some milliseconds."""
    missing = [row for row in rows if not index.terms_size[row]]
    missing.sort(key=lambda row: (index.segment[row], index.offset[row]))
    for number, row in enumerate(missing, 1):
        put_terms(index, row, _read(index, records, row))
        if number % _STEP == 0:
            yield


def put_terms(index: Index, row: int, terms: Sequence[int]) -> None:
    """Put the words of a row after those of others."""
    index.terms.append(_FIRST + row)
    index.terms_at[row], index.terms_size[row] = len(index.terms), len(terms)
    index.terms.extend(terms)


def _read(index: Index, records: Records, row: int) -> "array[int]":
    """Return the words of an article; none where its record is damaged."""
    try:
        head = records.read(index.segment[row], index.offset[row], index.head_size[row])
        values = json.loads(head)
        return terms_of(values[_TITLE], values[_EXCERPT] or "")
    except (Damaged, ValueError, TypeError, LookupError, RecursionError):
        return array("I")
