"""A sheet with a line to type in, and the count of what is found."""

from rich.cells import cell_len
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from reader.tui.screens.sheet import Sheet
from reader.tui.widgets.sheet_parts import Prompt, SheetKeys, SheetLine
from reader.tui.widgets.text_input import TextInput


class TextSheet(Sheet[str]):
    """Subclasses show what the text finds, and say what Enter does with it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.input = TextInput(text, compact=True, select_on_focus=False)
        self.count = SheetLine()
        self.keys = SheetKeys()

    def lines(self) -> list[Widget]:
        """The input with its count, what stands below it, the keys."""
        typing = Horizontal(Prompt("/"), self.input, self.count, classes="typing")
        return [typing, *self.below(), self.keys]

    def below(self) -> list[Widget]:
        """Return what stands between the input and the keys."""
        raise NotImplementedError

    def show(self, text: str) -> None:
        """Show what a text finds."""
        raise NotImplementedError

    def submit(self) -> None:
        """Do what Enter means."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Type at once."""
        self.input.focus()
        self.show(self.input.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the text finds while it is typed."""
        self.show(event.value)

    def on_input_submitted(self) -> None:
        """Do what Enter means here."""
        self.submit()

    def show_count(self, count: str) -> None:
        """Show a count at the right, in as many cells as it takes."""
        if count != self.count.right:
            self.count.right = count
            self.count.styles.width = cell_len(count) + 4
