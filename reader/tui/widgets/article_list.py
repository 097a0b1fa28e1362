"""The article list: one row an article or story, drawn a line at a time."""

from typing import ClassVar, Protocol

from textual.binding import BindingType
from textual.strip import Strip

from reader.listing import Row
from reader.tui.commands import bindings
from reader.tui.render.rows import Look, RowShape, article_row
from reader.tui.widgets.empty import Nothing
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

    def show_nothing(self, nothing: Nothing) -> None:
        """Say why there are no rows; the list keeps its place and the keys."""
        self.nothing = nothing
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        if not len(self.rows):
            return self.nothing.strip(y, self.size.width, self.palette)
        return super().render_line(y)

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
