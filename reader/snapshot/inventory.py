"""The inventory: articles of an index with their files; what is read goes in, what is gone out."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from reader.files.walk import Found
from reader.snapshot.catalogue import DISTRUSTED, Catalogue
from reader.snapshot.columns import NONE
from reader.snapshot.index import Index
from reader.snapshot.making import Making
from reader.snapshot.publication import Renamed
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

_CHANGES = {(False, True): "added", (True, False): "removed", (True, True): "changed"}
"""What has come about, by whether there was an article and whether there is one."""


class Inventory:
    """Changes an index; what is new since it was published last is in `changes` and `renamed`.

    A file that was changed less than `patience` seconds ago may still be being written: if there
    is a problem with it, it is left as it was, and is among the `unfinished`: library and path.
    """

    def __init__(self, index: Index, libraries: int, patience: float) -> None:
        self.index, self._patience = index, patience
        self.catalogue = Catalogue(index, libraries)
        self._making = Making(index)
        self.unfinished: set[tuple[int, str]] = set()
        self.has_changed = False
        self.changes: Counter[str] = Counter()
        self.renamed: list[Renamed] = []

    def settle(self) -> None:
        """Begin to count changes anew, for these were published."""
        self.has_changed, self.changes, self.renamed = False, Counter(), []

    def bring_into_line(
        self,
        base: Base,
        news: Sequence[Found],
        gone: Iterable[str],
        writer: SegmentWriter,
        after_batch: Callable[[], object] = lambda: None,
    ) -> None:
        """Read what is new, and forget what is gone. Raises OSError."""
        library, catalogue = base.library, self.catalogue
        lost = [self._forget(library, path) for path in gone]
        came = [one[0] for one in news if catalogue.file(library, one[0]) is None]
        found = {one[0]: one for one in sorted(news)}
        for paths, batch in read_files(base, list(found), writer):
            self._take_in(library, [found[path] for path in paths], batch, writer.name)
            after_batch()
        if lost and came:
            self._pair(library, lost, [self._known(library, path) for path in came], writer)

    def add_unreadable(
        self, library: int, unreadable: Iterable[tuple[str, str]], writer: SegmentWriter
    ) -> None:
        """Let folders that cannot be read be problems, each at its path. Raises OSError."""
        for path, why in unreadable:
            if self.catalogue.file(library, path) is None:
                batch = problem_batch(path, why, library, writer)
                self._take_in(library, [(path, 0, 0, 0)], batch, writer.name)

    def _take_in(self, library: int, found: Iterable[Found], batch: Batch, segment: str) -> None:
        """Take in what was read of some files, in place of what was known of them."""
        number = self._making.add(batch.packed, segment, batch.start)
        for one, kind in zip(found, batch.kinds, strict=True):
            row = number if kind != NOTHING else NONE
            number += kind != NOTHING
            if self._may_be_unfinished(one, kind):
                self.unfinished.add((library, one[0]))
                self._remove(row)
            else:
                path, size, moment, inode = one
                before = self._remove(self.catalogue.row(library, path))
                self._count(before, row)
                moment = DISTRUSTED if kind == OF_THE_MOMENT else moment
                self.catalogue.put(library, (path, size, moment, inode), row)

    def _may_be_unfinished(self, found: Found, kind: int) -> bool:
        _, size, moment, _ = found
        age = (time.time_ns() - moment) / 1e9
        return (kind == PROBLEM or not size) and 0 <= age < self._patience

    def _forget(self, library: int, path: str) -> Known:
        """Take out a file, and its article if it held one."""
        known = self._known(library, path)
        self.catalogue.drop(library, path)
        self._count(self._remove(known.row), NONE)
        return known

    def _known(self, library: int, path: str) -> Known:
        file = self.catalogue.file(library, path) or (path, 0, 0, 0)
        return Known(file, self.catalogue.row(library, path))

    def _remove(self, row: int) -> int:
        if row != NONE:
            self._making.remove(row)
        return row

    def _count(self, before: int, now: int) -> None:
        self.has_changed = True
        if change := _CHANGES.get((before != NONE, now != NONE)):
            self.changes[change] += 1

    def _pair(
        self, library: int, lost: Iterable[Known], came: Iterable[Known], writer: SegmentWriter
    ) -> None:
        """Find out what was renamed."""
        records = DiskRecords(writer.path.parent, self.index.tables.segments)
        for before, now in renamed(self.index, records, lost, came):
            self.renamed.append(Renamed.of(library, before, now))
            self.changes.update(changed=1, added=-1, removed=-1)
