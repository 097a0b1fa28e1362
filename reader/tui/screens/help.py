"""The help: every key, by group, from the table of commands."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from reader.tui.commands import ARTICLE, EVERYWHERE, FEEDS, GO, LISTS, ORDER, help_lines
from reader.tui.render.cells import wrap
from reader.tui.render.lines import Piece
from reader.tui.screens.leaf import Leaf, LeafText

COLUMNS = ((EVERYWHERE, GO), (LISTS, ORDER), (ARTICLE, FEEDS))
COLUMN_WIDTH, KEYS_WIDTH = 50, 15


class HelpText(LeafText):
    """The groups side by side."""

    def lines(self) -> list[list[Piece]]:
        """Return as many columns as there is room for."""
        per_row = 3 if self.size.width >= 3 * 40 else 2 if self.size.width >= 2 * 40 else 1
        width = min(self.size.width // per_row, COLUMN_WIDTH + 3)
        flat = [[group for column in COLUMNS for group in column]]
        stacks = COLUMNS if per_row == 3 else ((EVERYWHERE, GO, ORDER, FEEDS), (LISTS, ARTICLE))
        columns = [
            self._stack(tuple(groups), width) for groups in (flat if per_row == 1 else stacks)
        ]
        height = max(len(column) for column in columns)
        return [
            [
                (number * width + at, text, style)
                for number, column in enumerate(columns)
                for at, text, style in (column[line] if line < len(column) else [])
            ]
            for line in range(height)
        ]

    def _stack(self, groups: tuple[str, ...], width: int) -> list[list[Piece]]:
        style, glyphs = self.palette.style, self.palette.glyphs
        lines: list[list[Piece]] = [[]]
        for group in groups:
            lines.append([(2, group, style("ink", bold=True))])
            lines.append([(2, glyphs.rule * (width - 5), style("rule"))])
            for keys, text in help_lines(group):
                first, *others = wrap(text, width - KEYS_WIDTH - 3)
                key, words = (2, keys, style("ink", bold=True)), 2 + KEYS_WIDTH
                lines.append([key, (words, first, style("soft"))])
                lines += [[(words, other, style("soft"))] for other in others]
            lines.append([])
        return lines


class HelpScreen(Leaf):
    """The help; the keys that open it close it too."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("?,f1", "dismiss", "close", show=False)]

    def __init__(self) -> None:
        super().__init__("Help", "", HelpText())
