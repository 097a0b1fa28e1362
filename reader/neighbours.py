"""What is near an article: the rest of its story in the order of time, then what is related."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache

from reader.dates import ago, day, is_date, to_datetime
from reader.ledger import Ledger
from reader.model import HIDDEN, MUTED, Article, RelatedItem, Status
from reader.store import Store
from reader.stories import same_piece
from reader.topics import TopicTree
from reader.views import is_kind

_same_piece = lru_cache(4096)(same_piece)
"""A page is made anew with every mark, and a story of 60 has 1,770 pairs of titles."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One article near that of a page; `article` is None where it is not in this folder.

    `copy_of` names who had the same piece before it in the story; `why` says how a computed one
    is related.
    """

    title: str
    provider: str | None
    published_at: str | None
    quality: int | None
    status: Status
    item: RelatedItem
    article: Article | None
    in_story: bool = False
    copy_of: str | None = None
    why: str | None = None
    muted: bool = False
    """Whether a mute rule hides it elsewhere."""


class Neighbours:
    """What is near the article of a row. Raises Damaged while it is read."""

    def __init__(self, row: int, store: Store, ledger: Ledger) -> None:
        self._row, self._store, self._ledger = row, store, ledger
        self._article = store.article(row)
        self._told = _in_time(self._members())

    @property
    def place(self) -> int | None:
        """How many articles of its story come before it; None where it is alone."""
        if len(self._told) < 2:
            return None
        return [one.id for one in self._told].index(self._article.id)

    def all(self) -> tuple[Neighbour, ...]:
        """Return the rest of the story, then what the file calls related, then what is computed."""
        return (*self._story(), *self._own(), *self._computed())

    def _members(self) -> list[Article]:
        """Return the story without what is hidden, its leader first."""
        store, row = self._store, self._row
        rows = [one for one in store.story(row) if one == row or not store.flags[one] & HIDDEN]
        return list(map(store.article, rows))

    def _story(self) -> Iterator[Neighbour]:
        for at, one in enumerate(self._told):
            if one.id != self._article.id:
                yield self._here(one, in_story=True, copy_of=_copied(one, self._told[:at]))

    def _own(self) -> Iterator[Neighbour]:
        """Yield what the file calls related and what is not in the story already."""
        told = {one.id for one in self._told}
        for near in self._store.near(self._row):
            if near.article is None:
                yield self._copy(near.item)
            elif near.article.id not in told:
                yield self._here(near.article)

    def _computed(self) -> Iterator[Neighbour]:
        store, row = self._store, self._row
        known = {near.article.id for near in store.near(row) if near.article}
        for kin in store.kin(row):
            article = store.article(kin)
            if article.id not in known and is_kind("live", store.flags[kin], store.marks[kin]):
                yield self._here(article, why=_why(self._article, article, store.topics))

    def _here(
        self,
        one: Article,
        *,
        in_story: bool = False,
        copy_of: str | None = None,
        why: str | None = None,
    ) -> Neighbour:
        facts = one.title, one.provider, one.published_at, one.quality
        item, status = RelatedItem(one.title, one.key), self._ledger.status_of(one)
        row = self._store.row(one.id)
        muted = row is not None and bool(self._store.marks[row] & MUTED)
        return Neighbour(*facts, status, item, one, in_story, copy_of, why, muted)

    def _copy(self, item: RelatedItem) -> Neighbour:
        facts = item.title, item.provider, item.published_at, item.quality
        status = self._ledger.status_of_copy(item.key, self._article.library)
        return Neighbour(*facts, status, item, None)


def _in_time(articles: list[Article]) -> list[Article]:
    """Put articles into the order of time; a day alone is before its hours, no time is last."""

    def moment(one: Article) -> tuple[str, str]:
        when = one.published_at
        if when is None:
            return "~", ""
        return day(when, None), "" if is_date(when) else when

    return sorted(articles, key=moment)


def _copied(one: Article, before: Sequence[Article]) -> str | None:
    """Return the name of the first one that has the same piece, None where it is new."""
    return next((other.name for other in before if _is_copy(one, other)), None)


def _is_copy(one: Article, other: Article) -> bool:
    """Whether an address or a title is in common; a provider's series differs by ends of titles."""
    if one.key == other.key or one.title == other.title:
        return True
    return one.provider != other.provider and _same_piece(one.title, other.title)


def _why(one: Article, kin: Article, topics: TopicTree) -> str | None:
    """Say how a computed one is related: `same topic, 2 days earlier`.

    A topic that has others below it is too wide to be a reason.
    """
    shared = set(one.topics) & set(kin.topics)
    reasons = [] if all(map(topics.children, shared)) else ["same topic"]
    if one.published_at and kin.published_at:
        reasons.append(_apart(one.published_at, kin.published_at))
    return ", ".join(reasons) or None


def _apart(when: str, other: str) -> str:
    """Say how much earlier or later another time is, in days where one of them is a day alone."""
    if is_date(when) or is_date(other):
        when, other = day(when, None), day(other, None)
    text = ago(other, to_datetime(when), UTC)
    if text in ("now", "today"):
        return "at the same time" if text == "now" else "the same day"
    is_later, span = text.startswith("in "), text.removeprefix("in ").removesuffix(" ago")
    return f"{span} {'later' if is_later else 'earlier'}"
