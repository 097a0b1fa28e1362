"""The keeper: brings the index in the cache into line with the folders, and publishes it."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from reader.files.reading import reason
from reader.files.site import NO_SITE, Site
from reader.files.walk import walk
from reader.ranking import HALF_LIFE
from reader.snapshot import linking
from reader.snapshot.cache import cache_folder, make_place, sweep, temporary_place
from reader.snapshot.compacting import compacted, is_due
from reader.snapshot.damage import Damaged
from reader.snapshot.derive import derive
from reader.snapshot.glance import glance
from reader.snapshot.index import NAME, Index, read_index
from reader.snapshot.inventory import Inventory
from reader.snapshot.looking import NO_ARTICLE, Look, base_of, look_at, tables_of
from reader.snapshot.publication import Publication
from reader.snapshot.reading import Base
from reader.snapshot.segments import DiskRecords, SegmentWriter

FIRST = 64
"""Files that are read and shown before it is known what else there is."""

GROWTH = 8
"""How many times as many articles the next index has, while a folder is read for the first time."""

NO_CACHE = "The cache cannot be written ({}): the next start will read everything again"


class Keeper:
    """Keeps the index of some folders; `tell` hears of each one that is published.

    `patience` is how many seconds a file is given to be written, `half_life` how many hours it
    takes until an article is half as important.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        cache_dir: Path,
        tell: Callable[[Publication], None],
        patience: float = 0.0,
        half_life: float = HALF_LIFE,
    ) -> None:
        self._roots, self._tell, self._patience = roots, tell, patience
        self._half_life = half_life
        self.is_elsewhere, self.note = False, ""
        self.place = cache_folder(cache_dir, roots)
        try:
            make_place(self.place)
        except OSError as error:
            self._go_elsewhere(error)
        self.begin_segment()
        self.begin(self._kept())

    def begin(self, index: Index) -> None:
        """Go on with an index; an empty one trusts nothing that was kept."""
        self.index = index
        self.is_resting = False
        index.tables.folders = list(map(str, self._roots))
        self.inventory = Inventory(index, len(self._roots), self._patience)
        self.inventory.has_changed = index.tables.half_life != self._half_life
        index.tables.half_life = self._half_life
        self._other_tables: set[str] = set()
        self._found = 0
        self._next = FIRST * GROWTH

    def begin_anew(self) -> None:
        """Trust nothing that was kept."""
        self.begin_segment()
        self.begin(Index())

    def begin_segment(self) -> None:
        """Write to another segment from now on."""
        self.writer = SegmentWriter(self.place)

    def compact(self) -> None:
        """Put together what lies scattered, where that is due; rows have other numbers then."""
        if is_due(self.index):
            with suppress(OSError, Damaged):
                records = DiskRecords(self.place, self.index.tables.segments)
                self.begin(compacted(self.index, records, self.writer))
                self.inventory.has_changed = True

    def rest(self) -> None:
        """Let go of the index until it is needed again."""
        self.begin(Index())
        self.is_resting = True

    def compare(self, *, quietly: bool = False) -> None:
        """Bring the index into line with the folders, and tell of it. Raises OSError.

        Quietly means that it is told of only if it has changed.
        """
        self._go_on()
        self._safely(lambda: self._compare(quietly=quietly))

    def take_notice(self, paths: Iterable[str]) -> None:
        """Bring the index into line with what is at some paths, and tell of it if it has changed.

        Raises OSError.
        """
        self._go_on()
        known = self.inventory.unfinished
        self.inventory.unfinished = set()
        paths = [*paths, *(f"{self._base(library).folder}/{path}" for library, path in known)]
        self._safely(lambda: self._take_notice(paths))

    def tell_again(self) -> None:
        """Tell of the index as it is."""
        tables = self.index.tables
        self._tell_of(Publication(self.place, tables.files, tables.read, tables.complete))

    def _go_on(self) -> None:
        """Take up the index again, as it is now."""
        if self.is_resting:
            self.begin(self._kept())

    def _safely(self, work: Callable[[], None]) -> None:
        """Do some work; where the cache takes nothing more, read all into another place.

        Where another process took away what the index needs, go on with the index of that one.
        """
        try:
            work()
        except Damaged:
            self.begin(self._kept())
            self._compare()
        except OSError as error:
            if self.is_elsewhere:
                raise
            self._go_elsewhere(error)
            self.begin_anew()
            self._compare()

    def _compare(self, *, quietly: bool = False) -> None:
        if not self.index.paths:
            self._read_first()
        self.inventory.unfinished.clear()
        looks = [look_at(root, library) for library, root in enumerate(self._roots)]
        self._set_tables(looks)
        for base, walked in looks:
            news, gone = self.inventory.catalogue.difference(base.library, walked.found)
            hidden = tuple("" if path == "./" else path for path, _ in walked.unreadable)
            gone = [path for path in gone if not (hidden and path.startswith(hidden))]
            self.inventory.bring_into_line(base, news, gone, self.writer, self._show_some)
            self.inventory.add_unreadable(base.library, walked.unreadable, self.writer)
        if self.inventory.has_changed or not self.index.tables.complete:
            self._publish(complete=True)
        elif self._other_tables:
            self._write(quietly=quietly and self._other_tables == {"walked"})
        elif not quietly:
            self.tell_again()

    def _take_notice(self, paths: Sequence[str]) -> None:
        bases = [self._base(library) for library in range(len(self._roots))]
        glances = [glance(base, self._folders(base), self._within(base, paths)) for base in bases]
        if not self.index.tables.complete or None in glances:
            return self._compare(quietly=True)
        for base, found in zip(bases, filter(None, glances), strict=True):
            difference = self.inventory.catalogue.difference(base.library, *found)
            self.inventory.bring_into_line(base, *difference, self.writer)
        if self.inventory.has_changed:
            self._publish(complete=True)
        return None

    # Folders

    def _base(self, library: int) -> Base:
        """Return a folder as it was when all of it was looked at."""
        root, sites = self._roots[library], self.index.tables.sites
        site = Site.of(sites[library]) if library < len(sites) else NO_SITE
        return Base(root if root.is_dir() else root.parent, library, site)

    def _folders(self, base: Base) -> set[str]:
        walked = self.index.tables.walked
        return {folder for library, folder, _ in walked if library == base.library} or {""}

    def _within(self, base: Base, paths: Iterable[str]) -> Iterator[str]:
        """Yield paths as they are spelled in a folder, of those that belong to it."""
        root, start = self._roots[base.library], f"{base.folder}/"
        for path in paths:
            if path.startswith(start) and (root == base.folder or path == str(root)):
                yield path.removeprefix(start)

    def _read_first(self) -> None:
        """Read and show some files of the first folder before all of them are known."""
        root, base = self._roots[0], base_of(self._roots[0], 0)
        if root.is_dir() and not base.site.row.bundles:
            walked = walk(root, base.site, limit=FIRST)
            self._set_tables([(base, walked)])
            self.inventory.bring_into_line(base, walked.found, (), self.writer)
            self._publish(complete=False)

    def _show_some(self) -> None:
        """Publish what was read by now, if it is much more than the last time."""
        is_first = not self.index.tables.complete
        if is_first and self.inventory.catalogue.articles >= self._next:
            self._next *= GROWTH
            self._publish(complete=False)

    def _set_tables(self, looks: Sequence[Look]) -> None:
        """Take in what was found beside the articles; another kind of site reads all anew."""
        tables, values, catalogue = self.index.tables, tables_of(looks), self.inventory.catalogue
        for library, (before, now) in enumerate(zip(tables.sites, values["sites"], strict=False)):
            if before != now:
                catalogue.distrust(library)
        if catalogue.others:
            values["passed_over"][NO_ARTICLE] = catalogue.others
        for name, value in values.items():
            if getattr(tables, name) != value:
                self._other_tables.add(name)
                setattr(tables, name, value)
        self._found = sum(len(walked.found) + len(walked.unreadable) for _, walked in looks)

    # Publishing

    def _publish(self, *, complete: bool) -> None:
        """Make the index of all that is known, and write and tell of it. Raises OSError, Damaged.

        Files that wait to be looked at again are not counted.
        """
        index, tables, catalogue = self.index, self.index.tables, self.inventory.catalogue
        tables.read, others = catalogue.articles, catalogue.others
        tables.files = tables.read if complete else self._found - others
        tables.passed_over.pop(NO_ARTICLE, None)
        tables.passed_over |= {NO_ARTICLE: others} if others else {}
        tables.complete, tables.minute = complete, int(time.time()) // 60
        catalogue.tidy()
        derive(index, DiskRecords(self.place, tables.segments) if complete else None)
        self._write()

    def link_all(self) -> Iterator[None]:
        """Compute all stories anew, if that is due, in steps; then tell of them.

        Raises OSError, Damaged.
        """
        while not self.is_resting and linking.is_due(index := self.index):
            yield from linking.relink(index, DiskRecords(self.place, index.tables.segments))
            if self.index is index and not linking.is_due(index):
                self._publish(complete=True)

    def _write(self, *, quietly: bool = False) -> None:
        """Write the index, and tell of it. Raises OSError, Damaged."""
        DiskRecords(self.place, self.index.tables.segments)
        self.index.write(self.place / NAME)
        tables, news = self.index.tables, self.inventory
        publication = Publication(self.place, tables.files, tables.read, tables.complete)
        if tables.complete:
            publication = publication._replace(
                added=news.changes["added"],
                changed=news.changes["changed"],
                removed=news.changes["removed"],
                renamed=tuple(news.renamed),
            )
            self.inventory.settle()
            self._other_tables.clear()
            sweep(self.place)
        if not quietly:
            self._tell_of(publication)

    def _tell_of(self, publication: Publication) -> None:
        """Tell of what was published, and once what the user has to know."""
        note, self.note = (self.note, "") if publication.complete else ("", self.note)
        self._tell(publication._replace(note=note))

    def _kept(self) -> Index:
        """Return the index that was kept, if all of it is there, else an empty one."""
        with suppress(Damaged):
            index = read_index(self.place / NAME, whole=True)
            DiskRecords(self.place, index.tables.segments)
            if index.tables.folders == list(map(str, self._roots)):
                return index
        return Index()

    def _go_elsewhere(self, error: OSError) -> None:
        """Work in a place that goes at the end. Raises OSError."""
        self.place = temporary_place()
        self.is_elsewhere, self.note = True, NO_CACHE.format(reason(error))
