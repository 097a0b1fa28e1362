"""Reading files into packed rows, in processes beside this one."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from reader.files.fields import to_problem
from reader.files.scan import clock, read_file
from reader.files.site import Site
from reader.search import words_of
from reader.snapshot.packing import Packed, pack
from reader.snapshot.pool import cores, do_all
from reader.snapshot.rows import Row, row_of
from reader.snapshot.segments import SegmentWriter

NOTHING, ARTICLE, OF_THE_MOMENT, PROBLEM = range(4)
"""What a file holds; an article of the moment may be another one when it is read later."""

KILLS = "reading it ended the process"
NOT_YET = "not yet published"
_LARGEST, _SMALLEST = 250, 16  # files that are read at once; through the pipe, 250 cost like one


class Base(NamedTuple):
    """What the files of one folder are read with."""

    folder: Path
    library: int
    site: Site


class Batch(NamedTuple):
    """Some files: what each holds, their rows, and where in the segment the records begin."""

    kinds: bytes
    packed: Packed
    start: int


def read_files(
    base: Base, paths: Sequence[str], writer: SegmentWriter
) -> Iterator[tuple[Sequence[str], Batch]]:
    """Yield files with what is in them, batch after batch, in any order. Raises OSError."""
    read = partial(_read, base, writer, clock())
    size = min(max(len(paths) // (2 * cores()), _SMALLEST), _LARGEST)
    lost: list[Sequence[str]] = []
    for some, batch in do_all(read, [paths[at : at + size] for at in range(0, len(paths), size)]):
        if batch:
            yield some, batch
        else:
            lost += [[path] for path in some]
    for one, batch in do_all(read, lost):
        yield one, batch or problem_batch(one[0], KILLS, base.library, writer)


def problem_batch(path: str, why: str, library: int, writer: SegmentWriter) -> Batch:
    """Return a batch of one file that cannot be read. Raises OSError."""
    return _batch([(PROBLEM, row_of(to_problem(path, why, library), ""))], writer)


def _read(base: Base, writer: SegmentWriter, now: str, paths: Sequence[str]) -> Batch:
    return _batch([_read_one(base, path, now) for path in paths], writer)


def _batch(found: Sequence[tuple[int, Row | None]], writer: SegmentWriter) -> Batch:
    packed, records = pack([row for _, row in found if row])
    return Batch(bytes([kind for kind, _ in found]), packed, writer.append(records))


def _read_one(base: Base, path: str, now: str) -> tuple[int, Row | None]:
    found = read_file(base.folder, path, base.library, base.site, now)
    if found is None:
        return NOTHING, None
    article, body = found
    kind = OF_THE_MOMENT if article.hidden == NOT_YET else PROBLEM if article.problem else ARTICLE
    return kind, row_of(article, words_of(article, body))
