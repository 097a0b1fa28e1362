"""What stands in a filter, checked: whether a field takes such a value, and how it is kept."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from reader.filters.fields import ARTICLE, FIELDS, FLAG, NAME, NUMBER, SORTS
from reader.filters.mistakes import FilterError, nearest, shown
from reader.filters.nodes import Term
from reader.filters.ranges import check_times, is_number_range, number_range
from reader.search import needle_of
from reader.text import clean_line, fold

LONGEST_EXPRESSION = 200


class Value(NamedTuple):
    """What stands behind a colon, or alone: its text, how it is written, and its column."""

    text: str
    kind: str
    column: int


def text_term(name: str, value: Value, start: int) -> Term:
    """Return a term that looks for a text. Raises FilterError where that is nothing."""
    if value.kind == "regex":
        if name in ("excerpt", "body"):
            raise FilterError("expressions look in titles and names: `title:/.../`", start)
        return Term(name, _expression(value), "regex", start)
    text = clean_line(value.text)
    if not needle_of(value.kind, text):
        raise FilterError("there is nothing to look for here", start)
    return Term(name, text, value.kind, start)


def _expression(value: Value) -> str:
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


def checked(name: str, value: Value, start: int) -> str:
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


def orders_of(value: Value) -> tuple[str, ...]:
    """Return the orders that stand behind `sort:`. Raises FilterError."""
    names = [name for name in clean_line(value.text).lower().split(",") if name]
    known = [
        "-" * name.startswith("-") + _known("sort", name.removeprefix("-"), SORTS, value.column)
        for name in names
    ]
    if not known:
        raise FilterError("`sort:` needs an order, such as `sort:newest`", value.column)
    return tuple(dict.fromkeys(known))


def limit_of(value: Value) -> int:
    """Return the number that stands behind `limit:`. Raises FilterError."""
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
    raise FilterError(f"unknown `{name}:{shown(text)}`{advice}", column, text, near)


def unknown_field(name: str, column: int) -> FilterError:
    """Return what to say of a field that there is not."""
    near, fields = nearest(name.lower(), FIELDS), ", ".join(f"`{other}:`" for other in FIELDS)
    known = f"; there are {fields}, and quotes make it plain text"
    advice = f", did you mean `{near}`?" if near else known
    return FilterError(f"unknown field `{shown(name)}`{advice}", column, name, near)
