"""The panes: how many stand side by side, how wide they are, and which has the keys."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from textual import events
from textual.widget import Widget

from reader.tui.screens.footer import Footer

THREE, TWO, ROOMY = 120, 90, 140
MAX_ARTICLE = 78
LEAST = 20
SIDEBAR, LIST, ARTICLE = range(3)


@dataclass(frozen=True, slots=True)
class Widths:
    """How the user has moved the borders, in columns from where they stand by themselves."""

    sidebar: int = 0
    article: int = 0


class Columns(NamedTuple):
    """The width of each pane in columns of the screen; 0 where it is not shown."""

    sidebar: int
    list: int
    article: int


def columns(width: int, widths: Widths, focus: int = LIST) -> Columns:
    """Return the panes of a screen of `width` columns, as the table in the design says.

    `focus` is the pane that has the keys: it is always shown.
    """
    if width >= THREE:
        own = 28 if width >= ROOMY else 24
        sidebar = _between(own + widths.sidebar, LEAST, width // 3)
        rest = width - sidebar
        half = min(rest // 2, MAX_ARTICLE) if width >= ROOMY else rest // 2
        article = _between(half + widths.article, 2 * LEAST, rest - 2 * LEAST)
        return Columns(sidebar, rest - article, article)
    if width >= TWO:
        article = width - round(width * 0.46)
        article = _between(article + widths.article, 2 * LEAST, width - 2 * LEAST)
        left = width - article
        return Columns(left, 0, article) if focus == SIDEBAR else Columns(0, left, article)
    return Columns(*(width if pane == focus else 0 for pane in (SIDEBAR, LIST, ARTICLE)))


def _between(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))


class Panes(Footer):
    """Lays the panes out, moves the focus between them, and draws it."""

    widths = Widths()
    _laid_out: tuple[Columns, bool] | None = None

    @property
    def pane_order(self) -> tuple[Widget, ...]:
        """The widgets that take keys, from left to right."""
        return self.sidebar, self.list, self.article_page

    @property
    def focused_pane(self) -> int:
        """The number of the pane that has the keys; the list has them when no other has."""
        return next((at for at, pane in enumerate(self.pane_order) if pane.has_focus), LIST)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for another size."""
        self.lay_out()

    def on_descendant_focus(self) -> None:
        """Show which pane has the keys; on narrow screens it is the one that is shown."""
        self.lay_out()
        self.light_up()

    def on_screen_resume(self) -> None:
        """The keys come back from a sheet."""
        self.light_up()

    def on_screen_suspend(self) -> None:
        """A sheet takes the keys."""
        self.light_up()

    def lay_out(self) -> None:
        """Give every pane its width, or hide it."""
        width, low = self.app.size.width, self.screen_is_low
        wide = columns(width, self.widths, self.focused_pane)
        if self.library.is_empty:
            wide = Columns(0, width, 0)
        if (wide, low) == self._laid_out:
            return
        self._laid_out = wide, low
        for name, cells in zip(("#sidebar-pane", "#list-pane", "#page-pane"), wide, strict=True):
            pane = self.query_one(name)
            pane.display = cells > 0
            pane.styles.width = cells
        self.masthead.display = not low
        self.query_one("#panes").styles.margin = (0 if low else 1, 0, 0, 0)
        self.sidebar.at_edge = not wide.article
        self.list.at_edge = not wide.article
        self.show_headings()

    def show_state(self) -> None:
        """A library that is empty has one pane; it may be so no longer, or now."""
        super().show_state()
        self.lay_out()
        if self.library.is_empty and self.focused_pane != LIST:
            self.set_focus(self.list)

    def light_up(self) -> None:
        """Draw the heading of the pane with the keys as such; under a sheet none has them."""
        headings = (self.sidebar_heading, self.list_heading, self.page_heading)
        for heading, pane in zip(headings, self.pane_order, strict=True):
            heading.lit = self.is_active and pane.has_focus
            pane.refresh()
        self.article_page.redraw()
        self.show_headings()

    def show_headings(self) -> None:
        """On a screen of one pane the article's heading says where `q` leads back to."""
        super().show_headings()
        one = self.app.size.width < TWO
        self.page_heading.way_back = one
        self.page_heading.states = (self.status_line.place,) if one else ()
        if one:
            self.page_heading.title = self.view.title
        self.status_line.hints = self.hints()
        if one and self.article_page.has_focus:
            self.status_line.place = ""

    def action_pane(self, step: int) -> None:
        """Give the keys to the next pane."""
        self.set_focus(self.pane_order[(self.focused_pane + step) % 3])

    def action_side(self, step: int) -> None:
        """Give the keys to the pane at the left or right."""
        self.set_focus(self.pane_order[_between(self.focused_pane + step, SIDEBAR, ARTICLE)])

    def action_widen(self, by: int) -> None:
        """Make the pane with the keys wider or narrower."""
        width, focus, before = self.app.size.width, self.focused_pane, self.widths
        if width < TWO:
            self.say("One pane fills this screen")
            return
        if focus == SIDEBAR and width >= THREE:
            self.widths = replace(before, sidebar=before.sidebar + by)
        else:
            sign = 1 if focus == ARTICLE else -1
            self.widths = replace(before, article=before.article + sign * by)
        if columns(width, self.widths, focus) == columns(width, before, focus):
            self.widths = before
            self.say("It can go no further")
        self.lay_out()
