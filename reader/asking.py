"""What filters ask of an index: names, texts and words, answered for all its rows at once.

Most of it is read from the disk only when it is asked for, and kept.
"""

from array import array
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.masks import Mask, by_table
from reader.snapshot.columns import COLUMNS
from reader.snapshot.damage import Damaged
from reader.snapshot.index import Index
from reader.snapshot.segments import Records
from reader.text import fold

if TYPE_CHECKING:
    from reader.search import Needle
    from reader.snapshot.searching import Searcher

KEPT_MASKS = 32


class Asking:
    """An index with its records, and the answers that were found in it.

    `flags` has one byte a row, with the bits of `reader.model`; `is_damaged` says that something
    could not be read, and counts as not there.
    """

    def __init__(
        self, index: Index, records: Records, place: Path, earlier: "Asking | None" = None
    ) -> None:
        """Take an index with its records, and the folder of the cache that they are in.

        What an `earlier` one has opened to search in is not opened again.
        """
        self.index, self.records, self.place = index, records, place
        self.is_damaged = False
        self.flags = index.flags.tobytes()
        self._searcher: Searcher | None = None
        self._earlier = earlier._searcher if earlier is not None else None
        self._masks: dict[Hashable, Mask] = {}
        self._texts: dict[str, Sequence[str]] = {}
        self._title_places = array("I")

    # Columns

    def where(self, column: str, wanted: Callable[[Sequence[str]], bool]) -> Mask:
        """Return where the names in a column are wanted ones, such as `topics` or `provider`."""
        return by_table(self.column(column), [*map(wanted, self.sets(column)), False])

    def names(self, column: str) -> list[str]:
        """Return the names in a column, each once."""
        return list(dict.fromkeys(name for names in self.sets(column) for name in names))

    def sets(self, column: str) -> list[list[str]]:
        """Return the names that each number in a column stands for."""
        return [[one] if isinstance(one, str) else one for one in self._table(column)]

    def column(self, name: str) -> "array[int]":
        """Return a column, also one that is read only now."""
        try:
            return self.index.asked(name)
        except Damaged:
            self.is_damaged = True
            return array(COLUMNS[name], [0]) * len(self.index)

    def texts(self, name: str) -> Sequence[str]:
        """Return a text of each row, "title_text" or "key_text"."""
        if name not in self._texts:
            try:
                self._texts[name] = self.index.asked_text(name)
            except Damaged:
                self.is_damaged = True
                self._texts[name] = [""] * len(self.index)
        return self._texts[name]

    def title_places(self) -> Sequence[int]:
        """Return where the title of each row stands in the alphabet; equal ones stand together."""
        if not self.has_title_places:
            folded = list(map(fold, self.texts("title_text")))
            places = {title: at for at, title in enumerate(sorted(set(folded)))}
            self._title_places = array("I", map(places.__getitem__, folded))
        return self._title_places

    @property
    def has_title_places(self) -> bool:
        """Whether it is known how titles are ordered; for many that takes a while."""
        return len(self._title_places) == len(self.flags)

    def _table(self, column: str) -> "list[str] | list[list[str]]":
        try:
            return self.index.table(column)
        except Damaged:
            self.is_damaged = True
            return []

    # Masks and words

    def kept(self, name: Hashable, make: Callable[[], Mask]) -> Mask:
        """Return a mask that no marks change; the last ones asked for are kept."""
        if name not in self._masks:
            mask = make()
            for other in list(self._masks)[: 1 - KEPT_MASKS]:  # another thread may be here too
                self._masks.pop(other, None)
            self._masks[name] = mask
            return mask
        return self._masks[name]

    def has_kept(self, name: Hashable) -> bool:
        """Whether a mask is kept."""
        return name in self._masks

    def search(self, needle: "Needle", superseded: Callable[[], bool] = lambda: False) -> Mask:
        """Return where a word or a phrase is found. Raises Superseded.

        This may be called in any thread, to find what is asked for again later.
        """
        searcher = self._searcher or self._opened_searcher()
        try:
            return self.kept(needle, lambda: searcher.rows(needle, superseded))
        except Damaged:
            self.is_damaged = True
            return bytes(len(self.flags))

    def _opened_searcher(self) -> "Searcher":
        """Open what is searched in; it is loaded when something is searched for."""
        from reader.snapshot.searching import Searcher

        searcher = Searcher(self.index, self.records, self.place, self._earlier)
        searcher.open()
        self._searcher, self._earlier = searcher, None
        return searcher

    def search_anew(self) -> None:
        """Open what is searched in again, for there may be more of it."""
        self._searcher, self._earlier = None, self._searcher or self._earlier

    def has_searched(self, needle: "Needle") -> bool:
        """Whether it is known where a word or a phrase is found, or is known at once."""
        searcher = self._searcher
        return needle in self._masks or (searcher is not None and searcher.is_quick)
