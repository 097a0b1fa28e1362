"""The library: the open folders, their articles and marks; all that screens and shell talk to."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from reader.bundled import bundled
from reader.front import Points, points
from reader.listing import Listing
from reader.masks import Mask
from reader.memory import Memory
from reader.model import Article, RelatedItem
from reader.pages import Page, article_page, copy_page
from reader.rules import KINDS, Ruled
from reader.snapshot.columns import NONE
from reader.snapshot.index import NAME, read_paths
from reader.state.journal import StateError
from reader.state.place import OWN, recall, remember
from reader.store import Near
from reader.text import clean_line
from reader.views import (
    ALL,
    DISMISSED,
    EDITION,
    HIDDEN,
    MUTED,
    Entry,
    View,
    select,
    shown,
    sidebar,
)

if TYPE_CHECKING:
    from reader.body.blocks import Body
    from reader.filters import Filter
    from reader.vocabulary import Vocabulary
    from reader.why import Why


class Library(Ruled):
    """Articles and marks of the folders that were opened; not thread safe."""

    def __init__(
        self, paths: Sequence[Path], state_dir: Path, cache_dir: Path, name: str = ""
    ) -> None:
        """Open folders or files. Raises NoFolder; nothing is read yet."""
        self._name = name
        self._vocabulary: Vocabulary | None = None
        super().__init__(paths, state_dir, cache_dir)

    @classmethod
    def default(cls, state_dir: Path, cache_dir: Path, own: Path) -> "Library":
        """Open the user's own library, or, while that is empty, the articles of the program.

        The user's own keeps its journal itself, where it can.
        """
        from reader.files.walk import has_articles

        if has_articles(own):
            from reader.state.moving import init

            with suppress(StateError):
                if not os.path.isdir(own / OWN):
                    init(own.resolve(), state_dir)
            return cls([own], state_dir, cache_dir)
        name = "the articles that come with it"
        return cls([bundled("data")], state_dir, cache_dir, name=name)

    @property
    def name(self) -> str:
        """The folder's name, or the first one's and how many there are besides."""
        if self._name:
            return self._name
        first, *others = (clean_line(folder.root.name) or "/" for folder in self.folders)
        return f"{first} and {len(others)} more" if others else first

    # Looking at it

    def sidebar(self) -> tuple[Entry, ...]:
        """Return the sidebar's lines with their counts, the edition first once there is one."""
        lines = sidebar(self.tally, self.store, self.rule_entries())
        if self.edition is None:
            return lines
        read, count, _ = self.edition_progress()
        of_all = f"{read} of {count}" if count else ""
        return (Entry(EDITION, EDITION.title, count, progress=of_all), *lines)

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

    def search(self, text: str, superseded: Callable[[], bool], view: View = ALL) -> None:
        """Find the words of a filter in a view, in any thread, so that it is answered at once.

        Raises Superseded where somebody else's words are asked for in the meantime, and FilterError
        where an expression takes too long.
        """
        from reader.matching import is_slow, is_slow_order, matching

        wanted, store = self._meant(view, text)[1] or _filter(""), self.store
        for needle in wanted.needles:
            store.search(needle, superseded)
        for term in wanted.leaves:
            if is_slow(term, store):
                matching(store, replace(wanted, terms=(term,)), self._asked())
        if is_slow_order(wanted, store):
            store.title_places()

    def why(self, rows: Listing, at: int, order: str) -> "Why":
        """Return why a row of a list in an order is where it is."""
        from reader.why import why

        return why(rows, at, order, self.settings, None)

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

    def article(self, article_id: str) -> Article | None:
        """Return the article of an id as it is now, None where there is none any more."""
        row = self.store.row(article_id)
        return None if row is None else self.store.article(row)

    def find(self, text: str) -> list[Article]:
        """Return the articles that an address, a path or a part of an id means."""
        store = self.store
        rows = store.named(text) or self._at_path(text) or store.guessed(text)
        return list(map(store.article, rows))

    def _at_path(self, text: str) -> list[int]:
        """Return the rows of the files that a path means, in a folder or from where one is."""
        wanted, real = text.removeprefix("./"), os.path.realpath(os.path.expanduser(text))
        bases = [os.fspath(folder.base) for folder in self.folders]
        files = zip(*read_paths(self.store.place / NAME), strict=True)
        return [
            row
            for path, library, row in files
            if row != NONE
            and (wanted in (path, clean_line(path)) or os.path.join(bases[library], path) == real)
        ]

    def near(self, article: Article) -> tuple[Near, ...]:
        """Return what is related to an article."""
        row = self.store.row(article.id)
        return () if row is None else self.store.near(row)

    def leader(self, article: Article) -> str | None:
        """Return the id of the article that stands for an article's story, None for a lone one."""
        row = self.store.row(article.id)
        leader = None if row is None else self.store.leader(row)
        return None if leader is None else self.store.id(leader)

    def story(self, article: Article) -> list[Article]:
        """Return the articles of an article's story, its leader first; none for a lone one."""
        row = self.store.row(article.id)
        return [] if row is None else list(map(self.store.article, self.store.story(row)))

    def computed(self, article: Article) -> list[tuple[Article, str]]:
        """Return what is related but not named in the article's file, each with the reason."""
        own = {near.article.id for near in self.near(article) if near.article}
        return [
            (one.article, "same event" if one.in_story else one.why or "same words")
            for one in self.page(article).near
            if one.article and one.article.id not in own
        ]

    def points(self, article: Article) -> Points | None:
        """Return the points of an article in the order of importance."""
        row = self.store.row(article.id)
        return None if row is None else points(self.store, row, self.settings)

    def page(self, article: Article) -> Page:
        """Return all that is shown of an article, but for its body."""
        row, page = self.store.row(article.id), article_page(article, self.store, self._ledger)
        return page if row is None else replace(page, muted_by=self.muted_by(row))

    def copy_page(self, item: RelatedItem, library: int) -> Page:
        """Return what is known of an article that is not here, from the copy in another file."""
        return copy_page(item, library, self._ledger)

    def refreshed(self, page: Page) -> Page:
        """Return a page with marks as they are now, and the article as it is now if it is there."""
        if page.item is not None:
            return self.copy_page(page.item, page.library)
        if page.article is None:
            return page
        article = self.article(page.article.id) or page.article
        return replace(self.page(article), body=page.body)

    def with_body(self, page: Page) -> Page:
        """Return a page with the text below the front matter, read from the disk.

        A file that cannot be read any more gives a page with a problem.
        """
        from reader.files.frontmatter import FrontMatterError
        from reader.files.reading import Unreadable

        article = page.article
        if article is None or not article.has_body:
            return page
        try:
            return replace(page, body=self.body(article))
        except (Unreadable, FrontMatterError) as error:
            return replace(page, problem=clean_line(str(error)))

    def body(self, article: Article) -> "Body":
        """Read and parse the text below the front matter. Raises Unreadable, FrontMatterError."""
        from reader.body.parse import looks_like_html, parse_body

        source = self.source(article)
        html = article.file.endswith(".html") or looks_like_html(source)
        site = self.site(article.library)
        return parse_body(source, html=html, base=site.base(article.urls), dialect=site.dialect)

    def source(self, article: Article) -> str:
        """Read the text below the front matter as it is. Raises Unreadable, FrontMatterError."""
        from reader.files.scan import read_body

        return read_body(self.path(article))

    def facts(self, article: Article) -> list[tuple[str, str]]:
        """Read everything the file says, as names and values. Raises as `source` does."""
        from reader.files.facts import read_facts

        return read_facts(self.path(article))

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

    def path(self, article: Article) -> Path:
        """Return the file of an article on the disk."""
        return self.folders[article.library].base / article.file

    def memory(self) -> Memory:
        """Return how these folders were left the last time."""
        return Memory.of(recall(self._memory_folder()))

    def remember(self, memory: Memory) -> None:
        """Remember how these folders are left. Raises StateError."""
        remember(self._memory_folder(), memory.as_dict())


_NOWHERE = View("nowhere")


def _sort(wanted: "Filter | None") -> str | None:
    """Return the order that a filter names, if any."""
    return ",".join(wanted.sort) or None if wanted else None


@lru_cache(64)
def _filter(text: str) -> "Filter":
    """Read a filter, once for the order, the rows and the marks of a list."""
    from reader.filters import parse

    return parse(text)
