"""The orders of a list: highest or newest first, missing values last, always the same answer."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Order(NamedTuple):
    """One order: what the heading says, and the values that decide, the weightiest first.

    The values are sorted highest first, or lowest first; a missing one is last in both.
    """

    title: str
    by: tuple[str, ...]
    lowest_first: bool = False


ORDERS = {
    "quality": Order("quality, then date", ("quality", "date")),
    "newest": Order("newest first", ("date",)),
    "oldest": Order("oldest first", ("date",), lowest_first=True),
    "heat": Order("heat, then quality", ("heat", "quality", "date")),
    "related": Order("coverage, then quality", ("size", "quality", "date")),
    "unread": Order("unread first, then quality", ("unread", "quality", "date")),
}
"""Every order by its name in `sort:` and on the keys."""


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
