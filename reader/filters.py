"""The filter language: text in, the terms that must all hold and an order out.

A filter is terms that must all hold: words, "a phrase", `field:value`; `-` before one negates it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeAlias

from reader.model import COVERED, PASSED, PICKED, READ, STARRED, VIDEO
from reader.search import Needle, needle_of
from reader.text import clean_line, fold
from reader.topics import TopicTree

Test: TypeAlias = Callable[[Sequence[str]], bool]
"""Whether names are those of a wanted article: its topics, its provider, its domain."""


class FilterError(ValueError):
    """A filter that cannot be understood: one sentence, and the column it is about, from 0."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message, self.column = message, column


@dataclass(frozen=True, slots=True)
class Flag:
    """A value of `is:`: what its help says, and its test of the bits that `column` holds.

    `column` is "flags", what is known of an article, or "marks", what the user did with it.
    """

    help: str
    column: str
    test: Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand before a colon; `values` are all there are, none where any text may follow.

    `columns` of the index are where its names are looked for, `test` makes their test for a value.
    """

    help: str
    example: str
    columns: tuple[str, ...] = ()
    test: Callable[[str, TopicTree], Test] | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `field` is a name of `FIELDS`, or "word" or "phrase" for what has none."""

    field: str
    value: str
    negated: bool = False

    def __str__(self) -> str:
        """Return the term as one types it."""
        quoted = self.field == "phrase" or " " in self.value
        prefix = f"{self.field}:" if self.field in FIELDS else ""
        value = f'"{self.value}"' if quoted else self.value
        return f"{'-' * self.negated}{prefix}{value}"


@dataclass(frozen=True, slots=True)
class Filter:
    """What was typed, understood: terms that must all hold, each once, and the order if any.

    Its text is the normal form: `parse(str(filter)) == filter`.
    """

    terms: tuple[Term, ...] = ()
    sort: str | None = None

    def __str__(self) -> str:
        """Return the filter as one types it, the order last."""
        order = [f"sort:{self.sort}"] if self.sort else []
        return " ".join([*map(str, self.terms), *order])

    @property
    def needles(self) -> tuple[Needle, ...]:
        """What is looked for in the text of an article."""
        return tuple(needle_of(one.field, one.value) for one in self.terms if one.field in TEXTS)

    @property
    def wanted(self) -> tuple[Needle, ...]:
        """What is to be found in the text of an article, to be marked there."""
        positive = replace(self, terms=tuple(one for one in self.terms if not one.negated))
        return positive.needles

    def without(self, term: Term) -> "Filter":
        """Return the filter with one term less, to say what it costs."""
        return replace(self, terms=tuple(other for other in self.terms if other != term))

    def toggled(self, term: Term) -> "Filter":
        """Return the filter with a term more, or without it where it has it."""
        if term in self.terms:
            return self.without(term)
        return replace(self, terms=(*self.terms, term))


TEXTS = ("word", "phrase")
"""What is looked for in the text of an article."""


def _in_topic(value: str, topics: TopicTree) -> Test:
    wanted = fold(value)
    named = [name for name, _ in topics.walk() if fold(name) == wanted]
    within = frozenset(below for name in named for below in topics.within(name))
    return lambda names: not within.isdisjoint(names)


def _by_provider(value: str, _: TopicTree) -> Test:
    wanted = fold(value)
    return lambda names: any(fold(name) == wanted for name in names)


# Tables: the help, the completions and the errors are made from them


FLAGS = {
    "unread": Flag(
        "neither read nor passed with its story", "marks", lambda bits: not bits & (READ | PASSED)
    ),
    "read": Flag("opened or marked as read", "marks", lambda bits: bool(bits & READ)),
    "starred": Flag("kept with a star", "marks", lambda bits: bool(bits & STARRED)),
    "picked": Flag("on the site's own front page", "flags", lambda bits: bool(bits & PICKED)),
    "covered": Flag("told by another article", "flags", lambda bits: bool(bits & COVERED)),
    "video": Flag("a film, not a text", "flags", lambda bits: bool(bits & VIDEO)),
}

SORTS = {
    "front": "what is important now: quality, coverage, age",
    "quality": "highest quality first, then newest",
    "newest": "newest first",
    "oldest": "oldest first",
    "heat": "highest heat first, then quality",
    "related": "most articles on the same story first, then quality",
}

FIELDS = {
    "topic": Field("filed under this topic or one of its sub-topics", "AI", ("topics",), _in_topic),
    "provider": Field(
        "published by this provider, by its name or domain",
        "ZDNet",
        ("provider", "domain"),
        _by_provider,
    ),
    "is": Field("what it is or what was done with it", "unread", values=FLAGS),
    "sort": Field("the order of the list", "newest", values=SORTS),
}


ONLY_UNREAD = Term("is", "unread")
"""The term that `gu` sets and takes away."""


def describe() -> Iterator[tuple[str, str]]:
    """Yield every kind of term as one types it, with a sentence on what it means."""
    yield "word", "begins a word of title, excerpt, provider, topics or text"
    yield '"a phrase"', "these whole words, side by side"
    yield "topic:NAME", FIELDS["topic"].help
    yield "provider:NAME", FIELDS["provider"].help
    for name, flag in FLAGS.items():
        yield f"is:{name}", flag.help
    for name, order in SORTS.items():
        yield f"sort:{name}", order
    yield "-TERM", "everything but that; a value with spaces stands in quotes"


# Reading


_TOKEN = rf"""(?x)(?=\S)(?P<minus>-?)
        (?:(?P<name>(?i:{"|".join(FIELDS)})(?=:)|(?!(?i:https?):)[A-Za-z]+(?=:\S)):)?
        (?:"(?P<quoted>[^"]*)(?P<end>"?)|(?P<bare>\S*))"""


@cache
def _token() -> re.Pattern[str]:
    """Return the expression of one term, made when the first filter is read."""
    return re.compile(_TOKEN)


def parse(text: str) -> Filter:
    """Return the filter that a text means, empty for a blank one. Raises FilterError, only."""
    if not text.strip():
        return Filter()
    terms: list[Term] = []
    sort: str | None = None
    for token in _token().finditer(text):
        term = _term(token)
        if term.field != "sort":
            terms.append(term)
        elif sort is None:
            sort = _order(term, token)
        else:
            raise FilterError(f"there is an order already, `sort:{sort}`", token.end("minus"))
    return Filter(tuple(dict.fromkeys(terms)), sort)


def _term(token: re.Match[str]) -> Term:
    """Return the term of a token. Raises FilterError."""
    if token["quoted"] is not None and not token["end"]:
        raise FilterError("this quote is never closed", token.start("quoted") - 1)
    value = " ".join((token["quoted"] or token["bare"] or "").split())
    kind = _kind(token)
    if not (needle_of(kind, value) if kind in TEXTS else fold(value).strip()):
        raise FilterError(_nothing(token), token.end("minus"))
    if kind in FIELDS and (values := FIELDS[kind].values):
        value = _known(kind, value, values, token)
    return Term(kind, value, negated=bool(token["minus"]))


def _kind(token: re.Match[str]) -> str:
    """Return the field of a token, or the kind of text it is. Raises FilterError."""
    if token["name"] is None:
        return "word" if token["quoted"] is None else "phrase"
    name = token["name"].lower()
    if name not in FIELDS:
        fields = ", ".join(f"`{other}:`" for other in FIELDS)
        known = f"; there are {fields}, and quotes make it plain text"
        message = f"unknown field `{_shown(token['name'])}`"
        raise FilterError(message + _advice(name, FIELDS, "", known), token.end("minus"))
    return name


def _known(name: str, value: str, values: Iterable[str], token: re.Match[str]) -> str:
    """Return the value of a field that takes only some. Raises FilterError."""
    folded = value.casefold()
    if folded not in values:
        message = f"unknown `{name}:{_shown(value)}`"
        known = f"; there are {', '.join(values)}"
        raise FilterError(message + _advice(folded, values, f"{name}:", known), token.end("minus"))
    return folded


def _order(term: Term, token: re.Match[str]) -> str:
    if term.negated:
        raise FilterError("an order cannot be negated", token.start("minus"))
    return term.value


def _nothing(token: re.Match[str]) -> str:
    """Say what is missing where there is nothing to look for."""
    if token["name"]:
        name = token["name"].lower()
        return f"`{name}:` needs a value right after it, such as `{name}:{FIELDS[name].example}`"
    if token["minus"] and token["quoted"] is None:
        return "`-` needs a term right after it"
    return "there is nothing to look for here"


def _advice(wrong: str, known: Iterable[str], prefix: str, otherwise: str) -> str:
    """Name the nearest right word, or what there is where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(wrong[:_SHOWN], list(known), n=1)
    return f", did you mean `{prefix}{near[0]}`?" if near else otherwise


_SHOWN = 40


def _shown(text: str) -> str:
    return clean_line(text[:_SHOWN])
