"""The keeper: brings the index in the cache into line with the folders, and publishes it."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any

from reader.files import fields
from reader.files.reading import reason
from reader.files.recognition import site_of
from reader.files.scan import read_topic
from reader.files.site import NO_SITE, Site
from reader.files.walk import Found, Walked, found_file, walk
from reader.snapshot.cache import cache_folder, make_place, sweep, temporary_place
from reader.snapshot.catalogue import Catalogue, File
from reader.snapshot.columns import NONE
from reader.snapshot.damage import Damaged
from reader.snapshot.derive import derive
from reader.snapshot.index import NAME, Index, read_index
from reader.snapshot.making import Making
from reader.snapshot.publication import Publication, Renamed
from reader.snapshot.reading import Base, Read, read_files
from reader.snapshot.renames import Gone
from reader.snapshot.rows import row_of
from reader.snapshot.segments import DiskRecords, SegmentWriter

FIRST = 64
"""Files that are read and shown before it is known what else there is."""

GROWTH = 8
"""How many times as many articles the next index has, while a folder is read for the first time."""

NO_CACHE = "The cache cannot be written ({}): the next start will read everything again"


class Keeper:
    """Keeps the index of some folders; `tell` hears of each one that is published."""

    def __init__(
        self, roots: Sequence[Path], cache_dir: Path, tell: Callable[[Publication], None]
    ) -> None:
        self._roots, self._tell = roots, tell
        self.is_elsewhere, self._note = False, ""
        self.place = cache_folder(cache_dir, roots)
        try:
            make_place(self.place)
        except OSError as error:
            self._go_elsewhere(error)
        self.begin(self._kept())

    def begin(self, index: Index) -> None:
        """Go on with an index; an empty one trusts nothing that was kept."""
        self.index = index
        index.tables.folders = list(map(str, self._roots))
        self._making, self._writer = Making(index), SegmentWriter(self.place)
        self._catalogue = Catalogue(index, len(self._roots))
        self._changes: Counter[str] = Counter()
        self._renamed: list[Renamed] = []
        self._has_changed = False
        self._next = 0 if index.tables.complete else FIRST * GROWTH

    def compare(self, *, always: bool = True) -> None:
        """Bring the index into line with the folders, and publish it. Raises OSError.

        One that is as it was is told of too, unless not `always`. Where the cache takes nothing
        more, all is read again into another place.
        """
        try:
            self._compare(always=always)
        except OSError as error:
            if self.is_elsewhere:
                raise
            self._go_elsewhere(error)
            self.begin(Index())
            self._compare(always=always)

    def _compare(self, *, always: bool) -> None:
        if not len(self.index):
            self._read_first()
        sites = [_site(root) for root in self._roots]
        walks = [_walked(root, site) for root, site in zip(self._roots, sites, strict=True)]
        self._set_tables(sites, walks)
        for library, (site, walked) in enumerate(zip(sites, walks, strict=True)):
            self._bring_into_line(self._base(library, site), walked)
        if self._has_changed or not self.index.tables.complete:
            self._publish(complete=True)
            sweep(self.place, {*self.index.tables.segments, self._writer.name})
        elif always:
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
        root, site = self._roots[0], _site(self._roots[0])
        if root.is_dir() and not site.row.bundles:
            found = walk(root, site, limit=FIRST).found
            self._set_tables([site], [Walked(found)])
            self._read(self._base(0, site), found, Gone({}))
            self._publish(complete=False)

    def _base(self, library: int, site: Site) -> Base:
        root = self._roots[library]
        return Base(root if root.is_dir() else root.parent, library, site)

    def _bring_into_line(self, base: Base, walked: Walked) -> None:
        known = self._catalogue.files[base.library]
        unreadable = [(path, 0, 0, 0) for path, _ in walked.unreadable]
        news, gone = self._catalogue.difference(base.library, [*walked.found, *unreadable])
        lost = {path: known.pop(path) for path in gone}
        for file in lost.values():
            self._drop(file)
        self._read(base, [one for one in news if one not in unreadable], Gone(lost))
        for path, why in walked.unreadable:
            if path not in known:
                row = row_of(fields.to_problem(path, why, base.library), "")
                self._take((path, 0, 0, 0), base.library, (path, row, False), Gone({}))

    def _read(self, base: Base, found: Sequence[Found], gone: Gone) -> None:
        by_path = {one[0]: one for one in found}
        for batch in read_files(base, list(by_path)):
            for read in batch:
                self._take(by_path[read[0]], base.library, read, gone)
            if self._next and self._catalogue.articles >= self._next:
                self._next *= GROWTH
                self._publish(complete=False)

    def _take(self, found: Found, library: int, read: Read, gone: Gone) -> None:
        """Take in what was read of a file, in place of what was known of it."""
        (path, size, time, inode), (_, row, is_of_the_moment) = found, read
        known, number = self._catalogue.files[library], NONE
        before = known.get(path)
        if before is not None:
            self._drop(before)
        if row is not None:
            number = self._making.add(row, self._writer)
            self._changes["added"] += 1
        file = File(size, 0 if is_of_the_moment else time, inode, number)
        known[path] = file
        if before is not None and before.row != NONE and row is not None:
            self._changes.update(changed=1, added=-1, removed=-1)
        elif before is None and (left := gone.path_of(file, self.index)) is not None:
            self._changes.update(changed=1, added=-1, removed=-1)
            self._renamed.append(Renamed.of(library, left, path))
        self._has_changed = True

    def _drop(self, file: File) -> None:
        """Take out the article of a file, if it held one."""
        self._has_changed = True
        if file.row != NONE:
            self._making.remove(file.row)
            self._changes["removed"] += 1

    # Publishing

    def _set_tables(self, sites: list[Site], walks: list[Walked]) -> None:
        """Take in what was found beside the articles; another kind of site reads all anew."""
        tables = self.index.tables
        listed = [topic for base, one in zip(self._roots, walks, strict=False)
                  for path in one.topics if (topic := read_topic(base / path))]  # fmt: skip
        passed = sum((one.passed_over for one in walks), Counter[str]())
        walked = [(n, *one) for n, walk in enumerate(walks) for one in walk.folders]
        news: dict[str, Any] = {
            "sites": _as_read([astuple(site) for site in sites]),
            "listed": _as_read([(one.name, one.parent) for one in listed]),
            "passed_over": dict(passed),
            "walked": _as_read(walked),
        }
        for library, site in enumerate(news["sites"]):
            if library < len(tables.sites) and tables.sites[library] != site:
                self._catalogue.distrust(library)
        self._passed_over = passed
        others = tables.passed_over.pop(NO_ARTICLE, 0)
        for name, value in news.items():
            self._has_changed |= getattr(tables, name) != value
            setattr(tables, name, value)
        tables.passed_over |= {NO_ARTICLE: others} if others else {}
        self._found = sum(len(one.found) + len(one.unreadable) for one in walks)

    def _publish(self, *, complete: bool) -> None:
        """Write the index, and tell of it. Raises OSError."""
        index, tables, others = self.index, self.index.tables, self._catalogue.others
        tables.files, tables.read = self._found - others, self._catalogue.articles
        tables.passed_over |= {NO_ARTICLE: others} if others else {}
        tables.complete = complete
        self._writer.flush()
        self._catalogue.store(index)
        derive(index)
        index.write(self.place / NAME)
        news = Publication(self.place, tables.files, tables.read, complete)
        if complete:
            news = news._replace(
                added=self._changes["added"],
                changed=self._changes["changed"],
                removed=self._changes["removed"],
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


NO_ARTICLE = "no front matter"


def _site(root: Path) -> Site:
    return site_of(root) if root.is_dir() else NO_SITE


def _walked(root: Path, site: Site) -> Walked:
    """Return what is in a folder, or the one file that a root is; nothing where it is gone."""
    if root.is_dir():
        return walk(root, site)
    try:
        return found_file(root)
    except OSError as error:
        return Walked(unreadable=[("./", f"the folder cannot be read: {reason(error)}")])


def _as_read(value: object) -> Any:
    """Return a value as it comes back from JSON."""
    return json.loads(json.dumps(value))
