"""A sheet: a modal screen that covers the lower lines of the one below, over its whole width."""

from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from reader.tui.widgets.sheet_parts import SheetRule

Answer = TypeVar("Answer")


class Sheet(ModalScreen[Answer | None]):
    """Subclasses give its lines; escape and `q` close it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "close", show=False)]

    def compose(self) -> ComposeResult:
        """Put the lines under the accent rule."""
        with Vertical(classes="sheet"):
            yield SheetRule()
            yield from self.lines()

    def lines(self) -> list[Widget]:
        """Return the widgets of the sheet from top to bottom."""
        raise NotImplementedError

    def answer(self, result: Answer | None) -> None:
        """Close with an answer, once: keys that came in a burst may ask for it twice."""
        if self.is_active:
            self.dismiss(result)

    def action_close(self) -> None:
        """Close without an answer."""
        self.answer(None)


class Telling(Sheet[None]):
    """A sheet that only tells something: any key closes it."""

    def on_key(self, event: events.Key) -> None:
        """Close."""
        if self.is_active:
            event.stop()
            self.answer(None)
