"""The panes: how many stand side by side, how wide they are, and which has the keys."""

from dataclasses import dataclass, replace

from textual import events
from textual.widget import Widget

from reader.tui.screens.footer import Footer

THREE, TWO, ROOMY = 120, 90, 140
MAX_ARTICLE = 78
LEAST = 20


@dataclass(frozen=True, slots=True)
class Widths:
    """How the user has moved the borders, in columns from where they stand by themselves."""

    sidebar: int = 0
    article: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """The width of each pane; 0 where it is not shown beside the others."""

    sidebar: int
    list: int
    article: int


def columns(width: int, widths: Widths) -> Columns:
    """Return the panes of a screen of `width` columns, as the table in the design says."""
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
        return Columns(0, width - article, article)
    return Columns(0, 0, 0)


def _between(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))


class Panes(Footer):
    """Lays the panes out, moves the focus between them, and draws it."""

    widths = Widths()

    @property
    def pane_order(self) -> list[Widget]:
        """The widgets that take keys, from left to right."""
        return [self.sidebar, self.list, self.article_page]

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for another size."""
        self.lay_out()

    def on_descendant_focus(self) -> None:
        """Show which pane has the keys; on narrow screens it is the one that is shown."""
        self.lay_out()

    def on_screen_resume(self) -> None:
        """The keys come back from a sheet."""
        self.light_up()

    def on_screen_suspend(self) -> None:
        """A sheet takes the keys."""
        self.light_up()

    def lay_out(self) -> None:
        """Give every pane its width, or hide it."""
        width = self.size.width
        if not width:
            return
        wide = columns(width, self.widths)
        focused = next((pane for pane in self.pane_order if pane.has_focus), self.list)
        side, middle, article = (pane.parent for pane in self.pane_order)
        one = width < TWO
        shown = (
            bool(wide.sidebar) or focused is self.sidebar,
            focused is self.list if one else bool(wide.sidebar) or focused is not self.sidebar,
            focused is self.article_page or not one,
        )
        sizes = (wide.sidebar or wide.list, wide.list, wide.article)
        for pane, is_shown, columns_wide in zip((side, middle, article), shown, sizes, strict=True):
            assert isinstance(pane, Widget)  # noqa: S101 - each stands in its own container
            pane.display = is_shown
            pane.styles.width = columns_wide or width
        self.masthead.display = not self.screen_is_low
        self.query_one("#panes").styles.margin = (0 if self.screen_is_low else 1, 0, 0, 0)
        self.list.at_edge = one
        self.sidebar.at_edge = one
        self.light_up()

    def light_up(self) -> None:
        """Draw the heading of the pane with the keys as such; under a sheet none has them."""
        current = self.is_current
        self.sidebar_heading.lit = current and self.sidebar.has_focus
        self.list_heading.lit = current and self.list.has_focus
        self.page_heading.lit = current and self.article_page.has_focus
        for pane in self.pane_order:
            pane.refresh()
        self.article_page.redraw()
        self.show_headings()

    def show_headings(self) -> None:
        """On a screen of one pane the article's heading says where `q` leads back to."""
        super().show_headings()
        one = 0 < self.size.width < TWO
        self.page_heading.way_back = one
        if one:
            self.page_heading.title = self.view.title
            self.page_heading.states = (self.status_line.place,)
        else:
            self.page_heading.states = ()
        self.status_line.hints = self.hints()
        if one and self.article_page.has_focus:
            self.status_line.place = ""

    def action_pane(self, step: int) -> None:
        """Give the keys to the next pane."""
        panes = self.pane_order
        at = next((number for number, pane in enumerate(panes) if pane.has_focus), 1)
        self.set_focus(panes[(at + step) % len(panes)])

    def action_side(self, step: int) -> None:
        """Give the keys to the pane at the left or right."""
        panes = self.pane_order
        at = next((number for number, pane in enumerate(panes) if pane.has_focus), 1)
        self.set_focus(panes[_between(at + step, 0, len(panes) - 1)])

    def action_widen(self, by: int) -> None:
        """Make the pane with the keys wider or narrower."""
        before = columns(self.size.width, self.widths)
        if not before.list:
            self.say("One pane fills this screen")
            return
        if self.sidebar.has_focus and before.sidebar:
            self.widths = replace(self.widths, sidebar=self.widths.sidebar + by)
        else:
            sign = 1 if self.article_page.has_focus else -1
            self.widths = replace(self.widths, article=self.widths.article + sign * by)
        after = columns(self.size.width, self.widths)
        if after == before:
            self.widths = replace(self.widths, sidebar=0) if self.sidebar.has_focus else self.widths
            self.say("It can go no further")
        self.lay_out()
