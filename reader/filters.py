"""The filter language: text in, a predicate over articles and an order out.

A filter is terms that must all hold: words, "a phrase", `field:value`; `-` before one negates it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeAlias

from reader.model import Article, Status
from reader.text import clean_line, fold
from reader.topics import TopicTree

Test: TypeAlias = Callable[[Article, Status], bool]
"""Whether an article with its status is wanted."""


class FilterError(ValueError):
    """A filter that cannot be understood: one sentence, and the column it is about, from 0."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message, self.column = message, column


@dataclass(frozen=True, slots=True)
class Flag:
    """A value of `is:`: what its help says, and its test."""

    help: str
    test: Test


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand before a colon; `values` are all there are, none where any text may follow.

    `test` makes the test for a value.
    """

    help: str
    example: str
    test: Callable[[str, TopicTree], Test]
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

    def without(self, term: Term) -> "Filter":
        """Return the filter with one term less, to say what it costs."""
        return replace(self, terms=tuple(other for other in self.terms if other != term))

    def toggled(self, term: Term) -> "Filter":
        """Return the filter with a term more, or without it where it has it."""
        if term in self.terms:
            return self.without(term)
        return replace(self, terms=(*self.terms, term))

    def compile(self, topics: TopicTree) -> Test:
        """Return the test for articles, made once for many; cheap terms are asked first."""
        tests = [_test(term, topics) for term in self.terms if term.field in FIELDS]
        searches = [_search(term) for term in self.terms if term.field in _TEXTS]

        def matches(article: Article, status: Status) -> bool:
            for test in tests:
                if not test(article, status):
                    return False
            if not searches:
                return True
            text = _searched(article)
            return all(search(text) for search in searches)

        return matches


# Testing


_TEXTS = ("word", "phrase")
_LETTER = r"[^\W_]"
_compiled = cache(re.compile)  # each waits for its use: most lists have no filter

_IDEOGRAPH = "([\u3005-\u9fff])"
_DASHES = "-‐‒–—−"
_PIECE = (
    rf"(?s)(?P<gap>(?<=\w)\s+(?=[^\W_]))|(?P<space>\s+)"
    rf"|(?P<dash>(?<=\w)[{_DASHES}](?=\w))|(?P<apostrophe>['’‘])|."
)
_PIECES = {
    "gap": r"(?:[^\w\0]|_)+",
    "space": r"\s++",
    "dash": rf"[{_DASHES}\s]",
    "apostrophe": "['’‘]",
}
"""What may stand in an article for a piece of a needle; fields of the article are cut by NUL."""


def _searched(article: Article) -> str:
    """Return the folded text that words are looked for in."""
    fields: tuple[str, ...] = (article.title, article.path)
    if article.problem is None:
        fields = (article.title, article.excerpt or "", article.provider or "", *article.topics)
    return "\0".join(map(_folded, fields))


_UNCHANGED = "[\0-\x7f‘’“”–—•®€£]*+"


def _folded(text: str) -> str:
    """Return text folded and parted; what news are full of needs none of that work."""
    plain = text.isascii() or _compiled(_UNCHANGED).fullmatch(text)
    return text.lower() if plain else _parted(fold(text))


def _parted(text: str) -> str:
    """Part Chinese and Japanese, which write no spaces: there, a word may begin anywhere.

    The mark is the zero width space, which no text holds that was made safe.
    """
    return _compiled(_IDEOGRAPH).sub("\u200b\\1\u200b", text)


def _needle(kind: str, value: str) -> str:
    """Return what to look for; a plain word loses the punctuation that a sentence put after it."""
    needle = fold(clean_line(value)).strip()
    return needle.rstrip(",;:.!?") or needle if kind == "word" else needle


def _search(term: Term) -> Callable[[str], bool]:
    """Return the test of a folded text: a word's beginning, or a phrase of whole words."""
    needle = _parted(_needle(term.field, term.value))
    find = _pattern(needle, whole=term.field == "phrase").search
    longest = max(re.findall(r"\w+", needle), key=len, default="")
    negated = term.negated
    return lambda text: (longest in text and find(text) is not None) is not negated


def _pattern(needle: str, *, whole: bool) -> re.Pattern[str]:
    """Return the expression for a needle; between words, white space stands for any gap.

    That no letter stands before is asked after the first word, so that `re` can look for it.
    """
    body = _compiled(_PIECE).sub(_expression, needle)
    first = re.split(r"\W", needle, maxsplit=1)[0] if re.match(_LETTER, needle) else ""
    before = f"(?<!{_LETTER}{first})" if first else ""
    after = f"(?!{_LETTER})" if whole and re.match(_LETTER, needle[-1]) else ""
    return re.compile(first + before + body[len(first) :] + after)


def _expression(piece: re.Match[str]) -> str:
    return _PIECES.get(piece.lastgroup or "") or re.escape(piece[0])


def _test(term: Term, topics: TopicTree) -> Test:
    """Return the test of a term with a field."""
    test = FIELDS[term.field].test(term.value, topics)
    return (lambda article, status: not test(article, status)) if term.negated else test


def _in_topic(value: str, topics: TopicTree) -> Test:
    wanted = fold(value)
    named = [name for name, _ in topics.walk() if fold(name) == wanted]
    within = frozenset(below for name in named for below in topics.within(name))
    return lambda article, _: not within.isdisjoint(article.topics)


def _by_provider(value: str, _: TopicTree) -> Test:
    wanted = fold(value)
    is_it = cache(lambda name: fold(name or "") == wanted)
    return lambda article, _: is_it(article.provider) or is_it(article.domain)


def _any(_: str, __: TopicTree) -> Test:
    return lambda article, status: True


def _has_flag(value: str, _: TopicTree) -> Test:
    test = FLAGS[value].test
    return lambda article, status: article.problem is None and test(article, status)


# Tables: the help, the completions and the errors are made from them


FLAGS = {
    "unread": Flag("neither read nor passed with its story", lambda _, status: status.unread),
    "read": Flag("opened or marked as read", lambda _, status: status.read),
    "starred": Flag("kept with a star", lambda _, status: status.starred),
    "picked": Flag("on the site's own front page", lambda article, _: article.picked is True),
    "covered": Flag("told by another article", lambda article, _: article.covered is True),
    "video": Flag("a film, not a text", lambda article, _: article.is_video),
}

SORTS = {
    "quality": "highest quality first, then newest",
    "newest": "newest first",
    "oldest": "oldest first",
    "heat": "highest heat first, then quality",
    "related": "most articles on the same story first, then quality",
}

FIELDS = {
    "topic": Field("filed under this topic or one of its sub-topics", "AI", _in_topic),
    "provider": Field("published by this provider, by its name or domain", "ZDNet", _by_provider),
    "is": Field("what it is or what was done with it", "unread", _has_flag, FLAGS),
    "sort": Field("the order of the list", "newest", _any, SORTS),
}


ONLY_UNREAD = Term("is", "unread")
"""The term that `gu` sets and takes away."""


def describe() -> Iterator[tuple[str, str]]:
    """Yield every kind of term as one types it, with a sentence on what it means."""
    yield "word", "begins a word of the title, excerpt, provider or topics"
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


def parse(text: str) -> Filter:
    """Return the filter that a text means, empty for a blank one. Raises FilterError, only."""
    if not text.strip():
        return Filter()
    terms: list[Term] = []
    sort: str | None = None
    for token in _compiled(_TOKEN).finditer(text):
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
    if not _needle(kind, value):
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
