"""The sheet of `/`: a filter for the list, or a text to find on the page."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from reader.tui.screens.sheet import Sheet
from reader.tui.widgets.sheet_parts import Prompt, SheetKeys, SheetLine
from reader.tui.widgets.status_line import Hint
from reader.tui.widgets.text_input import TextInput

Narrow = Callable[[str], str | None]
"""Takes what is typed, shows the result, and returns the count to show; None if it is to come."""


class Wrong(Exception):  # noqa: N818 - what was typed is wrong, not the program
    """What is typed cannot be understood: a sentence, and the column it is about, from 0."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


class TextSheet(Sheet[str]):
    """An input over one line for errors; answers with the text that is kept."""

    def __init__(self, narrow: Narrow, text: str, *hints: Hint) -> None:
        super().__init__()
        self._narrow, self._text, self._hints = narrow, text, hints
        self._found = ""
        self.input = TextInput(text, compact=True, select_on_focus=False)
        self.count = SheetLine()
        self.error = SheetLine(token="warn")  # noqa: S106 - a colour's name

    def lines(self) -> list[Widget]:
        """The input with its count, the error under it, the keys."""
        return [
            Horizontal(Prompt("/"), self.input, self.count, classes="typing"),
            self.error,
            SheetLine(),
            SheetKeys(*self._hints),
        ]

    def on_mount(self) -> None:
        """Type at once."""
        self.input.focus()
        self._show(self._text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the text finds while it is typed."""
        self._show(event.value)

    def on_input_submitted(self) -> None:
        """Do what Enter means here."""
        self.submit()

    def submit(self) -> None:
        """Keep the text, unless it is wrong."""
        if not self.error.text:
            self.answer(self.input.value)

    def show_found(self, count: str) -> None:
        """Show how much was found."""
        self._found = self.count.right = count

    def _show(self, text: str) -> None:
        try:
            found = self._narrow(text)
            self.error.text = ""
            if found is not None:
                self.show_found(found)
        except Wrong as wrong:
            self.count.right = f"{self._found} (as before the mistake)" if self._found else ""
            self.error.text = f"{' ' * (wrong.column + 2)}^ {wrong}"


class FilterSheet(TextSheet):
    """Narrows the list as one types; Esc brings the list back as it was."""

    def __init__(self, narrow: Narrow, text: str) -> None:
        super().__init__(narrow, text, Hint("enter", "keep"), Hint("esc", "cancel"))


class FindSheet(TextSheet):
    """Finds a text on the page; Enter and the arrows go from place to place."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "next", show=False),
        Binding("up", "step(-1)", "previous", show=False),
    ]

    def __init__(self, narrow: Narrow, step: Callable[[int], str]) -> None:
        super().__init__(
            narrow, "", Hint("enter", "next"), Hint("↑", "previous"), Hint("esc", "close")
        )
        self._step = step

    def submit(self) -> None:
        """Go to the next place."""
        self.action_step(1)

    def action_step(self, step: int) -> None:
        """Go to another place and say which one of how many it is."""
        self.count.right = self._step(step)
