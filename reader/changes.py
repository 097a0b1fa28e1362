"""What changed between two texts, as runs of words that stayed, went and came."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.staying import find_staying

SAME, REMOVED, ADDED, GAP = "same", "removed", "added", "gap"

LONGEST = 200_000
"""Characters of a text that are compared; of real articles none has more."""

_FEW = 3  # words that are not worth a gap
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
        staying = find_staying([unit for unit, _ in one], [unit for unit, _ in two])
        if staying is not None:
            break
    if len(one) == len(two) == len(staying or ()):
        return ()
    hunks = _without_strays(_from_line_starts(_hunks(one, two, staying or ())), way.stray)
    return tuple(_runs(hunks, way.context))


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


def _from_line_starts(hunks: Iterable[_Hunk]) -> list[_Hunk]:
    """Let what only came, or only went, begin where a line does, if that tells the same."""
    kept = list[_Hunk]()
    for hunk in hunks:
        if kept and bool(hunk.removed) != bool(hunk.added):
            same, changed = kept[-1].same, hunk.removed or hunk.added
            size = _shift(same, changed)
            rest, cut = len(same) - size, len(changed) - size
            moved = [*same[rest:], *changed[:cut]]
            kept[-1] = kept[-1]._replace(same=same[:rest])
            stays = [*changed[cut:], *hunk.same]
            hunk = _Hunk(moved if hunk.removed else (), moved if hunk.added else (), stays)
        kept.append(hunk)
    return kept


def _shift(same: Sequence[Unit], changed: Sequence[Unit]) -> int:
    """Return by how many units a change can begin earlier, to begin where a line does."""
    for size in range(min(len(same), len(changed) + 1)):
        if size and same[-size][0] != changed[-size][0]:
            return 0
        if "\n" in same[-1 - size][1]:
            return size
    return 0


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
        if hunk.removed:
            went = _text(hunk.removed)
            yield Run(REMOVED, f"{went.rstrip()} " if hunk.added and went[-1] == "\n" else went)
        if hunk.added:
            yield Run(ADDED, _text(hunk.added))
        head, tail = context * is_change, len(hunk.same) - context * (not is_last)
        if tail <= head + _FEW:
            head = tail = len(hunk.same)
        parts = ((SAME, hunk.same[:head]), (GAP, hunk.same[head:tail]), (SAME, hunk.same[tail:]))
        for kind, units in parts:
            if units:
                yield Run(kind, _text(units))


def _text(units: Sequence[Unit]) -> str:
    return "".join(unit + ("\n\n"[: blanks.count("\n")] or blanks[:1]) for unit, blanks in units)
