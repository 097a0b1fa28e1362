"""Taking in what the folders hold, and what became of each file."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reader.files.found import Contents, Result
from reader.files.site import NO_SITE, Site
from reader.files.worker import BrokenOff, Scanner
from reader.folders import Folder
from reader.model import Article, Status
from reader.store import Store
from reader.views import Counts, Tally


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
    sites: dict[int, Site] = field(default_factory=dict)


class Intake:
    """Reads folders, and keeps what is shown until a reading is complete.

    Not thread safe.
    """

    def __init__(self, folders: Sequence[Folder], status_of: Callable[[Article], Status]) -> None:
        self.folders, self._status_of = folders, status_of
        self._reading = self._shown = _Reading(Store(status_of))
        self._has_begun = False
        self._scanner: Scanner | None = None
        self.tally = Tally()

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

    def site(self, library: int) -> Site:
        """Return what kind of site a folder is, as far as it was read."""
        return self._shown.sites.get(library, NO_SITE)

    def load(self) -> None:
        """Read the folders to the end, here and now."""
        from reader.files.scan import scan

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
            self._reading = _Reading(Store(self._status_of))
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
            reading.sites[result.library] = result.site
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
            self.tally.count(article, self._status_of(article), self.store)
        return changes

    def stop_reading(self) -> None:
        """End a reading that is under way."""
        if self._scanner is not None:
            self._scanner.stop()
