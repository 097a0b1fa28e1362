"""The keeper's process: publishes an index of some folders, and goes on keeping it.

Each publication is a line on standard output, each line on standard input asks for something;
at its end, and when nobody reads any more, this ends too.
"""

import gc
import os
import shutil
import sys
import threading
from pathlib import Path

from reader.snapshot.duties import PATIENCE, Duties
from reader.snapshot.keeper import Keeper
from reader.snapshot.publication import Publication
from reader.snapshot.watching import watch

NO_WATCH = "--no-watch"
NICENESS = 5


def main() -> None:
    """Keep the index of the folders on the command line, after half-life and cache folder."""
    gc.disable()
    half_life, *words = [one for one in sys.argv[1:] if one != NO_WATCH]
    cache_dir, *roots = map(Path, words)
    keeper = Keeper(roots, cache_dir, _tell, PATIENCE, float(half_life))
    duties = Duties(keeper)
    threading.Thread(target=_listen, args=(duties,), daemon=True).start()
    keeper.compact()
    keeper.compare()
    os.nice(NICENESS)
    if NO_WATCH not in sys.argv:
        watch(roots, duties.inbox.put)
    duties.do_all()


def _tell(publication: Publication) -> None:
    try:
        os.write(1, publication.line())
    except BrokenPipeError:
        os._exit(0)


def _listen(duties: Duties) -> None:
    """Hand on what is asked, and end with whoever asks.

    `sys.stdin` is not used, for a process that is forked closes it.
    """
    words = b""
    while came := os.read(0, 4096):
        *lines, words = (words + came).split(b"\n")
        for line in lines:
            duties.inbox.put(line.decode())
    if duties.keeper.is_elsewhere:
        shutil.rmtree(duties.keeper.place, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()
