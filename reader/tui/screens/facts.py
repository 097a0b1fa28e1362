"""All that a file says, as a table: also what the reader itself has no use for."""

from collections.abc import Sequence

from rich.cells import cell_len

from reader.tui.render.cells import cut, wrap
from reader.tui.render.lines import Piece
from reader.tui.screens.leaf import Leaf, LeafText

MAX_NAME = 32
LEFT, BETWEEN = 2, 2


class FactsText(LeafText):
    """Names at the left, values beside them over as many lines as they need."""

    def __init__(self, facts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._facts = facts

    def lines(self) -> list[list[Piece]]:
        """Return the table for the width as it is."""
        style, glyphs, width = self.palette.style, self.palette.glyphs, self.size.width
        longest = max((cell_len(name) for name, _ in self._facts), default=0)
        room = min(longest, MAX_NAME, width // 3)
        column = LEFT + room + BETWEEN
        lines: list[list[Piece]] = [[]]
        for name, value in self._facts:
            first, *others = wrap(value, max(width - column - LEFT, 8))
            left = (LEFT, cut(name, room, glyphs.cut), style("quiet"))
            lines.append([left, (column, first, style("ink"))])
            lines += [[(column, other, style("ink"))] for other in others]
        return lines


class FactsScreen(Leaf):
    """The table of one file, under the file's name."""

    def __init__(self, path: str, facts: Sequence[tuple[str, str]]) -> None:
        super().__init__("What the file says", path, FactsText(facts))
