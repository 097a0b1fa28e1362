"""Starts: cold, warm and after one change, in turn with the empty application and others."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bench.corpus import corpus, linked
from bench.figures import Bench, Figure
from bench.others import others
from bench.programs import EMPTY, OURS, Program, broadsheet, empty, environment
from bench.terminal import Missing, Terminal

PLAIN = f"{OURS}, no related"
MANY, FEW = 6, 1000
"""How many times as many starts there are with so few articles, for those are quick."""

BUDGET = 45.0
"""Seconds after which a side that is slow is not started again."""

Moments = dict[str, float]


@dataclass
class Side:
    """One of the programs that are started in turn, and what came of it."""

    name: str
    start: Callable[[], Moments]
    runs: int
    values: dict[str, list[float]] = field(default_factory=dict)
    spent: float = 0.0
    note: str = ""

    def take_turn(self, number: int) -> None:
        """Start once, unless it was often enough, took too long or failed."""
        if self.note or number >= self.runs or self.spent > BUDGET:
            return
        began = time.monotonic()
        try:
            for name, seconds in self.start().items():
                self.values.setdefault(name, []).append(seconds)
        except Missing as missing:
            self.note = str(missing)
        self.spent += time.monotonic() - began

    def figures(self, size: int) -> Iterator[Figure]:
        """Return what was measured."""
        for name, values in self.values.items():
            yield Figure(name, size, tuple(values), self.name)
        if self.note:
            yield Figure("start", size, (), self.name, note=self.note)


def starts(bench: Bench, size: int) -> list[Figure]:
    """Measure starts with and without a snapshot, and those of others."""
    runs = bench.runs * (MANY if size <= FEW else 1)
    related = corpus(bench.kept, size, "related")
    plain = corpus(bench.kept, size, "plain")
    sides = [Side(EMPTY, lambda: _start(empty(), bench.scratch / "empty", 30), runs)]
    for name, library, often in (
        (OURS, related.library, runs),
        (PLAIN, plain.library, bench.runs),
    ):
        program = broadsheet(library, size)
        home = warm(bench, program, size)
        sides.append(Side(name, _warm(bench, program, home, size), often))
        sides.append(Side(name, _cold(bench, program, size), bench.runs))
    for name, program, home in others(related):
        sides.append(Side(name, _other(program, home), bench.runs))
    return _alternate(sides, size)


def one_change(bench: Bench, size: int) -> list[Figure]:
    """Measure starts with a snapshot of before a file changed."""
    made = corpus(bench.kept, size, "related")
    library = linked(made, bench.scratch / f"changed-{size}")
    program = broadsheet(library, size)
    home = warm(bench, program, size)
    path = min((library / "_news").iterdir())
    text = path.read_bytes()
    numbers = count(1)

    def start() -> Moments:
        title = f"Changed for the {next(numbers)}. time"
        changed = re.sub(rb'\ntitle: "[^\n]*"', f'\ntitle: "{title}"'.encode(), text, count=1)
        changed = re.sub(rb"\nquality: \d+", b"\nquality: 999", changed, count=1)
        _replace(path, re.sub(rb"\nheat: -?\d+", b"\nheat: 1500", changed, count=1))
        with Terminal(program.command, environment(home)) as terminal:
            painted = terminal.wait_for(*program.painted, limit=bench.limit(size))
            shown = terminal.wait_for(re.compile(title), limit=bench.limit(size))
            terminal.settle(10)
        return {"one change: list painted": painted, "one change: shown": shown}

    sides = [
        Side(EMPTY, lambda: _start(empty(), bench.scratch / "empty", 30), bench.runs),
        Side(OURS, start, bench.runs),
    ]
    figures = _alternate(sides, size)
    shutil.rmtree(library)
    return [figure for figure in figures if figure.side == OURS]


def warm(bench: Bench, program: Program, size: int) -> Path:
    """Return a home in which the reader ran on its folder until it had settled, and ended."""
    library = Path(program.command[-1])
    home = bench.scratch / f"home-{library.parent.name}-{library.name}"
    if home.exists():
        return home
    with Terminal(program.command, environment(home)) as terminal:
        try:
            terminal.wait_for(*program.painted, *program.counted, limit=bench.limit(size))
            terminal.settle(60)
        except Missing as missing:
            print(f"the first start with {size:,} articles: {missing}")
    return home


def _warm(bench: Bench, program: Program, home: Path, size: int) -> Callable[[], Moments]:
    names = ("warm: list painted", "warm: all counted")
    return lambda: _start(program, home, bench.limit(size), names)


def _cold(bench: Bench, program: Program, size: int) -> Callable[[], Moments]:
    def start() -> Moments:
        home = bench.scratch / "cold"
        shutil.rmtree(home, ignore_errors=True)
        names = ("cold: first rows", "cold: all counted")
        return _start(program, home, bench.limit(size), names)

    return start


def _other(program: Program, home: Path) -> Callable[[], Moments]:
    return lambda: _start(program, home, 60)


def _start(
    program: Program, home: Path, limit: float, names: tuple[str, str] = ("painted", "counted")
) -> Moments:
    with Terminal(program.command, environment(home)) as terminal:
        moments = {names[0]: terminal.wait_for(*program.painted, limit=limit)}
        if program.counted:
            moments[names[1]] = terminal.wait_for(*program.counted, limit=limit)
    return moments


def _alternate(sides: list[Side], size: int) -> list[Figure]:
    sides[0].start()  # so that the first one that counts finds warm disk caches too
    for number in range(max(side.runs for side in sides)):
        for side in sides:
            side.take_turn(number)
    return [figure for side in sides for figure in side.figures(size)]


def _replace(path: Path, data: bytes) -> None:
    new = path.with_suffix(".new")
    new.write_bytes(data)
    os.replace(new, path)
