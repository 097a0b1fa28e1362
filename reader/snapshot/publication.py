"""What the keeper tells of its work: one line of JSON each time that an index was published."""

import json
from pathlib import Path
from typing import NamedTuple

from reader.text import clean_line


class Renamed(NamedTuple):
    """An article that is known by its path has another one now."""

    library: int
    before: str
    now: str

    @classmethod
    def of(cls, library: int, before: str, now: str) -> "Renamed":
        """Return the keys that belong to two paths."""
        return cls(library, clean_line(before), clean_line(now))


class Publication(NamedTuple):
    """An index at a place in the cache, and what is new in it since the one before.

    `files` are those that hold articles or may, `read` those of them that were read. `note` is a
    sentence that the user has to know, once.
    """

    place: Path
    files: int = 0
    read: int = 0
    complete: bool = False
    added: int = 0
    changed: int = 0
    removed: int = 0
    renamed: tuple[Renamed, ...] = ()
    note: str = ""

    def line(self) -> bytes:
        """Return it as a line of JSON."""
        return json.dumps(self._replace(place=str(self.place))).encode() + b"\n"  # type: ignore[arg-type]  # JSON has no paths

    @classmethod
    def of(cls, line: bytes) -> "Publication":
        """Read a line again."""
        came = cls(*json.loads(line))
        renamed = tuple(Renamed(*one) for one in came.renamed)
        return came._replace(place=Path(came.place), renamed=renamed)
