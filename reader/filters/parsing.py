"""From text to filter: one pass over the text, and one sentence with a column for any mistake."""

import re
from functools import cache

from reader.filters.checking import (
    Value,
    checked,
    limit_of,
    orders_of,
    text_term,
    unknown_field,
)
from reader.filters.fields import FIELDS, NAME, TEXT
from reader.filters.mistakes import FilterError
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
from reader.text import clean_line

LONGEST = 2000
"""Characters of a filter."""

DEEPEST = 20
"""Parentheses within parentheses, and minus signs before each other."""

_OPERATORS = {
    "OR": "`OR` needs a term on both sides",
    "AND": "terms side by side must all hold, so there is no `AND`; in quotes it is a word",
    "NOT": "`-` right before a term negates it, so there is no `NOT`; in quotes it is a word",
}


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
            self._sort = orders_of(value)
        else:
            if self._limit is not None:
                raise FilterError(f"there is a limit already, `limit:{self._limit}`", start)
            self._limit = limit_of(value)
        return True

    def _term(self) -> Term:
        start = self._at
        found = _name().match(self._text, start)
        if found is None:
            return text_term("", self._value("", start), start)
        shown = found[1] or found[2]
        name = shown.lower()
        if name not in FIELDS:
            raise unknown_field(shown, start)
        if name in ("sort", "limit"):
            raise FilterError(f"`{name}:` is for the whole filter, not for a part of it", start)
        self._at = found.end()
        value = self._value(name, start)
        if FIELDS[name].takes == TEXT or value.kind == "regex":
            return text_term(name, value, start)
        return Term(name, checked(name, value, start), column=start)

    def _value(self, name: str, start: int) -> Value:
        """Take in a quoted text, a regular expression between strokes, or what has no blanks."""
        at, text = self._at, self._text
        first = text[at : at + 1]
        if first == '"':
            quoted = QUOTED.match(text, at)
            if quoted is None:
                raise FilterError("this quote is never closed", at, begun=True)
            self._at = quoted.end()
            return Value(" ".join(unquoted(quoted[1]).split()), "phrase", at)
        if first == "/" and (not name or FIELDS[name].takes in (TEXT, NAME)):
            found = EXPRESSION.match(text, at)
            if found or name not in PATHS:
                return self._expression(found, at)
        self._at = end = self._end_of_bare(at)
        if end == at and name:
            example = f"{name}:{FIELDS[name].example}"
            message = f"`{name}:` needs a value right after it, such as `{example}`"
            raise FilterError(message, start, begun=True)
        return Value(text[at:end], "word", at)

    def _expression(self, found: re.Match[str] | None, start: int) -> Value:
        if found is None:
            message = "this expression is never closed; in quotes it is plain text"
            raise FilterError(message, start, begun=True)
        self._at = found.end()
        return Value(found[1], "regex", start)

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
