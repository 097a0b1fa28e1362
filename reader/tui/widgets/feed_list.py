"""The feeds, one a line under the names of their folders; and what is known of one of them."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive
from textual.strip import Strip

from reader.feed_tally import FeedLine
from reader.tui.commands import bindings
from reader.tui.render.feeds import detail_lines, feed_line, folder_line, head_line
from reader.tui.render.rows import Look
from reader.tui.widgets.drawn import Drawn
from reader.tui.widgets.empty import Nothing
from reader.tui.widgets.line_list import LineList


class FeedHeads(Drawn):
    """The names of the columns."""

    DEFAULT_CSS = """
    FeedHeads { height: 1; }
    """

    def render_line(self, y: int) -> Strip:
        """Draw the one line."""
        return head_line(self.size.width, Look(self.palette, self.clock))


class FeedList(LineList):
    """Feeds with the names of the OPML folders between them, which the cursor passes by."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rows")

    asked: reactive[frozenset[str]] = reactive(frozenset())
    """The addresses that are being asked now."""

    class Moved(LineList.Moved):
        """The cursor stands on another feed."""

    class Chosen(LineList.Chosen):
        """A feed was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[FeedLine | str] = []
        self.nothing = Nothing()

    @property
    def row_count(self) -> int:
        """How many lines there are, with the names of folders."""
        return len(self._lines)

    @property
    def feed(self) -> FeedLine | None:
        """The feed that the cursor stands on."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else ""
        return line if isinstance(line, FeedLine) else None

    @property
    def feeds(self) -> list[FeedLine]:
        """The feeds in the order that they are shown in."""
        return [line for line in self._lines if isinstance(line, FeedLine)]

    def show(self, lines: Sequence[FeedLine], nothing: Nothing) -> None:
        """Show feeds by their folders, with the cursor on the one that it was on."""
        at, before = self.feed, self.cursor
        folders: dict[tuple[str, ...], list[FeedLine]] = {(): []}
        for line in lines:
            folders.setdefault(line.feed.folder, []).append(line)
        self._lines, self.nothing = [], nothing
        step = f" {self.palette.glyphs.path} "
        for names, inside in folders.items():
            if names:
                self._lines += [*([""] if self._lines else []), step.join(names)]
            self._lines += inside
        self.refit()
        self.move_to(self._row_of(at, before), quiet=True)

    def go_to(self, feed: FeedLine) -> None:
        """Put the cursor on a feed."""
        self.move_to(self._row_of(feed, self.cursor))

    def _row_of(self, feed: FeedLine | None, before: int) -> int:
        keys = [line.key if isinstance(line, FeedLine) else None for line in self._lines]
        return keys.index(feed.key) if feed is not None and feed.key in keys else before

    def show_cursor(self) -> None:
        """Have the feed of the cursor in view, and the name of its folder where it is the first."""
        super().show_cursor()
        if self.top == self.cursor > 0 and not self.can_select(self.cursor - 1):
            self.scroll_to_line(self.cursor - 1)

    def can_select(self, row: int) -> bool:
        """Blank lines and names of folders are passed by."""
        return isinstance(self._lines[row], FeedLine)

    def draw_row(self, row: int) -> list[Strip]:
        """Return the one line of a feed or a folder."""
        line, width = self._lines[row], self.size.width
        look = Look(self.palette, self.clock, row == self.cursor, self.active)
        if isinstance(line, str):
            return [folder_line(line, width, look)]
        return [feed_line(line, width, look, asked=line.feed.url in self.asked)]

    def render_line(self, y: int) -> Strip:
        """Draw one line, or why there is none."""
        if not self._lines:
            return self.nothing.strip(y, self.size.width, self.palette)
        return super().render_line(y)


class FeedDetail(Drawn):
    """What is known of the feed of the cursor, where the screen is high enough."""

    DEFAULT_CSS = """
    FeedDetail { height: 8; }
    """

    line: reactive[FeedLine | None] = reactive(None)
    """The feed."""

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, look = self.size.width, Look(self.palette, self.clock)
        lines = detail_lines(self.line, width, look)
        return lines[y] if y < len(lines) else Strip.blank(width, self.palette.style("ink"))
