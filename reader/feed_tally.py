"""One line a feed: what is here of it, counted in the columns of the store, for no file is read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import compress
from typing import TYPE_CHECKING

from reader.dates import DAY, HOUR, MINUTE, to_datetime
from reader.masks import both, chosen
from reader.snapshot.columns import MISSING
from reader.store import Store
from reader.urls import short
from reader.views import kind_mask

if TYPE_CHECKING:
    from reader.feeds.records import Record
    from reader.feeds.values import Feed

WEEK, WEEKS = 7 * DAY, 8
"""Seconds of a week, and how many weeks tell how much a feed publishes."""


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One feed, what is here of it, and how it is.

    `library` is the number of its folder, `newest` the time of its last article, `per_week` how
    many articles it publishes in a week, None where nobody knows.
    """

    feed: "Feed"
    library: int
    record: "Record"
    unread: int = 0
    count: int = 0
    newest: str | None = None
    per_week: float | None = None

    @property
    def key(self) -> tuple[int, str]:
        """What tells it from other feeds: the number of its folder, and its address."""
        return self.library, self.feed.url

    @property
    def name(self) -> str:
        """What it is called: its title, else its address without what each begins with."""
        return self.feed.title or short(self.feed.url)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its address, and those that it has moved from."""
        return self.feed.url, *self.feed.formerly

    @property
    def due_at(self) -> float | None:
        """When it is asked again, in seconds since 1970; None where it is not."""
        return None if self.feed.paused or self.record.gone else self.record.due_at

    @property
    def failing(self) -> bool:
        """Whether it has failed so often in a row that the user should know."""
        return not self.feed.paused and (self.record.is_failing or self.record.gone)

    @property
    def health(self) -> str:
        """How it is, in a few words."""
        from reader.feeds.records import health

        return health(self.record, paused=self.feed.paused)

    def next_asked(self, now: datetime) -> str:
        """When it is asked next, in few letters; empty where it is not."""
        if self.due_at is None:
            return ""
        seconds = self.due_at - now.timestamp()
        if seconds < MINUTE:
            return "due"
        if seconds < HOUR:
            return f"in {seconds // MINUTE:.0f} min"
        return f"in {seconds / HOUR:.0f} h" if seconds < 2 * DAY else f"in {seconds / DAY:.0f} days"

    @property
    def rate(self) -> str:
        """How many articles it publishes in a week, in few letters; empty where nobody knows."""
        if self.per_week is None:
            return ""
        return "<1" if 0 < self.per_week < 1 else f"{self.per_week:,.0f}"

    @property
    def filter(self) -> str:
        """The filter that finds its articles."""
        from reader.filters import Term

        return " OR ".join(str(Term("feed", url)) for url in self.addresses)


Column = tuple[int, int]
"""A feed as the columns have it: the number of its folder, and its own in the table of names."""


class _Times:
    """When the articles of each feed were published."""

    def __init__(self, store: Store, of: Sequence[Column], since: int) -> None:
        moment, sound = store.index.moment, kind_mask(store, "sound")
        dated = both(sound, bytes(map(MISSING.__ne__, moment)))
        rows = chosen(store.index.by_newest, dated)
        feeds, times = list(map(of.__getitem__, rows)), list(map(moment.__getitem__, rows))
        self.oldest = dict(zip(feeds, times, strict=True))
        self.newest = dict(zip(reversed(feeds), reversed(times), strict=True))
        self.recent = Counter(compress(feeds, map(since.__le__, times)))


def counted(lines: Sequence[FeedLine], store: Store, now: datetime) -> Iterator[FeedLine]:
    """Yield feeds with what is here of them."""
    of = list(zip(store.index.library, store.column("feed"), strict=True))
    count = Counter(compress(of, kind_mask(store, "sound")))
    unread = Counter(compress(of, kind_mask(store, "unread")))
    times = _Times(store, of, _as_moment(now - timedelta(weeks=WEEKS)))
    numbers: dict[str, list[int]] = {}
    for number, names in enumerate(store.sets("feed")):
        for name in names:
            numbers.setdefault(name, []).append(number)
    for line in lines:
        mine = [(line.library, one) for url in line.addresses for one in numbers.get(url, ())]
        dated = [one for one in mine if one in times.newest]
        first = min((times.oldest[one] for one in dated), default=None)
        recent = sum(times.recent[one] for one in mine)
        yield replace(
            line,
            unread=sum(unread[one] for one in mine),
            count=sum(count[one] for one in mine),
            newest=_as_time(max(times.newest[one] for one in dated)) if dated else None,
            per_week=_per_week(recent, first, line.record.gap, now),
        )


def _per_week(recent: int, first: int | None, gap: float | None, now: datetime) -> float | None:
    """Return articles a week: the recent ones, by as many weeks as there are articles of.

    Where nothing is here, by the time between two that was seen.
    """
    if first is None:
        return WEEK / gap if gap else None
    known = (now - to_datetime(_as_time(first))).total_seconds() / WEEK
    return recent / min(max(known, 1.0), WEEKS)


def _as_moment(when: datetime) -> int:
    return int(f"{when.astimezone(UTC):%Y%m%d%H%M%S}")


def _as_time(moment: int) -> str:
    """Return a moment of a column in the form of the model."""
    digits = f"{moment:014}"
    day, time = (digits[:4], digits[4:6], digits[6:8]), (digits[8:10], digits[10:12], digits[12:])
    return f"{'-'.join(day)}T{':'.join(time)}Z"
