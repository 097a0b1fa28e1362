"""The article pane's text: the lines of one page, scrolled, with related items to jump to."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.pages import Page
from reader.tui.commands import bindings
from reader.tui.render.crumbs import crumb_names
from reader.tui.render.page import PageLine, PageLook, first_related_line, page_lines
from reader.tui.widgets.line_view import TextView

AIRY = 30
"""Rows from which on a blank line stands above the headline."""


class ArticlePage(TextView):
    """Shows one page, or nothing while there is none: the list says why."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("page")

    needle: reactive[str] = reactive("", init=False)
    """What is looked for inside the text."""

    class Jumped(Message):
        """A number on the page was clicked: 0 is the article's own address."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.set_reactive(ArticlePage.at_edge, True)
        self.page: Page | None = None
        self._crumbs: tuple[Page, ...] = ()
        self._lines: list[PageLine] = []

    @property
    def at_end(self) -> bool:
        """Whether the last line is in view."""
        return self.top + self.size.height >= len(self._lines)

    def show(self, page: Page | None, crumbs: tuple[Page, ...] = (), top: int = 0) -> None:
        """Show a page from a line on; the place stays where it is the same article's page."""
        if page is not None and page.is_same(self.page):
            top = self.top
        self.page, self._crumbs = page, crumbs
        self.redraw()
        self.scroll_to_line(top)

    def redraw(self) -> None:
        """Lay the page out again: size, marks, colours or focus have changed."""
        look = PageLook(
            width=max(self.size.width, 24),
            palette=self.palette,
            clock=self.clock,
            focused=self.active,
            airy=self.app.size.height >= AIRY,
        )
        self._lines = page_lines(self.page, look, crumb_names(self._crumbs)) if self.page else []
        if self.needle:
            from reader.tui.render.find import highlight  # seldom needed

            self._lines = highlight(self._lines, self.needle)
        self.set_lines(len(self._lines))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the page."""
        line, style = y + self.top, self.palette.style
        if line < len(self._lines):
            return self._lines[line].strip
        return Strip.blank(self.size.width, style("ink"))

    def watch_needle(self) -> None:
        """Show where it stands."""
        self.redraw()

    def find(self, step: int) -> tuple[int, int]:
        """Go to the next (1), previous (-1) or nearest (0) line with the needle.

        Returns its number among those lines, from 1, and how many there are.
        """
        from reader.tui.render.find import matching_lines

        lines = matching_lines(self._lines, self.needle)
        if not lines:
            return 0, 0
        here = [number for number, line in enumerate(lines) if line >= self.top + (step > 0)]
        at = here[0] if here else 0
        if step < 0:
            at = max((number for number, line in enumerate(lines) if line < self.top), default=-1)
        at %= len(lines)
        self.scroll_to_line(lines[at])
        return at + 1, len(lines)

    def show_related(self) -> None:
        """Scroll to where the related items begin."""
        if self.page is not None:
            self.scroll_to_line(first_related_line(self._lines))

    def on_resize(self) -> None:
        """Text is as wide as the pane."""
        self.redraw()

    def on_focus(self) -> None:
        """Digits work now, and look like it."""
        self.redraw()

    def on_blur(self) -> None:
        """Digits do not work now."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Jump to what was clicked."""
        event.stop()
        line = event.y + self.top
        target = self._lines[line].target if line < len(self._lines) else None
        if target is not None:
            self.post_message(self.Jumped(target))
