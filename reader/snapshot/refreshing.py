"""The keeper's work done once, for a command that prints and ends."""

import atexit
import os
import shutil
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from reader.ranking import HALF_LIFE
from reader.snapshot.cache import cache_folder
from reader.snapshot.damage import Damaged
from reader.snapshot.index import NAME, read_tables
from reader.snapshot.publication import Publication
from reader.snapshot.tables import Tables

FEW = 5_000
"""Files that are all looked at, each time; of more, only the folders are that they are in."""


def refresh(
    roots: Sequence[Path],
    cache_dir: Path,
    *,
    thorough: bool = False,
    half_life: float = HALF_LIFE,
) -> Publication:
    """Bring the index of some folders into line with them, and return where it is.

    Where there are many files, and no folder of theirs has changed, it is taken as it is, unless
    it is to be `thorough`. `half_life` is in hours, see the keeper. Raises OSError.
    """
    place = cache_folder(cache_dir, roots)
    if not thorough and _seems_in_line(place, roots, half_life):
        return Publication(place, complete=True)
    from reader.snapshot.keeper import Keeper
    from reader.snapshot.linking import is_open

    came: list[Publication] = []
    keeper = Keeper(roots, cache_dir, came.append, half_life=half_life)
    if keeper.is_elsewhere:
        atexit.register(shutil.rmtree, keeper.place, ignore_errors=True)
    keeper.compare()
    if is_open(keeper.index):
        deque(keeper.link_all(), 0)
    return came[-1]


def _seems_in_line(place: Path, roots: Sequence[Path], half_life: float) -> bool:
    try:
        tables = read_tables(place / NAME)
    except Damaged:
        return False
    is_it = (tables.folders, tables.half_life) == (list(map(str, roots)), half_life)
    is_it = is_it and tables.complete and not tables.stale and tables.files > FEW
    return is_it and all(_is_unchanged(roots, tables, at) for at in range(len(tables.walked)))


def _is_unchanged(roots: Sequence[Path], tables: Tables, at: int) -> bool:
    library, folder, mtime = tables.walked[at]
    try:
        return os.stat(roots[library] / folder).st_mtime_ns == mtime
    except OSError:
        return False
