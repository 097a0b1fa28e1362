"""Reading files into rows, in processes beside this one where there are many."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from reader.files.scan import clock, read_file
from reader.files.site import Site
from reader.search import words_of
from reader.snapshot.rows import Row, row_of

BATCH = 250
"""Files that are read at once; the way through the pipe costs about one file."""

FEW = 500
"""Files that are read faster here than it takes to start other processes."""

NOT_YET = "not yet published"


class Base(NamedTuple):
    """What the files of one folder are read with."""

    folder: Path
    library: int
    site: Site


Read = tuple[str, Row | None, bool]
"""A path, its row if it holds an article, and whether the clock may make it another one."""


def read_files(base: Base, paths: Sequence[str]) -> Iterator[list[Read]]:
    """Yield what is in files, batch after batch, in the order of the paths."""
    read = partial(read_batch, base, now=clock())
    batches = [paths[start : start + BATCH] for start in range(0, len(paths), BATCH)]
    if len(paths) <= FEW:
        yield from map(read, batches)
    else:
        yield from _beside(read, batches)


def read_batch(base: Base, paths: Sequence[str], *, now: str) -> list[Read]:
    """Read some files, one after the other."""
    return [_read(base, path, now) for path in paths]


def _read(base: Base, path: str, now: str) -> Read:
    found = read_file(base.folder, path, base.library, base.site, now)
    if found is None:
        return path, None, False
    article, body = found
    return path, row_of(article, words_of(article, body)), article.hidden == NOT_YET


def _beside(
    read: Callable[[Sequence[str]], list[Read]], batches: list[Sequence[str]]
) -> Iterator[list[Read]]:
    """Read in other processes; if one of them dies, what is left is read here."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    done = 0
    context = get_context("fork")
    try:
        with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
            for rows in pool.map(read, batches):
                done += 1
                yield rows
    except BrokenProcessPool:
        yield from map(read, batches[done:])
