"""Regular expressions that somebody types: whatever they are, they come to an end in time."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

PATIENCE = 1.0
"""Seconds that an expression may look through all texts at once, and through one of them."""

_NOT_BY_LINE = ("\\A", "\\G", "\\Z", "\\z", "(?<")
"""What means something else where a text has others before and after it."""


class TooSlow(Exception):  # noqa: N818 - it says what an expression is
    """An expression that takes too long."""


@lru_cache(8)
def compiled(expression: str) -> "regex.Pattern[str]":
    """Return an expression that can be asked; case makes no difference. Raises ValueError."""
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


def _found(pattern: "regex.Pattern[str]", expression: str, texts: Sequence[str]) -> Iterator[int]:
    """Yield the numbers of texts; all are looked through as one, which costs one time limit.

    What is found there may go over an end of line, so that each is asked by itself again.
    """
    if any(sign in expression for sign in _NOT_BY_LINE) or _is_flagged(expression):
        yield from (at for at, text in enumerate(texts) if pattern.search(text, timeout=PATIENCE))
        return
    whole, ends, end = "\n".join(texts), list[int](), -1
    for text in texts:
        ends.append(end := end + 1 + len(text))
    at = start = 0
    while found := pattern.search(whole, start, timeout=PATIENCE, concurrent=True):
        while ends[at] < found.start():
            at += 1
        if pattern.search(texts[at], timeout=PATIENCE):
            yield at
        if (start := ends[at] + 1) > len(whole):
            return


def _is_flagged(expression: str) -> bool:
    """Whether an expression changes how it is read by flags of its own."""
    at = expression.find("(?")
    while at >= 0:
        if expression[at + 2 : at + 3].isalpha() or expression[at + 2 : at + 3] == "-":
            return True
        at = expression.find("(?", at + 2)
    return False
