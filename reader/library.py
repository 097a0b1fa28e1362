"""The library: the open folders, their articles and marks; all that screens and shell talk to."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from reader import filters
from reader.body.blocks import Body
from reader.bundled import bundled
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable
from reader.folders import Folder, open_folder
from reader.intake import Intake
from reader.ledger import Ledger, Step
from reader.memory import Memory
from reader.model import Article, RelatedItem, Status
from reader.pages import Page, article_page, copy_page
from reader.state.journal import Journal, StateError
from reader.state.lines import Fact
from reader.state.marks import Marks
from reader.state.place import (
    OWN,
    init,
    journal_folder,
    machine_id,
    memory_folder,
    recall,
    remember,
    sweep_places,
)
from reader.state.trouble import counted
from reader.text import clean_line
from reader.views import FRONT, Entry, Listing, View, select, sidebar


class Library(Intake):
    """Articles and marks of the folders that were opened; not thread safe."""

    def __init__(self, paths: Sequence[Path], state_dir: Path, name: str = "") -> None:
        """Open folders or files. Raises NoFolder; nothing is read yet."""
        self._name, self._state_dir = name, state_dir
        self._machine, self._process = machine_id(state_dir), token_hex(2)
        super().__init__(list(dict.fromkeys(map(open_folder, paths))), self.status)
        self._ledger = self._opened_ledger()

    @classmethod
    def default(cls, state_dir: Path, own: Path) -> "Library":
        """Open the user's own library, or, while that is empty, the articles of the program.

        The user's own keeps its journal itself, where it can.
        """
        from reader.files.walk import walk

        if os.path.isdir(own) and walk(own).files:
            with suppress(StateError):
                if not os.path.isdir(own / OWN):
                    init(own.resolve(), state_dir)
            return cls([own], state_dir)
        return cls([bundled("data")], state_dir, name="the articles that come with it")

    @property
    def name(self) -> str:
        """The folder's name, or the first one's and how many there are besides."""
        if self._name:
            return self._name
        first, *others = (clean_line(folder.root.name) or "/" for folder in self.folders)
        return f"{first} and {len(others)} more" if others else first

    # Looking at it

    def sidebar(self) -> tuple[Entry, ...]:
        """Return the sidebar's lines with their counts."""
        return sidebar(self.tally, self.store)

    def listing(self, view: View, order: str = "quality", text: str = "") -> Listing:
        """Return the rows of a view. Raises filters.FilterError for a filter that is none."""
        wanted = filters.parse(text)
        matches = wanted.compile(self.store.topics)
        articles = select(self.store, view, wanted.sort or order, self.status, matches)
        return Listing(self.store, articles, self.status, folded=view == FRONT)

    def page(self, article: Article) -> Page:
        """Return all that is shown of an article, but for its body."""
        return article_page(article, self.store, self._ledger)

    def copy_page(self, item: RelatedItem, library: int) -> Page:
        """Return what is known of an article that is not here, from the copy in another file."""
        return copy_page(item, library, self._ledger)

    def refreshed(self, page: Page) -> Page:
        """Return a page with marks as they are now, and the article as it is now if it is there."""
        if page.item is not None:
            return self.copy_page(page.item, page.library)
        if page.article is None:
            return page
        article = self.store.articles.get(page.article.id, page.article)
        return replace(self.page(article), body=page.body)

    def with_body(self, page: Page) -> Page:
        """Return a page with the text below the front matter, read from the disk.

        A file that cannot be read any more gives a page with a problem.
        """
        article = page.article
        if article is None or not article.has_body:
            return page
        try:
            return replace(page, body=self.body(article))
        except (Unreadable, FrontMatterError) as error:
            return replace(page, problem=clean_line(str(error)))

    def body(self, article: Article) -> Body:
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
        if (wanted := filters.parse(text)).terms:
            return "Nothing matches all of this", self._without_each(view, wanted)
        counts, where = self.counts, self.name
        if self.progress:
            return "Reading the folder", "Articles come in as they are read."
        if counts.articles + counts.problems + counts.hidden == 0:
            others = counts.passed_over
            were = "file was" if others == 1 else "files were"
            passed = f"; {others:,} other {were} passed over" if others else ""
            return "No articles here yet", f"{where} has no article files{passed}."
        return view.nothing, ""

    def _without_each(self, view: View, wanted: filters.Filter) -> str:
        """Say how many rows there would be without each term of a filter."""
        if len(wanted.terms) < 2:
            return ""
        rest = {
            str(term): len(self.listing(view, text=str(wanted.without(term))))
            for term in wanted.terms
        }
        (term, count), *others = rest.items()
        more = "".join(f", without {term} {count:,}" for term, count in others)
        return f"Without {term} there {'is' if count == 1 else 'are'} {count:,}{more}."

    def path(self, article: Article) -> Path:
        """Return the file of an article on the disk."""
        return self.folders[article.library].base / article.file

    # Marks

    def status(self, article: Article) -> Status:
        """Return what the user did with an article."""
        return self._ledger.status_of(article)

    @property
    def trouble(self) -> str | None:
        """Why marks could not be written, in a sentence, None while all is well."""
        return self._ledger.trouble

    @property
    def brief_trouble(self) -> str | None:
        """The same in a few words, with how many marks are kept in memory."""
        return self._ledger.brief_trouble

    def follow(self) -> int:
        """Take in what other processes and machines marked; returns how many articles changed.

        It looks at each journal's size and time, and reads what was appended since the last look.
        """
        return self._recount(self._ledger.follow())

    def try_again(self) -> bool:
        """Write the marks that the disk refused; whether none waits any more."""
        return self._ledger.try_again()

    def mark_read(self, articles: Iterable[Article], *, read: bool = True) -> int:
        """Mark articles as read or unread; with a story's leader the others are passed.

        Returns the number of articles that changed.
        """
        facts: dict[tuple[int, str, str], bool] = {}
        for article in _sound(articles):
            facts[article.library, article.key, "read"] = read
            if not read:
                facts[article.library, article.key, "passed"] = False
            story = self.store.story(article)
            for other in story.covered if story and story.leader is article else ():
                facts.setdefault((other.library, other.key, "passed"), read)
        return self._change(facts, "read" if read else "unread")

    def mark_copy_read(self, key: str, library: int) -> None:
        """Mark an article as read that is known by a related copy only."""
        self._ledger.change({library: [(key, "read", True)]}, "read")

    def star(self, article: Article, *, starred: bool) -> int:
        """Star an article, or take the star away; returns how many articles changed."""
        label = "star" if starred else "star taken away"
        facts = {(one.library, one.key, "starred"): starred for one in _sound([article])}
        return self._change(facts, label)

    def dismiss(self, articles: Iterable[Article], *, dismissed: bool = True) -> int:
        """Take articles out of the news, or bring them back; returns how many changed."""
        facts = {(one.library, one.key, "dismissed"): dismissed for one in _sound(articles)}
        return self._change(facts, "dismiss" if dismissed else "bring back")

    def remember_position(self, article: Article, line: int) -> None:
        """Remember the first line shown of a body."""
        if line != self.status(article).position:
            self._ledger.remember_position(article.library, article.key, line)

    def undo(self) -> Step | None:
        """Take back the last change of marks on this machine, also of an earlier session.

        None where there is none.
        """
        self.follow()
        return self._counted(self._ledger.undo())

    def redo(self) -> Step | None:
        """Make the change again that was taken back last; None where there is none."""
        self.follow()
        return self._counted(self._ledger.redo())

    def close(self) -> str | None:
        """End a reading that is under way, and hand all marks to the disk.

        Returns a sentence if some are lost.
        """
        self.stop_reading()
        lost = self._ledger.close()
        return f"{counted(lost)} lost: {self.trouble}" if lost else None

    def init(self) -> list[Path]:
        """Let the folders keep their own journals; returns where. Raises StateError.

        What was marked before stays, and can still be undone.
        """
        if self._ledger.close():
            raise StateError(self.trouble)
        try:
            return [init(folder.base, self._state_dir) for folder in self.folders]
        finally:
            self._ledger = self._opened_ledger()

    def memory(self) -> Memory:
        """Return how these folders were left the last time."""
        return Memory.of(recall(self._memory_folder()))

    def remember(self, memory: Memory) -> None:
        """Remember how these folders are left. Raises StateError."""
        remember(self._memory_folder(), memory.as_dict())

    def _opened_ledger(self) -> Ledger:
        for folder in self.folders:
            sweep_places(folder.base, self._state_dir)
        return Ledger([self._opened_marks(folder) for folder in self.folders])

    def _opened_marks(self, folder: Folder) -> Marks:
        place = journal_folder(folder.base, self._state_dir)
        is_apart = place != folder.base / OWN
        return Marks(Journal(place, self._machine, process=self._process, makes_folder=is_apart))

    def _memory_folder(self) -> Path:
        return memory_folder(self.folders[0].root, self._state_dir)

    def _change(self, facts: Mapping[tuple[int, str, str], bool], label: str) -> int:
        """Change marks as one step, and keep the counts up to date; returns articles changed."""
        by_library: dict[int, list[Fact]] = {}
        for (library, key, field_name), value in facts.items():
            by_library.setdefault(library, []).append((key, field_name, value))
        self._ledger.change(by_library, label)
        return self._recount({(library, key) for library, key, _ in facts})

    def _counted(self, step: Step | None) -> Step | None:
        if step is not None:
            self._recount({(library, key) for library, some in step.keys.items() for key in some})
        return step

    def _recount(self, keys: Iterable[tuple[int, str]]) -> int:
        articles = self.store.with_keys(keys)
        return sum(self.tally.count(one, self.status(one), self.store) for one in articles)


def _sound(articles: Iterable[Article]) -> Iterator[Article]:
    """Leave out files with a problem: a mark would be on their path, and nobody could see it."""
    return (article for article in articles if not article.problem)
