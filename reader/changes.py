"""What changed between two texts, as runs of words that stayed, went and came.

The algorithm is Myers' ("An O(ND) difference algorithm and its variations", 1986), for its work can
be bounded whatever the texts are.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

SAME, REMOVED, ADDED, GAP = "same", "removed", "added", "gap"

LONGEST = 200_000
"""Characters of a text that are compared; of real articles none has more."""

_MOST_CHANGED = 1000  # words, or lines; of more than that, all is told anew
_MOST_STEPS = 1_000_000
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_WORDS = re.compile(rf"([{_CJK}]|[^\s{_CJK}]+)(\s*)")
_LINES = re.compile(r"([^\n]*\S)(\s*)")

Unit = tuple[str, str]
"""A word or a line, and the blanks after it."""


class _Way(NamedTuple):
    """What is compared; how much of it is kept beside a change, and how much stays by chance."""

    unit: re.Pattern[str]
    context: int
    stray: int


_WAYS = (_Way(_WORDS, 12, 2), _Way(_LINES, 1, 0))


class Run(NamedTuple):
    """Words of one `kind`; those of a gap stayed, and need not be shown."""

    kind: str
    text: str


class _Hunk(NamedTuple):
    """Units that went and came, and those that stayed after them."""

    removed: Sequence[Unit]
    added: Sequence[Unit]
    same: Sequence[Unit]


def compare(before: str, after: str) -> tuple[Run, ...]:
    """Return what changed between two texts, none where nothing did; blanks make no difference.

    Where too many words changed, lines are compared; of texts that differ throughout, all changed.
    """
    for way in _WAYS:
        one, two = way.unit.findall(before[:LONGEST]), way.unit.findall(after[:LONGEST])
        staying = _staying([unit for unit, _ in one], [unit for unit, _ in two])
        if staying is not None:
            break
    if len(one) == len(two) == len(staying or ()):
        return ()
    hunks = _without_strays(_hunks(one, two, staying or ()), way.stray)
    return tuple(_runs(hunks, way.context))


def _staying(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return the places in both of what stays, None where that would take too long to find."""
    least = min(len(one), len(two))
    start = next((at for at in range(least) if one[at] != two[at]), least)
    rest = range(1, least - start + 1)
    end = next((at for at in rest if one[-at] != two[-at]), least - start + 1) - 1
    found = _shortest(one[start : len(one) - end], two[start : len(two) - end])
    if found is None:
        return None
    ends = ((len(one) - at, len(two) - at) for at in range(end, 0, -1))
    between = ((start + x, start + y) for x, y in found)
    return [*((at, at) for at in range(start)), *between, *ends]


def _shortest(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return the places of what stays if as little as possible changes: Myers' greedy search.

    `reach[middle + n]` is how far one comes in the first text on diagonal n.
    """
    middle, steps = _MOST_CHANGED + 1, _MOST_STEPS
    reach, trail = array("i", [0]) * (2 * middle + 1), list["array[int]"]()
    for cost in range(_MOST_CHANGED + 1):
        trail.append(reach[:])
        for at in range(middle - cost, middle + cost + 1, 2):
            x = begin = _entered(reach, at, cost)[1]
            y = x - at + middle
            while x < len(one) and y < len(two) and one[x] == two[y]:
                x, y = x + 1, y + 1
            reach[at] = x
            if x >= len(one) and y >= len(two):
                return _walked_back(trail, len(one), len(two))
            steps -= x - begin
        if steps < 0:
            return None
    return None


def _entered(reach: "array[int]", at: int, cost: int) -> tuple[int, int]:
    """Return from which diagonal one comes to another at a cost, and how far one is then."""
    middle = _MOST_CHANGED + 1
    if at == middle - cost or (at != middle + cost and reach[at - 1] < reach[at + 1]):
        return at + 1, reach[at + 1]
    return at - 1, reach[at - 1] + 1


def _walked_back(trail: "list[array[int]]", x: int, y: int) -> list[tuple[int, int]]:
    """Return the places that a search went through without a change, the first ones first."""
    middle, found = _MOST_CHANGED + 1, list[tuple[int, int]]()
    for cost in range(len(trail) - 1, -1, -1):
        before, entered = _entered(trail[cost], x - y + middle, cost)
        while x > entered:
            x, y = x - 1, y - 1
            found.append((x, y))
        if cost:
            x = trail[cost][before]
            y = x - before + middle
    return found[::-1]


def _hunks(
    one: Sequence[Unit], two: Sequence[Unit], staying: Sequence[tuple[int, int]]
) -> Iterator[_Hunk]:
    """Yield what changed with what stays after it; only the first one may have no change."""
    x = y = begin = 0
    for at, (left, right) in enumerate(staying, 1):
        if at == len(staying) or staying[at] != (left + 1, right + 1):
            of_one, of_two = staying[begin]
            yield _Hunk(one[x:of_one], two[y:of_two], two[of_two : right + 1])
            x, y, begin = left + 1, right + 1, at
    if x < len(one) or y < len(two):
        yield _Hunk(one[x:], two[y:], ())


def _without_strays(hunks: Iterable[_Hunk], stray: int) -> list[_Hunk]:
    """Put together what is replaced on both sides of so few words that stayed by chance."""
    kept = list[_Hunk]()
    for hunk in hunks:
        last = kept[-1] if kept else None
        if last and len(last.same) <= stray and all((*last[:2], *hunk[:2])):
            removed = [*last.removed, *last.same, *hunk.removed]
            kept[-1] = _Hunk(removed, [*last.added, *last.same, *hunk.added], hunk.same)
        else:
            kept.append(hunk)
    return kept


def _runs(hunks: Sequence[_Hunk], context: int) -> Iterator[Run]:
    """Yield the runs of all changes, with so much of what stays beside them."""
    for number, hunk in enumerate(hunks, 1):
        is_change, is_last = bool(hunk.removed or hunk.added), number == len(hunks)
        for kind, units in ((REMOVED, hunk.removed), (ADDED, hunk.added)):
            if units:
                yield Run(kind, _text(units))
        head, tail = context * is_change, len(hunk.same) - context * (not is_last)
        if tail <= head:
            head = tail = len(hunk.same)
        parts = ((SAME, hunk.same[:head]), (GAP, hunk.same[head:tail]), (SAME, hunk.same[tail:]))
        for kind, units in parts:
            if units:
                yield Run(kind, _text(units))


def _text(units: Sequence[Unit]) -> str:
    return "".join(unit + ("\n\n" if "\n" in blanks else blanks[:1]) for unit, blanks in units)
