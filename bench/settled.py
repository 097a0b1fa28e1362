"""Memory of a reader that has settled, of the empty application, and of others."""

from pathlib import Path

from bench.corpus import corpus
from bench.figures import Bench, Figure
from bench.others import others
from bench.processes import memory
from bench.programs import EMPTY, OURS, Program, broadsheet, empty, environment
from bench.starts import warm
from bench.terminal import Missing, Terminal


def memories(bench: Bench, size: int) -> list[Figure]:
    """Measure PSS and RSS of the whole process tree."""
    related = corpus(bench.kept, size, "related")
    program = broadsheet(related.library, size)
    sides = [(EMPTY, empty(), bench.scratch / "empty"), (OURS, program, warm(bench, program, size))]
    figures = []
    for name, other, home in [*sides, *others(related)]:
        figures += _memory(bench, name, other, home, size)
    return figures


def _memory(bench: Bench, name: str, program: Program, home: Path, size: int) -> list[Figure]:
    try:
        with Terminal(program.command, environment(home)) as terminal:
            terminal.wait_for(*program.painted, *program.counted, limit=bench.limit(size))
            terminal.settle(60)
            values = {field: memory(terminal.pid, field) for field in ("Pss", "Rss")}
    except Missing as missing:
        return [Figure("memory (PSS)", size, (), name, "B", str(missing))]
    return [
        Figure(f"memory ({field.upper()})", size, (value,), name, "B")
        for field, value in values.items()
    ]
