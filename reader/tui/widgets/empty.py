"""What stands in place of a list without rows: a fact, a sentence, and the keys that help."""

from textual.strip import Strip

from reader.tui.render.cells import wrap
from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Palette
from reader.tui.widgets.drawn import Drawn
from reader.tui.widgets.status_line import Hint

COLUMN = 8
WORDS_COLUMN = 7


class Empty(Drawn):
    """Lines at the column where titles stand."""

    DEFAULT_CSS = """
    Empty { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.fact, self.sentence = "", ""
        self.hints: tuple[Hint, ...] = ()

    def show(self, fact: str, sentence: str = "", hints: tuple[Hint, ...] = ()) -> None:
        """Say another fact."""
        self.fact, self.sentence, self.hints = fact, sentence, hints
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line; they begin two lines below the heading."""
        palette = self.palette
        lines = self._lines(palette)
        pieces = lines[y - 2] if 2 <= y < len(lines) + 2 else []
        return compose(self.size.width, palette.style("ink"), pieces)

    def _lines(self, palette: Palette) -> list[list[Piece]]:
        style, room = palette.style, max(self.size.width - COLUMN - 2, 10)
        fact = style("ink", bold=True)
        lines: list[list[Piece]] = [[(COLUMN, line, fact)] for line in wrap(self.fact, room)]
        if self.sentence:
            lines += [[(COLUMN, line, style("soft"))] for line in wrap(self.sentence, room)]
        lines.append([])
        words = COLUMN + WORDS_COLUMN
        for hint in self.hints:
            lines.append([(COLUMN, hint.key, fact), (words, hint.does, style("soft"))])
        return lines
