"""Numbers and times in a filter: `>=80`, `60..90`, `7d`, `2020-10`, as ranges of whole numbers."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import NamedTuple

LOWEST, HIGHEST = -(2**62), 2**62

UNITS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30, "y": 24 * 365}
"""Hours in each unit of an age; months and years as so many days."""

NUMBER = r"-?[0-9]{1,9}"
AGE = r"[0-9]{1,5}[hdwmy]"
DAY = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?|today|yesterday"


class Range(NamedTuple):
    """Whole numbers from `low` to `high`, with both."""

    low: int
    high: int

    def __contains__(self, value: object) -> bool:
        """Whether a number is in it."""
        return isinstance(value, int) and self.low <= value <= self.high


class Times(NamedTuple):
    """A span of time in a time zone: `moments` for what has a time, `days` for a day alone.

    Both are numbers as in the index, 20201020131300 in UTC, a day as its midnight.
    """

    moments: Range
    days: Range


@cache
def _form(value: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<sign>[<>]=?)(?P<bound>{value})|(?P<low>{value})?\.\.(?P<high>{value})?|(?P<one>{value})"
    )


def is_number_range(text: str) -> bool:
    """Whether a value is a number, a comparison or a range of numbers."""
    return text != ".." and _form(NUMBER).fullmatch(text) is not None


def number_range(text: str) -> Range:
    """Return the numbers that a value means. Raises ValueError."""
    if text == ".." or not (found := _form(NUMBER).fullmatch(text)):
        raise ValueError("a number such as 80, >=80 or 60..90")
    if found["one"]:
        return Range(int(found["one"]), int(found["one"]))
    if found["bound"]:
        return _compared(found["sign"], *[int(found["bound"])] * 2)
    low, high = found["low"], found["high"]
    return Range(int(low) if low else LOWEST, int(high) if high else HIGHEST)


def _compared(sign: str, first: int, last: int) -> Range:
    """Return what is before or after a span that may be of one number."""
    return {
        "<": Range(LOWEST, first - 1),
        "<=": Range(LOWEST, last),
        ">": Range(last + 1, HIGHEST),
        ">=": Range(first, HIGHEST),
    }[sign]


TIME_FORMS = (
    "a day such as 2020-10-20, 2020-10, today or 7d, <2020-10-20, or 2020-10-01..2020-10-20"
)


def times(text: str, now: datetime, zone: tzinfo | None) -> Times:
    """Return the time that a value means in a zone, None being the local one. Raises ValueError.

    An age (`7d`, `12h`) is the time from so long ago until now; `>7d` and `<7d` compare the age.
    """
    local = now.astimezone(zone)
    if found := re.fullmatch(rf"([<>]=?)?({AGE})|({AGE})\.\.({AGE})", text):
        sign, one, youngest, oldest = found.groups()
        is_older = bool(sign) and sign.startswith(">")
        young = youngest or (one if is_older else None)
        return _aged(local, young, oldest or (None if is_older else one))
    if text == ".." or not (span := _form(DAY).fullmatch(text)):
        raise ValueError(TIME_FORMS)
    today = local.date()
    first, last = _span(span, today)
    if span["sign"] == "<":
        first, last = None, first and first - timedelta(days=1)
    elif span["sign"] == "<=":
        first = None
    elif span["sign"] == ">":
        first, last = last and last + timedelta(days=1), None
    elif span["sign"] == ">=":
        last = None
    return Times(
        Range(
            _midnight(first, zone) if first else LOWEST,
            _midnight(last + timedelta(days=1), zone) - 1 if last else HIGHEST,
        ),
        Range(_number(first) if first else LOWEST, _number(last) if last else HIGHEST),
    )


def _aged(now: datetime, youngest: str | None, oldest: str | None) -> Times:
    """Return the time of what is as old as this; None where there is no end."""
    first, last = (
        age and now - timedelta(hours=int(age[:-1]) * UNITS[age[-1]]) for age in (oldest, youngest)
    )
    return Times(
        Range(_moment(first) if first else LOWEST, _moment(last) if last else HIGHEST),
        Range(
            *(
                _number(edge.date()) if edge else end
                for edge, end in ((first, LOWEST), (last, HIGHEST))
            )
        ),
    )


def check_times(text: str) -> None:
    """See whether a value means a time anywhere. Raises ValueError."""
    try:
        times(text, datetime(2020, 10, 20, tzinfo=UTC), UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(TIME_FORMS) from error


def _span(found: re.Match[str], today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day that are named; None where there is no end."""
    if found["one"] or found["bound"]:
        return _days(found["one"] or found["bound"], today)
    low, high = found["low"], found["high"]
    return _days(low, today)[0] if low else None, _days(high, today)[1] if high else None


def _days(text: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of a day, a month or a year. Raises ValueError."""
    if text in ("today", "yesterday"):
        day = today - timedelta(days=text == "yesterday")
        return day, day
    year, month, day_of_month = [*map(int, text.split("-")), 0, 0][:3]
    if day_of_month:
        day = date(year, month, day_of_month)
        return day, day
    last_month = month or 12
    return date(year, month or 1, 1), date(year, last_month, monthrange(year, last_month)[1])


def _midnight(day: date, zone: tzinfo | None) -> int:
    return _moment(
        datetime(day.year, day.month, day.day).astimezone(zone)
        if zone is None
        else datetime(day.year, day.month, day.day, tzinfo=zone)
    )


def _moment(when: datetime) -> int:
    return int(f"{when.astimezone(UTC):%Y%m%d%H%M%S}")


def _number(day: date) -> int:
    return int(f"{day:%Y%m%d}") * 1_000_000
