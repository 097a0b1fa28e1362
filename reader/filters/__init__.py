"""The filter language: text in, understood out. `docs/filters.md` has its grammar.

`parsing` reads a text, by the tables of `fields` and the values of `ranges`; `nodes` is what comes
of it, and prints it in its normal form.
"""

from reader.filters.fields import FIELDS, FLAGS, SORTS, describe
from reader.filters.mistakes import FilterError
from reader.filters.nodes import All, Either, Filter, Not, Term
from reader.filters.parsing import parse

__all__ = [
    "FIELDS",
    "FLAGS",
    "ONLY_UNREAD",
    "SORTS",
    "All",
    "Either",
    "Filter",
    "FilterError",
    "Not",
    "Term",
    "describe",
    "parse",
]

ONLY_UNREAD = Term("is", "unread")
"""The term that `gu` sets and takes away."""
