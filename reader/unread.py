"""What a filter that stands for long would find of what is unread, whatever is marked meanwhile."""

from copy import copy
from dataclasses import replace

from reader.filters import Filter
from reader.matching import Asked, matching
from reader.model import STARRED
from reader.store import Store
from reader.tally import Unread


def unread_of(store: Store, wanted: Filter, asked: Asked) -> Unread:
    """Return where articles match if they are unread, with and without a star. Raises FilterError.

    An unread article has no other mark: so these masks hold until the store is another.
    """
    others = matching(_marked(store, 0), wanted, _without_marks(asked))
    if not any(term.value == "starred" for term in wanted.leaves):
        return Unread(others, others)
    return Unread(matching(_marked(store, STARRED), wanted, _without_marks(asked)), others)


def _marked(store: Store, marks: int) -> Store:
    """Return the store as if everything in it had these marks."""
    other = copy(store)
    other.marks = bytearray([marks]) * len(store.flags)
    return other


def _without_marks(asked: Asked) -> Asked:
    return replace(asked, read_at=dict, muted=bytes)
