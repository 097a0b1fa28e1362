"""When feeds are asked again."""

from datetime import UTC, datetime, timedelta

from reader.feeds.records import Record
from reader.feeds.schedule import LONGEST, SHORTEST, is_due, next_time, rhythm, time_to_retry
from reader.feeds.values import Entry

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = 3600.0


def entries(*hours_ago: float) -> list[Entry]:
    times = (NOW - timedelta(hours=hours) for hours in hours_ago)
    return [Entry(published_at=f"{time:%Y-%m-%dT%H:%M:%SZ}") for time in times]


def due(*hours_ago: float, asked_for: tuple[float | None, ...] = ()) -> float:
    """Return after how many hours a feed with articles of these ages is asked again."""
    now = NOW.timestamp()
    newest, gap = rhythm(entries(*hours_ago), now)
    record = Record(newest=newest, gap=gap)
    return (next_time(record, now, asked_for=asked_for) - now) / HOUR


def test_a_feed_is_asked_as_often_as_it_publishes() -> None:
    assert due(0, 2, 4, 6) == 6 / 4
    assert due(*(i / 60 for i in range(100))) * HOUR == SHORTEST
    assert due(100, 400, 900) * HOUR == LONGEST


def test_a_feed_that_falls_silent_is_asked_less_often() -> None:
    assert due(20, 20.5, 21, 21.5) > 5


def test_dates_in_the_future_and_none_at_all_tell_nothing() -> None:
    assert rhythm(entries(-5), NOW.timestamp()) == (None, None)
    assert rhythm([Entry()], NOW.timestamp()) == (None, None)
    assert due() == 1


def test_a_feed_may_ask_for_more_time_but_for_a_day_at_most() -> None:
    assert due(0, 1, asked_for=(None, 3 * HOUR)) == 3
    assert due(0, 1, asked_for=(30 * 24 * HOUR,)) * HOUR == LONGEST


def test_failures_in_a_row_double_the_time_up_to_a_day() -> None:
    waits = [
        time_to_retry(Record(failures=count), 0.0, retry_after=None, busy=False)
        for count in (1, 2, 3, 9, 500)
    ]
    assert waits == [SHORTEST, 2 * SHORTEST, 4 * SHORTEST, LONGEST, LONGEST]


def test_a_server_that_is_busy_is_left_alone_for_as_long_as_it_says() -> None:
    once = Record(failures=1)
    assert time_to_retry(once, 0.0, retry_after=None, busy=True) == HOUR
    assert time_to_retry(once, 0.0, retry_after=7200.0, busy=True) == 7200.0
    assert time_to_retry(once, 0.0, retry_after=1e9, busy=True) == 7 * LONGEST


def test_a_clock_that_was_wrong_keeps_no_feed_from_being_asked() -> None:
    now = NOW.timestamp()
    for ahead in (HOUR, 3 * LONGEST, 70 * 365 * LONGEST):
        then = now + ahead
        assert is_due(Record(asked_at=then, due_at=then + HOUR), now)
    assert is_due(Record(due_at=now + 70 * 365 * LONGEST), now)
    assert not is_due(Record(asked_at=now - 1, due_at=now + 7 * LONGEST - 1), now)
    assert is_due(Record(asked_at=now - HOUR, due_at=now), now)
