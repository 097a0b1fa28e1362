"""What the headers of an answer say that matters here: pure, and hostile values say nothing."""

import re
from collections.abc import Iterable
from datetime import UTC
from email.utils import parsedate_to_datetime

MAX_WAIT = 30 * 86400
"""The longest time that a server can ask us to stay away, in seconds."""

_MAX_VALUE = 1024  # characters of a validator
_VALIDATOR = re.compile(r"[ -~\x80-\xff]+")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_MAX_AGE = re.compile(r"""max-age\s*=\s*"?(\d+)""", re.ASCII)
_SECONDS = re.compile(r"\d+", re.ASCII)


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by their names in lower case; what comes twice is joined by a comma."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1").strip()
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def validator(text: str | None) -> str | None:
    """Return an ETag or a Last-Modified as it may be sent back, None where it may not."""
    if text and len(text) <= _MAX_VALUE and _VALIDATOR.fullmatch(text):
        return text
    return None


def content_type(text: str) -> tuple[str | None, str | None]:
    """Return the type without parameters, and the charset."""
    kind = text.partition(";")[0].strip().lower()
    charset = _CHARSET.search(text[:_MAX_VALUE])
    return kind if _TYPE.fullmatch(kind) else None, charset[1].lower() if charset else None


def max_age(headers: dict[str, str], now: float) -> int | None:
    """Return for how many seconds an answer is fresh (RFC 9111), None where nothing is said."""
    control = headers.get("cache-control", "").lower()
    if "no-store" in control or "no-cache" in control:
        return 0
    if found := _MAX_AGE.search(control):
        return _bounded(found[1])
    expires = headers.get("expires")
    if expires is None:
        return None
    until = _time(expires)
    since = _time(headers.get("date", ""))
    return 0 if until is None else _until(until, now if since is None else since)


def retry_after(headers: dict[str, str], now: float) -> int | None:
    """Return for how many seconds a server wants to be left alone, None where it does not say."""
    text = headers.get("retry-after", "")
    if _SECONDS.fullmatch(text):
        return _bounded(text)
    until = _time(text)
    return None if until is None else _until(until, now)


def _until(until: float, now: float) -> int:
    return min(max(int(until - now), 0), MAX_WAIT)


def _bounded(digits: str) -> int:
    return min(int(digits), MAX_WAIT) if len(digits) < 10 else MAX_WAIT


def _time(text: str) -> float | None:
    """Return an HTTP date in seconds since the epoch, None for what is none."""
    try:
        when = parsedate_to_datetime(text[:40])
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
