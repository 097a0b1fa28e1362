"""The surface: the panes of the main screen, what they show now, and the lines that name it."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from reader.library import Library
from reader.listing import Listing
from reader.model import Article
from reader.pages import Page
from reader.ranking import title_of
from reader.tui.render.palette import Glyphs, Palette
from reader.tui.trail import Trail, Walk
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_page import ArticlePage
from reader.tui.widgets.chip import Chip
from reader.tui.widgets.empty import Nothing
from reader.tui.widgets.heading import Heading
from reader.tui.widgets.masthead import NOT_WRITTEN, Masthead
from reader.tui.widgets.sidebar import Sidebar
from reader.tui.widgets.status_line import Hint, Notice, StatusLine
from reader.views import FRONT, View

LOW = 30
"""Rows below which there is no masthead."""


class Surface(Screen[None]):
    """Panes and their state: the view, its order and filter, the page shown, and the trail."""

    AUTO_FOCUS = "#list"

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.view = FRONT
        self.order = "quality"
        self.text = ""
        self.turned: frozenset[str] = frozenset()
        """The kinds of views that are flat and usually in stories, or the other way round."""
        self.rows: Listing = library.listing(FRONT)
        self.whole = 0
        self.trail = Trail()
        self.walk: Walk | None = None
        self.crumbs: tuple[Page, ...] = ()
        self.moved = False
        self.masthead = Masthead(id="masthead")
        self.sidebar = Sidebar(id="sidebar")
        self.list = ArticleList(id="list")
        self.article_page = ArticlePage(id="page")
        self.sidebar_heading = Heading()
        self.sidebar_heading.title = "Library"
        self.list_heading = Heading()
        self.page_heading = Heading()
        self.chip = Chip()
        self.status_line = StatusLine(id="status-line")

    def compose(self) -> ComposeResult:
        """Three panes between masthead and status line."""
        yield self.masthead
        with Horizontal(id="panes"):
            with Vertical(id="sidebar-pane"):
                yield self.sidebar_heading
                yield self.sidebar
            with Vertical(id="list-pane"):
                yield self.list_heading
                yield self.chip
                yield self.list
            with Vertical(id="page-pane"):
                yield self.page_heading
                yield self.article_page
        yield self.status_line

    def on_key(self, event: events.Key) -> None:
        """A key takes away what was said last, and from the first one on the place is kept."""
        self.moved = True
        self.status_line.key_pressed()

    @property
    def glyphs(self) -> Glyphs:
        """The marks that this terminal can show."""
        palette: Palette = self.app.palette  # type: ignore[attr-defined]  # our own App
        return palette.glyphs

    @property
    def page(self) -> Page | None:
        """The page in the article pane."""
        return self.article_page.page

    @property
    def article(self) -> Article | None:
        """The article on the page, None for a copy and for no page."""
        return self.page.article if self.page else None

    def is_in_stories(self, view: View) -> bool:
        """Whether a view shows each story once, and not every article."""
        return view.in_stories != (view.kind in self.turned)

    def say(self, text: str, key: str = "", does: str = "", *, failed: bool = False) -> None:
        """Tell what happened in the status line."""
        self.status_line.notice = Notice(text, key, does, failed)

    def show_state(self) -> None:
        """Bring headings, counts, and places up to date."""
        library, counts = self.library, self.library.counts
        self.masthead.library_name = library.name
        self.masthead.counts = counts
        self.masthead.stories = library.tally.kinds["front"]
        self.masthead.progress = library.progress
        self.masthead.trouble = library.trouble
        self.sidebar.show(library.sidebar(), self.view)
        self.chip.text = self.text if self.is_active else ""
        self.show_headings()
        self.show_emptiness()

    def show_headings(self) -> None:
        """Say above each pane what it shows."""
        self.list_heading.title = self.view.title
        self.list_heading.note = (
            f"{len(self.rows):,} of {self.whole:,}" if self.text and self.whole else ""
        )
        self.list_heading.states = self._list_states()
        sections = self.page.sections if self.page else ()
        self.page_heading.title = _section_line(sections, self.glyphs) or "Article"
        place = f"{self.list.cursor + 1:,} of {len(self.rows):,}" if len(self.rows) else ""
        self.status_line.place = place

    def _list_states(self) -> tuple[str, ...]:
        title = title_of(self.library.sort(self.text, self.view) or self.order)
        unread = self.library.tally.kinds["unread"]
        if self.screen_is_low and self.library.trouble:
            return (NOT_WRITTEN,)
        dot = f" {self.glyphs.between} "
        states = list(dict.fromkeys((title, title.partition(",")[0])))
        if self.view.kind in self.turned:
            how = "in stories" if self.is_in_stories(self.view) else "flat"
            states = [*(f"{how}{dot}{state}" for state in states), how]
        if self.screen_is_low and unread:
            return (*(f"{state}{dot}{unread:,} unread" for state in states), f"{unread:,} unread")
        return tuple(states)

    @property
    def screen_is_low(self) -> bool:
        """Whether there is no room for a masthead."""
        return self.app.size.height < LOW

    def show_emptiness(self) -> None:
        """Say why the list is empty and what to do."""
        if not len(self.rows):
            text = self.text if self.whole else ""
            why = self.library.why_empty(self.view, text)
            self.list.show_nothing(Nothing(*why, self.ways_out()))

    def ways_out(self) -> tuple[Hint, ...]:
        """Return the keys that help where the list is empty."""
        if self.text and self.whole:
            return Hint("/", "changes the filter"), Hint("esc", "clears it")
        if self.library.is_empty:
            return Hint("r", "looks again"), Hint("q", "quits")
        if self.view == FRONT:
            return Hint("u", "undoes the last change"), Hint("q", "quits")
        return (Hint("q", "goes to the front page"),)


def _section_line(sections: tuple[tuple[str, ...], ...], glyphs: Glyphs) -> str:
    """Return topic paths as one line: `Azure › Containers, DevOps`; none that another goes on."""
    above = {path[:end] for path in sections for end in range(1, len(path))}
    grouped: dict[tuple[str, ...], list[str]] = {}
    for path in sections:
        if path not in above:
            grouped.setdefault(path[:-1], []).append(path[-1])
    step = f" {glyphs.path} "
    return "; ".join(step.join((*parents, ", ".join(names))) for parents, names in grouped.items())
