"""The orders of a list: highest or newest first, missing values last, always the same answer.

Ties end at the path, then the library, so that no two articles can change places.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from reader.model import Article, Status

SizeOf: TypeAlias = Callable[[Article], int]
StatusOf: TypeAlias = Callable[[Article], Status]


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


def sort_articles(
    articles: Iterable[Article], order: str, *, size_of: SizeOf, status_of: StatusOf
) -> list[Article]:
    """Return the articles in an order of `ORDERS`; files with a problem stand last of all.

    `size_of` is how many articles the story has, or are related. Raises KeyError for an order
    that is none.
    """
    _, by, lowest_first = ORDERS[order]
    values: dict[str, Callable[[Article], Any]] = {
        "quality": attrgetter("quality"),
        "heat": attrgetter("heat"),
        "date": _moment,
        "size": size_of,
        "unread": lambda article: status_of(article).unread,
    }
    ranked = list(articles)
    for place in ("file", "library", "path"):
        ranked.sort(key=attrgetter(place))
    for name in reversed(by):
        ranked = _ranked(ranked, values[name], reverse=not lowest_first)
    return _problems_last(ranked)


def _ranked(
    articles: list[Article], value: Callable[[Article], Any], *, reverse: bool
) -> list[Article]:
    """Sort by one value and leave ties as they stand; articles without the value go last."""
    known = [article for article in articles if value(article) is not None]
    few = len(known) < len(articles)
    missing = [article for article in articles if value(article) is None] if few else []
    known.sort(key=value, reverse=reverse)
    return known + missing


def _moment(article: Article) -> str | None:
    """Return the time of publication as text that sorts; a day alone is its midnight."""
    moment = article.published_at
    return f"{moment}T00:00:00Z" if moment and len(moment) == len("2020-10-20") else moment or None


def _problems_last(articles: list[Article]) -> list[Article]:
    sound = [article for article in articles if article.problem is None]
    return sound + [article for article in articles if article.problem is not None]
