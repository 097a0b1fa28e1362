"""A short list of choices in a sheet: a key, a name, and what it means."""

from typing import ClassVar, NamedTuple

from textual.binding import BindingType
from textual.strip import Strip

from reader.tui.commands import bindings
from reader.tui.render.cells import cut
from reader.tui.render.lines import Piece, compose
from reader.tui.widgets.line_list import LineList


class Choice(NamedTuple):
    """One line to choose."""

    name: str
    detail: str = ""
    key: str = ""


class ChoiceList(LineList):
    """Choices in columns: key, name, detail; the names are as wide as the widest."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rows")

    DEFAULT_CSS = """
    ChoiceList { scrollbar-size-vertical: 0; height: auto; }
    """

    choices: tuple[Choice, ...] = ()

    class Moved(LineList.Moved):
        """Another choice has the cursor."""

    class Chosen(LineList.Chosen):
        """A choice was made."""

    @property
    def row_count(self) -> int:
        """How many choices there are."""
        return len(self.choices)

    def show(self, choices: tuple[Choice, ...]) -> None:
        """Offer other choices, the first one selected."""
        self.choices = choices
        self.refit()
        self.refresh(layout=True)
        self.move_to(0, quiet=True)

    def draw_row(self, row: int) -> list[Strip]:
        """Return the line of a choice."""
        choice, style, selected = self.choices[row], self.palette.style, row == self.cursor
        on, glyphs, width = "wash" if selected else "band", self.palette.glyphs, self.size.width
        pieces: list[Piece] = [(0, glyphs.here, style("accent", on))] if selected else []
        column = 2
        if choice.key:
            pieces.append((column, choice.key, style("ink", on, bold=True)))
            column += 3
        widest = min(max(len(one.name) for one in self.choices), width // 2)
        room = widest if choice.detail else max(width - column - 2, 4)
        name = cut(choice.name, room, glyphs.cut)
        pieces.append((column, name, style("ink" if selected else "soft", on, bold=selected)))
        column += widest + 4
        if choice.detail and column < width - 8:
            detail = cut(choice.detail, width - column - 2, glyphs.cut)
            pieces.append((column, detail, style("soft" if selected else "quiet", on)))
        return [compose(width, style("ink", on), pieces)]
