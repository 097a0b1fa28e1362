"""What stays of one sequence in another, if as little as possible goes and comes.

The search is Myers' ("An O(ND) difference algorithm and its variations", 1986), for its work can be
bounded whatever the sequences are.
"""

from array import array
from collections.abc import Sequence

_MOST_CHANGED = 1000  # of both sequences together; beyond that, nothing stays
_MOST_STEPS = 1_000_000


def find_staying(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]] | None:
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
