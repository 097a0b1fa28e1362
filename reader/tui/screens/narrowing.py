"""Narrowing the list by a filter as it is typed, and finding a text on the page."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import work
from textual.worker import get_current_worker

from reader.tui.screens.returning import Returning
from reader.views import View

if TYPE_CHECKING:
    from reader.filters import FilterError

LONGEST_HISTORY = 50
"""The most filters that are remembered."""


class Narrowing(Returning):
    """What `/` does, in the list and on the page."""

    history: tuple[str, ...] = ()
    """The filters that were kept, the last one first."""

    _stay_with: Sequence[int] = ()
    """The rows of the store to stay with while the list is narrowed, the dearest first."""

    _wanted: str | None = None
    """The filter that was typed last, None after it was given up."""

    def action_filter(self) -> None:
        """Filter the list, or find in the text while the article has the keys."""
        from reader.tui.screens.filter_sheet import FilterSheet

        if self.article_page.has_focus and self.page is not None:
            from reader.tui.screens.find_sheet import FindSheet

            self.app.push_screen(FindSheet(self._find, self._find_step), self._found)
            return
        before = self.here()
        self._stay_with = list(self.around_cursor())

        def finish(text: str | None) -> None:
            if text is None:
                self._wanted = None
                self.restore(before)
            elif text.strip():
                self._keep(text)
            self.show_state()

        sheet = FilterSheet(
            self._narrow, self.text, lambda field: self.library.vocabulary(field), self.history
        )
        self.app.push_screen(sheet, finish)

    def _keep(self, text: str) -> None:
        """Remember a filter, in its normal form, as the last one."""
        from reader.filters import parse

        kept = str(parse(text))
        others = (one for one in self.history if one != kept)
        self.history = (kept, *others)[:LONGEST_HISTORY]

    def _narrow(self, text: str) -> str | None:
        """Narrow the list to a filter, as soon as its words are found. Raises FilterError."""
        self._wanted = text
        if self.library.is_searched(text):
            return self._narrowed(text)
        self._search(text, self.view)
        return None

    def _narrowed(self, text: str) -> str:
        from reader.filters import parse

        self.crumbs, self.walk = (), None
        self.open_view(self.view, text=str(parse(text)), near=self._stay_with)
        return f"{len(self.rows):,} of {self.whole:,}"

    @work(thread=True, exclusive=True, group="search")
    def _search(self, text: str, view: View) -> None:
        from reader.filters import FilterError
        from reader.snapshot.searching import Superseded

        worker, mistake = get_current_worker(), None
        with suppress(Superseded):
            try:
                self.library.search(text, lambda: worker.is_cancelled)
            except FilterError as error:
                mistake = error
            self.app.call_from_thread(self._searched, text, view, mistake)

    def _searched(self, text: str, view: View, mistake: "FilterError | None") -> None:
        """Show what was searched for, unless something else was typed or chosen since."""
        from reader.filters import FilterError
        from reader.tui.screens.filter_sheet import FilterSheet

        if (text, view) != (self._wanted, self.view):
            return
        sheet = self.app.screen
        try:
            if mistake is not None:
                raise mistake
            count = self._narrowed(text)
            if isinstance(sheet, FilterSheet):
                sheet.show_found(count)
        except FilterError as error:
            if isinstance(sheet, FilterSheet):
                sheet.show_error(error)
            else:
                self.say(error.message.replace("`", ""), "/", "changes the filter")

    def _find(self, text: str) -> str:
        self.article_page.needle = text
        return self._find_step(0) if text else ""

    def _find_step(self, step: int) -> str:
        at, count = self.article_page.find(step)
        return f"{at} of {count}" if count else "not on this page"

    def _found(self, _: str | None) -> None:
        self.article_page.needle = ""
