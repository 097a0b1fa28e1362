"""The keeper's process: publishes an index of some folders, and goes on keeping it.

Each publication is a line on standard output, each line on standard input asks for something;
at its end, and when nobody reads any more, this ends too.
"""

import gc
import os
import queue
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from reader.snapshot.damage import Damaged
from reader.snapshot.index import Index
from reader.snapshot.keeper import Keeper
from reader.snapshot.publication import Publication
from reader.snapshot.segments import DiskRecords

NICENESS = 5

Inbox = queue.SimpleQueue[str]


def main() -> None:
    """Keep the index of the folders on the command line, after the folder of the cache."""
    gc.disable()
    cache_dir, *roots = map(Path, sys.argv[1:])
    inbox: Inbox = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(inbox,), daemon=True).start()
    keeper = Keeper(roots, cache_dir, _tell)
    try:
        keeper.compare()
        os.nice(NICENESS)
        _serve(keeper, inbox)
    finally:
        if keeper.is_elsewhere:
            shutil.rmtree(keeper.place, ignore_errors=True)


def _serve(keeper: Keeper, inbox: Inbox) -> None:
    """Do what is asked, and fill word indexes while nothing is."""
    filling = _fill(keeper)
    while (word := _next(inbox, filling)) != "end":
        if word == "anew":
            keeper.begin(Index())
            filling = _fill(keeper)
        keeper.compare()


def _next(inbox: Inbox, filling: Iterator[None]) -> str:
    """Return what is asked for next; until then, fill."""
    for _ in filling:
        with suppress(queue.Empty):
            return inbox.get_nowait()
    return inbox.get()


def _fill(keeper: Keeper) -> Iterator[None]:
    """Fill the word indexes that are not there, step by step, and tell of them."""
    from reader.snapshot.filling import fill
    from reader.snapshot.full_text import SUFFIX

    names = keeper.index.tables.segments
    missing = [n for n, name in enumerate(names) if not (keeper.place / f"{name}{SUFFIX}").exists()]
    with suppress(OSError, Damaged):
        records = DiskRecords(keeper.place, names)
        for number in missing:
            yield from fill(keeper.place, keeper.index, records, number)
        if missing:
            keeper.tell_again()


def _tell(publication: Publication) -> None:
    try:
        os.write(1, publication.line())
    except BrokenPipeError:
        os._exit(0)


def _listen(inbox: Inbox) -> None:
    """Hand on what is asked; `sys.stdin` is not used, for a process that is forked closes it."""
    words = b""
    while came := os.read(0, 4096):
        *lines, words = (words + came).split(b"\n")
        for line in lines:
            inbox.put(line.decode())
    os._exit(0) if inbox.empty() else inbox.put("end")


if __name__ == "__main__":
    main()
