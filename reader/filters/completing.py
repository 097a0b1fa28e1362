"""What may stand where one types: completions of the term at the caret, and of a mistake."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reader.filters import FilterError
from reader.filters.fields import FIELDS, FLAG, NAME, ORDER, TIME, Flag
from reader.filters.nodes import Term, in_quotes, unquoted
from reader.text import fold

FIRST = (
    *("topic", "provider", "is", "date", "quality", "title"),
    *("author", "has", "words", "story", "sort", "limit"),
)
"""The fields that are offered first, where nothing is typed yet."""

SPANS = {
    "today": "since midnight",
    "yesterday": "the day before today",
    "24h": "the last day",
    "7d": "the last week",
    "30d": "the last month",
    "<2h": "at most two hours old",
}
"""Some of what stands behind a time."""


class Known(NamedTuple):
    """A value that is there: as one types it, folded, and how many articles have it."""

    name: str
    folded: str
    articles: int


class Completion(NamedTuple):
    """What may stand in place of the term at the caret, and what is shown for it."""

    term: str
    shown: str
    articles: int | None = None
    meaning: str = ""


class Completions(NamedTuple):
    """What may stand in a text from `start` up to the caret, the likeliest first.

    `is_begun` says that a name stands there which nobody has, as far as it is typed, or a colon
    that nothing follows yet.
    """

    start: int
    choices: tuple[Completion, ...] = ()
    is_begun: bool = False


Values = Callable[[str], Sequence[Known]]
"""Returns the values of a field that are there, the most frequent first."""


def completions(text: str, caret: int, values: Values) -> Completions:
    """Return what may stand at the end of a term; nothing in the middle of one, or of a quote."""
    start = _start(text, caret)
    if not _is_end(text, caret):
        return Completions(start)
    typed = text[start:caret]
    field, colon, value = typed.partition(":")
    field = field.lower()
    if typed[:1] in ('"', "/"):
        return Completions(start)
    if not colon:
        return Completions(start, tuple(_fields(field)))
    choices = _values(field, value, values) if field in FIELDS else ()
    offered = tuple(one for one in choices if one.term != typed)
    is_name = bool(offered) and FIELDS[field].takes == NAME
    is_begun = not value or (is_name and not _is_known(field, value, values))
    return Completions(start, offered, is_begun)


def taken(text: str, caret: int, found: Completions, choice: Completion) -> tuple[str, int]:
    """Return the text with a completion in it, and where the caret is then."""
    head = text[: found.start] + choice.term
    return head + text[caret:], len(head)


def mended(text: str, error: FilterError) -> str:
    """Return the text with the right word instead of the wrong one, empty without one."""
    at = text.lower().find(error.wrong.lower(), error.column) if error.wrong else -1
    if at < 0 or not error.instead:
        return ""
    is_quoted = text[at - 1 : at] == '"' and text[: at - 1].endswith((":", ":="))
    right = error.instead if is_quoted or " " not in error.instead else in_quotes(error.instead)
    return text[:at] + right + text[at + len(error.wrong) :]


def is_begun(text: str, caret: int, error: FilterError) -> bool:
    """Whether a mistake may be none once what is at the caret is typed to its end."""
    if error.begun:
        return _is_end(text, caret)
    start = _start(text, caret)
    field, _, value = text[start:caret].lower().partition(":")
    is_number = field in FIELDS and FIELDS[field].takes not in (FLAG, NAME, ORDER)
    is_open = is_number and re.fullmatch(r"[-<>=.0-9]+", value) is not None
    return is_open and error.column >= start


def finished(text: str, caret: int) -> str:
    """Return the text without the term at the caret, and without what only that completes."""
    return _LOOSE.sub("", text[: _start(text, caret)]) + text[caret:]


_LOOSE = re.compile(r"(?:(?:(?:^|(?<=\s))OR|-|not:)\s*)+$", re.IGNORECASE)
_TERM = re.compile(r'(?:[^\s()"]|"(?:[^"\\]|\\.)*(?:"|\\?$))+')
_SIGNS = re.compile(r"(?:-|not:)*", re.IGNORECASE)


def _start(text: str, caret: int) -> int:
    """Return where the term that ends at the caret begins, after its signs."""
    spans = (found.span() for found in _TERM.finditer(text[:caret]))
    start = next((start for start, end in spans if end == caret), caret)
    signs = _SIGNS.match(text, start, caret)
    return signs.end() if signs else start


def _is_end(text: str, caret: int) -> bool:
    return not text[caret:] or text[caret].isspace() or text[caret] == ")"


def _fields(typed: str) -> list[Completion]:
    names = dict.fromkeys((*FIRST, *FIELDS))
    return [
        Completion(f"{name}:", f"{name}:", None, FIELDS[name].help)
        for name in names
        if name.startswith(typed)
    ]


def _values(field: str, value: str, values: Values) -> list[Completion]:
    takes = FIELDS[field].takes
    if takes == FLAG:
        counts = {one.name: one.articles for one in values(field)}
        return [
            Completion(f"{field}:{name}", name, counts.get(name), _meaning(flag))
            for name, flag in FIELDS[field].values.items()
            if name.startswith(value.lower())
        ]
    if takes == ORDER:
        return _orders(value)
    if takes == TIME:
        spans = SPANS.items()
        return [
            Completion(f"{field}:{span}", span, None, meaning)
            for span, meaning in spans
            if span.startswith(value.lower())
        ]
    return _names(field, value, values) if takes == NAME else []


def _orders(value: str) -> list[Completion]:
    before, comma, last = value.rpartition(",")
    sign = "-" * last.startswith("-")
    head = f"sort:{before}{comma}{sign}"
    return [
        Completion(
            head + name, sign + name, None, f"{meaning}, turned round" if sign else str(meaning)
        )
        for name, meaning in FIELDS["sort"].values.items()
        if name.startswith(last.removeprefix("-").lower()) and name not in before.split(",")
    ]


def _names(field: str, value: str, values: Values) -> list[Completion]:
    """Return the names that begin with what is typed, then those with a word that does."""
    if value.startswith("/") or re.fullmatch(r'"(?:[^"\\]|\\.)*"', value):
        return []
    same = "=" * value.removeprefix('"').startswith("=")
    wanted = fold(unquoted(value.removeprefix('"'))).removeprefix("=")
    known = values(field)
    begin = [one for one in known if one.folded.startswith(wanted)]
    inside = [one for one in known if f" {wanted}" in one.folded] if wanted else []
    return [
        Completion(str(Term(field, same + one.name)), one.name, one.articles)
        for one in dict.fromkeys((*begin, *inside))
    ]


def _is_known(field: str, value: str, values: Values) -> bool:
    """Whether names with a star at their end, or one of those that are there, are asked for."""
    wanted = fold(value.removeprefix("=")).strip()
    return wanted.endswith("*") or any(one.folded == wanted for one in values(field))


def _meaning(value: object) -> str:
    return value.help if isinstance(value, Flag) else str(value)
