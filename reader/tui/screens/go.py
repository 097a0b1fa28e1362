"""The sheet after `g`: what may follow."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widget import Widget

from reader.tui.commands import GO, bindings, help_lines
from reader.tui.screens.sheet import Sheet
from reader.tui.widgets.sheet_parts import GoKeys, SheetKeys, SheetLine
from reader.tui.widgets.status_line import Hint


class GoSheet(Sheet[str]):
    """Answers with the name of the place to go to; any other key closes it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("go")

    def lines(self) -> list[Widget]:
        """The keys, from the table of commands."""
        return [
            SheetLine("Go to", bold=True),
            GoKeys(help_lines(GO)),
            SheetLine(),
            SheetKeys(Hint("esc", "close")),
        ]

    def action_go_to(self, place: str) -> None:
        """Close with the place."""
        self.answer(place)

    async def on_key(self, event: events.Key) -> None:
        """Go at once where a key leads, so that a later one of a burst is not before it."""
        if self.is_active:
            event.stop()
            bound = self._bindings.key_to_bindings.get(event.key)
            await self.run_action(bound[0].action if bound else "close")
