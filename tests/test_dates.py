import random
import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.dates import (
    age,
    ago,
    day,
    is_date,
    iso,
    long_date,
    normalise,
    short_date,
    to_datetime,
)

WHEN = "2020-10-20T13:13:00Z"
EAST = timezone(timedelta(hours=14))
WEST = timezone(timedelta(hours=-11))


def _now(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2020-10-20T13:13:00Z",
        "2020-10-20t13:13:00z",
        "2020-10-20 13:13:00 Z",
        "2020-10-20T13:13:00",
        "2020-10-20 13:13:00",
        "2020-10-20 13:13",
        "2020-10-20T13:13Z",
        "2020-10-20T13:13:00.123456789Z",
        "2020-10-20T13:13:00,5+00:00",
        "2020-10-20 13:13:00 UTC",
        "2020-10-20 15:13 +0200",
        "2020-10-20T15:13:00+02:00",
        "2020-10-20T15:13:00+02",
        "2020-10-20 18:43:00 +05:30",
        "2020-10-19 23:13:00 -14:00",
        "2020-10-20T13:13:00-00:00",
        "2020/10/20 13:13",
        "  2020-10-20\n  13:13:00 ",
        "Tue, 20 Oct 2020 13:13:00 GMT",
        "Tue, 20 Oct 2020 15:13:00 +0200",
        "20 Oct 2020 09:13:00 EDT",
        "Tue, 20 Oct 20 13:13 UT",
        "Tue, 20 Oct 2020 06:13:00 -0700 (PDT)",
        "Tuesday, 20-Oct-20 13:13:00 GMT",
        "October 20, 2020 13:13",
        "Oct 20, 2020, 13:13 UTC",
    ],
)
def test_every_usual_spelling_is_the_same_moment(value: str) -> None:
    assert normalise(value) == WHEN


@pytest.mark.parametrize(
    "value",
    [
        *("2020-10-20", "2020/10/20", " 2020-10-20 ", "20 Oct 2020", "Tue, 20 Oct 2020"),
        *("20 October 2020", "October 20, 2020", "Oct. 20, 2020", "Tuesday October 20 2020"),
    ],
)
def test_a_day_stays_a_day(value: str) -> None:
    assert normalise(value) == "2020-10-20"


@pytest.mark.parametrize(
    ("value", "when"),
    [
        ("2020-1-5", "2020-01-05"),
        ("2020-01-05 9:05", "2020-01-05T09:05:00Z"),
        ("2020-02-29T00:00:00Z", "2020-02-29T00:00:00Z"),
        ("2020-10-31T23:59:59Z", "2020-10-31T23:59:59Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2020-12-31T23:30:00-01:00", "2021-01-01T00:30:00Z"),
        ("0001-01-01", "0001-01-01"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ("1 Jan 70 00:00 GMT", "1970-01-01T00:00:00Z"),
    ],
)
def test_a_time_is_read(value: str, when: str) -> None:
    assert normalise(value) == when


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", "yes", "true", "None", "2020", "2020-10", "20201020", "13:13", "1603199580"),
        *("2020-02-30", "2019-02-29", "2019-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2020-13-01"),
        *("2020-00-10", "2020-10-00", "2020-04-31T00:00:00Z", "2020-02-30T00:00:00Z"),
        *("0000-01-01", "0000-01-01T00:00:00Z", "10000-01-01", "-2020-01-01", "2020-10/20"),
        *("2020-10-20T24:00:00Z", "2020-10-20T13:60:00Z", "2020-10-20T13:13:61Z", "2020-10-20T13Z"),
        *("0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "2020-10-20T13:13:00+24:00"),
        *("2020-10-20T13:13:00+02:60", "2020-10-20 13:13 XYZ", "2020-10-20 1:13 PM", "2020-W43-2"),
        *("２０２０-10-20", "2020-10-20T13:13:00Zx", "2020-10-20T13:13:00Z\x1b", "30 Feb 2020"),
        *("Tue, 20 Foo 2020 13:13", "the 20th", "20 Oct", "\ud800", "2020-10-20" + " " * 200 + "x"),
    ],
)
def test_nonsense_is_no_time(value: str) -> None:
    assert normalise(value) is None


def test_every_day_and_offset_of_the_generated_ones_is_converted() -> None:
    chosen = random.Random(1)
    for _ in range(5_000):
        zone = timezone(timedelta(minutes=15 * chosen.randrange(-56, 57)))
        moment = datetime.fromtimestamp(chosen.randrange(4_000_000_000), zone)
        when = normalise(moment.isoformat())
        assert when is not None
        assert to_datetime(when) == moment
        assert normalise(when) == when
        assert normalise(moment.strftime("%Y-%m-%d %H:%M:%S %z")) == when


@given(st.text() | st.from_regex(r"[0-9]{1,5}[-/][0-9]{1,2}[-/][0-9]{1,2}([T ][0-9:.+Z-]{0,20})?"))
def test_no_text_at_all_makes_it_fail(value: str) -> None:
    when = normalise(value)
    if when is not None:
        assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?", when)
        assert normalise(when) == when
        assert to_datetime(when).tzinfo is UTC


def test_days_exist_as_the_calendar_has_them() -> None:
    for year in (1900, 2000, 2019, 2020):
        for month in range(1, 13):
            for number in range(1, 32):
                value = f"{year}-{month:02}-{number:02}"
                try:
                    expected = date(year, month, number).isoformat()
                except ValueError:
                    expected = None
                assert normalise(value) == expected
                assert normalise(f"{value}T01:02:03Z") == (expected and f"{expected}T01:02:03Z")


def test_a_day_is_its_midnight_where_a_time_is_needed() -> None:
    assert to_datetime("2020-10-20") == datetime(2020, 10, 20, tzinfo=UTC)
    assert to_datetime(WHEN) == datetime(2020, 10, 20, 13, 13, tzinfo=UTC)
    assert iso("2020-10-20") == "2020-10-20T00:00:00Z"
    assert iso(WHEN) == WHEN
    assert is_date("2020-10-20")
    assert not is_date(WHEN)


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2020-10-20T13:13:00", "now"),
        ("2020-10-20T13:13:59", "now"),
        ("2020-10-20T13:14:00", "1 min"),
        ("2020-10-20T13:25:30", "12 min"),
        ("2020-10-20T14:12:59", "59 min"),
        ("2020-10-20T14:13:00", "1 h"),
        ("2020-10-20T16:20:00", "3 h"),
        ("2020-10-21T13:12:59", "23 h"),
        ("2020-10-21T13:13:00", "20 Oct"),
        ("2020-12-31T00:00:00", "20 Oct"),
        ("2021-02-01T00:00:00", "20 Oct"),
        ("2021-06-01T00:00:00", "20 Oct 2020"),
        ("2024-10-20T00:00:00", "20 Oct 2020"),
        ("2020-10-20T13:08:00", "now"),
        ("2020-10-20T13:07:59", "20 Oct"),
        ("2020-01-01T00:00:00", "20 Oct"),
        ("2019-12-31T00:00:00", "20 Oct 2020"),
    ],
)
def test_a_list_says_how_old_an_article_is(now: str, shown: str) -> None:
    assert age(WHEN, _now(now), UTC) == shown


@pytest.mark.parametrize("zone", [UTC, EAST, WEST, ZoneInfo("America/New_York"), None])
def test_a_day_is_never_moved_by_a_zone(zone: timezone | ZoneInfo | None) -> None:
    noon = datetime(2020, 12, 24, 12, tzinfo=UTC)
    assert age("2020-10-20", noon, zone) == "20 Oct"
    assert age("2019-10-20", noon, zone) == "20 Oct 2019"
    assert day("2020-10-20", zone) == "2020-10-20"
    assert long_date("2020-10-20", zone) == "Tuesday 20 October 2020"
    assert short_date("2020-10-20", zone) == "Tue 20 Oct 2020"


def test_a_day_is_today_where_the_reader_is() -> None:
    now = _now("2020-10-20T22:00:00")
    assert age("2020-10-20", now, UTC) == ago("2020-10-20", now, UTC) == "today"
    assert age("2020-10-20", now, EAST) == "20 Oct"
    assert age("2020-10-21", now, EAST) == "today"
    assert age("2020-10-21", now, UTC) == "21 Oct"
    assert ago("2020-10-20", now, EAST) == "1 day ago"
    assert ago("2020-10-21", now, UTC) == "in 1 day"


def test_a_date_is_the_local_one() -> None:
    now = _now("2020-12-24T12:00:00")
    new_york, berlin = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
    assert age("2020-10-20T02:00:00Z", now, new_york) == "19 Oct"
    assert day("2020-10-20T02:00:00Z", new_york) == "2020-10-19"
    assert day("2020-10-20T02:00:00Z", UTC) == "2020-10-20"
    assert long_date("2020-10-20T11:13:00Z", berlin) == "Tuesday 20 October 2020, 13:13"
    assert long_date("2020-10-26T12:13:00Z", berlin) == "Monday 26 October 2020, 13:13"
    assert short_date("2020-10-20T02:05:00Z", new_york) == "Mon 19 Oct 2020, 22:05"


def test_the_year_is_left_out_in_the_local_year_only() -> None:
    assert age("2021-01-01T02:00:00Z", _now("2021-12-01T00:00:00"), UTC) == "1 Jan"
    assert age("2021-01-01T02:00:00Z", _now("2021-12-01T00:00:00"), WEST) == "31 Dec 2020"


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2020-10-20T13:08:00", "now"),
        ("2020-10-20T13:13:59", "now"),
        ("2020-10-20T13:14:00", "1 minute ago"),
        ("2020-10-20T13:25:00", "12 minutes ago"),
        ("2020-10-20T14:13:00", "1 hour ago"),
        ("2020-10-20T16:14:00", "3 hours ago"),
        ("2020-10-21T13:13:00", "1 day ago"),
        ("2020-10-28T14:00:00", "8 days ago"),
        ("2020-11-19T14:00:00", "30 days ago"),
        ("2020-11-20T14:00:00", "1 month ago"),
        ("2021-01-20T14:00:00", "3 months ago"),
        ("2021-10-19T14:00:00", "11 months ago"),
        ("2021-10-20T14:00:00", "1 year ago"),
        ("2026-12-01T14:00:00", "6 years ago"),
        ("2020-10-20T13:03:00", "in 10 minutes"),
        ("2020-10-20T12:13:00", "in 1 hour"),
        ("2020-10-17T13:00:00", "in 3 days"),
        ("2020-08-20T13:00:00", "in 2 months"),
        ("2018-10-20T13:00:00", "in 2 years"),
    ],
)
def test_an_article_says_in_words_how_old_it_is(now: str, shown: str) -> None:
    assert ago(WHEN, _now(now), UTC) == shown


def test_the_end_of_a_month_is_no_month_ago() -> None:
    assert ago("2021-01-31", _now("2021-02-28T00:00:00"), UTC) == "28 days ago"
    assert ago("2021-01-31", _now("2021-03-01T00:00:00"), UTC) == "1 month ago"


def test_the_first_and_the_last_day_can_be_shown_in_any_zone() -> None:
    now = _now("2020-10-20T00:00:00")
    for zone in (UTC, EAST, WEST, ZoneInfo("America/New_York"), None):
        for when in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01", "9999-12-31"):
            texts = (age(when, now, zone), ago(when, now, zone), long_date(when, zone))
            assert all(texts)
            assert len(day(when, zone)) == 10


def test_names_are_english_for_every_month_and_day_of_the_week() -> None:
    days = [long_date(f"2020-{month:02}-{month:02}", UTC) for month in range(1, 13)]
    assert days == [
        "Wednesday 1 January 2020",
        "Sunday 2 February 2020",
        "Tuesday 3 March 2020",
        "Saturday 4 April 2020",
        "Tuesday 5 May 2020",
        "Saturday 6 June 2020",
        "Tuesday 7 July 2020",
        "Saturday 8 August 2020",
        "Wednesday 9 September 2020",
        "Saturday 10 October 2020",
        "Wednesday 11 November 2020",
        "Saturday 12 December 2020",
    ]
    assert [short_date(f"2020-06-{n:02}", UTC)[:3] for n in range(1, 8)] == [
        *("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    ]
