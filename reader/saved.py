"""Saved filters and mute rules: the text of `filters.toml` in, rules out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

from reader.text import clean_line

FILE = "filters.toml"

MOST = 200
"""Rules of one kind."""

LONGEST_NAME, LONGEST_FILTER = 200, 2000
"""Characters."""

_KNOWN = "`[[saved]]` and `[[muted]]`"


class RulesError(ValueError):
    """A file of rules that cannot be understood, or not be changed: one sentence with its place."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A filter with a name."""

    name: str
    filter: str


@dataclass(frozen=True, slots=True)
class Mute:
    """A filter of what is not wanted, until a time like `2020-11-01T00:00:00Z`, None for good."""

    filter: str
    until: str | None = None

    @property
    def name(self) -> str:
        """What the rule is called: its filter."""
        return self.filter

    def holds(self, now: datetime) -> bool:
        """Whether its time is not over; `now` is aware."""
        return self.until is None or _written(now) < self.until


Rule: TypeAlias = Saved | Mute


class Rules(NamedTuple):
    """The rules of a file, in its order; no two of a kind have the same name."""

    saved: tuple[Saved, ...] = ()
    muted: tuple[Mute, ...] = ()


def read_rules(text: str) -> Rules:
    """Return the rules in a text. Raises RulesError."""
    if not text.strip():
        return Rules()
    import tomllib

    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise RulesError(clean_line(str(error), 300)) from error
    for name in found:
        if name not in Rules._fields:
            raise RulesError(f"there is no `[[{clean_line(name, 40)}]]`, but {_KNOWN}")
    return Rules(
        tuple(_saved(place, one) for place, one in _tables(found, "saved")),
        tuple(_muted(place, one) for place, one in _tables(found, "muted")),
    )


def until(now: datetime, days: int) -> str:
    """Return the time that is so many days after an aware one, as rules have it."""
    return _written(now + timedelta(days=days))


def _tables(found: dict[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the tables of a kind, each once by what names it, with what to call its place."""
    tables, seen = found.get(kind, []), set[str]()
    if not isinstance(tables, list) or len(tables) > MOST:
        raise RulesError(f"`{kind}` has to be at most {MOST} tables, each written `[[{kind}]]`")
    for number, one in enumerate(tables, 1):
        place = f"`[[{kind}]]` number {number}"
        if not isinstance(one, dict):
            raise RulesError(f"{place} is no table")
        yield place, one
        named = clean_line(str(one["name" if kind == "saved" else "filter"]))
        if named in seen:
            raise RulesError(f"{place} is there twice: `{named[:40]}`")
        seen.add(named)


def _saved(place: str, found: dict[str, Any]) -> Saved:
    _see_unknown(place, found, "name", "filter")
    name = _text(place, found, "name", LONGEST_NAME)
    return Saved(name, _text(place, found, "filter", LONGEST_FILTER))


def _muted(place: str, found: dict[str, Any]) -> Mute:
    _see_unknown(place, found, "filter", "until")
    end = found.get("until")
    if end is not None and not isinstance(end, date):
        raise RulesError(f"{place}: `until` has to be a time, such as 2020-11-01T00:00:00Z")
    if end is not None and not isinstance(end, datetime):
        end = datetime(end.year, end.month, end.day)
    try:
        text = _written(end) if end else None
    except (ValueError, OverflowError) as error:
        raise RulesError(f"{place}: `until` is no time that there is") from error
    return Mute(_text(place, found, "filter", LONGEST_FILTER), text)


def _see_unknown(place: str, found: dict[str, Any], *known: str) -> None:
    for name in found:
        if name not in known:
            words = " and ".join(f"`{one}`" for one in known)
            raise RulesError(f"{place} has no `{clean_line(name, 40)}`, but {words}")


def _text(place: str, found: dict[str, Any], name: str, longest: int) -> str:
    value = found.get(name)
    text = clean_line(value[: 2 * longest]) if isinstance(value, str) else ""
    if not text or len(text) > longest:
        raise RulesError(f"{place} needs a `{name}` of 1 to {longest} characters in quotes")
    return text


def _written(when: datetime) -> str:
    """Return a time as all are written here; without a zone it is in the user's own."""
    return f"{when.astimezone(UTC).isoformat()[:19]}Z"
