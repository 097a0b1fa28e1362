"""Times as feeds write them that no standard knows: other languages, zones, clocks, seconds."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from reader.dates import MONTHS, normalise, to_datetime

_ZONES = {
    **dict.fromkeys(("west", "bst", "cet"), "+0100"),
    **dict.fromkeys(("cest", "eet"), "+0200"),
    **dict.fromkeys(("eest", "msk"), "+0300"),
    **dict.fromkeys(("hkt", "sgt"), "+0800"),
    **dict.fromkeys(("jst", "kst"), "+0900"),
    "aest": "+1000",
    "aedt": "+1100",
    "nzst": "+1200",
    "nzdt": "+1300",
}
_MONTH_NAMES = (  # the first three or four letters, where the first three are not the English ones
    "janu ene gen sty янв يناير",
    "févr fév fev lut фев فبراير",
    "mär mrt мар مارس",
    "avr abr kwi апр أبريل",
    "mai maj mag mei май мая مايو",
    "juin giu cze июн يونيو",
    "juil lug lip июл يوليو",
    "aoû ago sie авг أغسطس",
    "set wrz сен سبتمبر",
    "okt out ott paź окт أكتوبر",
    "lis ноя نوفمبر",
    "dez déc dic des gru дек ديسمبر",
)
_NUMBERS = {
    **{name[:3].lower(): at for at, name in enumerate(MONTHS)},
    **{word[:4]: at for at, words in enumerate(_MONTH_NAMES) for word in words.split()},
}
_LONGEST = 100  # characters
_SECONDS = re.compile(r"[0-9]{9,10}|[0-9]{12,13}")
_ZONE = re.compile(r"\s([A-Za-z]{3,4})\Z")
_HALF = re.compile(r"\b([0-9]{1,2})(:[0-9]{2}(?::[0-9]{2})?)\s*([ap])\.?m\b\.?", re.IGNORECASE)
_MIDNIGHT = re.compile(r"\b24(:00(?::00)?)(?![0-9:])")
_NAMED = re.compile(
    r"[^0-9]{0,30}([0-9]{1,2})\.? (?:de )?([^\W\d_]{3,12})\.?,? (?:de )?([0-9]{4})\b"
    r"(?:[^0-9]{1,10}([0-9].*))?"
)
_MONTH_FIRST = re.compile(
    r"(?:[^\W\d_]{3,12},? )?([^\W\d_]{3,12})\.? ([0-9]{1,2}),? ([0-9]{4})\b"
    r"(?:[^0-9]{1,10}([0-9].*))?"
)
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})\b(?:[^0-9]{1,10}([0-9].*))?")
_CJK = re.compile(
    r"([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월] ?([0-9]{1,2}) ?[日일]"
    r"(?:[^0-9]{1,10}([0-9].*))?"
)


def odd_moment(text: str) -> str | None:
    """Return a time of an unusual spelling in the one form, None for what is not a time."""
    if len(text) > _LONGEST:
        return None
    text = " ".join(text.split())
    if _SECONDS.fullmatch(text):
        seconds = int(text[:-3] if len(text) > 10 else text)
        return f"{datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()}Z"
    later = _MIDNIGHT.search(text)
    text = _MIDNIGHT.sub(r"00\1", _HALF.sub(_in_24_hours, _ZONE.sub(_with_offset, text)))
    when = normalise(text) or _named(text)
    return _a_day_later(when) if when and later else when


def _a_day_later(when: str) -> str | None:
    with suppress(OverflowError):
        return f"{(to_datetime(when).replace(tzinfo=None) + timedelta(days=1)).isoformat()}Z"
    return None


def _with_offset(found: re.Match[str]) -> str:
    return " " + _ZONES.get(found[1].lower(), found[1])


def _in_24_hours(found: re.Match[str]) -> str:
    hour = int(found[1]) % 12 + (12 if found[3] in "pP" else 0)
    return f"{hour:02}{found[2]}"


def _named(text: str) -> str | None:
    """Return a time whose month is a name in some language, or which is only numbers."""
    if found := _CJK.fullmatch(text):
        year, month, day, rest = found.groups()
    elif found := _DOTTED.fullmatch(text):
        day, month, year, rest = found.groups()
    elif found := _NAMED.fullmatch(text):
        day, name, year, rest = found.groups()
        month = _number(name)
    elif found := _MONTH_FIRST.fullmatch(text):
        name, day, year, rest = found.groups()
        month = _number(name)
    else:
        return None
    return normalise(f"{year}-{month}-{day} {rest or ''}".strip())


def _number(name: str) -> str:
    """Return the number of a month, and one that there is not for a word that is none."""
    name = name.casefold()
    return str(_NUMBERS.get(name[:4], _NUMBERS.get(name[:3], 12)) + 1)
