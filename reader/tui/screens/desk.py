"""The desk: what the main screen is made of and what all its actions build on."""

from dataclasses import replace

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from reader.filters import parse
from reader.library import Library
from reader.model import Article
from reader.pages import Page
from reader.ranking import ORDERS
from reader.tui.trail import Place, Trail, Walk
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_page import ArticlePage
from reader.tui.widgets.chip import Chip
from reader.tui.widgets.empty import Nothing
from reader.tui.widgets.heading import Heading
from reader.tui.widgets.masthead import NOT_WRITTEN, Masthead
from reader.tui.widgets.sidebar import Sidebar
from reader.tui.widgets.status_line import Hint, Notice, StatusLine
from reader.views import ALL, FRONT, Listing, View

LOW = 30
"""Rows below which there is no masthead."""


class Desk(Screen[None]):
    """Panes and their state: the view, its order and filter, the page shown, and the trail."""

    AUTO_FOCUS = "#list"

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.view = FRONT
        self.order = "quality"
        self.text = ""
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

    # What is shown

    @property
    def page(self) -> Page | None:
        """The page in the article pane."""
        return self.article_page.page

    @property
    def article(self) -> Article | None:
        """The article on the page, None for a copy and for no page."""
        return self.page.article if self.page else None

    def say(self, text: str, key: str = "", does: str = "", *, failed: bool = False) -> None:
        """Tell what happened in the status line."""
        self.status_line.notice = Notice(text, key, does, failed)

    def open_view(
        self,
        view: View,
        *,
        order: str | None = None,
        text: str | None = None,
        at: str | None = None,
        preview: bool = True,
    ) -> None:
        """Show the rows of a view; the cursor stays with the article `at`, else goes to the top.

        Raises filters.FilterError for a `text` that is no filter; then nothing changes.
        """
        order = self.order if order is None else order
        text = self.text if text is None else text
        self.rows = self.library.listing(view, order, text)
        is_narrower = self.text and text and view == self.view
        self.view, self.order, self.text = view, order, text
        if not is_narrower:
            self.whole = len(self.library.listing(view, order)) if text else len(self.rows)
        row = self.rows.index_of(at) if at else 0
        self.list.show(self.rows, row or 0, top=None if row else 0)
        self.show_state()
        if preview:
            self.preview()

    def reload(self) -> None:
        """Make the rows anew; article, scrolling and unfolded stories keep their place."""
        at, before, top = self.cursor_id, self.list.cursor, self.list.top
        self._list_again(self.rows.unfolded)
        found = self.rows.index_of(at) if at and self.moved else None
        row = before if found is None else found
        self.list.show(self.rows, row, top=top + (row - before) * self.list.row_height)
        self.show_state()
        if self.page is None or self.page.article is not None:
            self.preview(keep=self.moved)
        if self.page is not None:
            self.read_body(self.page, self.article_page.top)

    def _list_again(self, unfolded: frozenset[str]) -> None:
        """Make the rows of the view anew, with these stories unfolded."""
        self.rows = self.library.listing(self.view, self.order, self.text)
        self.whole = len(self.library.listing(self.view) if self.text else self.rows)
        for leader in unfolded:
            row = self.rows.index_of(leader)
            if row is not None and not self.rows[row].unfolded:
                self.rows.toggle(row)

    @property
    def cursor_id(self) -> str | None:
        """The id of the article that the list's cursor stands on."""
        return self.rows.article(self.list.cursor).id if self.list.cursor < len(self.rows) else None

    def preview(self, *, keep: bool = False) -> None:
        """Show the article of the cursor; `keep` stays with the page's own while it is there."""
        article = self.article if keep else None
        if article is not None and article.id in self.library.store.articles:
            self.show_page(self.library.page(self.library.store.articles[article.id]))
        elif len(self.rows):
            self.show_page(self.library.page(self.rows.article(self.list.cursor)))
        else:
            self.show_page(None)

    def show_page(self, page: Page | None, *, top: int | None = None) -> None:
        """Show a page from a line on, by default from where it was left."""
        self.keep_position()
        if page is not None and page.is_same(self.page) and self.page is not None:
            page = replace(page, body=self.page.body)
        elif page is not None:
            self.read_body(page, page.status.position if top is None else top)
        self.article_page.show(page, self.crumbs, top or 0)
        self.show_headings()

    def keep_position(self) -> None:
        """Remember how far a long text was read."""
        page = self.page
        if page is not None and page.article is not None and page.body is not None:
            self.library.remember_position(page.article, self.article_page.top)

    def read_body(self, page: Page, top: int) -> None:
        """Read the text of an article that has one, then show it from a line on."""
        if page.article is not None and page.article.has_body:
            self._read_body(page, top)

    @work(thread=True, exclusive=True, group="body")
    def _read_body(self, page: Page, top: int) -> None:
        whole = self.library.with_body(page)
        self.app.call_from_thread(self._show_body, whole, top)

    def _show_body(self, page: Page, top: int) -> None:
        if page.is_same(self.page):
            self.article_page.show(page, self.crumbs)
            self.article_page.scroll_to_line(top)

    def refresh_marks(self) -> None:
        """Show marks as they are now, in every pane."""
        self.list.redraw()
        if self.page is not None:
            self.article_page.show(self.library.refreshed(self.page), self.crumbs)
        self.show_state()
        if self.library.trouble:
            self.say(self.library.trouble, failed=True)

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
        self.page_heading.title = _section_line(sections) or "Article"
        place = f"{self.list.cursor + 1:,} of {len(self.rows):,}" if len(self.rows) else ""
        self.status_line.place = place

    def _list_states(self) -> tuple[str, ...]:
        title = ORDERS[parse(self.text).sort or self.order].title
        unread = self.library.tally.kinds["unread"]
        if self.screen_is_low and self.library.trouble:
            return (NOT_WRITTEN,)
        brief = title.partition(",")[0]
        states = (title, brief) if brief != title else (title,)
        if self.screen_is_low and unread:
            return (*(f"{state} · {unread:,} unread" for state in states), f"{unread:,} unread")
        return states

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

    # Going somewhere and coming back

    def here(self) -> Place:
        """Return where one is, to come back to it."""
        return Place(
            view=self.view,
            order=self.order,
            text=self.text,
            page=self.page,
            page_top=self.article_page.top,
            cursor_id=self.cursor_id,
            list_top=self.list.scroll_offset.y,
            unfolded=self.rows.unfolded,
            walk=self.walk,
            crumbs=self.crumbs,
            row_height=self.list.row_height,
        )

    def go(self, page: Page, walk: Walk | None) -> None:
        """Go to another page, remember where one was, and let the list follow."""
        self.trail.leave(self.here())
        if self.page is not None:
            self.crumbs = (*(self.crumbs or (self.page,)), page)
        self.walk = walk
        if page.article is not None:
            self.follow(page.article)
            self.library.mark_read([page.article])
        elif page.item is not None and page.item.key:
            self.library.mark_copy_read(page.item.key, page.library)
        self.show_page(self.library.refreshed(page))
        self.refresh_marks()

    def follow(self, article: Article) -> None:
        """Put the list's cursor on an article: here, inside its story, or else under All."""
        row = self.rows.index_of(article.id)
        if row is None and (leader := self.rows.stand_in(article)) is not None:
            self.rows.toggle(self.rows.index_of(leader.id) or 0)
            self.list.redraw()
            row = self.rows.index_of(article.id)
        if row is not None:
            self.list.move_to(row, quiet=True)
            return
        left = self.view.title
        self.open_view(ALL, text="", at=article.id, preview=False)
        self.say(f"Not in {left}, shown under All", "H", "back")

    def restore(self, place: Place) -> None:
        """Be back at a place, as it was left."""
        self.view, self.order, self.text = place.view, place.order, place.text
        self._list_again(place.unfolded)
        row = self.rows.index_of(place.cursor_id) if place.cursor_id else None
        is_same = row is not None and place.row_height == self.list.row_height
        self.list.show(self.rows, row or 0, top=place.list_top if is_same else None)
        self.walk, self.crumbs = place.walk, place.crumbs
        self.show_state()
        page = place.page and self.library.refreshed(place.page)
        self.show_page(page, top=place.page_top)


def _section_line(sections: tuple[tuple[str, ...], ...]) -> str:
    """Return topic paths as one line: `Azure › Containers, DevOps`."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    deepest = [
        path
        for path in sections
        if not any(path == other[: len(path)] and path != other for other in sections)
    ]
    for path in deepest:
        grouped.setdefault(path[:-1], []).append(path[-1])
    return "; ".join(" › ".join((*parents, ", ".join(names))) for parents, names in grouped.items())
