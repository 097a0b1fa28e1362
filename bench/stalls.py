"""Keys while something goes on: how long a held key waits for a frame at the most."""

import os
import re
import shutil
import threading
import time
from itertools import islice
from pathlib import Path

from bench.corpus import corpus, linked
from bench.figures import Bench, Figure
from bench.programs import Program, broadsheet, counted, environment
from bench.starts import warm
from bench.terminal import Pattern, Terminal

CHANGED, ADDED = 4000, 1000
UNWATCHED = 5.0
"""Seconds after which a change that has not come in is asked for with `r`."""

HELD_ON = 1.5
"""Seconds that the key is held on when all is in."""

Moves = list[tuple[Path, Path]]


def stalls(bench: Bench, size: int) -> list[Figure]:
    """Measure the frames during the compare, the first reading, and a change of many files."""
    program = broadsheet(corpus(bench.kept, size, "related").library, size)
    home = warm(bench, program, size)
    cold = bench.scratch / "cold"
    shutil.rmtree(cold, ignore_errors=True)
    return [
        _while_starting("stall: compare", program, home, size, 10.0),
        _while_starting("stall: first reading", program, cold, size, 25.0),
        *_while_changing(bench, size),
    ]


class Awaited:
    """Tells when a text has been on the screen for a while, or will not be there in time."""

    def __init__(
        self, terminal: Terminal, pattern: Pattern, limit: float, ask: bytes = b""
    ) -> None:
        self._terminal, self._pattern, self._ask = terminal, pattern, ask
        self._began = time.monotonic()
        self._limit = limit
        self.seconds: float | None = None
        self.was_asked = False

    def __call__(self) -> bool:
        """Whether the wait is over. After a while without the text, it is asked for."""
        passed = time.monotonic() - self._began
        if self.seconds is None and self._terminal.has(self._pattern):
            self.seconds = passed
        if self.seconds is None and self._ask and passed > UNWATCHED and not self.was_asked:
            self.was_asked = True
            self._terminal.press(self._ask)
        return passed > (self._limit if self.seconds is None else self.seconds + HELD_ON)


def _while_starting(name: str, program: Program, home: Path, size: int, limit: float) -> Figure:
    with Terminal(program.command, environment(home)) as terminal:
        terminal.wait_for(*program.painted, limit=30)
        held = terminal.hold(b"j", Awaited(terminal, program.counted[0], limit))
    return Figure(name, size, tuple(held.frames))


def _while_changing(bench: Bench, size: int) -> list[Figure]:
    changed, added = min(CHANGED, size * 2 // 5), min(ADDED, size // 10)
    library = linked(corpus(bench.kept, size, "related"), bench.scratch / f"stalls-{size}")
    moving = threading.Thread(target=_move, args=(_stage(bench, library, changed, added),))
    program = broadsheet(library, size)
    home = warm(bench, program, size)
    with Terminal(program.command, environment(home)) as terminal:
        terminal.wait_for(*program.painted, *program.counted, limit=bench.limit(size))
        terminal.settle(30)
        moving.start()
        awaited = Awaited(terminal, counted(size + added), bench.limit(size), b"r")
        held = terminal.hold(b"j", awaited)
        moving.join()
    shutil.rmtree(library)
    what = f"{changed + added:,} files change"
    note = "after r, for it is not watched" if awaited.was_asked else ""
    seconds = () if awaited.seconds is None else (awaited.seconds,)
    return [
        Figure(f"stall: {what}", size, tuple(held.frames)),
        Figure(f"{what}: all in", size, seconds, note=note),
    ]


def _stage(bench: Bench, library: Path, changed: int, added: int) -> Moves:
    """Write the files of a change aside; return from where each has to go to where."""
    aside, news = bench.scratch / f"staged-{library.name}", library / "_news"
    aside.mkdir()
    for path in islice(sorted(news.iterdir()), changed):
        new = re.sub(rb'\ntitle: "', b'\ntitle: "Again: ', path.read_bytes(), count=1)
        (aside / path.name).write_bytes(new)
    for path in (corpus(bench.kept, added, "later").library / "_news").iterdir():
        shutil.copyfile(path, aside / path.name)
    return [(path, news / path.name) for path in aside.iterdir()]


def _move(moves: Moves) -> None:
    for source, target in moves:
        os.replace(source, target)
