"""Times as the files spell them brought into one form, and shown in words.

One form is `2020-10-20T13:13:00Z`, or `2020-10-20` where only the day is known. It sorts and
compares as text. A day alone is never moved by a time zone. Names are English in every locale.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MINUTE, HOUR, DAY = 60, 3600, 86400  # seconds
_SKEW = 5 * MINUTE  # clocks that go ahead of ours
_RECENT = 183  # days, about 6 months

_MONTH_NUMBERS = {name[:3].lower(): at for at, name in enumerate(MONTHS, 1)}
_ZONE_HOURS = {  # RFC 5322, 4.3
    **dict.fromkeys(("", "z", "utc", "ut", "gmt"), 0),
    **dict(zip(("edt", "cdt", "mdt", "pdt"), range(-4, -8, -1), strict=True)),
    **dict(zip(("est", "cst", "mst", "pst"), range(-5, -9, -1), strict=True)),
}

# What exists in every year, so that it needs no calendar: all but 29 February.
_EXACT = re.compile(
    r"(?!0000)[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"
)
_TIME = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r" ?(?:(?P<name>[a-z]{1,3})|(?P<sign>[+-])(?P<hours>[0-9]{2})(?::?(?P<minutes>[0-9]{2}))?)?"
)
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
_FORMS = (
    r"(?P<year>[0-9]{4})([-/])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})"
    rf"(?:[T ]{_TIME})?",
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})[ -]{_MONTH}[ -](?P<year>[0-9]{{4}}|[0-9]{{2}})"
    rf"(?:,? {_TIME})?(?: \([a-z ]{{1,40}}\))?",
    rf"{_WEEKDAY}{_MONTH} (?P<day>[0-9]{{1,2}}),? (?P<year>[0-9]{{4}})(?:,? {_TIME})?",
)


def normalise(value: str) -> str | None:
    """Return a time of any usual spelling in the one form, None for what is not a time.

    ISO 8601 with `T` or a space, `2020/10/20`, RFC 5322, and `October 20, 2020`. Offsets are
    converted to UTC, a time without zone is UTC, fractions of a second are dropped.
    """
    if _EXACT.fullmatch(value):
        return value
    if len(value) > 100:
        return None
    text = " ".join(value.split())
    found = next((match for form in _forms() if (match := form.fullmatch(text))), None)
    if found is None:
        return None
    try:
        return _day_of(found).isoformat() if found["hour"] is None else _moment_of(found)
    except (ValueError, OverflowError):
        return None


def to_datetime(when: str) -> datetime:
    """Return a time of the one form as an aware UTC datetime; a day is its midnight.

    Raises ValueError for any other text.
    """
    return datetime.fromisoformat(when).replace(tzinfo=UTC)


def is_date(when: str) -> bool:
    """Return whether a time of the one form knows the day only."""
    return len(when) == 10


def iso(when: str) -> str:
    """Return the form of JSON output: always with a time, a day at its midnight in UTC."""
    return f"{when}T00:00:00Z" if is_date(when) else when


def age(when: str, now: datetime, zone: tzinfo | None) -> str:
    """Return how old an article is, for a list: `12 min`, `3 h`, `20 Oct`, `20 Oct 2020`.

    `now` is aware; `zone` None is the local one. A clock ahead by 5 minutes at most is `now`.
    """
    published, today = _local_day(when, zone), _local(now, zone).date()
    if is_date(when):
        return "today" if published == today else _day_and_month(published, today)
    seconds = (now - to_datetime(when)).total_seconds()
    if not -_SKEW <= seconds < DAY:
        return _day_and_month(published, today)
    if seconds < MINUTE:
        return "now"
    return f"{seconds // MINUTE:.0f} min" if seconds < HOUR else f"{seconds // HOUR:.0f} h"


def ago(when: str, now: datetime, zone: tzinfo | None) -> str:
    """Return how long ago an article was published, in words: `3 hours ago`, `in 3 days`.

    Months and years are the calendar's, in `zone` (None is the local one). `now` is aware.
    """
    published, today = _local_day(when, zone), _local(now, zone).date()
    if is_date(when):
        seconds = (today - published).days * DAY
        if not seconds:
            return "today"
    else:
        seconds = int((now - to_datetime(when)).total_seconds())
    if -_SKEW <= seconds < MINUTE:
        return "now"
    span = _span(abs(seconds), _months(*sorted((published, today))))
    return f"in {span}" if seconds < 0 else f"{span} ago"


def long_date(when: str, zone: tzinfo | None) -> str:
    """Return a time in full: `Tuesday 20 October 2020, 13:13`; a day without the time."""
    return _written(when, zone, letters=None)


def short_date(when: str, zone: tzinfo | None) -> str:
    """Return a time in few letters: `Tue 20 Oct 2020, 13:13`; a day without the time."""
    return _written(when, zone, letters=3)


def day(when: str, zone: tzinfo | None) -> str:
    """Return the local day of a time as `YYYY-MM-DD`: what `date:` counts by."""
    return when if is_date(when) else _local_day(when, zone).isoformat()


def short_time(when: str, zone: tzinfo | None) -> str:
    """Return a time for a table: `2020-10-20 13:13`; a day without the time."""
    if is_date(when):
        return when
    return f"{_local(to_datetime(when), zone):%Y-%m-%d %H:%M}"


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Return the forms compiled, when first needed: most folders hold the one form only."""
    return tuple(re.compile(form, re.IGNORECASE | re.ASCII) for form in _FORMS)


def _day_of(found: re.Match[str]) -> date:
    year, month = found["year"], found["month"]
    number = int(year)
    if len(year) == 2:  # RFC 5322, 4.3
        number += 2000 if number < 50 else 1900
    return date(number, _MONTH_NUMBERS.get(month.lower()) or int(month), int(found["day"]))


def _moment_of(found: re.Match[str]) -> str | None:
    offset = _offset_of(found)
    if offset is None:
        return None
    second = min(int(found["second"] or 0), 59 if found["second"] == "60" else 99)
    day = _day_of(found)
    moment = datetime(
        day.year, day.month, day.day, int(found["hour"]), int(found["minute"]), second
    )
    return f"{(moment - offset).isoformat()}Z"


def _offset_of(found: re.Match[str]) -> timedelta | None:
    if found["sign"] is None:
        hours = _ZONE_HOURS.get((found["name"] or "").lower())
        return None if hours is None else timedelta(hours=hours)
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if hours > 23 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if found["sign"] == "-" else offset


def _local(moment: datetime, zone: tzinfo | None) -> datetime:
    try:
        return moment.astimezone(zone)
    except (OverflowError, ValueError, OSError):  # the first and last days that can be counted
        return moment


def _local_day(when: str, zone: tzinfo | None) -> date:
    moment = to_datetime(when)
    return (moment if is_date(when) else _local(moment, zone)).date()


def _day_and_month(day: date, today: date) -> str:
    text = f"{day.day} {MONTHS[day.month - 1][:3]}"
    near = day.year == today.year or 0 <= (today - day).days < _RECENT
    return text if near else f"{text} {day.year}"


def _months(first: date, last: date) -> int:
    """Return the whole calendar months between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def _span(seconds: int, months: int) -> str:
    if months >= 12:
        return _count(months // 12, "year")
    if months:
        return _count(months, "month")
    for size, unit in ((DAY, "day"), (HOUR, "hour")):
        if seconds >= size:
            return _count(seconds // size, unit)
    return _count(seconds // MINUTE, "minute")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _written(when: str, zone: tzinfo | None, *, letters: int | None) -> str:
    moment = to_datetime(when)
    if not is_date(when):
        moment = _local(moment, zone)
    weekday, month = WEEKDAYS[moment.weekday()][:letters], MONTHS[moment.month - 1][:letters]
    text = f"{weekday} {moment.day} {month} {moment.year}"
    return text if is_date(when) else f"{text}, {moment:%H:%M}"
