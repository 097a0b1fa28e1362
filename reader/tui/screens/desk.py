"""The desk: showing views, articles and marks; what all actions build on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from textual import work

from reader.listing import Listing
from reader.pages import Page
from reader.tui.screens.surface import Surface
from reader.views import View


class Desk(Surface):
    """Opens views and pages, and brings them up to date."""

    def open_view(
        self,
        view: View,
        *,
        order: str | None = None,
        text: str | None = None,
        near: Iterable[int] = (),
        preview: bool = True,
    ) -> None:
        """Show the rows of a view, with the cursor on the first of `near`, else at the top.

        `near` are rows of the store.

        Raises filters.FilterError for a `text` that is no filter; then nothing changes.
        """
        order = self.order if order is None else order
        text = self.text if text is None else text
        self.rows = self._listing(view, order, text)
        self.view, self.order, self.text = view, order, text
        self._count_whole()
        row = self.rows.first_of(near)
        self.list.show(self.rows, row or 0, top=None if row else 0)
        self.show_state()
        if preview:
            self.preview()

    def reload(self, other_ids: Mapping[str, str] = MappingProxyType({})) -> None:
        """Make the rows anew; article, scrolling and unfolded stories keep their place.

        `other_ids` are those of articles that have another one now.
        """
        at, before, top = self.cursor_id, self.list.cursor, self.list.top
        shown = self.article.id if self.article and self.moved else None
        stay, line = shown and other_ids.get(shown, shown), self.article_page.top
        self._list_again(self.rows.unfolded)
        found = self.row_of(other_ids.get(at, at)) if at and self.moved else None
        row = before if found is None else found
        self.list.show(self.rows, row, top=top + (row - before) * self.list.row_height)
        self.show_state()
        if self.page is None or self.page.article is not None:
            self.preview(stay)
        if self.page is not None:
            stays = self.article is not None and self.article.id == stay
            self.read_body(self.page, line if stays else self.article_page.top)

    def _list_again(self, unfolded: frozenset[str]) -> None:
        """Make the rows of the view anew, with these stories unfolded.

        A filter may ask for an article that has gone away since; it is given up.
        """
        try:
            self.rows = self._listing(self.view, self.order, self.text)
        except ValueError as error:  # a FilterError, which is loaded by filters only
            if not self.text:
                raise
            self.text = ""
            self.rows = self._listing(self.view, self.order, "")
            self.say(str(error).replace("`", ""), failed=True)
        self._count_whole()
        for leader in unfolded:
            row = self.rows.index_of(leader)
            if row is not None and not self.rows[row].unfolded:
                self.rows.toggle(row)

    def _listing(self, view: View, order: str, text: str) -> Listing:
        return self.library.listing(view, order, text, in_stories=self.is_in_stories(view))

    def _count_whole(self) -> None:
        """Count the rows that there would be without a filter."""
        in_stories = self.is_in_stories(self.view)
        whole = self.library.count(self.view, in_stories=in_stories) if self.text else None
        self.whole = len(self.rows) if whole is None else whole

    @property
    def cursor_id(self) -> str | None:
        """The id of the article that the list's cursor stands on."""
        return self.rows.article(self.list.cursor).id if self.list.cursor < len(self.rows) else None

    def row_of(self, article_id: str) -> int | None:
        """Return the row of an article, else that of the story that it is folded into."""
        row, article = self.rows.index_of(article_id), self.library.article(article_id)
        leader = self.rows.stand_in(article) if row is None and article else None
        return self.rows.index_of(leader.id) if leader else row

    def around_cursor(self) -> Iterator[int]:
        """Yield the list from the cursor down, then from above it up: whom to stay with."""
        at, numbers = self.list.cursor, self.rows.numbers
        rows = chain(range(at, len(numbers)), range(min(at, len(numbers)) - 1, -1, -1))
        return map(numbers.__getitem__, rows)

    def preview(self, stay: str | None = None) -> None:
        """Show the article of the cursor, or that of an id to stay with while it is there."""
        article = self.library.article(stay) if stay else None
        if article is not None:
            self.show_page(self.library.page(article))
        elif len(self.rows):
            self.show_page(self.library.page(self.rows.article(self.list.cursor)))
        else:
            self.show_page(None)

    def show_page(self, page: Page | None, *, top: int | None = None) -> None:
        """Show a page from a line on, by default from where it was left."""
        self.keep_position()
        if page is not None and page.is_same(self.page) and self.page is not None:
            page = replace(page, body=self.page.body, full=self.page.full)
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
        if page.article is not None and self.library.has_text(page.article):
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
        if why := self.library.brief_trouble or self.library.trouble:
            self.say(why, failed=True)
