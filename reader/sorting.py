"""Putting rows of the store into an order, or into several of which the first weighs most."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from reader.front import front_rows
from reader.masks import Mask, both, chosen, neither
from reader.settings import Settings
from reader.snapshot.columns import MISSING, NONE
from reader.store import Store
from reader.text import fold

READY = ("quality", "newest", "oldest", "heat", "related")
"""The orders that the index has."""


def ordered(
    store: Store, mask: Mask, order: str, settings: Settings, unread: Mask, *, spread_out: bool
) -> list[int]:
    """Return the rows where a mask holds, in an order of `ranking.ORDERS`.

    Several have commas between them, and `-` turns one round; `unread` is what counts as such.
    """
    if order in READY:
        return chosen(store.order(order), mask)
    if order == "front":
        return front_rows(store, mask, settings, spread_out=spread_out)
    rows = store.order("quality")
    if order == "unread":
        return [*chosen(rows, both(mask, unread)), *chosen(rows, both(mask, neither(unread)))]
    found = chosen(rows, mask)
    for name in reversed(order.split(",")):
        found = _sorted(store, found, name, unread)
    return found


def _sorted(store: Store, rows: list[int], name: str, unread: Mask) -> list[int]:
    """Return rows in one more order, those that are equal as they were; what is missing is last."""
    plain = name.removeprefix("-")
    value, downwards = _value_of(store, plain, unread)
    known = [row for row in rows if value(row) is not None]
    unknown = [row for row in rows if value(row) is None]
    return [*sorted(known, key=value, reverse=downwards != name.startswith("-")), *unknown]


def _value_of(store: Store, name: str, unread: Mask) -> tuple[Callable[[int], Any], bool]:
    """Return what an order goes by, None where it is missing, and whether it goes downwards."""
    index = store.index
    if name == "title":
        return store.title_places().__getitem__, False
    if name == "provider":
        names = [*map(fold, index.tables.providers), None]
        return lambda row: names[index.provider[row]], False
    if name == "unread":
        return unread.__getitem__, True
    if name == "related":
        told = Counter(index.leader)
        return lambda row: max(_others(told, index.leader[row]), index.related[row]), True
    columns: dict[str, tuple[Sequence[int], bool]] = {
        "newest": (index.moment, True),
        "oldest": (index.moment, False),
        "words": (index.length, True),
    }
    column, downwards = columns.get(name) or (getattr(index, name), True)
    return lambda row: None if column[row] == MISSING else column[row], downwards


def _others(told: Counter[int], leader: int) -> int:
    return told[leader] - 1 if leader != NONE else 0
