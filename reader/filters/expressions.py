"""Regular expressions that somebody types: whatever they are, they come to an end in time."""

import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

PATIENCE = 1.0
"""Seconds that an expression may look through all texts at once, and through one of them."""

PATIENCE_WITH_NAMES = 0.2
"""Seconds for all names of a field, which are few, and which nobody looks through in a worker."""

MOST_REPEATED = 1000
"""How often an expression may repeat a part in all: each time is compiled by itself, and `{1000}`
within `{1000}` takes a second."""

_REPEATED = re.compile(r"\{(\d+)")

_NOT_BY_LINE = re.compile(r"\\[AGZzK]|[+*?}]\+|\(\?(?!:)")
"""What may not find in many texts at once what it finds in one: it does not go back, or looks
around, or means the beginning or the end of all."""


class TooSlow(Exception):  # noqa: N818 - it says what an expression is
    """An expression that takes too long."""


@lru_cache(8)
def compiled(expression: str) -> "regex.Pattern[str]":
    """Return an expression that can be asked; case makes no difference. Raises ValueError."""
    expression = expression.replace("\n", " ")  # no title has one, and `(?x)` hides counts by it
    counts = (int(count) for count in _REPEATED.findall("".join(expression.split())))
    if math.prod(filter(None, counts)) > MOST_REPEATED:
        raise ValueError(f"it repeats a part more than {MOST_REPEATED:,} times in all")
    import regex  # it takes a time limit, which the standard library's does not

    try:
        return regex.compile(expression, regex.IGNORECASE | regex.MULTILINE | regex.V0)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise ValueError(str(error)) from error


def why_not(expression: str) -> str:
    """Return why a text is no regular expression, empty where it is one."""
    try:
        compiled(expression)
    except ValueError as error:
        return str(error)
    return ""


def found_in(expression: str, texts: Sequence[str]) -> bytes:
    """Return in which texts of one line an expression is found, 1 for each. Raises TooSlow."""
    mask = bytearray(len(texts))
    try:
        for at in _found(compiled(expression), expression, texts):
            mask[at] = 1
    except TimeoutError as error:
        raise TooSlow from error
    return bytes(mask)


def finder(expression: str) -> Callable[[str], bool]:
    """Return a test of names, which raises TooSlow once all together have taken too long."""
    pattern, until = compiled(expression), time.monotonic() + PATIENCE_WITH_NAMES

    def finds(name: str) -> bool:
        try:
            return pattern.search(name, timeout=_left(until)) is not None
        except TimeoutError as error:
            raise TooSlow from error

    return finds


def _found(pattern: "regex.Pattern[str]", expression: str, texts: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of texts; all are looked through as one, which costs one time limit.

    What is found there may go over an end of line; such a text is asked by itself again. Raises
    TimeoutError.
    """
    if _NOT_BY_LINE.search(expression):
        yield from _found_alone(pattern, texts)
        return
    whole, ends, end = "\n".join(texts), list[int](), -1
    for text in texts:
        ends.append(end := end + 1 + len(text))
    at, start, until = 0, 0, time.monotonic() + PATIENCE
    while found := pattern.search(whole, start, timeout=_left(until), concurrent=True):
        while ends[at] < found.start():
            at += 1
        if found.end() <= ends[at] or pattern.search(texts[at], timeout=_left(until)):
            yield at
        if (start := ends[at] + 1) > len(whole):
            return


def _found_alone(pattern: "regex.Pattern[str]", texts: Sequence[str]) -> Iterator[int]:
    until = time.monotonic() + PATIENCE
    for at, text in enumerate(texts):
        if pattern.search(text, timeout=_left(until)):
            yield at


def _left(until: float) -> float:
    """Return the seconds that are left. Raises TimeoutError where none are."""
    if (left := until - time.monotonic()) <= 0:
        raise TimeoutError
    return left
