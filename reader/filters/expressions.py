"""Regular expressions that somebody types: whatever they are, they come to an end in time."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

PATIENCE = 0.1
"""Seconds that an expression may look through one text, or many at once."""


class TooSlow(Exception):  # noqa: N818 - it says what an expression is
    """An expression that takes too long."""


@lru_cache(8)
def compiled(expression: str) -> "regex.Pattern[str]":
    """Return an expression that can be asked; case makes no difference. Raises ValueError."""
    import regex  # it takes a time limit, which the standard library's does not

    try:
        return regex.compile(expression, regex.IGNORECASE | regex.V0)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise ValueError(str(error)) from error


def why_not(expression: str) -> str:
    """Return why a text is no regular expression, empty where it is one."""
    try:
        compiled(expression)
    except ValueError as error:
        return str(error)
    return ""
