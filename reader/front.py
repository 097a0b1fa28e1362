"""The front page's order for this user: what the index knows, and what was starred."""

from collections.abc import Sequence
from itertools import compress
from operator import add
from typing import NamedTuple

from reader.masks import Mask, by_bits, by_table, chosen
from reader.model import STARRED
from reader.ranking import LIKED_PROVIDER, LIKED_TOPIC, TOP, spread
from reader.settings import Settings
from reader.snapshot.columns import NONE
from reader.store import Store


class Points(NamedTuple):
    """Why an article is where it is on the front page: the terms of its points, in tenths."""

    quality: int
    coverage: int
    age: int
    boost: int

    @property
    def sum(self) -> int:
        """The number that sorts."""
        return sum(self)


class Likes(NamedTuple):
    """The providers and topics of what was starred, as masks over the tables of the index."""

    providers: bytes
    topics: bytes


def front_rows(store: Store, mask: Mask, settings: Settings, *, spread_out: bool) -> list[int]:
    """Return the rows where a mask holds by their points, the best first."""
    rows = chosen(store.order("front"), mask)
    if likes := likes_of(store, settings):
        sums = list(map(add, store.index.front, _boosts(store, likes)))
        rows.sort(key=sums.__getitem__, reverse=True)
    if settings.spread and spread_out:
        return spread(rows, store.index.provider, NONE)
    return rows


def points(store: Store, row: int, settings: Settings) -> Points:
    """Return the terms that make the points of an article."""
    index = store.index
    likes = likes_of(store, settings)
    return Points(
        quality=index.standing[row],
        coverage=index.worth[row] - index.standing[row],
        age=index.front[row] - index.worth[row],
        boost=_boost(store, likes, row),
    )


def waits(store: Store, rows: Sequence[int], at: int, settings: Settings) -> bool:
    """Whether a row of this order gave way to other providers."""
    likes = likes_of(store, settings)
    top = [store.index.front[row] + _boost(store, likes, row) for row in (rows[at], *rows[:TOP])]
    return at >= TOP and min(top) < top[0]


def likes_of(store: Store, settings: Settings) -> Likes | None:
    """Return what is like something starred, None where nothing is or it makes no difference."""
    return store.kept_by_marks("likes", lambda: _likes(store)) if settings.boost else None


def _likes(store: Store) -> Likes | None:
    starred, index, tables = by_bits(store.marks, STARRED, STARRED), store.index, store.index.tables
    if 1 not in starred:
        return None
    who = set(compress(index.provider, starred))
    names = {
        name
        for number in set(compress(index.topics, starred))
        for name in tables.topic_sets[number]
    }
    return Likes(
        bytes([*(number in who for number in range(len(tables.providers))), False]),
        bytes([*(not names.isdisjoint(topics) for topics in tables.topic_sets), False]),
    )


def _boosts(store: Store, likes: Likes) -> list[int]:
    by_provider = [LIKED_PROVIDER * liked for liked in likes.providers]
    by_topic = [LIKED_TOPIC * liked for liked in likes.topics]
    index = store.index
    return list(map(add, by_table(index.provider, by_provider), by_table(index.topics, by_topic)))


def _boost(store: Store, likes: Likes | None, row: int) -> int:
    if likes is None:
        return 0
    index = store.index
    liked = LIKED_PROVIDER * likes.providers[index.provider[row]]
    return liked + LIKED_TOPIC * likes.topics[index.topics[row]]
