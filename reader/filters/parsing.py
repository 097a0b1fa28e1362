"""From text to filter: one pass over the text, and one sentence with a column for any mistake."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from reader.filters.fields import ARTICLE, FIELDS, FLAG, NAME, NUMBER, SORTS, TEXT
from reader.filters.nodes import (
    EXPRESSION,
    PATHS,
    QUOTED,
    All,
    Either,
    Filter,
    Node,
    Term,
    joined,
    negated,
    unquoted,
)
from reader.filters.ranges import check_times, is_number_range, number_range
from reader.search import needle_of
from reader.text import clean_line, fold

LONGEST = 2000
"""Characters of a filter."""

DEEPEST = 20
"""Parentheses within parentheses, and minus signs before each other."""

LONGEST_EXPRESSION = 200

_SHOWN = 40


class FilterError(ValueError):
    """A filter that cannot be understood: one sentence, and the column it is about, from 0.

    `instead` is the nearest right word for what is `wrong`, where there is one. `begun` says that
    it may only not be finished yet.
    """

    def __init__(
        self, message: str, column: int, wrong: str = "", instead: str = "", *, begun: bool = False
    ) -> None:
        super().__init__(message)
        self.message, self.column = message, column
        self.wrong, self.instead, self.begun = wrong, instead, begun


_OPERATORS = {
    "OR": "`OR` needs a term on both sides",
    "AND": "terms side by side must all hold, so there is no `AND`; in quotes it is a word",
    "NOT": "`-` right before a term negates it, so there is no `NOT`; in quotes it is a word",
}


class _Value(NamedTuple):
    """What stands behind a colon, or alone: its text, how it is written, and its column."""

    text: str
    kind: str
    column: int


def parse(text: str) -> Filter:
    """Return the filter that a text means, empty for a blank one. Raises FilterError, only."""
    if len(text) > LONGEST:
        raise FilterError(f"a filter has at most {LONGEST:,} characters", LONGEST)
    clean = clean_line(text)
    return _Parser(text if clean == " ".join(text.split()) else clean).filter()


@cache
def _name() -> re.Pattern[str]:
    return re.compile(
        r"(?!(?i:https?|ftp)://)([A-Za-z]+):(?=[^\s)])|((?i:" + "|".join(FIELDS) + r")):"
    )


class _Parser:
    """Goes through a text from left to right; `at` is how far it is."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._depth = text, 0, 0
        self._sort: tuple[str, ...] | None = None
        self._limit: int | None = None

    def filter(self) -> Filter:
        nodes = self._nodes()
        if self._at < len(self._text):
            raise FilterError("there is no parenthesis that this one closes", self._at)
        whole = joined(All, nodes) if nodes else None
        terms = whole.nodes if isinstance(whole, All) else (whole,) if whole else ()
        return Filter(terms, self._sort or (), self._limit)

    def _nodes(self) -> list[Node]:
        """Return what stands side by side, up to the end or a closing parenthesis."""
        nodes: list[Node] = []
        while self._next() not in ("", ")"):
            if self._takes_order():
                continue
            choices = [self._one()]
            while self._takes("OR"):
                if self._next() in ("", ")"):
                    raise FilterError(_OPERATORS["OR"], self._at, begun=True)
                choices.append(self._one())
            nodes.append(joined(Either, choices))
        return nodes

    def _one(self) -> Node:
        """Return a term, a parenthesis, or the opposite of one."""
        start, self._depth = self._at, self._depth + 1
        if self._depth > DEEPEST:
            raise FilterError(f"this is more than {DEEPEST} deep", start)
        for word, message in _OPERATORS.items():
            if self._takes(word):
                raise FilterError(message, start)
        if self._text[start] == "-" or self._text[start : start + 4].lower() == "not:":
            node = self._opposite(start)
        elif self._text[start] == "(":
            node = self._parenthesis(start)
        else:
            node = self._term()
        self._depth -= 1
        return node

    def _opposite(self, start: int) -> Node:
        sign = "-" if self._text[start] == "-" else "not:"
        self._at += len(sign)
        if _is_end(self._text[self._at : self._at + 1]):
            raise FilterError(f"`{sign}` needs a term right after it", start, begun=True)
        return negated(self._one())

    def _parenthesis(self, start: int) -> Node:
        self._at += 1
        nodes = self._nodes()
        if self._next() != ")":
            raise FilterError("this parenthesis is never closed", start, begun=True)
        self._at += 1
        if not nodes:
            raise FilterError("there is nothing in these parentheses", start)
        return joined(All, nodes)

    def _takes_order(self) -> bool:
        """Take in an order or a limit, which belong to the filter as a whole."""
        found = _name().match(self._text, self._at)
        name = (found[1] or found[2]).lower() if found else ""
        if name not in ("sort", "limit"):
            return False
        start = self._at
        if self._depth:
            raise FilterError(f"`{name}:` is for the whole filter, not for a part of it", start)
        self._at += len(name) + 1
        value = self._value(name, start)
        if name == "sort":
            if self._sort is not None:
                shown = ",".join(self._sort)
                raise FilterError(f"there is an order already, `sort:{shown}`", start)
            self._sort = _orders(value)
        else:
            if self._limit is not None:
                raise FilterError(f"there is a limit already, `limit:{self._limit}`", start)
            self._limit = _limit(value)
        return True

    def _term(self) -> Term:
        start = self._at
        found = _name().match(self._text, start)
        if found is None:
            return _text_term("", self._value("", start), start)
        shown = found[1] or found[2]
        name = shown.lower()
        if name not in FIELDS:
            raise _unknown_field(shown, start)
        if name in ("sort", "limit"):
            raise FilterError(f"`{name}:` is for the whole filter, not for a part of it", start)
        self._at = found.end()
        value = self._value(name, start)
        if FIELDS[name].takes == TEXT or value.kind == "regex":
            return _text_term(name, value, start)
        return Term(name, _checked(name, value, start), column=start)

    def _value(self, name: str, start: int) -> _Value:
        """Take in a quoted text, a regular expression between strokes, or what has no blanks."""
        at, text = self._at, self._text
        first = text[at : at + 1]
        if first == '"':
            quoted = QUOTED.match(text, at)
            if quoted is None:
                raise FilterError("this quote is never closed", at, begun=True)
            self._at = quoted.end()
            return _Value(" ".join(unquoted(quoted[1]).split()), "phrase", at)
        if first == "/" and (not name or FIELDS[name].takes in (TEXT, NAME)):
            found = EXPRESSION.match(text, at)
            if found or name not in PATHS:
                return self._expression(found, at)
        self._at = end = self._end_of_bare(at)
        if end == at and name:
            example = f"{name}:{FIELDS[name].example}"
            message = f"`{name}:` needs a value right after it, such as `{example}`"
            raise FilterError(message, start, begun=True)
        return _Value(text[at:end], "word", at)

    def _expression(self, found: re.Match[str] | None, start: int) -> _Value:
        if found is None:
            message = "this expression is never closed; in quotes it is plain text"
            raise FilterError(message, start, begun=True)
        self._at = found.end()
        return _Value(found[1], "regex", start)

    def _end_of_bare(self, start: int) -> int:
        """Return where a value without blanks ends: before what closes a parenthesis around it."""
        end, open_ones = start, 0
        while end < len(self._text) and not self._text[end].isspace():
            open_ones += {"(": 1, ")": -1}.get(self._text[end], 0)
            if open_ones < 0:
                break
            end += 1
        if open_ones > 0:
            message = "this parenthesis is never closed; in quotes it is plain text"
            raise FilterError(message, self._text.index("(", start), begun=True)
        return end

    def _next(self) -> str:
        """Return the next character that is no blank, empty at the end; it is not taken in."""
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._text[self._at : self._at + 1]

    def _takes(self, word: str) -> bool:
        """Take in a word, if it stands here by itself."""
        self._next()
        end = self._at + len(word)
        if self._text[self._at : end] != word or not _is_end(self._text[end : end + 1]):
            return False
        self._at = end
        return True


def _is_end(character: str) -> bool:
    """Whether a term cannot go on, or begin, with what may be no character."""
    return not character or character.isspace() or character == ")"


def _text_term(name: str, value: _Value, start: int) -> Term:
    """Return a term that looks for a text. Raises FilterError where that is nothing."""
    if value.kind == "regex":
        if name in ("excerpt", "body"):
            raise FilterError("expressions look in titles and names: `title:/.../`", start)
        return Term(name, _expression(value), "regex", start)
    text = clean_line(value.text)
    if not needle_of(value.kind, text):
        raise FilterError("there is nothing to look for here", start)
    return Term(name, text, value.kind, start)


def _expression(value: _Value) -> str:
    """Return a regular expression that can be one. Raises FilterError."""
    if not value.text:
        raise FilterError("there is nothing between these strokes", value.column)
    if len(value.text) > LONGEST_EXPRESSION:
        message = f"an expression has at most {LONGEST_EXPRESSION} characters"
        raise FilterError(message, value.column)
    from reader.filters.expressions import why_not

    if why := why_not(value.text):
        raise FilterError(f"this is no regular expression: {clean_line(why)}", value.column)
    return value.text


def _checked(name: str, value: _Value, start: int) -> str:
    """Return the value of a field, if it is one that the field takes. Raises FilterError."""
    text, takes = clean_line(value.text), FIELDS[name].takes
    if takes in (NAME, ARTICLE) or (name == "related" and _is_article(text)):
        if not fold(text.removeprefix("=").removesuffix("*")).strip():
            example = f"{name}:{FIELDS[name].example}"
            raise FilterError(f"`{name}:` needs a value, such as `{example}`", start)
        return text
    if takes == FLAG:
        return _known(name, text, FIELDS[name].values, start)
    text = text.lower()
    try:
        number_range(text) if takes == NUMBER else check_times(text)
    except ValueError as error:
        raise FilterError(f"`{name}:` needs {error}", value.column) from error
    return text


def _is_article(text: str) -> bool:
    """Whether what stands behind `related:` names an article, and is no number."""
    is_id = re.fullmatch("[0-9]{10}(-[0-9]+)?", text)
    return not is_number_range(text) and (bool(is_id) or text.strip("<>=.0123456789") != "")


def _orders(value: _Value) -> tuple[str, ...]:
    names = [name for name in clean_line(value.text).lower().split(",") if name]
    known = [
        "-" * name.startswith("-") + _known("sort", name.removeprefix("-"), SORTS, value.column)
        for name in names
    ]
    if not known:
        raise FilterError("`sort:` needs an order, such as `sort:newest`", value.column)
    return tuple(dict.fromkeys(known))


def _limit(value: _Value) -> int:
    if not re.fullmatch("[0-9]{1,6}", value.text) or not int(value.text):
        raise FilterError("`limit:` needs a number from 1 on", value.column)
    return int(value.text)


def _known(name: str, text: str, values: Iterable[str], column: int) -> str:
    """Return the value of a field that takes only some. Raises FilterError."""
    folded = text.casefold()
    if folded in values:
        return folded
    near = nearest(folded, values)
    known = f"; there are {', '.join(values)}"
    advice = f", did you mean `{name}:{near}`?" if near else known
    raise FilterError(f"unknown `{name}:{_shown(text)}`{advice}", column, text, near)


def _unknown_field(name: str, column: int) -> FilterError:
    near, fields = nearest(name.lower(), FIELDS), ", ".join(f"`{other}:`" for other in FIELDS)
    known = f"; there are {fields}, and quotes make it plain text"
    advice = f", did you mean `{near}`?" if near else known
    return FilterError(f"unknown field `{_shown(name)}`{advice}", column, name, near)


def nearest(wrong: str, known: Iterable[str]) -> str:
    """Return the nearest right word, empty where none is near."""
    from difflib import get_close_matches

    return "".join(get_close_matches(wrong[:_SHOWN], list(known), n=1))


def _shown(text: str) -> str:
    return clean_line(text[:_SHOWN])
