"""The sheet of `F`: a filter gets a name, or another one."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from reader.saved import LONGEST_NAME, Saved
from reader.text import clean_line
from reader.tui.screens.sheet import Sheet
from reader.tui.widgets.sheet_parts import Prompt, SheetKeys, SheetLine
from reader.tui.widgets.status_line import Hint
from reader.tui.widgets.text_input import TextInput

LABEL = 10
"""Cells of what stands before an input."""


class NamingSheet(Sheet[Saved]):
    """Two inputs, a name over a filter; without a name the filter is its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,down,shift+tab,up", "other", "the other input", show=False, priority=True)
    ]

    def __init__(self, title: str, name: str, text: str) -> None:
        super().__init__()
        self._title = title
        self.name_input = TextInput(name, compact=True, max_length=LONGEST_NAME)
        self.filter_input = TextInput(text, compact=True, select_on_focus=False)
        self._error = SheetLine(token="warn")  # noqa: S106 - a colour's name

    def lines(self) -> list[Widget]:
        """The title, both inputs, what is wrong, the keys."""
        return [
            SheetLine(self._title, bold=True),
            Horizontal(_label("Name"), self.name_input, classes="typing"),
            Horizontal(_label("Filter"), self.filter_input, classes="typing"),
            self._error,
            SheetKeys(Hint("enter", "save"), Hint("tab", "name, or filter"), Hint("esc", "cancel")),
        ]

    def on_mount(self) -> None:
        """Type the name at once."""
        self.name_input.focus()

    def action_other(self) -> None:
        """Go on in the other input."""
        (self.filter_input if self.name_input.has_focus else self.name_input).focus()

    def on_input_changed(self) -> None:
        """What was wrong may be right now."""
        self._error.text = ""

    def on_input_submitted(self) -> None:
        """Save it, unless the filter is wrong."""
        from reader.filters import FilterError, parse

        try:
            text = str(parse(self.filter_input.value))
        except FilterError as error:
            self._error.text = f"{' ' * (error.column + LABEL - 2)}^ {error.message}"
            self.filter_input.focus()
            return
        if text:
            self.answer(Saved(clean_line(self.name_input.value) or text[:LONGEST_NAME], text))
        else:
            self._error.text = "A filter needs a term at least"
            self.filter_input.focus()


def _label(text: str) -> Prompt:
    label = Prompt(text, "soft")
    label.styles.width = LABEL
    return label
