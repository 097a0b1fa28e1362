"""The article list: one row an article or story, drawn a line at a time."""

from typing import ClassVar, Protocol

from textual.binding import BindingType
from textual.strip import Strip

from reader.listing import Row
from reader.tui.commands import bindings
from reader.tui.render.rows import Look, RowShape, article_row
from reader.tui.widgets.empty import Nothing
from reader.tui.widgets.ending import Ending
from reader.tui.widgets.line_list import LineList


class Rows(Protocol):
    """What the list shows: rows by their number, made when they are asked for."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> Row: ...


class ArticleList(LineList):
    """The rows of one view, with the cursor on the article that the pane beside it shows."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rows", "list")

    class Moved(LineList.Moved):
        """The cursor stands on another article."""

    class Chosen(LineList.Chosen):
        """An article was chosen to be read."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: Rows = ()
        self.nothing = Nothing()
        self._ending: Ending | None = None
        self._shape = RowShape.of(24, 24)
        self._drawn: dict[tuple[int, bool, bool], list[Strip]] = {}

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def show(self, rows: Rows, cursor: int, *, top: int | None = None) -> None:
        """Show other rows with the cursor on one of them, scrolled to a line where one is given."""
        self.rows = rows
        self.redraw()
        self.move_to(cursor, quiet=True, top=top)

    def reveal(self, last: int) -> None:
        """Scroll down to have the rows up to one in view, as long as that of the cursor stays."""
        below = (last + 1) * self.row_height - self.size.height
        self.scroll_to_line(max(self.top, min(below, self.cursor * self.row_height)))

    def show_nothing(self, nothing: Nothing) -> None:
        """Say why there are no rows; the list keeps its place and the keys."""
        self.nothing = nothing
        self.refresh()

    def show_ending(self, ending: Ending | None) -> None:
        """Say below the last row that the list ends, where that is worth a word."""
        if ending != self._ending:
            self._ending = ending
            self.refit()
            self.show_cursor()

    def refit(self) -> None:
        """Take a new number or height of rows into account, with what stands below them."""
        self.set_lines(self.row_count * self.row_height + len(self._below()))

    def show_cursor(self) -> None:
        """Have the whole row of the cursor in view, and with the last one the end."""
        super().show_cursor()
        if self._ending and self.cursor == self.row_count - 1:
            self.scroll_to_line(self.virtual_size.height)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        if not len(self.rows):
            return self.nothing.strip(y, self.size.width, self.palette)
        line = y + self.top - self.row_count * self.row_height
        if 0 <= line < len(below := self._below()):
            return below[line]
        return super().render_line(y)

    def _below(self) -> list[Strip]:
        """Return the lines below the last row; a blank one before them, as between rows."""
        if self._ending is None or not len(self.rows):
            return []
        width, palette = self.size.width, self.palette
        above = [] if self._shape.blank else [Strip.blank(width, palette.style("ink"))]
        return above + self._ending.strips(width, palette)

    def redraw(self) -> None:
        """Draw all rows in view again: marks, sizes or colours have changed."""
        self._drawn.clear()
        self._shape = RowShape.of(max(self.size.width, 24), self.app.size.height)
        self.row_height = self._shape.height
        self.refit()

    def draw_row(self, row: int) -> list[Strip]:
        """Return the strips of a row; kept until something changes."""
        selected, focused = row == self.cursor, self.active
        key = (row, selected, focused)
        if key not in self._drawn:
            look = Look(self.palette, self.clock, selected, focused)
            self._drawn[key] = article_row(self.rows[row], self._shape, look)
        return self._drawn[key]

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._drawn.clear()
