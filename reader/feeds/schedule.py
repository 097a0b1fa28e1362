"""When a feed is asked again: as often as it publishes, and as politely as it asks for. Pure."""

from collections.abc import Iterable

from reader.dates import to_datetime
from reader.feeds.records import Record
from reader.feeds.values import Entry

SHORTEST, LONGEST = 15 * 60.0, 24 * 3600.0
"""Seconds between two askings, if nothing goes wrong."""

_UNKNOWN = 3600.0  # seconds between two askings of a feed without dates
_LATEST = 10  # articles that tell how often a feed publishes
_MOST_WAIT = 7 * LONGEST  # seconds that a server may ask to be left alone
_BUSY = 3600.0  # seconds after an answer that asks for less, where it says no time


def rhythm(entries: Iterable[Entry], now: float) -> tuple[float | None, float | None]:
    """Return when the newest article was published, and the seconds between two; None: unknown.

    The time since the newest one counts, so that a feed that falls silent is asked less often.
    Dates in the future are left out.
    """
    times = (to_datetime(one.published_at).timestamp() for one in entries if one.published_at)
    latest = sorted((time for time in times if time <= now), reverse=True)[:_LATEST]
    if not latest:
        return None, None
    return latest[0], (now - latest[-1]) / len(latest)


def is_due(record: Record, now: float) -> bool:
    """Whether a feed is to be asked; also where the clock was wrong when it was asked last."""
    was_ahead = (record.asked_at or 0.0) > now or record.due_at > now + _MOST_WAIT
    return record.due_at <= now or was_ahead


def next_time(record: Record, now: float, *, asked_for: Iterable[float | None] = ()) -> float:
    """Return when a feed that answered well is asked again, in seconds since 1970.

    `asked_for` are the seconds that the feed and its server ask to wait, at most a day counts.
    """
    usual = _UNKNOWN if record.gap is None else record.gap
    wanted = [SHORTEST, usual, *(seconds for seconds in asked_for if seconds)]
    return now + min(max(wanted), LONGEST)


def time_to_retry(record: Record, now: float, *, retry_after: float | None, busy: bool) -> float:
    """Return when a feed that failed is asked again; each failure in a row doubles the time.

    `busy` is an answer that asks for fewer questions (429, 503), with its `retry_after` seconds.
    """
    first = _BUSY if busy else SHORTEST
    wait = min(first * 2.0 ** min(max(record.failures - 1, 0), 10), LONGEST)
    return now + max(wait, min(retry_after or 0.0, _MOST_WAIT))
