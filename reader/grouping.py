"""Grouping: from pairs of articles that are alike to computed stories.

The answer depends on the links alone and not on the order in which they came about, and that for
each set of articles that hang together by itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from reader.stories import MAX_LINKED

LEAST_LIKENESS = 96
"""The likeness from which on two articles are linked, of `likeness.ALL`."""

MAX_JOINED = 60
"""The most articles of a story that the files tell of, with those that join it."""

NOBODY = -1
"""The leader of articles of which no file says what story they are of."""

_MEAN = 6, 10
"""The part of that likeness that two groups need in the mean of all their pairs, to become one."""


class Link(NamedTuple):
    """Two articles that are alike, by their rows."""

    likeness: int
    one: int
    two: int


class Group:
    """Articles of one story; `said` is the leader of a story that files tell of, else NOBODY.

    `size` counts the articles of that story that are not linked to any here, too.
    """

    def __init__(self, row: int, said: int, size: int) -> None:
        self.rows, self.said, self.size = [row], said, size

    def may_join(self, other: "Group") -> bool:
        """Whether both may be one: never two stories of the files, and not too many articles."""
        if NOBODY not in (self.said, other.said):
            return False
        cap = MAX_LINKED if self.said == other.said else MAX_JOINED
        return self.size + other.size <= cap

    def take_in(self, other: "Group") -> None:
        """Become one with another group."""
        self.rows += other.rows
        self.size += other.size
        self.said = max(self.said, other.said)


def components(rows: Iterable[int], near: Callable[[int], Iterable[int]]) -> Iterator[list[int]]:
    """Yield what hangs together with each of these rows, each row once."""
    seen = set[int]()
    for first in rows:
        if first in seen:
            continue
        found, waiting = list[int](), [first]
        seen.add(first)
        while waiting:
            found.append(row := waiting.pop())
            news = set(near(row)) - seen
            seen |= news
            waiting += news
        yield found


def grouped(
    rows: Iterable[int],
    links: Iterable[Link],
    *,
    name: Callable[[int], tuple[int, int]],
    likeness: Callable[[int, int], int],
    said: Mapping[int, int],
    sizes: Mapping[int, int],
) -> list[Group]:
    """Return the stories of articles that hang together, also those of one article.

    `name` tells articles apart, also where rows have other numbers; `likeness` is of any two of
    them. `said` has the leaders of those whose files say what story they are of, their own rows
    where they are alone, and `sizes` how many articles each such leader has, if several.
    """
    of = _from_files(rows, said, sizes)
    for link in sorted(links, key=lambda link: (-link.likeness, *sorted(map(name, link[1:])))):
        one, two = of[link.one], of[link.two]
        if one is not two and one.may_join(two) and _are_alike(one, two, likeness):
            one.take_in(two)
            of.update(dict.fromkeys(two.rows, one))
    return list({id(group): group for group in of.values()}.values())


def _from_files(
    rows: Iterable[int], said: Mapping[int, int], sizes: Mapping[int, int]
) -> dict[int, Group]:
    """Return the group of each row: those of one story of the files are together from the start."""
    of, stories = dict[int, Group](), dict[int, Group]()
    for row in rows:
        leader = said.get(row, NOBODY)
        if leader in stories:
            of[row] = stories[leader]
            of[row].rows.append(row)
            continue
        of[row] = Group(row, leader, sizes.get(leader, 1))
        if leader != NOBODY:
            stories[leader] = of[row]
    return of


def _are_alike(one: Group, two: Group, likeness: Callable[[int, int], int]) -> bool:
    """Whether two groups are alike in the mean, so that no chain leads from story to story."""
    part, whole = _MEAN
    needed = part * LEAST_LIKENESS * len(one.rows) * len(two.rows)
    return whole * sum(likeness(a, b) for a in one.rows for b in two.rows) >= needed
