"""Which articles of an index are near to one in time, and how alike those are."""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from reader.likeness import ALL, forms_of, likeness, same_title
from reader.model import COVERED
from reader.snapshot.columns import LEADS, MISSING
from reader.snapshot.index import Index
from reader.snapshot.terms import Terms

WINDOW = timedelta(hours=48)
"""How far apart the articles of one computed story may be."""

SPAN, FARTHEST = 400, timedelta(days=30)
"""How many places in the order of time an article's kin is away at most, and how long."""

LEAST = 40
"""The likeness from which on two articles are alike, of `likeness.ALL`."""

VERSIONS = 8
"""The most articles with one address that may be versions of one; more are something else."""


class Bounds(NamedTuple):
    """The first and the last moment of what an article's kin may be, and its story."""

    kin: tuple[int, int]
    story: tuple[int, int]


_NOWHERE = Bounds((0, -1), (0, -1))


class Alike(NamedTuple):
    """Another article, how alike it is to one, and whether both may be of one story."""

    row: int
    likeness: int
    may_link: bool


class Nearness:
    """Looks for articles that are alike, among those of an index that are counted."""

    def __init__(self, index: Index, terms: Terms) -> None:
        self.index, self.terms = index, terms

    def order(self) -> None:
        """Put all that are counted and have a moment into the order of time."""
        index = self.index
        rows = [row for row, is_in in enumerate(index.counted) if is_in and self._has_time(row)]
        index.in_time = array("I", sorted(rows, key=self._moment))

    def put_in(self, rows: Iterable[int]) -> None:
        """Put rows in their places in the order of time."""
        for row in filter(self._has_time, rows):
            insort(self.index.in_time, row, key=self._moment)

    def take_out(self, rows: Iterable[int]) -> None:
        """Take rows out of the order of time."""
        for row in filter(self._has_time, rows):
            del self.index.in_time[self._place(row)]

    def find(self, row: int) -> list[Alike]:
        """Return all that are alike to one article, before it and after it."""
        index, bounds = self.index, self.bounds(row)
        versions, others = self.versions(row), list[int]()
        forms = {form for number in self._keys(row) for form in forms_of(number)}
        needed = self.terms.rarity.keys_needed
        words, starts, sizes = index.terms, index.terms_at, index.terms_size
        for other in self._around(row, bounds):
            start = starts[other]
            if len(forms.intersection(words[start : start + sizes[other]])) >= needed:
                others.append(other)
        others = [other for other in others if other != row and other not in versions]
        same = [self._version(row, other) for other in versions]
        return same + self._alike(row, others, bounds)

    def sweep(self) -> Iterator[tuple[int, list[Alike]]]:
        """Yield each article with all that are alike and before it, in the order of time."""
        having, rows = defaultdict[int, list[int]](list), self.index.in_time
        needed = self.terms.rarity.keys_needed
        for at, row in enumerate(rows):
            bounds, found = self.bounds(row), Counter[int]()
            first = self._first(at, bounds)
            for number in self._keys(row):
                places = having[number]
                if places and places[-1] >= first:
                    found.update(places[bisect_left(places, first) :])
                places.append(at)
            others = {rows[place] for place, count in found.items() if count >= needed}
            others = others and others.difference(self.versions(row))
            yield row, self._alike(row, others, bounds)
        for row in range(len(self.index)):
            if self.index.ordinal[row] and self.index.counted[row]:
                yield row, [self._version(row, one) for one in self.versions(row) if one < row]

    def likeness(self, one: int, two: int) -> int:
        """Return how alike two articles are for a story, 0 if they are too far apart."""
        if two in self.versions(one):
            return ALL
        first, last = self.bounds(one).story
        if not first <= self.index.moment[two] <= last:
            return 0
        return likeness(self.terms.piece(one), self.terms.piece(two), self.terms.rarity)

    def is_compared(self, one: int, two: int) -> bool:
        """Whether two articles share enough rare words, or are versions of one."""
        shared = set(self._keys(one)).intersection(self._keys(two))
        return len(shared) >= self.terms.rarity.keys_needed or two in self.versions(one)

    def versions(self, row: int) -> list[int]:
        """Return the others with the address and the title of an article."""
        index, key, piece = self.index, self.index.key[row], self.terms.piece
        at = bisect_left(index.keys, key)
        if index.keys[at : at + 2].count(key) < 2:
            return []
        rows = index.key_rows[at : bisect_right(index.keys, key)]
        same = [one for one in rows if index.key[one] == key and index.counted[one]]
        if len(same) > VERSIONS:
            return []
        return [one for one in same if one != row and same_title(piece(one), piece(row))]

    def bounds(self, row: int) -> Bounds:
        """Return within which moments an article has kin, and its story."""
        when = _time(self.index.moment[row])
        if when is None:
            return _NOWHERE
        return Bounds(*((_moment(when, -far), _moment(when, far)) for far in (FARTHEST, WINDOW)))

    # Where in time

    def _has_time(self, row: int) -> bool:
        return self.index.moment[row] != MISSING

    def _moment(self, row: int) -> tuple[int, int]:
        return self.index.moment[row], row

    def _place(self, row: int) -> int:
        return bisect_left(self.index.in_time, self._moment(row), key=self._moment)

    def _around(self, row: int, bounds: Bounds) -> "array[int]":
        """Return the rows that may be an article's kin or story, and itself."""
        if bounds is _NOWHERE:
            return array("I")
        at = self._place(row)
        return self.index.in_time[self._first(at, bounds) : self._end(at, bounds)]

    def _first(self, at: int, bounds: Bounds) -> int:
        rows, moment = self.index.in_time, self.index.moment.__getitem__
        first = bisect_left(rows, bounds.kin[0], hi=at, key=moment)
        return max(first, min(at - SPAN, bisect_left(rows, bounds.story[0], hi=at, key=moment)))

    def _end(self, at: int, bounds: Bounds) -> int:
        rows, moment = self.index.in_time, self.index.moment.__getitem__
        end = bisect_right(rows, bounds.kin[1], lo=at, key=moment)
        return min(end, max(at + SPAN + 1, bisect_right(rows, bounds.story[1], lo=at, key=moment)))

    # How alike

    def _keys(self, row: int) -> list[int]:
        return self.terms.rarity.keys_of(self.terms.piece(row))

    def _alike(self, row: int, others: Iterable[int], bounds: Bounds) -> list[Alike]:
        """Return those that are alike to an article."""
        piece, rarity, (first, last) = self.terms.piece, self.terms.rarity, bounds.story
        one, found = piece(row), list[Alike]()
        for other in others:
            like = likeness(one, piece(other), rarity)
            if like >= LEAST:
                is_near = first <= self.index.moment[other] <= last
                found.append(Alike(other, like, is_near and self._may_link(row, other)))
        return found

    def _version(self, row: int, other: int) -> Alike:
        return Alike(other, ALL, self._is_open(row, other))

    def _may_link(self, one: int, two: int) -> bool:
        """Whether files leave it open, and several providers tell it, or one a piece twice."""
        provider, piece = self.index.provider, self.terms.piece
        is_told = provider[one] != provider[two] or same_title(piece(one), piece(two))
        return is_told and self._is_open(one, two)

    def _is_open(self, one: int, two: int) -> bool:
        """Whether the file of one of them does not say what it is to others."""
        facts, flags = self.index.facts, self.index.flags
        return any(not (facts[row] & LEADS or flags[row] & COVERED) for row in (one, two))


def _time(moment: int) -> datetime | None:
    """Return the time of a moment in an index, None where there is no such time."""
    rest, second = divmod(moment, 100)
    rest, minute = divmod(rest, 100)
    rest, hour = divmod(rest, 100)
    rest, day = divmod(rest, 100)
    try:
        return datetime(*divmod(rest, 100), day, hour, minute, second)
    except ValueError:
        return None


def _moment(when: datetime, shift: timedelta) -> int:
    """Return a moment as the index has it; beyond all times it is the first or the last one."""
    try:
        when += shift
    except OverflowError:
        when = datetime.min if shift < timedelta() else datetime.max
    day = (when.year * 100 + when.month) * 100 + when.day
    return ((day * 100 + when.hour) * 100 + when.minute) * 100 + when.second


def apart(one: int, two: int) -> timedelta:
    """Return how far apart two moments of an index are."""
    first, last = _time(min(one, two)), _time(max(one, two))
    return last - first if first and last else timedelta()
