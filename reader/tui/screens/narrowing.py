"""Narrowing the list by a filter as it is typed, and finding a text on the page."""

from collections.abc import Sequence
from contextlib import suppress

from textual import work
from textual.worker import get_current_worker

from reader.tui.screens.returning import Returning
from reader.views import View


class Narrowing(Returning):
    """What `/` does, in the list and on the page."""

    _stay_with: Sequence[int] = ()
    """The rows of the store to stay with while the list is narrowed, the dearest first."""

    _wanted: str | None = None
    """The filter that was typed last, None after it was given up."""

    def action_filter(self) -> None:
        """Filter the list, or find in the text while the article has the keys."""
        from reader.tui.screens.filter_sheet import FilterSheet, FindSheet

        if self.article_page.has_focus and self.page is not None:
            self.app.push_screen(FindSheet(self._find, self._find_step), self._found)
            return
        before = self.here()
        self._stay_with = list(self.around_cursor())

        def finish(text: str | None) -> None:
            if text is None:
                self._wanted = None
                self.restore(before)
            self.show_state()

        self.app.push_screen(FilterSheet(self._narrow, self.text), finish)

    def _narrow(self, text: str) -> str | None:
        """Narrow the list to a filter, as soon as its words are found."""
        from reader.filters import FilterError

        self._wanted = text
        try:
            if self.library.is_searched(text):
                return self._narrowed(text)
        except FilterError as error:
            from reader.tui.screens.filter_sheet import Wrong

            raise Wrong(error.message, error.column) from error
        self._search(text, self.view)
        return None

    def _narrowed(self, text: str) -> str:
        self.open_view(self.view, text=text, near=self._stay_with)
        return f"{len(self.rows):,} of {self.whole:,}"

    @work(thread=True, exclusive=True, group="search")
    def _search(self, text: str, view: View) -> None:
        from reader.snapshot.searching import Superseded

        worker = get_current_worker()
        with suppress(Superseded):
            self.library.search(text, lambda: worker.is_cancelled)
            self.app.call_from_thread(self._words_found, text, view)

    def _words_found(self, text: str, view: View) -> None:
        """Show what was searched for, unless something else was typed or chosen since."""
        from reader.tui.screens.filter_sheet import FilterSheet

        if (text, view) == (self._wanted, self.view):
            count, sheet = self._narrowed(text), self.app.screen
            if isinstance(sheet, FilterSheet):
                sheet.show_found(count)

    def _find(self, text: str) -> str:
        self.article_page.needle = text
        return self._find_step(0) if text else ""

    def _find_step(self, step: int) -> str:
        at, count = self.article_page.find(step)
        return f"{at} of {count}" if count else "not on this page"

    def _found(self, _: str | None) -> None:
        self.article_page.needle = ""
