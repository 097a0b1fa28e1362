"""The library: the open folders, their articles and marks; all that screens and shell talk to."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from reader import filters
from reader.body import Body, looks_like_html, parse_body
from reader.bundled import bundled
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable
from reader.files.scan import Contents, read_body, scan
from reader.files.walk import walk
from reader.files.worker import BrokenOff, Result, Scanner
from reader.ledger import Ledger, Step
from reader.memory import Memory
from reader.model import NO_STATUS, Article, RelatedItem, Status
from reader.pages import Neighbour, Page
from reader.state.journal import Fact, Journal, StateError
from reader.state.marks import Marks
from reader.state.place import init, journal_folder, machine_id, memory_folder, recall, remember
from reader.store import Near, Store
from reader.text import clean_line
from reader.views import FRONT, Counts, Entry, Listing, Tally, View, select, sidebar


class NoFolder(Exception):  # noqa: N818 - it is what the message says
    """A folder or file that is not there; the message is a sentence, `instead` the nearest name."""

    def __init__(self, path: Path, instead: Path | None) -> None:
        self.path, self.instead = path, instead
        hint = f"; did you mean {instead}?" if instead else ""
        super().__init__(clean_line(f"there is no folder {path}{hint}"))


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder, or one file, that was opened; `base` is what paths are relative to."""

    root: Path
    base: Path


@dataclass(frozen=True, slots=True)
class Changes:
    """What reading the folders again brought, in articles."""

    added: int
    changed: int
    removed: int


@dataclass(slots=True)
class _Reading:
    """One reading of the folders, under way or complete."""

    store: Store
    files: int = 0
    read: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)


class Library:
    """Articles and marks of the folders that were opened; not thread safe, but for `scan`."""

    def __init__(self, paths: Sequence[Path], state_dir: Path, name: str = "") -> None:
        """Open folders or files. Raises NoFolder; nothing is read yet."""
        self._name, self._state_dir = name, state_dir
        self.folders = list(dict.fromkeys(map(_found, paths)))
        self._ledger = self._opened_ledger()
        self._reading = self._shown = _Reading(Store(self.status))
        self._has_begun = False
        self._scanner: Scanner | None = None
        self.tally = Tally()

    @classmethod
    def default(cls, state_dir: Path, own: Path) -> "Library":
        """Open the user's own library, or, while that is empty, the articles of the program.

        The user's own keeps its journal itself, where it can.
        """
        if os.path.isdir(own) and walk(own).files:
            with suppress(StateError):
                init(own.resolve(), state_dir)
            return cls([own], state_dir)
        return cls([bundled("data")], state_dir, name="the articles that come with it")

    # Reading the folders

    @property
    def name(self) -> str:
        """The folder's name, or the first one's and how many there are besides."""
        if self._name:
            return self._name
        first, *others = (clean_line(folder.root.name) or "/" for folder in self.folders)
        return f"{first} and {len(others)} more" if others else first

    @property
    def store(self) -> Store:
        """The articles as they are shown now."""
        return self._shown.store

    @property
    def progress(self) -> tuple[int, int] | None:
        """Files read and files to read, None when all is loaded and after a bad end."""
        reading = self._reading
        is_over = self._scanner is not None and self._scanner.done
        return None if is_over or reading.read >= reading.files else (reading.read, reading.files)

    @property
    def counts(self) -> Counts:
        """What became of the files seen so far."""
        kinds, passed = self.tally.kinds, sum(self._shown.passed_over.values())
        articles = kinds["all"] - kinds["problems"]
        seen = self._shown.files + passed
        topics = self._shown.passed_over["topic file"]
        return Counts(seen, articles, kinds["hidden"], kinds["problems"], passed, topics)

    @property
    def passed_over(self) -> dict[str, int]:
        """The files that hold no article, by the reason."""
        return dict(self._shown.passed_over)

    def load(self) -> None:
        """Read the folders to the end, here and now."""
        self._begin()
        for number, folder in enumerate(self.folders):
            for result in scan(folder.root, number):
                self.take(result)
        self.settle()

    def start_reading(self) -> None:
        """Begin to read the folders in a process beside this one; `take_what_came` brings it in.

        What is shown stays until `settle`.
        """
        self._begin()
        self._scanner = Scanner([folder.root for folder in self.folders])

    def _begin(self) -> None:
        """Let nothing come from an earlier reading, and take in anew what was read before."""
        if self._scanner is not None:
            self._scanner.stop()
            self._scanner = None
        if self._has_begun:
            self._reading = _Reading(Store(self.status))
        self._has_begun = True

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show, and nothing to come."""
        return not (self.is_reading or self.store.articles)

    @property
    def is_reading(self) -> bool:
        """Whether a reading is under way."""
        return self._scanner is not None and not self._scanner.done

    def take_what_came(self, wait: float = 0.0) -> bool:
        """Take in what was read by now, or within `wait` seconds; whether there was anything.

        Raises BrokenOff if the reading has come to a bad end; then what was shown before stays.
        """
        came = False
        try:
            for result in self._scanner.take(wait) if self._scanner else ():
                self.take(result)
                came = True
        except BrokenOff:
            self._reading = self._shown
            raise
        return came

    def take(self, result: Result) -> None:
        """Take in what a reading found."""
        reading = self._reading
        if isinstance(result, Contents):
            reading.files += result.files
            reading.passed_over.update(result.passed_over)
            reading.store.add_topics(result.topics)
            return
        reading.read += len(result.articles)
        self._pass_over("no front matter", result.passed_over)
        for article in result.articles:
            if reading.store.add(article) is None:
                reading.read -= 1
                self._pass_over("in an earlier folder", 1)

    def _pass_over(self, why: str, files: int) -> None:
        """Count files as passed over that were counted as articles to come."""
        if files:
            self._reading.files -= files
            self._reading.passed_over[why] += files

    def settle(self) -> Changes:
        """Show what was read: stories, counts and orders are made anew."""
        before, now = self._shown.store.articles, self._reading.store.articles
        changes = Changes(
            added=len(now.keys() - before.keys()),
            changed=sum(now[name] != before[name] for name in now.keys() & before.keys()),
            removed=len(before.keys() - now.keys()),
        )
        self._shown = self._reading
        self.store.index()
        self.tally = Tally()
        for article in self.store.articles.values():
            self.tally.count(article, self.status(article), self.store)
        return changes

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
        story, near = self.store.story(article), self.store.near(article)
        leader = story.leader.provider if story and story.leader is not article else None
        return Page(
            title=article.title,
            library=article.library,
            urls=article.urls,
            article=article,
            status=self.status(article),
            provider=article.provider,
            published_at=article.published_at,
            quality=article.quality,
            excerpt=article.excerpt,
            sections=tuple(self.store.topics.path(topic) for topic in article.topics),
            near=tuple(self._neighbour(one, article.library) for one in near),
            providers=story.providers if story else 0,
            covered_by=leader,
            problem=article.problem,
        )

    def copy_page(self, item: RelatedItem, library: int) -> Page:
        """Return what is known of an article that is not here, from the copy in another file."""
        return Page(
            title=item.title,
            library=library,
            urls=item.urls,
            item=item,
            status=self.copy_status(item.key, library),
            provider=item.provider,
            published_at=item.published_at,
            quality=item.quality,
            excerpt=item.excerpt,
        )

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
        source = self.source(article)
        html = article.file.endswith(".html") or looks_like_html(source)
        return parse_body(source, html=html, base=article.urls.best)

    def source(self, article: Article) -> str:
        """Read the text below the front matter as it is. Raises Unreadable, FrontMatterError."""
        return read_body(self.path(article))

    def _neighbour(self, near: Near, library: int) -> Neighbour:
        article, item = near.article, near.item
        here = article or item
        return Neighbour(
            title=here.title,
            provider=here.provider,
            published_at=here.published_at,
            quality=here.quality,
            status=self.status(article) if article else self.copy_status(item.key, library),
            item=item,
            article=article,
        )

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
        return NO_STATUS if article.problem else self._ledger.status(article.library, article.key)

    def copy_status(self, key: str | None, library: int) -> Status:
        """Return what the user did with an article that is not here, by its canonical URL."""
        return self._ledger.status(library, key) if key else NO_STATUS

    @property
    def trouble(self) -> str | None:
        """Why marks could not be written, in a sentence, None while all is well."""
        return self._ledger.trouble

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
        """Take back the last change of marks; None where there is none."""
        return self._counted(self._ledger.undo())

    def redo(self) -> Step | None:
        """Make the change again that was taken back last; None where there is none."""
        return self._counted(self._ledger.redo())

    def close(self) -> None:
        """End a reading that is under way, and hand all marks to the disk."""
        if self._scanner is not None:
            self._scanner.stop()
        self._ledger.close()

    def init(self) -> list[Path]:
        """Let the folders keep their own journals; returns where. Raises StateError.

        What was marked before stays, and can no longer be undone.
        """
        self._ledger.close()
        places = [init(folder.base, self._state_dir) for folder in self.folders]
        self._ledger = self._opened_ledger()
        return places

    def memory(self) -> Memory:
        """Return how these folders were left the last time."""
        return Memory.of(recall(self._memory_folder()))

    def remember(self, memory: Memory) -> None:
        """Remember how these folders are left. Raises StateError."""
        remember(self._memory_folder(), memory.as_dict())

    def _opened_ledger(self) -> Ledger:
        machine = machine_id(self._state_dir)
        return Ledger([_marks(folder, self._state_dir, machine) for folder in self.folders])

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


def nearest(path: Path) -> Path | None:
    """Return the path whose name is most like that of one which is not there."""
    from difflib import get_close_matches

    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return None
    found = get_close_matches(path.name, names, n=1)
    return path.parent / found[0] if found else None


def _sound(articles: Iterable[Article]) -> Iterator[Article]:
    """Leave out files with a problem: a mark would be on their path, and nobody could see it."""
    return (article for article in articles if not article.problem)


def _found(path: Path) -> Folder:
    root = Path(os.path.expanduser(path))
    if not os.path.exists(root):
        raise NoFolder(path, nearest(root))
    root = root.resolve()
    return Folder(root, root if os.path.isdir(root) else root.parent)


def _marks(folder: Folder, state_dir: Path, machine: str) -> Marks:
    return Marks(Journal(journal_folder(folder.base, state_dir), machine))
