"""Where in lists and quotes the parser is."""

from collections import Counter
from dataclasses import dataclass

from reader.body.blocks import Kind

MAX_LEVEL = 12
"""What is nested deeper is shown at this level."""


@dataclass(slots=True)
class _Container:
    tag: str
    number: int


class Outline:
    """The open lists and quotes, outermost first; any order of beginnings and ends is fine."""

    def __init__(self) -> None:
        self._open: list[_Container] = []
        self._counts: Counter[str] = Counter()
        self._marker = ""

    def enter(self, tag: str, first: str | None = None) -> None:
        """Begin a list or quote; `first` is what its numbers begin with."""
        valid = first and first.isdecimal() and len(first) < 10
        self._open.append(_Container(tag, int(first) if first and valid else 1))
        self._counts[tag] += 1

    def leave(self, tag: str) -> None:
        """End the innermost one of this tag and whatever was left open in it."""
        while self._counts[tag]:
            inner = self._open.pop()
            self._counts[inner.tag] -= 1
            if inner.tag == tag:
                break

    def begin_item(self) -> None:
        """Keep the marker for the first block of the item."""
        self._marker = "•"
        if self._open and self._open[-1].tag == "ol":
            self._marker = f"{self._open[-1].number}."
            self._open[-1].number += 1

    def take_marker(self) -> str:
        """Return the marker to the first who asks."""
        marker, self._marker = self._marker, ""
        return marker

    @property
    def depth(self) -> int:
        """How many lists and quotes are open."""
        return min(len(self._open), MAX_LEVEL)

    @property
    def kind(self) -> Kind:
        """What text is here: the innermost list or quote decides."""
        if not self._open:
            return "paragraph"
        return "quote" if self._open[-1].tag == "blockquote" else "item"

    @property
    def level(self) -> int:
        """How many lists, for an item, or quotes, for a quote, are open."""
        if self.kind == "quote":
            return min(self._counts["blockquote"], MAX_LEVEL)
        return min(self._counts["ul"] + self._counts["ol"], MAX_LEVEL)
