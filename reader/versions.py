"""Versions: which files hold one article as it was at different times.

A changed article is filed beside what was there: `a.md`, then `a-2.md`, `a-3.md`.
"""

import re
from typing import NamedTuple

_NAME = re.compile(r"(.*[^/])-([2-9]|[1-9][0-9]{1,5})(\.[^./]+)", re.DOTALL)
_OURS = re.compile(r"(.*-[0-9a-f]{10})-(?:[2-9]|[1-9][0-9]{1,5})(\.[^./]+)", re.DOTALL)


class Numbered(NamedTuple):
    """The path of a first version, and which version of it a file is, from 1."""

    first: str
    number: int


def numbered(path: str) -> Numbered:
    """Return what the name of a file says: `a-2.md` may be the second version of `a.md`."""
    found = _NAME.fullmatch(path)
    return Numbered(found[1] + found[3], int(found[2])) if found else Numbered(path, 1)


def path_of(first: str, number: int) -> str:
    """Return the path of a version, the other way round than `numbered`."""
    if number == 1:
        return first
    stem, dot, ending = first.rpartition(".")
    return f"{stem}-{number}{dot}{ending}"


def known_by(path: str) -> str:
    """Return the path that an article from a feed is known by, where it has no address."""
    found = _OURS.fullmatch(path)
    return found[1] + found[2] if found else path
