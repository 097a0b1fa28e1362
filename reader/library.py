"""The library: the open folders, their articles and marks; all that screens and shell talk to."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reader.bundled import bundled
from reader.feeding import Feeding
from reader.folders import FEEDS_FILE
from reader.front import Points, points
from reader.listing import Listing
from reader.memory import Memory
from reader.model import Article, RelatedItem
from reader.pages import Page, article_page, copy_page
from reader.snapshot.columns import NONE
from reader.snapshot.index import NAME, read_paths
from reader.state.journal import StateError
from reader.state.place import OWN, recall, remember
from reader.store import Near
from reader.tally import Entry, sidebar
from reader.text import clean_block, clean_line
from reader.views import EDITION

if TYPE_CHECKING:
    from reader.body.blocks import Body
    from reader.changes import Run
    from reader.kept_texts import KeptTexts
    from reader.why import Why


class Library(Feeding):
    """Articles and marks of the folders that were opened; not thread safe."""

    def __init__(
        self, paths: Sequence[Path], state_dir: Path, cache_dir: Path, name: str = ""
    ) -> None:
        """Open folders or files. Raises NoFolder; nothing is read yet."""
        self._name = name
        super().__init__(paths, state_dir, cache_dir)

    @classmethod
    def default(cls, state_dir: Path, cache_dir: Path, own: Path) -> "Library":
        """Open the user's own library, or, without articles and feeds, those of the program.

        The user's own keeps its journal itself, where it can.
        """
        from reader.files.walk import has_articles

        if has_articles(own) or (own / FEEDS_FILE).exists():
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
        lines = sidebar(self.tally, self.store, (*self.feed_entries(), *self.rule_entries()))
        if self.edition is None:
            return lines
        read, count, _ = self.edition_progress()
        of_all = f"{read} of {count}" if count else ""
        return (Entry(EDITION, EDITION.title, count, progress=of_all), *lines)

    def why(self, rows: Listing, at: int, order: str) -> "Why":
        """Return why a row of a list in an order is where it is."""
        from reader.why import why

        return why(rows, at, order, self.settings, None)

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
        return replace(self.page(article), body=page.body, full=page.full)

    @cached_property
    def full_texts(self) -> "KeptTexts":
        """The full texts that were got of articles."""
        from reader.kept_texts import KeptTexts

        return KeptTexts(self._cache_dir)

    def has_text(self, article: Article) -> bool:
        """Whether there is more to read of an article than its excerpt."""
        return article.has_body or self.full_texts.has(article.key)

    def with_body(self, page: Page) -> Page:
        """Return a page with its text: that of the file, else the full one that was got.

        The full one comes first where the page asks for it. A file that cannot be read any more
        gives a page with a problem.
        """
        from reader.files.frontmatter import FrontMatterError
        from reader.files.reading import Unreadable

        article = page.article
        if article is None or not self.has_text(article):
            return page
        try:
            own = self.body(article) if article.has_body else None
            kept = self.full_texts.read(article.key)
            if kept is None:
                return replace(page, body=own, full=None)
            is_full = own is None or self.source(article).strip() == kept.text.strip()
            if page.full or (page.full is None and is_full):
                return replace(page, body=kept.body, full=True)
            return replace(page, body=None if is_full else own)
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

    def versions(self, article: Article) -> list[Article]:
        """Read the versions of an article from beside its file, the oldest first, itself last."""
        from reader.files.beside import versions

        base, site = self.folders[article.library].base, self.site(article.library)
        return versions(base, article, site)

    def changes(self, before: Article, after: Article) -> dict[str, tuple["Run", ...]]:
        """Return what changed between two versions, by what it changed. Raises as `source` does."""
        from reader.changes import LONGEST, compare

        parts = {
            "Title": (before.title, after.title),
            "Excerpt": (before.excerpt or "", after.excerpt or ""),
            "Text": [clean_block(self.source(one), LONGEST) for one in (before, after)],
        }
        found = {name: compare(*texts) for name, texts in parts.items()}
        return {name: runs for name, runs in found.items() if runs}

    def path(self, article: Article) -> Path:
        """Return the file of an article on the disk."""
        return self.folders[article.library].base / article.file

    def memory(self) -> Memory:
        """Return how these folders were left the last time."""
        return Memory.of(recall(self._memory_folder()))

    def remember(self, memory: Memory) -> None:
        """Remember how these folders are left. Raises StateError."""
        remember(self._memory_folder(), memory.as_dict())
