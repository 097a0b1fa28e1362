"""Saved filters and mute rules: the text of `filters.toml` in, rules out, and changed in it.

The text is changed rule by rule, so that the comments and the order of a file that somebody wrote
by hand stay as they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

from reader.text import clean_line

FILE = "filters.toml"

MOST = 200
"""Rules of one kind."""

LONGEST_NAME, LONGEST_FILTER = 200, 2000
"""Characters."""


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


# Changing the text


def added(text: str, rule: Rule) -> str:
    """Return the text with one rule more, after all others. Raises RulesError."""
    gap = "\n" if text.strip() else ""
    text = f"{text.rstrip()}\n" if text.strip() else ""
    return _checked(f"{text}{gap}{_block(rule)}", _with(read_rules(text), rule))


def replaced(text: str, before: Rule, rule: Rule) -> str:
    """Return the text with another rule in the place of one. Raises RulesError."""
    rules, parts = read_rules(text), _parts(text)
    part = parts[_at(rules, parts, before)]
    comments = "".join(re.findall(r"(?m)^[ \t]*#.*\n?", part.text))
    rest = part.text[len(part.text.rstrip()) :] or "\n"
    part.text = comments + _block(rule).rstrip() + rest
    return _checked("".join(one.text for one in parts), _with(rules, rule, before))


def removed(text: str, rule: Rule) -> str:
    """Return the text without a rule. Raises RulesError."""
    rules, parts = read_rules(text), _parts(text)
    del parts[_at(rules, parts, rule)]
    kind = _kind(rule)
    left = tuple(one for one in getattr(rules, kind) if one != rule)
    return _checked("".join(one.text for one in parts), _set(rules, kind, left))


def moved(text: str, rule: Rule, step: int) -> str:
    """Return the text with a rule before or after its neighbour. Raises RulesError."""
    rules, parts, kind = read_rules(text), _parts(text), _kind(rule)
    order = list(getattr(rules, kind))
    at, to = order.index(rule), order.index(rule) + step
    if not 0 <= to < len(order):
        return text
    one, two = parts[_at(rules, parts, rule)], parts[_at(rules, parts, order[to])]
    one.text, two.text = _ended(two.text), _ended(one.text)
    order[at], order[to] = order[to], order[at]
    whole = "".join(one.text for one in parts)
    return _checked(whole, _set(rules, kind, tuple(order)))


_KNOWN = "`[[saved]]` and `[[muted]]`"
_HEAD = re.compile(r"[ \t]*\[\[[ \t]*(saved|muted)[ \t]*\]\]")
_UNCLEAR = "it is written in a way that only its writer can change"


@dataclass(slots=True)
class _Part:
    """A piece of the text: a rule with the comments right above it, or what stands alone."""

    text: str
    kind: str = ""


def _parts(text: str) -> list[_Part]:
    """Part a text at its rules; a paragraph of comments alone stands for itself."""
    parts, above = [_Part("")], ""
    for line in text.splitlines(keepends=True):
        if head := _HEAD.match(line):
            parts.append(_Part(above + line, head[1]))
            above = ""
        elif line.lstrip().startswith("#"):
            above += line
        elif above and not line.strip():
            parts.append(_Part(above + line))
            above = ""
        else:
            parts[-1].text += above + line
            above = ""
    return [*parts, _Part(above)]


def _at(rules: Rules, parts: Sequence[_Part], rule: Rule) -> int:
    """Return which part a rule is. Raises RulesError."""
    kind = _kind(rule)
    own = [at for at, part in enumerate(parts) if part.kind == kind]
    order: tuple[Rule, ...] = getattr(rules, kind)
    if rule not in order or len(own) != len(order):
        raise RulesError(_UNCLEAR)
    return own[order.index(rule)]


def _checked(text: str, wanted: Rules) -> str:
    """Return a changed text if it says what it has to. Raises RulesError."""
    if read_rules(text) != wanted:
        raise RulesError(_UNCLEAR)
    return text


def _with(rules: Rules, rule: Rule, before: Rule | None = None) -> Rules:
    kind = _kind(rule)
    order: tuple[Rule, ...] = getattr(rules, kind)
    if before is None:
        return _set(rules, kind, (*order, rule))
    return _set(rules, kind, tuple(rule if one == before else one for one in order))


def _set(rules: Rules, kind: str, order: Any) -> Rules:
    return rules._replace(**{kind: order})


def _kind(rule: Rule) -> str:
    return "saved" if isinstance(rule, Saved) else "muted"


def _block(rule: Rule) -> str:
    if isinstance(rule, Saved):
        return f"[[saved]]\nname = {_quoted(rule.name)}\nfilter = {_quoted(rule.filter)}\n"
    end = f"until = {rule.until}\n" if rule.until else ""
    return f"[[muted]]\nfilter = {_quoted(rule.filter)}\n{end}"


def _quoted(text: str) -> str:
    """Return a text as TOML writes it; it is clean, so that only two characters have a meaning."""
    if "'" not in text and ('"' in text or "\\" in text):
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


# Reading


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
