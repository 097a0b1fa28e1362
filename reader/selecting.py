"""Selecting: the lists that views and filters make of the open folders."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.listing import Listing
from reader.masks import Mask
from reader.rules import KINDS, Ruled
from reader.views import ALL, DISMISSED, EDITION, HIDDEN, MUTED, View, select, shown

if TYPE_CHECKING:
    from reader.filters import Filter
    from reader.store import Store
    from reader.vocabulary import Vocabulary


class Selecting(Ruled):
    """Articles, marks and rules of folders, and the lists that are made of them."""

    _vocabulary: "Vocabulary | None" = None

    @property
    def name(self) -> str:
        """What the folders are called."""
        raise NotImplementedError

    def listing(
        self, view: View, order: str = "quality", text: str = "", *, in_stories: bool | None = None
    ) -> Listing:
        """Return the rows of a view, `in_stories` or flat, else as the view is usually shown.

        Raises filters.FilterError for a filter that is none.
        """
        shown_as, wanted = self._meant(view, text)
        needles = wanted.wanted if wanted else ()
        if view == EDITION:
            rows, placed = self._of_edition(text), self.edition_rows()
            return Listing(
                self.store, rows, self.status, folded=True, needles=needles, placed=placed
            )
        store, order, matches = self.store, _sort(wanted) or order, self._matching(wanted)
        folded = view.in_stories if in_stories is None else in_stories
        rows = select(store, shown_as, order, matches, self.settings, in_stories=folded)
        rows = rows[: wanted.limit] if wanted else rows
        kind = shown_as.kind if shown_as in (DISMISSED, HIDDEN, MUTED) else "live"
        return Listing(
            store,
            rows,
            self.status,
            folded=folded,
            kind=kind,
            needles=needles,
            muted_by=self.muted_by,
        )

    def _meant(self, view: View, text: str) -> "tuple[View, Filter | None]":
        """Return what is to be shown, and which of it, for a view and a filter in it.

        A rule's view shows what its filter finds; nothing where that is no filter. What is muted
        or hidden is shown where it is asked for. Raises filters.FilterError.
        """
        rule = self.rule(view)
        if view.kind in KINDS and (rule is None or self.mistake(view)):
            return _NOWHERE, _filter(text) if text else None
        if not text and rule is None:
            return view, None
        wanted = _filter(text)
        if rule is not None:
            wanted = _filter(rule.filter).narrowed(wanted)
        asked = {term.value for term in wanted.leaves if term.field == "is"}
        if view.kind == "mute":
            view = MUTED
        elif "muted" in asked and (view == ALL or rule):
            view = View("listed")
        elif "hidden" in asked and view == ALL:
            view = View("here")
        elif rule:
            view = View("live") if asked.isdisjoint(("dismissed", "problem")) else ALL
        return view, wanted

    def _of_edition(self, text: str) -> list[int]:
        """Return the rows of the edition that match a filter, in its own order or the filter's."""
        wanted = _filter(text) if text else None
        placed, matches, sort = self.edition_rows(), self._matching(wanted), _sort(wanted)
        if sort is None:
            return [row for row in placed if matches[row]]
        inside = bytearray(len(matches))
        for row in placed:
            inside[row] = matches[row]
        return select(self.store, ALL, sort, bytes(inside), self.settings)

    def edition_of(self, text: str, minutes: int | None = None) -> Listing:
        """Return an edition made of what is unread and matches a filter; it is not kept.

        Raises filters.FilterError, as `listing` does.
        """
        from reader.candidates import candidates
        from reader.edition import Placed, choose

        found = candidates(self.store, self.settings, (), self._matching(_filter(text)))
        chosen = choose(found, minutes or self.settings.edition_minutes)
        placed = {one.row: Placed(at, one.minutes) for at, one in enumerate(chosen, 1)}
        return Listing(self.store, list(placed), self.status, folded=True, placed=placed)

    def is_searched(self, text: str, view: View = ALL) -> bool:
        """Whether a filter in a view is answered at once. Raises filters.FilterError."""
        wanted, store = self._meant(view, text)[1], self.store
        if wanted is None:
            return True
        from reader.matching import is_slow, is_slow_order

        slow = any(is_slow(term, store) for term in wanted.leaves) or is_slow_order(wanted, store)
        return all(map(store.has_searched, wanted.needles)) and not slow

    def search(
        self,
        text: str,
        superseded: Callable[[], bool],
        view: View = ALL,
        of: "Store | None" = None,
    ) -> None:
        """Find the words of a filter in a view, in any thread, so that it is answered at once.

        They are found in another store than the one that is shown where one is given.
        Raises Superseded where somebody else's words are asked for in the meantime, and FilterError
        where an expression takes too long.
        """
        from reader.matching import is_slow, is_slow_order, matching

        wanted, store = self._meant(view, text)[1] or _filter(""), self.store if of is None else of
        for needle in wanted.needles:
            store.search(needle, superseded)
        for term in wanted.leaves:
            if is_slow(term, store):
                matching(store, replace(wanted, terms=(term,)), self._asked(store))
        if is_slow_order(wanted, store):
            store.title_places()

    def count(self, view: View, text: str = "", *, in_stories: bool | None = None) -> int:
        """Return how many rows a view has; what it takes and raises is as for `listing`."""
        if view == EDITION:
            return len(self._of_edition(text))
        in_stories = view.in_stories if in_stories is None else in_stories
        view, wanted = self._meant(view, text)
        count = shown(self.store, view, self._matching(wanted), in_stories=in_stories).count(1)
        limit = wanted.limit if wanted else None
        return count if limit is None else min(count, limit)

    def count_topic(self, name: str) -> int:
        """Return how many articles are filed under a topic or one of its sub-topics."""
        within = self.store.topics.within(name)
        found = self.store.where("topics", lambda names: not within.isdisjoint(names))
        return shown(self.store, ALL, found).count(1)

    def sort(self, text: str, view: View = ALL) -> str | None:
        """Return the order that a filter, or a view's own, names. Raises filters.FilterError."""
        return _sort(self._meant(view, text)[1])

    def _matching(self, wanted: "Filter | None") -> Mask:
        if wanted is None:  # most lists have no filter, and what it takes to read one is not loaded
            return self.store.here
        from reader.matching import matching

        return matching(self.store, wanted, self._asked())

    @property
    def vocabulary(self) -> "Vocabulary":
        """The values that a filter can ask for, with their counts."""
        from reader.vocabulary import Vocabulary

        if self._vocabulary is None or self._vocabulary.store is not self.store:
            self._vocabulary = Vocabulary(self.store, self._asked)
        return self._vocabulary

    def why_empty(self, view: View, text: str) -> tuple[str, str]:
        """Return a fact and a sentence about a list without rows."""
        if why := self.mistake(view):
            return "This filter cannot be used", why
        if text and (wanted := _filter(text)).terms:
            return "Nothing matches all of this", (
                self._unheard_of(wanted) or self._without_each(view, wanted)
            )
        counts, where = self.counts, self.name
        if self.progress:
            return "Reading the folder", "Articles come in as they are read."
        if counts.articles + counts.problems + counts.hidden == 0:
            others = counts.passed_over
            were = "file was" if others == 1 else "files were"
            passed = f"; {others:,} other {were} passed over" if others else ""
            return "No articles here yet", f"{where} has no article files{passed}."
        return view.nothing, ""

    def _unheard_of(self, wanted: "Filter") -> str:
        """Say which name of a filter no article has; empty where each is somebody's."""
        from reader.matching import unheard_of

        term = unheard_of(self.store, wanted)
        return f"No {term.field} here is called {term.value}." if term else ""

    def _without_each(self, view: View, wanted: "Filter") -> str:
        """Say how many rows there would be without each term of a filter."""
        if len(wanted.terms) < 2:
            return ""
        rest = {str(term): self.count(view, str(wanted.without(term))) for term in wanted.terms}
        (term, count), *others = rest.items()
        more = "".join(f", without {term} {count:,}" for term, count in others)
        return f"Without {term} there {'is' if count == 1 else 'are'} {count:,}{more}."


_NOWHERE = View("nowhere")


def _sort(wanted: "Filter | None") -> str | None:
    """Return the order that a filter names, if any."""
    return ",".join(wanted.sort) or None if wanted else None


@lru_cache(64)
def _filter(text: str) -> "Filter":
    """Read a filter, once for the order, the rows and the marks of a list."""
    from reader.filters import parse

    return parse(text)
