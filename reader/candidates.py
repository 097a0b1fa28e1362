"""The candidates of the next edition: the best unread stories of a store."""

from collections.abc import Collection
from itertools import islice

from reader.edition import Candidate
from reader.folding import parted
from reader.front import front_rows, points
from reader.masks import Mask, both
from reader.model import PASSED, READ
from reader.ranking import minutes
from reader.settings import Settings
from reader.snapshot.columns import NONE
from reader.store import Store
from reader.views import FRONT, kind_mask, shown

MOST = 300
"""So many stories may be chosen from, or an edition of an hour has no choice any more."""

_LOOKED_AT = 2000  # rows of the front page; a reader's own marks leave out but few of them


def candidates(
    store: Store, settings: Settings, offered: Collection[int], matches: Mask | None = None
) -> list[Candidate]:
    """Return the stories that may be in an edition, best first; of those that match, if it is said.

    `offered` are the key numbers of what earlier editions had.
    """
    matches = store.here if matches is None else matches
    unread = both(shown(store, FRONT, matches), kind_mask(store, "unread"))
    rows = front_rows(store, unread, settings, spread_out=False)[:_LOOKED_AT]
    new = (row for row in rows if not _is_known(store, row, offered))
    return [candidate(store, row, settings) for row in islice(new, MOST)]


def _is_known(store: Store, row: int, offered: Collection[int]) -> bool:
    """Whether the story of a row was read, or an earlier edition had it."""
    marks, keys, story = store.marks, store.index.key, store.story(row)
    was_read = bool(story) and bool(marks[story[0]] & READ)
    return was_read or any(marks[one] & PASSED or keys[one] in offered for one in (row, *story))


def candidate(store: Store, row: int, settings: Settings) -> Candidate:
    """Return what the choice of a story goes by."""
    index, article = store.index, store.article(row)
    start = index.near_start[row]
    named = index.near[start : start + index.near_size[row]]
    return Candidate(
        row,
        points=points(store, row, settings).sum,
        minutes=minutes(index.length[row]),
        provider=article.provider,
        topic=max(article.topics, key=lambda name: len(store.topics.path(name)), default=None),
        near=frozenset((*named, *store.story(row))) - {NONE},
        words=frozenset(parted(article.title).split()),
    )
