"""Why an article is where it is, in words: what its points are for, and what the order goes by."""

from collections.abc import Iterator
from datetime import tzinfo
from itertools import compress
from typing import NamedTuple

from reader.dates import short_date
from reader.edition import PROVIDER_LOSS, TOPIC_LOSS
from reader.front import likes_of, points, waits
from reader.listing import Listing
from reader.masks import by_bits
from reader.model import Article
from reader.ranking import AT_MOST, BEST, TOP, TWICE, title_of
from reader.settings import Settings
from reader.snapshot.columns import MISSING
from reader.store import Store


class Because(NamedTuple):
    """One term of a sum: tenths of points, and what they are for."""

    tenths: int
    words: str


class Why(NamedTuple):
    """What decides where an article stands: its `place`, the terms of its points, their sum."""

    place: str
    terms: tuple[Because, ...]
    sum: int


def why(rows: Listing, at: int, order: str, settings: Settings, zone: tzinfo | None) -> Why:
    """Return why a row of a list is where it is; `zone` None is the local one."""
    store, row = rows.store, rows.numbers[at]
    article, found = rows.article(at), points(store, row, settings)
    terms = [
        Because(found.quality, _quality(store, row, article)),
        Because(found.coverage, _coverage(found.coverage)),
        Because(found.age, _age(found.age, store.index.tables.half_life, article)),
    ]
    if found.boost:
        terms.append(
            Because(found.boost, f"like what you starred: {_liked(store, row, article, settings)}")
        )
    return Why(". ".join(_place(rows, at, order, settings, zone)), tuple(terms), found.sum)


def _place(
    rows: Listing, at: int, order: str, settings: Settings, zone: tzinfo | None
) -> Iterator[str]:
    """Yield sentences on the place in this list, and on what it is by."""
    article, placed = rows.article(at), rows[at].placed
    if placed:
        yield f"Number {placed.number} of this edition, chosen by importance"
        losses = f"{PROVIDER_LOSS // 10} points, one of its topic {TOPIC_LOSS // 10}"
        yield f"Each story of its provider before it costs it {losses}"
        return
    yield f"{at + 1:,} of {len(rows):,}, by {title_of(order)}"
    if order == "front" and waits(rows.store, rows.numbers, at, settings):
        who = article.provider or "its provider"
        yield f"{who} stands {AT_MOST} times among the first {TOP}, and so this one waits"
    when = short_date(article.published_at, zone) if article.published_at else "no date"
    quality = "no quality" if article.quality is None else f"quality {article.quality}"
    if order in ("quality", "related", "unread"):
        yield f"{quality}, {when}"
    elif order == "heat":
        yield f"{'no heat' if article.heat is None else f'heat {article.heat}'}, {quality}, {when}"
    elif order != "front":
        yield when


def _quality(store: Store, row: int, article: Article) -> str:
    above = f"higher than {100 * store.index.standing[row] // BEST}% of this folder"
    if article.quality is not None:
        return f"quality {article.quality}: {above}"
    library = by_bits(bytes(map(article.library.__eq__, store.index.library)), 1, 1)
    if max(compress(store.index.quality, library), default=MISSING) != MISSING:
        return "no quality is given: as the middle of this folder"
    return f"quality by provider, picture, length and topics: {above}"


def _coverage(tenths: int) -> str:
    providers = round(2 ** (tenths / TWICE))
    return f"{providers} providers tell it" if providers > 1 else "one provider tells it"


def _age(tenths: int, half_life: float, article: Article) -> str:
    if article.published_at is None:
        return "without a date: as old as the oldest here"
    hours = -tenths * half_life / TWICE
    span = f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"
    older = f"{span} older than the newest here" if tenths else "among the newest here"
    return f"{older}: {TWICE // 10} points for each {half_life:g} hours"


def _liked(store: Store, row: int, article: Article, settings: Settings) -> str:
    likes, index = likes_of(store, settings), store.index
    names = [article.provider] if likes and likes.providers[index.provider[row]] else []
    if likes and likes.topics[index.topics[row]]:
        names.append("its topics")
    return " and ".join(filter(None, names))
