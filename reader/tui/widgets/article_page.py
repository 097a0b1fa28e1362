"""The article pane's text: the lines of one page, scrolled, with related items to jump to."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.pages import Page
from reader.tui.commands import bindings
from reader.tui.render.find import highlight, matching_lines
from reader.tui.render.page import PageLine, PageLook, first_related_line, page_lines
from reader.tui.render.palette import Palette
from reader.tui.render.rows import Clock
from reader.tui.widgets.rule_bar import rule_bar


class ArticlePage(ScrollView, can_focus=True):
    """Shows one page, or a fact and a hint while there is none."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("page")

    DEFAULT_CSS = """
    ArticlePage {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        height: 1fr;
    }
    """

    needle: reactive[str] = reactive("", init=False)
    """What is looked for inside the text."""

    at_edge = True

    class Jumped(Message):
        """A number on the page was clicked: 0 is the article's own address."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.page: Page | None = None
        self._crumbs: tuple[str, ...] = ()
        self._lines: list[PageLine] = []

    def on_mount(self) -> None:
        """Let the scrollbar stand at the screen's edge."""
        self.vertical_scrollbar.renderer = rule_bar(  # type: ignore[assignment, misc]  # any callable
            lambda: self.palette, lambda: self.at_edge
        )

    @property
    def palette(self) -> Palette:
        """The colours of the theme in use."""
        return self.app.palette  # type: ignore[attr-defined, no-any-return]  # our own App

    @property
    def top(self) -> int:
        """The first line in view."""
        return self.scroll_offset.y

    @property
    def at_end(self) -> bool:
        """Whether the last line is in view."""
        return self.top + self.size.height >= len(self._lines)

    def show(self, page: Page | None, crumbs: tuple[str, ...] = (), top: int = 0) -> None:
        """Show a page from a line on; the place stays where it is the same article's page."""
        if page is not None and page.is_same(self.page):
            top = self.top
        self.page, self._crumbs = page, crumbs
        self.redraw()
        self.scroll_to(y=top, animate=False, force=True)

    def redraw(self) -> None:
        """Lay the page out again: size, marks, colours or focus have changed."""
        look = PageLook(
            width=max(self.size.width, 24),
            palette=self.palette,
            clock=Clock(self.app.now()),  # type: ignore[attr-defined]  # our own App
            focused=self.has_focus and self.screen.is_current,
            airy=self.screen.size.height >= 30,
        )
        self._lines = page_lines(self.page, look, self._crumbs) if self.page else []
        if self.needle:
            self._lines = highlight(self._lines, self.needle)
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()

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
        lines = matching_lines(self._lines, self.needle)
        if not lines:
            return 0, 0
        here = [number for number, line in enumerate(lines) if line >= self.top + (step > 0)]
        at = here[0] if here else 0
        if step < 0:
            at = max((number for number, line in enumerate(lines) if line < self.top), default=-1)
        at %= len(lines)
        self.scroll_to(y=lines[at], animate=False, force=True)
        return at + 1, len(lines)

    def show_related(self) -> None:
        """Scroll to where the related items begin."""
        if self.page is not None:
            self.scroll_to(y=first_related_line(self._lines, self.page), animate=False, force=True)

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

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.top + lines, animate=False, force=True)

    def action_page(self, halves: int) -> None:
        """Scroll by half pages."""
        self.action_scroll(halves * max(self.size.height // 2, 1))

    def action_first(self) -> None:
        """Go to the beginning."""
        self.scroll_to(y=0, animate=False, force=True)

    def action_last(self) -> None:
        """Go to the end."""
        self.scroll_to(y=len(self._lines), animate=False, force=True)
