"""The keeper: brings the index in the cache into line with the folders, and publishes it."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from reader.files.reading import reason
from reader.files.walk import Found, walk
from reader.snapshot.cache import cache_folder, make_place, sweep, temporary_place
from reader.snapshot.catalogue import DISTRUSTED, Catalogue
from reader.snapshot.columns import NONE
from reader.snapshot.damage import Damaged
from reader.snapshot.derive import derive
from reader.snapshot.index import NAME, Index, read_index
from reader.snapshot.looking import NO_ARTICLE, Look, base_of, look_at, tables_of
from reader.snapshot.making import Making
from reader.snapshot.publication import Publication, Renamed
from reader.snapshot.reading import (
    NOTHING,
    OF_THE_MOMENT,
    PROBLEM,
    Base,
    Batch,
    problem_batch,
    read_files,
)
from reader.snapshot.renames import Known, renamed
from reader.snapshot.segments import DiskRecords, SegmentWriter

FIRST = 64
"""Files that are read and shown before it is known what else there is."""

GROWTH = 8
"""How many times as many articles the next index has, while a folder is read for the first time."""

NO_CACHE = "The cache cannot be written ({}): the next start will read everything again"


class Keeper:
    """Keeps the index of some folders; `tell` hears of each one that is published.

    A file that was changed less than `patience` seconds ago may still be being written: if there
    is a problem with it, it is left as it was, and is among the `unfinished`.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        cache_dir: Path,
        tell: Callable[[Publication], None],
        patience: float = 0.0,
    ) -> None:
        self._roots, self._tell, self._patience = roots, tell, patience
        self.is_elsewhere, self._note = False, ""
        self.unfinished: set[tuple[int, str]] = set()
        """Library and path of files to look at again."""
        self.place = cache_folder(cache_dir, roots)
        try:
            make_place(self.place)
        except OSError as error:
            self._go_elsewhere(error)
        self.writer = SegmentWriter(self.place)
        self.begin(self._kept())

    def begin(self, index: Index) -> None:
        """Go on with an index; an empty one trusts nothing that was kept."""
        self.index = index
        index.tables.folders = list(map(str, self._roots))
        self._making = Making(index)
        self._catalogue = Catalogue(index, len(self._roots))
        self._changes: Counter[str] = Counter()
        self._renamed: list[Renamed] = []
        self._found = 0
        self._has_changed = False
        self._next = 0 if index.tables.complete else FIRST * GROWTH

    def compare(self) -> None:
        """Bring the index into line with the folders, and tell of it. Raises OSError.

        Where the cache takes nothing more, all is read again into another place.
        """
        try:
            self._compare()
        except OSError as error:
            if self.is_elsewhere:
                raise
            self._go_elsewhere(error)
            self.writer = SegmentWriter(self.place)
            self.begin(Index())
            self._compare()

    def _compare(self) -> None:
        if not len(self.index):
            self._read_first()
        looks = [look_at(root, library) for library, root in enumerate(self._roots)]
        self._set_tables(looks)
        for base, walked in looks:
            known = self._catalogue.difference(base.library, walked.found)
            self._bring_into_line(base, known.news, known.gone, dict(walked.unreadable))
        if self._has_changed or not self.index.tables.complete:
            self._publish(complete=True)
            sweep(self.place)
        else:
            self.tell_again()

    def tell_again(self) -> None:
        """Tell of the index as it is."""
        tables = self.index.tables
        news = Publication(self.place, tables.files, tables.read, tables.complete)
        self._tell(news._replace(note=self._note))
        self._note = ""

    # Reading

    def _read_first(self) -> None:
        """Read and show some files of the first folder before all of them are known."""
        root, base = self._roots[0], base_of(self._roots[0], 0)
        if root.is_dir() and not base.site.row.bundles:
            walked = walk(root, base.site, limit=FIRST)
            self._set_tables([(base, walked)])
            self._read(base, walked.found)
            self._publish(complete=False)

    def _bring_into_line(
        self, base: Base, news: Sequence[Found], gone: Iterable[str], unreadable: dict[str, str]
    ) -> None:
        """Read what is new, forget what is gone; what cannot be seen just now stays as it was."""
        library, catalogue = base.library, self._catalogue
        hidden = tuple("" if path == "./" else path for path in unreadable)
        lost = [self._forget(library, path) for path in gone
                if path not in unreadable and not (hidden and path.startswith(hidden))]  # fmt: skip
        came = [one[0] for one in news if catalogue.file(library, one[0]) is None]
        self._read(base, news)
        for path, why in unreadable.items():
            if catalogue.file(library, path) is None:
                batch = problem_batch(path, why, library, self.writer)
                self._take_in(base, {path: (path, 0, 0, 0)}, [path], batch)
        if lost and came:
            self._pair(library, lost, [self._known(library, path) for path in came])

    def _read(self, base: Base, found: Sequence[Found]) -> None:
        by_path = {one[0]: one for one in found}
        for paths, batch in read_files(base, list(by_path), self.writer):
            self._take_in(base, by_path, paths, batch)
            if self._next and self._catalogue.articles >= self._next:
                self._next *= GROWTH
                self._publish(complete=False)

    def _take_in(
        self, base: Base, found: dict[str, Found], paths: Iterable[str], batch: Batch
    ) -> None:
        """Take in what was read of some files, in place of what was known of them."""
        library, number = (
            base.library,
            self._making.add(batch.packed, self.writer.name, batch.start),
        )
        for path, kind in zip(paths, batch.kinds, strict=True):
            one, row = found[path], NONE
            if kind != NOTHING:
                row, number = number, number + 1
            if self._may_be_unfinished(one, kind):
                self.unfinished.add((library, path))
                if row != NONE:
                    self._making.remove(row)
                continue
            before = self._catalogue.row(library, path)
            if before != NONE:
                self._making.remove(before)
            names = {(False, True): "added", (True, False): "removed", (True, True): "changed"}
            self._changes[names.get((before != NONE, row != NONE), "")] += 1
            if kind == OF_THE_MOMENT:
                one = (path, one[1], DISTRUSTED, one[3])
            self._catalogue.put(library, one, row)
            self._has_changed = True

    def _may_be_unfinished(self, found: Found, kind: int) -> bool:
        if kind != PROBLEM and found[1]:
            return False
        return 0 <= time.time_ns() - found[2] < self._patience * 1e9

    def _forget(self, library: int, path: str) -> Known:
        """Take out a file, and its article if it held one."""
        known = self._known(library, path)
        self._catalogue.drop(library, path)
        self._has_changed = True
        if known.row != NONE:
            self._making.remove(known.row)
            self._changes["removed"] += 1
        return known

    def _known(self, library: int, path: str) -> Known:
        file = self._catalogue.file(library, path) or (path, 0, 0, 0)
        return Known(file, self._catalogue.row(library, path))

    def _pair(self, library: int, lost: Iterable[Known], came: Iterable[Known]) -> None:
        """Find out what was renamed."""
        records = DiskRecords(self.place, self.index.tables.segments)
        for before, now in renamed(self.index, records, lost, came):
            self._renamed.append(Renamed.of(library, before, now))
            self._changes.update(changed=1, added=-1, removed=-1)

    # Publishing

    def _set_tables(self, looks: Sequence[Look]) -> None:
        """Take in what was found beside the articles; another kind of site reads all anew."""
        tables, values = self.index.tables, tables_of(looks)
        for library, (before, now) in enumerate(zip(tables.sites, values["sites"], strict=False)):
            if before != now:
                self._catalogue.distrust(library)
        if others := self._catalogue.others:
            values["passed_over"][NO_ARTICLE] = others
        for name, value in values.items():
            self._has_changed |= getattr(tables, name) != value
            setattr(tables, name, value)
        self._found = sum(len(walked.found) + len(walked.unreadable) for _, walked in looks)

    def _publish(self, *, complete: bool) -> None:
        """Write the index, and tell of it. Raises OSError."""
        index, tables, others = self.index, self.index.tables, self._catalogue.others
        tables.files, tables.read = self._found - others, self._catalogue.articles
        tables.passed_over.pop(NO_ARTICLE, None)
        tables.passed_over |= {NO_ARTICLE: others} if others else {}
        tables.complete = complete
        self._catalogue.tidy()
        derive(index)
        index.write(self.place / NAME)
        news = Publication(self.place, tables.files, tables.read, complete)
        if complete:
            changes = self._changes
            news = news._replace(
                added=changes["added"],
                changed=changes["changed"],
                removed=changes["removed"],
                renamed=tuple(self._renamed),
                note=self._note,
            )
            self._changes, self._renamed, self._note = Counter(), [], ""
            self._next, self._has_changed = 0, False
        self._tell(news)

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
        self.is_elsewhere, self._note = True, NO_CACHE.format(reason(error))
