"""What the keeper does after it has compared the folders for the first time: for ever."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NoReturn

from reader.snapshot.damage import Damaged
from reader.snapshot.keeper import Keeper
from reader.snapshot.segments import DiskRecords
from reader.snapshot.watching import Changed, Unwatched, Watched

PATIENCE = 2.0
"""Seconds that a file is given to be written."""

SOON, LATER = 0.5, 10.0
"""Seconds until unfinished files are looked at again, and until an idle index is put away."""

OFTEN = 2.0
"""Seconds between looks at folders that cannot be watched; more, where a look takes long."""

FEW = 2000
"""Articles that are searched quickly enough without a word index."""

_SHARE = 10  # times as long as it takes to look, it is not looked

NOT_WATCHED = "The folder cannot be watched ({}): it is looked at every few seconds instead"


class Duties:
    """Does for a keeper what is asked and what is due, one thing after the other."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.inbox: SimpleQueue[object] = SimpleQueue()
        """Words that ask for something, and what watching hands on."""
        self._unwatched: set[Path] = set()
        self._pause = OFTEN
        self._filling: Iterator[None] | None = None
        self._can_fill = True

    def do_all(self) -> NoReturn:
        """Work for ever."""
        while True:
            self._work(self._wait())

    def _wait(self) -> list[object]:
        """Return what has come, nothing where something is due; until then, fill."""
        due = self._due()
        until = None if due is None else time.monotonic() + due
        self._filling = self._filling or self._fill()
        while self.inbox.empty() and (until is None or time.monotonic() < until):
            if next(self._filling, _DONE) is _DONE:
                self._filling = None
                break
        came = list[object]()
        with suppress(Empty):
            left = None if until is None else max(until - time.monotonic(), 0.001)
            came.append(self.inbox.get(timeout=left))
            while True:
                came.append(self.inbox.get_nowait())
        return came

    def _due(self) -> float | None:
        """Return in how many seconds there is something to do, None for never."""
        if self.keeper.inventory.unfinished:
            return SOON
        if self._unwatched:
            return self._pause
        return None if self.keeper.is_resting else LATER

    def _work(self, came: Sequence[object]) -> None:
        """Do what has come to be done; where nothing has, what is due."""
        keeper = self.keeper
        is_new = [self._heed(one) for one in came if isinstance(one, Watched | Unwatched)]
        if "anew" in came:
            keeper.begin_anew()
        if "anew" in came or "rescan" in came:
            keeper.compare()
        elif is_new or (not came and self._unwatched):
            self._look()
        elif came or keeper.inventory.unfinished:
            keeper.take_notice(
                {path for one in came if isinstance(one, Changed) for path in one.paths}
            )
        elif self._filling is None:
            keeper.rest()
            _give_back()

    def _heed(self, event: Watched | Unwatched) -> bool:
        """Remember whether a root is watched; True, for it has to be looked at in any case."""
        if isinstance(event, Watched):
            self._unwatched.discard(event.root)
        else:
            self._unwatched.add(event.root)
            if event.why:
                self.keeper.note = NOT_WATCHED.format(event.why)
                self.keeper.tell_again()
        return True

    def _look(self) -> None:
        began = time.monotonic()
        self.keeper.compare(quietly=True)
        self._pause = max(OFTEN, _SHARE * (time.monotonic() - began))

    def _fill(self) -> Iterator[None]:
        """Compute what is too much to be computed at once, step by step."""
        with suppress(OSError, Damaged):
            yield from self.keeper.link_all()
        yield from self._fill_words()

    def _fill_words(self) -> Iterator[None]:
        """Fill word indexes that are not there, step by step, and tell of them.

        What is written after that goes into a segment of its own.
        """
        from reader.snapshot.filling import fill
        from reader.snapshot.full_text import SUFFIX

        keeper, index = self.keeper, self.keeper.index
        names = index.tables.segments
        missing = [n for n, name in enumerate(names)
                   if not (keeper.place / f"{name}{SUFFIX}").exists()]  # fmt: skip
        if not self._can_fill or sum(map(index.segment.count, missing)) <= FEW:
            return
        keeper.begin_segment()
        try:
            records = DiskRecords(keeper.place, names)
            for number in missing:
                yield from fill(keeper.place, index, records, number)
        except (OSError, Damaged):
            self._can_fill = False
        keeper.tell_again()


def _give_back() -> None:
    """Give back to the system what is free; the C library keeps 50 MB of it otherwise."""
    import ctypes

    gc.collect()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


_DONE = object()
