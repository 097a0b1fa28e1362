"""What stands below the last row of a list that ends: that it does, and what to do then."""

from typing import NamedTuple

from rich.cells import cell_len
from textual.strip import Strip

from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Palette
from reader.tui.render.rows import TITLE_COLUMN
from reader.tui.widgets.status_line import Hint

_WORDS = TITLE_COLUMN + 3


class Ending(NamedTuple):
    """A sentence, and the key that helps; on a narrow list the key has a line of its own."""

    sentence: str
    hint: Hint

    def strips(self, width: int, palette: Palette) -> list[Strip]:
        """Draw all of it."""
        style = palette.style
        end: list[Piece] = [
            (TITLE_COLUMN, palette.glyphs.end, style("accent")),
            (_WORDS, self.sentence, style("soft")),
        ]
        beside = _WORDS + cell_len(self.sentence) + 3
        if beside + cell_len(f"{self.hint.key} {self.hint.does}") <= width:
            lines = [[*end, *self._key(beside, palette)]]
        else:
            lines = [end, self._key(_WORDS, palette)]
        return [compose(width, style("ink"), line) for line in lines]

    def _key(self, column: int, palette: Palette) -> list[Piece]:
        words = column + cell_len(self.hint.key) + 1
        return [
            (column, self.hint.key, palette.style("ink", bold=True)),
            (words, self.hint.does, palette.style("quiet")),
        ]
