"""The sheet of `!`: why an article is where it is in the list, in points and words."""

from textual.widget import Widget

from reader.tui.render.cells import wrap
from reader.tui.screens.sheet import Telling
from reader.tui.widgets.sheet_parts import SheetKeys, SheetLine
from reader.tui.widgets.status_line import Hint
from reader.why import Why

FIGURE = 8


class WhySheet(Telling):
    """The place in the list, then each term with its points, and their sum; any key closes it."""

    def __init__(self, title: str, why: Why) -> None:
        super().__init__()
        self._title, self._why = title, why

    def lines(self) -> list[Widget]:
        """The title, the place, the sum."""
        why, room = self._why, max(self.app.size.width - 4, 8)
        place = [SheetLine(line, token="soft") for line in wrap(why.place, room)]  # noqa: S106 - a colour
        return [
            SheetLine(f"Why “{self._title}” is here", bold=True),
            *place,
            SheetLine(),
            *(SheetLine(_line(term.tenths, term.words)) for term in why.terms),
            SheetLine(_line(why.sum, "points in the order of importance (1)"), bold=True),
            SheetLine(),
            SheetKeys(Hint("esc", "close")),
        ]


def _line(tenths: int, words: str) -> str:
    """Return a term with its points, the minus as a person writes it."""
    figure = f"{tenths / 10:.1f}".replace("-", "−")
    return f"{figure:>{FIGURE}}  {words}"
