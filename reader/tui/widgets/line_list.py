"""A list that draws only the lines in view; the article list and the sidebar are made of it."""

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.tui.widgets.line_view import LineView


class RowMessage(Message):
    """Something happened to a row of a list."""

    def __init__(self, sender: "LineList", row: int) -> None:
        super().__init__()
        self.sender_list, self.row = sender, row

    @property
    def control(self) -> "LineList":
        """The list."""
        return self.sender_list


class LineList(LineView):
    """Rows of one height with a cursor. Subclasses say how many there are and draw one."""

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    """The row that is selected; it is always one of the rows while there are any."""

    class Moved(RowMessage):
        """The cursor stands on another row."""

        def can_replace(self, message: Message) -> bool:
            """Only the last place matters."""
            return isinstance(message, LineList.Moved) and message.control is self.control

    class Chosen(RowMessage):
        """A row was chosen by Enter or the mouse."""

    row_height = 1
    _height = 0

    # What subclasses say

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def draw_row(self, row: int) -> list[Strip]:
        """Return the lines of a row, `row_height` of them."""
        raise NotImplementedError

    def can_select(self, row: int) -> bool:
        """Whether the cursor may stand on a row."""
        return True

    # What the screen uses

    def refit(self) -> None:
        """Take a new number or height of rows into account."""
        self.set_lines(self.row_count * self.row_height)

    def move_to(self, row: int, *, quiet: bool = False, top: int | None = None) -> None:
        """Put the cursor on a row, or the nearest that there is; `quiet` posts no message.

        The row comes into view, unless a line is given that is to be the first one shown.
        """
        row = self._selectable(
            max(0, min(row, self.row_count - 1)), 1 if row >= self.cursor else -1
        )
        if quiet:
            self.set_reactive(LineList.cursor, row)
            self.refresh()
        else:
            self.cursor = row
        if top is None:
            self.show_cursor()
        else:
            self.scroll_to_line(top)

    def show_cursor(self) -> None:
        """Scroll as little as needed to have the whole row of the cursor in view."""
        top, height = self.cursor * self.row_height, self.size.height
        bottom = top + self.row_height
        if height and top < self.top:
            self.scroll_to_line(top)
        elif height and bottom > self.top + height:
            self.scroll_to_line(max(bottom - height, 0))

    def refresh_row(self, row: int) -> None:
        """Draw one row again."""
        top = row * self.row_height - self.top
        self.refresh(Region(0, top, self.size.width, self.row_height))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        row, line = divmod(y + self.top, self.row_height)
        if row >= self.row_count:
            return Strip.blank(self.size.width, self.palette.style("ink"))
        return self.draw_row(row)[line]

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw both rows again and tell."""
        self.refresh_row(before)
        self.refresh_row(now)
        self.post_message(self.Moved(self, now))

    def on_resize(self) -> None:
        """Keep the cursor in view at any size, where it was in view."""
        row_height, top = self.row_height, self.cursor * self.row_height - self.top
        was_in_view = 0 <= top <= (self._height or self.size.height) - row_height
        self._height = self.size.height
        self.redraw()
        if was_in_view or row_height != self.row_height:
            self.show_cursor()

    def redraw(self) -> None:
        """Lay all rows out again."""
        self.refit()

    def on_focus(self) -> None:
        """Show the cursor as the one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as one that keys do not move."""
        self.refresh()

    async def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row; a click on the row that has it chooses it."""
        event.stop()
        row = (event.y + self.top) // self.row_height
        if not 0 <= row < self.row_count or not self.can_select(row):
            return
        if row == self.cursor or event.chain > 1:
            self.post_message(self.Chosen(self, row))
        else:
            self.move_to(row)

    def _selectable(self, row: int, step: int) -> int:
        for direction in (step, -step):
            at = row
            while 0 <= at < self.row_count:
                if self.can_select(at):
                    return at
                at += direction
        return 0

    @property
    def _page(self) -> int:
        return max(self.size.height // self.row_height, 1)

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self.cursor + rows)

    def action_page(self, halves: int) -> None:
        """Move the cursor by half pages."""
        self.move_to(self.cursor + halves * max(self._page // 2, 1))

    def action_first(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self.move_to(self.row_count - 1)

    def action_choose(self) -> None:
        """Choose the row of the cursor."""
        if self.row_count:
            self.post_message(self.Chosen(self, self.cursor))
