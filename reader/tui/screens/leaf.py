"""A leaf: text over the whole screen that is read and closed again, such as the help."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.strip import Strip

from reader.tui.render.lines import Piece, compose
from reader.tui.widgets.heading import Heading
from reader.tui.widgets.line_view import TextView
from reader.tui.widgets.status_line import Hint, StatusLine


class LeafText(TextView):
    """Lines that are laid out once for each width; subclasses say how."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "page(2)", "page down", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[list[Piece]] = []

    def lines(self) -> list[list[Piece]]:
        """Return the lines for the width as it is."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Stand at the screen's edge."""
        super().on_mount()
        self.at_edge = True

    def on_resize(self) -> None:
        """Lay out for another width."""
        self._lines = self.lines()
        self.set_lines(len(self._lines))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        line = y + self.top
        pieces = self._lines[line] if line < len(self._lines) else []
        return compose(self.size.width, self.palette.style("ink"), pieces)


class Leaf(ModalScreen[None]):
    """A heading over a text; the keys that close anything close it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "close", show=False)]

    def __init__(self, title: str, note: str, text: LeafText) -> None:
        super().__init__()
        self._title, self._note, self._text = title, note, text

    def compose(self) -> ComposeResult:
        """Heading, text, keys."""
        heading = Heading()
        heading.title, heading.lit, heading.states = self._title, True, (self._note,)
        yield heading
        yield self._text
        line = StatusLine()
        line.hints = self.hints
        yield line

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys of the last line."""
        return Hint("j k", "scroll"), Hint("esc", "close")
