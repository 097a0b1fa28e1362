"""A sheet of choices: taken by Enter, by the mouse, or by the key that stands before each."""

from typing import TypeVar

from textual.widget import Widget

from reader.tui.screens.sheet import Sheet
from reader.tui.widgets.choice_list import Choice, ChoiceList
from reader.tui.widgets.sheet_parts import SheetKeys, SheetLine
from reader.tui.widgets.status_line import Hint

Answer = TypeVar("Answer")

AROUND = 5
"""Lines of the sheet beside its choices."""


class ChoiceSheet(Sheet[Answer]):
    """Subclasses say what there is to choose, and what comes of it."""

    hints: tuple[Hint, ...] = (Hint("esc", "close"),)
    """The keys that are shown."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title_line, self.list = SheetLine(title, bold=True), ChoiceList()

    def choices(self) -> tuple[Choice, ...]:
        """Return what there is to choose."""
        raise NotImplementedError

    def take(self, at: int) -> None:
        """Take a choice."""
        raise NotImplementedError

    def lines(self) -> list[Widget]:
        """The title, the choices, the keys."""
        return [self.title_line, self.list, SheetLine(), SheetKeys(*self.hints)]

    def on_mount(self) -> None:
        """Offer the choices."""
        self.list.styles.max_height = max(self.app.size.height - AROUND, 1)
        self.list.show(self.choices())
        self.list.focus()

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Take what has the cursor."""
        self.take(event.row)

    def action_take(self, at: int) -> None:
        """Take the choice of a key, if there is one."""
        if at < len(self.list.choices):
            self.take(at)
