"""Arriving: what has come in above the first row in view is counted until it was seen."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import compress, count

from reader.listing import Listing
from reader.store import Store
from reader.tui.screens.loading import Loading
from reader.views import View


class Arriving(Loading):
    """Says beside the list's title how much is new above, where scrolling up shows it."""

    _arrived: frozenset[int] = frozenset()
    """The key numbers of the articles that came in and may stand above what is in view."""

    _places: list[int] | None = None
    """Their rows in the list as it was when they were looked for: `_looked_in`."""

    _looked_in: tuple[Listing, int] | None = None

    def start_loading(self) -> None:
        """Look what is above whenever the list is scrolled, too."""
        super().start_loading()
        self.watch(self.list, "scroll_y", self._see_arrived, init=False)

    def open_view(
        self,
        view: View,
        *,
        order: str | None = None,
        text: str | None = None,
        near: Iterable[int] = (),
        preview: bool = True,
    ) -> None:
        """In another list nothing is new."""
        self._arrived = frozenset()
        super().open_view(view, order=order, text=text, near=near, preview=preview)

    def _show(self, store: Store) -> None:
        """Remember what came in since the list was shown first."""
        before, has_begun = self.library.store, self._has_begun
        super()._show(store)
        if has_begun and len(store.index.key) != len(before.index.key):
            self._arrived |= set(store.index.keys).difference(before.index.keys)
            self._looked_in = None
            self._see_arrived()

    def _see_arrived(self) -> None:
        if self._arrived:
            self.show_headings()

    def show_headings(self) -> None:
        """Say beside the title how much is new above."""
        super().show_headings()
        if self._arrived and (new := self._new_above()):
            note = self.list_heading.note
            above = f"{new:,} new {self.glyphs.above}"
            dot = f" {self.glyphs.between} "
            self.list_heading.note = f"{note}{dot}{above}" if note else above

    def _new_above(self) -> int:
        """Count the rows that are new above the first one in view; those in view were seen."""
        numbers, key = self.rows.numbers, self.library.store.index.key
        if self._looked_in != (self.rows, len(numbers)):
            self._looked_in = self.rows, len(numbers)
            new = map(self._arrived.__contains__, map(key.__getitem__, numbers))
            self._places = list(compress(count(), new))
        places = self._places or []
        first = -(-self.list.top // self.list.row_height)
        above = bisect_left(places, first)
        if above < len(places):
            self._places = places[:above]
            self._arrived = frozenset(key[numbers[place]] for place in places[:above])
        return above
