"""The words of the block that is being read, and the styles and link that are open around them."""

import re
from collections import Counter
from typing import Literal, TypeAlias

from reader.body.links import Links
from reader.body.spans import Piece, Style
from reader.text import clean_line

Look: TypeAlias = Literal["strong", "emphasis", "code"]

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_MAX_LABEL = 200


class Inline:
    """Collects pieces; ends without a beginning are ignored, so that nothing can go below zero.

    `blank` holds until there are words in the block or cell, `broken` from a break to the next.
    """

    def __init__(self, links: Links) -> None:
        self.pieces: list[Piece] = []
        self.blank = True
        self.broken = False
        self.bold = False
        self._links = links
        self._open: Counter[Look] = Counter()
        self._link: int | None = None

    @property
    def linked(self) -> bool:
        """Whether what comes now leads to an address already."""
        return self._link is not None

    def begin(self, look: Look) -> None:
        """Begin strong, emphasis or code."""
        self._open[look] += 1

    def end(self, look: Look) -> None:
        """End it, once for each beginning."""
        self._open[look] = max(self._open[look] - 1, 0)

    def link(self, address: str | None) -> None:
        """Link what follows, if the address is one to show; None ends a link."""
        self._link = self._links.number(address)

    def reset(self) -> None:
        """End all that is still open."""
        self._open.clear()
        self._link = None

    def add(self, text: str, link: int | None = None) -> None:
        """Add text as it is; a newline in it stays."""
        looks = self._open
        strong = self.bold or looks["strong"] > 0
        style = Style(strong, looks["emphasis"] > 0, looks["code"] > 0, self._link or link)
        self.pieces.append((text, style))
        if text and not text.isspace():
            self.blank = self.broken = False

    def add_words(self, text: str) -> None:
        """Add text in which any white space is a space."""
        self.add(_SPACES.sub(" ", text))

    def add_break(self) -> None:
        """Break the line."""
        self.add("\n")
        self.broken = True

    def add_label(self, label: str, title: str | None, number: int | None) -> None:
        """Add `[label: title]` for what cannot be shown here."""
        words = clean_line(title or "", _MAX_LABEL)
        self.add(f"[{label}: {words}]" if words else f"[{label}]", number)

    def take(self) -> list[Piece]:
        """Return the pieces and begin a new block."""
        pieces, self.pieces = self.pieces, []
        self.blank, self.broken = True, False
        return pieces
