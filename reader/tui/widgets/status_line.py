"""The line at the bottom: the keys that matter now, or what has just happened; the place."""

from typing import NamedTuple

from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer

from reader.tui.render.cells import cut
from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Palette
from reader.tui.widgets.drawn import Drawn

SECONDS = 6
WIDE = 100
"""Columns from which on the place stays beside what is going on."""
BETWEEN = 3
"""Cells between what stands at the right."""


class Notice(NamedTuple):
    """A fact in a few words, and the key that helps. A failure stays until the next one."""

    text: str
    key: str = ""
    does: str = ""
    failed: bool = False


class Hint(NamedTuple):
    """A key and what it does now."""

    key: str
    does: str


class StatusLine(Drawn):
    """Hints are cut from the right, `?` last; a notice takes their place for a while."""

    DEFAULT_CSS = """
    StatusLine { height: 1; }
    """

    hints: reactive[tuple[Hint, ...]] = reactive(())
    """The keys that matter now, the most useful first; the last one is kept to the end."""

    place: reactive[str] = reactive("")
    """Where one is in the list."""

    activity: reactive[str] = reactive("")
    """What is going on beside the reader; where there is little room it takes that of the place."""

    notice: reactive[Notice | None] = reactive(None)
    """What has just happened."""

    _timer: Timer | None = None

    def watch_notice(self, notice: Notice | None) -> None:
        """Let a notice stand for some seconds; a failure stays."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if notice is not None and not notice.failed:
            self._timer = self.set_timer(SECONDS, self.clear)

    def key_pressed(self) -> None:
        """Show the keys again, unless something failed: that stays."""
        if self.notice is not None and not self.notice.failed:
            self.clear()

    def clear(self) -> None:
        """Show the keys again."""
        self.notice = None

    def render_line(self, y: int) -> Strip:
        """Draw the one line."""
        palette = self.palette
        width, right = self.size.width, self._right(palette)
        used = sum(cell_len(text) + BETWEEN for _, text, _ in right)
        room = width - 4 - max(used - 1, 0)
        pieces = self._notice(palette, room) if self.notice else self._hints(palette, room)
        return compose(width, palette.style("ink", "band"), [*pieces, *right])

    def _right(self, palette: Palette) -> list[Piece]:
        """Return what stands at the right: what is going on, then the place."""
        end, pieces = self.size.width - 2, list[Piece]()
        place = "" if self.activity and self.size.width < WIDE else self.place
        for text, token in ((place, "quiet"), (self.activity, "soft")):
            if text:
                pieces.insert(0, (end - cell_len(text), text, palette.style(token, "band")))
                end -= cell_len(text) + BETWEEN
        return pieces

    def _notice(self, palette: Palette, room: int) -> list[Piece]:
        notice, style = self.notice, palette.style
        assert notice is not None  # noqa: S101 - asked by the caller
        tail = cell_len(notice.key) + cell_len(notice.does) + 4 if notice.key else 0
        text = cut(notice.text, max(room - tail, 8), palette.glyphs.cut)
        token = "warn" if notice.failed else "ink"
        pieces = [(2, text, style(token, "band"))]
        if notice.key and cell_len(text) + tail <= room:
            column = 2 + cell_len(text) + 3
            pieces.append((column, notice.key, style("ink", "band", bold=True)))
            column += cell_len(notice.key) + 1
            pieces.append((column, notice.does, style("quiet", "band")))
        return pieces

    def _hints(self, palette: Palette, room: int) -> list[Piece]:
        hints = list(self.hints)
        while len(hints) > 1 and _width(hints) > room:
            del hints[-2]
        pieces: list[Piece] = []
        column = 2
        for hint in hints:
            pieces.append((column, hint.key, palette.style("ink", "band", bold=True)))
            column += cell_len(hint.key) + 1
            pieces.append((column, hint.does, palette.style("quiet", "band")))
            column += cell_len(hint.does) + 3
        return pieces


def _width(hints: list[Hint]) -> int:
    return sum(cell_len(hint.key) + cell_len(hint.does) + 4 for hint in hints) - 3
