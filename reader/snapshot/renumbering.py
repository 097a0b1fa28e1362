"""Renumbering: what is computed of articles goes on when their rows have other numbers."""

from array import array
from collections.abc import Sequence

from reader.grouping import Link
from reader.snapshot.columns import KIN, NONE
from reader.snapshot.index import Index
from reader.snapshot.links import linked, set_links
from reader.snapshot.terms import Terms, put_terms


def renumber(new: Index, old: Index, rows: Sequence[int]) -> None:
    """Give a new index, which has these rows of an old one, its words, links and kin."""
    numbers = {row: number for number, row in enumerate(rows)}
    new.counts = old.counts
    new.in_time = array("I", [numbers[row] for row in old.in_time if row in numbers])
    for name in ("said", "joined"):
        column = getattr(new, name)
        setattr(new, name, array("i", [numbers.get(row, NONE) for row in column]))
    terms = Terms(old)
    for number, row in enumerate(rows):
        put_terms(new, number, terms.of(row))
        kin = old.kin[KIN * row : KIN * (row + 1)] or array("i", [NONE]) * KIN
        new.kin.extend(numbers.get(other, NONE) for other in kin)
        near = old.kin_nearness[KIN * row : KIN * (row + 1)] or array("H", bytes(2 * KIN))
        new.kin_nearness.extend(near)
    set_links(
        new,
        [
            Link(likeness, number, numbers[other])
            for number, row in enumerate(rows)
            for other, likeness in linked(old, row)
            if row < other and other in numbers
        ],
    )
