"""What stands in place of rows where there are none: a fact, a sentence, and keys that help."""

from typing import NamedTuple

from textual.strip import Strip

from reader.tui.render.cells import wrap
from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Palette
from reader.tui.widgets.drawn import Drawn
from reader.tui.widgets.status_line import Hint

COLUMN = 8
WORDS_COLUMN = 7
ABOVE = 2
"""Blank lines below the heading."""


class Nothing(NamedTuple):
    """Why there is nothing, and what to do about it."""

    fact: str = ""
    sentence: str = ""
    hints: tuple[Hint, ...] = ()

    def strip(self, y: int, width: int, palette: Palette) -> Strip:
        """Draw one line, at the column where titles stand."""
        lines = self._lines(width, palette)
        pieces = lines[y - ABOVE] if ABOVE <= y < len(lines) + ABOVE else []
        return compose(width, palette.style("ink"), pieces)

    def _lines(self, width: int, palette: Palette) -> list[list[Piece]]:
        style, room = palette.style, max(width - COLUMN - 2, 10)
        fact = style("ink", bold=True)
        lines: list[list[Piece]] = [[(COLUMN, line, fact)] for line in wrap(self.fact, room)]
        if self.sentence:
            lines += [[(COLUMN, line, style("soft"))] for line in wrap(self.sentence, room)]
        lines.append([])
        for hint in self.hints:
            words = COLUMN + max(WORDS_COLUMN, len(hint.key) + 2)
            lines.append([(COLUMN, hint.key, fact), (words, hint.does, style("soft"))])
        return lines


class Empty(Drawn):
    """A pane that never has rows."""

    DEFAULT_CSS = """
    Empty { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.nothing = Nothing()

    def show(self, nothing: Nothing) -> None:
        """Say another fact."""
        self.nothing = nothing
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return self.nothing.strip(y, self.size.width, self.palette)
