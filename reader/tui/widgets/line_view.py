"""Lines drawn one at a time, with the scrollbar in the rule beside them."""

from typing import ClassVar

from textual.binding import BindingType
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from reader.tui.commands import bindings
from reader.tui.widgets.drawn import Drawn
from reader.tui.widgets.rule_bar import rule_bar


class LineView(ScrollView, Drawn, can_focus=True):
    """Subclasses draw a line when it comes into view, and say how many there are."""

    DEFAULT_CSS = """
    LineView {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        height: 1fr;
    }
    """

    at_edge: reactive[bool] = reactive(False)
    """Whether the scrollbar stands at the screen's edge, where no rule is drawn."""

    def on_mount(self) -> None:
        """Let the scrollbar run in the rule."""
        self.vertical_scrollbar.renderer = rule_bar(  # type: ignore[assignment, misc]  # any callable
            lambda: self.palette, lambda: self.at_edge
        )

    @property
    def active(self) -> bool:
        """Whether keys come here: it has focus and no sheet lies above."""
        return self.has_focus and self.screen.is_active

    @property
    def top(self) -> int:
        """The first line in view."""
        return self.scroll_offset.y

    def set_lines(self, count: int) -> None:
        """Take a new number of lines into account, without laying out the whole screen."""
        size = Size(self.size.width, count)
        if size != self.virtual_size:
            self.set_reactive(LineView.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = count
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
        self.refresh()

    def scroll_to_line(self, line: int) -> None:
        """Have a line at the top, as far as there are lines below."""
        self.scroll_to(y=line, animate=False, force=True)


class TextView(LineView):
    """Lines to read: keys scroll them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("text")

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to_line(self.top + lines)

    def action_page(self, halves: int) -> None:
        """Scroll by half pages."""
        self.action_scroll(halves * max(self.size.height // 2, 1))

    def action_first(self) -> None:
        """Go to the beginning."""
        self.scroll_to_line(0)

    def action_last(self) -> None:
        """Go to the end."""
        self.scroll_to_line(self.virtual_size.height)
