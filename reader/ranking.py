"""The orders of a list, and what the front page is ordered by: points for each article.

Highest or newest first, missing values last, always the same answer. Points are counted in tenths,
as whole numbers, so that terms add up to the number that sorts; `docs/front.md` has the reasons.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from math import log2
from typing import NamedTuple


class Order(NamedTuple):
    """One order: what the heading says, and the values that decide, the weightiest first.

    The values are sorted highest first, or lowest first; a missing one is last in both.
    """

    title: str
    by: tuple[str, ...]
    lowest_first: bool = False


ORDERS = {
    "front": Order("importance", ("front", "quality", "date")),
    "quality": Order("quality, then date", ("quality", "date")),
    "newest": Order("newest first", ("date",)),
    "oldest": Order("oldest first", ("date",), lowest_first=True),
    "heat": Order("heat, then quality", ("heat", "quality", "date")),
    "related": Order("coverage, then quality", ("size", "quality", "date")),
    "title": Order("title", ("title",), lowest_first=True),
    "words": Order("longest first", ("length",)),
    "provider": Order("provider", ("provider",), lowest_first=True),
    "unread": Order("unread first, then quality", ("unread", "quality", "date")),
}
"""Every order by its name in `sort:` and on the keys."""


def title_of(order: str) -> str:
    """Return what the heading says of an order, or of several with commas between them."""
    titles = []
    for name in order.split(","):
        title = ORDERS[name.removeprefix("-")].title
        titles.append(f"{title}, turned round" if name.startswith("-") else title)
    return ", ".join(titles) if len(titles) == 1 else ", ".join(t.partition(",")[0] for t in titles)


def sort_rows(
    rows: Sequence[int], values: Mapping[str, Sequence[int]], missing: int
) -> dict[str, list[int]]:
    """Return the rows in each order that `values` suffice for, by the order's name.

    `rows` come in the order that decides where values are equal. `values` are columns by their
    name in `ORDERS`, in which `missing` is lower than all others. An order that ends with another
    one is made from it: each value is sorted by once.
    """
    done: dict[tuple[str, ...], list[int]] = {(): list(rows)}
    orders: dict[str, list[int]] = {}
    by_length = sorted(ORDERS.items(), key=lambda item: len(item[1].by))
    for name, order in by_length:
        if not values.keys() >= set(order.by):
            continue
        before, column = done[order.by[1:]], values[order.by[0]]
        if order.lowest_first:
            known = [row for row in before if column[row] != missing]
            unknown = [row for row in before if column[row] == missing]
            orders[name] = [*sorted(known, key=column.__getitem__), *unknown]
        else:
            orders[name] = sorted(before, key=column.__getitem__, reverse=True)
            done[order.by] = orders[name]
    return orders


# The front page

TWICE = 100
"""Tenths of points that make an article twice as important; one half-life costs as many."""

BEST = 500
"""Tenths for the highest quality of a library; the lowest has none."""

LIKED_PROVIDER, LIKED_TOPIC = 30, 20
"""Tenths for a provider, and for a topic, of which something was starred."""

HALF_LIFE = 24.0
"""Hours in which an article becomes half as important, unless the user says otherwise."""

TOP, AT_MOST = 10, 2
"""Among so many articles at the top no provider stands more often than that."""


def standings(values: Sequence[int | None]) -> list[int]:
    """Return the tenths that each quality of one library is worth, by its rank among all.

    Equal ones have the middle of their ranks; a missing one (None) counts as the median.
    """
    known = [value for value in values if value is not None]
    counts = sorted(Counter(known).items())
    below = accumulate((count for _, count in counts), initial=0)
    worth: dict[int | None, int] = {
        value: BEST * (2 * before + count) // (2 * len(known))
        for (value, count), before in zip(counts, below, strict=False)
    }
    worth[None] = worth[sorted(known)[(len(known) - 1) // 2]] if known else BEST // 2
    return [worth[value] for value in values]


def estimated_quality(
    *, standing: float, has_picture: bool, has_amp: bool, words: int, topics: int
) -> int:
    """Return a quality where no file gives one: the recipe of the sites that do, as far as it goes.

    They add up the provider, 20 for a picture, 20 for an AMP page and 17 for each further topic.
    `standing` is the share of the provider's articles that others report, too, from 0 to 1; a
    text has up to 20, in full from one minute of reading on.
    """
    text = 20 * min(words, WORDS_A_MINUTE) // WORDS_A_MINUTE
    return round(40 * standing) + 20 * has_picture + 20 * has_amp + 17 * max(topics - 1, 0) + text


WORDS_A_MINUTE = 230
"""How fast a text is read."""


def minutes(words: int) -> int:
    """Return how long a text takes to read; at least a minute."""
    return max(round(words / WORDS_A_MINUTE), 1)


def coverage(providers: int) -> int:
    """Return the tenths for a story that so many independent providers tell: twice, twice."""
    return round(TWICE * log2(max(providers, 1)))


def age(minutes: int, half_life: float) -> int:
    """Return the tenths that it costs to be older by so many minutes; `half_life` is in hours."""
    return int(TWICE * minutes // (half_life * 60))


def spread(rows: Sequence[int], provider: Sequence[int], nobody: int) -> list[int]:
    """Return rows with no provider more than twice among the first ten, where others can stand.

    Those that have to wait follow right after the ten, in their order.
    """
    top, waiting, seen = list[int](), list[int](), Counter[int]()
    for at, row in enumerate(rows):
        if len(top) == TOP or at == _LOOKED_AT:
            return [*top, *waiting, *rows[at:]]
        who = provider[row]
        if who != nobody and seen[who] >= AT_MOST:
            waiting.append(row)
        else:
            seen[who] += 1
            top.append(row)
    return [*top, *waiting]


_LOOKED_AT = 1000  # rows; when all of them are by few providers, nobody else is looked for


def independent(told: Iterable[tuple[int, int]], nobody: int) -> int:
    """Return how many providers tell a story themselves: titles with providers, oldest first.

    Who has the title of an earlier one has only taken it over.
    """
    first: dict[int, int] = {}
    for title, provider in told:
        first.setdefault(title, provider)
    return len(set(first.values()) - {nobody})
