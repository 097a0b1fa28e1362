"""Stories: which articles tell of one event, and which of them stands for it.

What the files say decides (measured over 16,911 real files): an article with `heat: -1` is
covered by the first of its related ones, which has `heat` 0 or more. Where that leader is not
in the folder, or no file has any heat, the articles that name each other belong together.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from reader.folding import parted

Near: TypeAlias = Callable[[int], Sequence[int]]
"""The related ones of an article in the file's order, each once; -1 for those not here."""

Says: TypeAlias = Callable[[int], bool]

MAX_LINKED = 40
"""The most articles that links alone make one story; larger groups are themes, not events."""

_TELLING = 4  # words that a part of a title has to have to stand for all of it
_ENDING = re.compile(r"\s+(?:[-–—|·•»]|::)\s+(?=([^-–—|·•»]{1,60})\Z)")
_CUT = re.compile(r"\s*(?:…|\.\.\.)\W*\Z")
_DROPPED = frozenset(("a", "an", "the", "s"))


def find_leaders(
    rows: Iterable[int],
    near: Near,
    *,
    covered: Says,
    leads: Says,
    best: Callable[[Iterable[int]], int],
) -> dict[int, int]:
    """Return the leader of each article that belongs to a story, all as numbers.

    `rows` are those with related ones or a heat, in an order that decides how groups grow;
    `covered` is `heat: -1`, `leads` a heat of 0 or more; `best` chooses among those whom nobody
    leads. A leader maps to itself; a lone article is not in the answer.
    """
    leaders: dict[int, int] = {}
    alone: list[int] = []
    for row in rows:
        leader = _named_leader(near(row), leads) if covered(row) else None
        if leader is not None:
            leaders[row] = leaders[leader] = leader
        elif not leads(row):
            alone.append(row)
    for group in _linked(alone, near):
        leaders.update(dict.fromkeys(group, best(group)))
    return leaders


def _named_leader(near: Sequence[int], leads: Says) -> int | None:
    """Return the first related article, if it is here and leads stories."""
    return near[0] if near and near[0] >= 0 and leads(near[0]) else None


def _linked(alone: Sequence[int], near: Near) -> Iterator[set[int]]:
    """Yield the groups of two and more that name each other, grown link by link up to the cap."""
    place = {row: at for at, row in enumerate(alone)}
    links = {row: {other for other in near(row) if other in place} for row in alone}
    groups: dict[int, set[int]] = {row: {row} for row in alone if links[row]}
    for row in groups:
        for other in sorted(links[row], key=place.__getitem__):
            one, two = groups[row], groups.get(other, set())
            if row in links[other] and one is not two and len(one) + len(two) <= MAX_LINKED:
                one |= two
                groups.update(dict.fromkeys(two, one))
    yield from {id(group): group for group in groups.values() if len(group) > 1}.values()


def same_piece(one: str, two: str) -> bool:
    """Whether two titles are so near to equal that they name one piece, told twice.

    Case, marks, articles, a provider at the end (`Title - Provider`) and a cut end make no
    difference; other words and numbers do.
    """
    if one == two:
        return bool(one)
    of_one, of_two = _forms(one), _forms(two)
    if not of_one.isdisjoint(of_two):
        return True
    return _is_cut(one, of_two) or _is_cut(two, of_one)


@lru_cache(256)
def _forms(title: str) -> frozenset[str]:
    """Return the letters of a title, and those without a provider at its end."""
    forms, words = set[str](), _telling(title)
    if words:
        forms.add("".join(words))
    ending = _ENDING.search(title)
    if ending and not any(map(str.isdigit, ending[1])):
        words = _telling(title[: ending.start()])
        if len(words) >= _TELLING:
            forms.add("".join(words))
    return frozenset(forms)


def _telling(title: str) -> list[str]:
    return [word for word in parted(title).split() if word not in _DROPPED]


def _is_cut(title: str, others: Iterable[str]) -> bool:
    """Whether a title is the beginning of one of these, cut with a mark."""
    cut = _CUT.search(title)
    words = _telling(title[: cut.start()]) if cut else []
    return len(words) >= _TELLING and any(one.startswith("".join(words)) for one in others)


def is_full(excerpt: str | None) -> bool:
    """Whether an excerpt ends as a sentence does, and was not cut."""
    text = (excerpt or "").rstrip("\"'”’»)")
    return text.endswith((".", "!", "?", "。")) and not _CUT.search(text)
