"""The sheet of `/` in an article: a text to find on the page."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from reader.tui.screens.text_sheet import TextSheet
from reader.tui.widgets.sheet_parts import SheetLine
from reader.tui.widgets.status_line import Hint


class FindSheet(TextSheet):
    """Finds a text on the page; Enter and the arrows go from place to place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "next", show=False),
        Binding("up", "step(-1)", "previous", show=False),
    ]

    def __init__(self, find: Callable[[str], str], step: Callable[[int], str]) -> None:
        super().__init__("")
        self._find, self._step = find, step
        self.keys.hints = Hint("enter", "next"), Hint("↑", "previous"), Hint("esc", "close")

    def below(self) -> list[Widget]:
        """Keep the keys apart from the text."""
        return [SheetLine(), SheetLine()]

    def show(self, text: str) -> None:
        """Go to the first place from here on."""
        self.show_count(self._find(text))

    def submit(self) -> None:
        """Go to the next place."""
        self.action_step(1)

    def action_step(self, step: int) -> None:
        """Go to another place and say which one of how many it is."""
        self.show_count(self._step(step))
