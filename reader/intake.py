"""Taking in what the folders hold: from the cache at once, then as the keeper publishes it."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reader.folders import Folder
from reader.model import Article
from reader.settings import USUAL
from reader.snapshot.cache import cache_folder
from reader.snapshot.damage import Damaged
from reader.snapshot.index import NAME, Index, read_index, read_paths
from reader.snapshot.segments import DiskRecords, MemoryRecords
from reader.store import Store
from reader.tally import Counts, Tally

if TYPE_CHECKING:
    from reader.files.site import Site
    from reader.snapshot.client import KeeperProcess
    from reader.snapshot.publication import Publication

USED = ("topic file", "list of feeds", "earlier version")
"""Why files hold no article of their own that are of use all the same."""


class Intake:
    """The articles of folders as they are shown now, and the process that keeps them up to date.

    Not thread safe, but for `prepare`.
    """

    def __init__(self, folders: Sequence[Folder], cache_dir: Path) -> None:
        self.folders, self._cache_dir = folders, cache_dir
        self.store = Store(Index(), MemoryRecords([]), Path())
        self.tally = Tally(self.store)
        self._place = cache_folder(cache_dir, self._roots)
        self._keeper: KeeperProcess | None = None
        self.told: Callable[[], object] = lambda: None
        """Called in another thread when something was published."""
        self.is_open = False
        self.settings = USUAL
        self.watch = True
        """Whether what others do to the files is shown without being asked for."""
        self._last: Publication | None = None

    @property
    def _roots(self) -> list[Path]:
        return [folder.root for folder in self.folders]

    def open_cache(self) -> bool:
        """Show what the cache holds of these folders; False where it has nothing of use."""
        with suppress(Damaged):
            self.show(self._opened(self._place))
            self.is_open = True
        return self.is_open

    def load(self, *, thorough: bool = False) -> None:
        """Bring the cache into line with the folders, here and now, and show it."""
        from reader.snapshot.refreshing import refresh

        self._last = refresh(
            self._roots, self._cache_dir, thorough=thorough, half_life=self.settings.half_life
        )
        self.show(self._opened(self._last.place))
        self.is_open = True

    # The keeper

    def start_reading(self, *, anew: bool = False) -> None:
        """Read the folders, or look at all of them again, in a process beside this one.

        `anew` trusts nothing that was read before.
        """
        if self._keeper is None or self._keeper.failed:
            from reader.snapshot.client import KeeperProcess

            self._keeper = KeeperProcess(
                self._roots,
                self._cache_dir,
                lambda: self.told(),
                watch=self.watch,
                half_life=self.settings.half_life,
            )
        else:
            self._keeper.ask("anew" if anew else "rescan")

    def take_what_came(self, wait: float = 0.0) -> list["Publication"]:
        """Return what was published by now, or within `wait` seconds, the oldest first."""
        came = self._keeper.take(wait) if self._keeper else []
        if came:
            self._last = came[-1]
        return came

    def is_shown(self, publication: "Publication") -> bool:
        """Whether an index that was published is the one that is shown."""
        with suppress(Damaged):
            return _identity(publication.place) == self.store.identity
        return False

    def prepare(self, publication: "Publication") -> Store:
        """Open what was published, to be shown. Raises Damaged. May be called in any thread."""
        return self._opened(publication.place)

    def show(self, store: Store) -> None:
        """Let what was opened take the place of what is shown; the marks are counted anew."""
        self.store = store
        self.set_marks()

    def set_marks(self) -> None:
        """Count all articles with their marks."""
        self.tally = Tally(self.store)

    def stop_reading(self) -> None:
        """End the process that keeps the articles up to date."""
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None

    @property
    def is_reading(self) -> bool:
        """Whether an answer of the keeper is awaited."""
        return self._keeper is not None and self._keeper.is_reading

    @property
    def broken_off(self) -> str | None:
        """Why the keeper came to a bad end, None while it is well."""
        return self._keeper.failed if self._keeper else None

    # What is there

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show, and nothing to come."""
        return not (self.is_reading or len(self.store))

    @property
    def progress(self) -> tuple[int, int] | None:
        """Files read and files to read, None when all is loaded and after a bad end."""
        last = self._last
        if not self.is_reading or (self.is_open if last is None else last.complete):
            return None
        return (last.read, last.files) if last else (0, 0)

    @property
    def counts(self) -> Counts:
        """What became of the files seen so far."""
        kinds, tables = self.tally.kinds, self.store.index.tables
        passed = sum(self.passed_over.values())
        return Counts(
            seen=tables.files - tables.earlier - tables.versions + passed,
            articles=kinds["listed"] - kinds["problems"],
            hidden=kinds["hidden"],
            problems=kinds["problems"],
            passed_over=passed,
            used=sum(self.passed_over.get(reason, 0) for reason in USED),
        )

    @property
    def passed_over(self) -> dict[str, int]:
        """The files that hold no article of their own, by the reason."""
        tables = self.store.index.tables
        merged = {"in an earlier folder": tables.earlier, "earlier version": tables.versions}
        return tables.passed_over | {reason: count for reason, count in merged.items() if count}

    def site(self, library: int) -> "Site":
        """Return what kind of site a folder is."""
        from reader.files.site import NO_SITE, Site

        sites = self.store.index.tables.sites
        return Site.of(sites[library]) if library < len(sites) else NO_SITE

    def _opened(self, place: Path) -> Store:
        """Open an index with its records. Raises Damaged.

        Another process may publish between the two, and take away what it needs no more.
        """
        for _ in range(3):
            identity, index = _identity(place), read_index(place / NAME)
            with suppress(Damaged):
                records = DiskRecords(place, index.tables.segments)
                store = Store(index, records, place, self._reread, self.store)
                store.identity = identity
                return store
        raise Damaged("the records of the index are not there")

    def _reread(self, row: int, place: Path) -> Article | None:
        """Return an article from its file, where its record is damaged; None if it is gone too."""
        from reader.files.scan import read_article

        with suppress(Damaged, ValueError):  # there may be another index by now
            paths, libraries, rows = read_paths(place / NAME)
            at = rows.index(row)
            base, library = self.folders[libraries[at]].base, libraries[at]
            return read_article(base, paths[at], library, self.site(library))
        return None


def _identity(place: Path) -> tuple[int, int]:
    """Return what tells an index from the one before it. Raises Damaged."""
    try:
        found = os.stat(place / NAME)
    except OSError as error:
        raise Damaged(str(error)) from error
    return found.st_ino, found.st_mtime_ns
