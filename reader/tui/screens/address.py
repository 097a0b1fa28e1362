"""The sheet that shows a whole address where there is no browser to open it."""

from textual.widget import Widget

from reader.tui.screens.sheet import Telling
from reader.tui.widgets.sheet_parts import SheetKeys, SheetLine
from reader.tui.widgets.status_line import Hint


class AddressSheet(Telling):
    """An address over as many lines as it needs; any key closes it."""

    def __init__(self, fact: str, url: str) -> None:
        super().__init__()
        self._fact, self._url = fact, url

    def lines(self) -> list[Widget]:
        """The fact, the address, the keys."""
        room = max(self.app.size.width - 4, 8)
        parts = [self._url[at : at + room] for at in range(0, len(self._url), room)]
        address = [SheetLine(part) for part in parts]
        return [
            SheetLine(self._fact, bold=True),
            *address,
            SheetLine(),
            SheetKeys(Hint("esc", "close")),
        ]
