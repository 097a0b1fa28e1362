"""The figures as a table, as Markdown and as JSON."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version

from bench.figures import Figure
from bench.goals import goals_of, growth, is_reached, ratio

HEAD = ("what", "of", "articles", "n", "median", "p95", "most", "ratio", "growth", "goal", "")
ALIGNED = "<<>>>>>>><<"
VERDICTS = {True: "yes", False: "NO", None: "?"}


def rows(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """Return the table's rows: the ratio is to an empty app, the growth from a tenth."""
    names = list(dict.fromkeys((figure.name, figure.side) for figure in figures))
    grouped = sorted(figures, key=lambda figure: names.index((figure.name, figure.side)))
    return [HEAD, *(_row(figure, figures) for figure in grouped)]


def _row(figure: Figure, figures: Sequence[Figure]) -> tuple[str, ...]:
    lead = (figure.name, figure.side, f"{figure.size:,}", str(len(figure.values)))
    if not figure.values:
        return (*lead, "-", "-", "-", "", "", figure.note, "?")
    statistics = [_amount(value, figure.unit) for value in (figure.median, figure.p95, figure.most)]
    times = [_times(share(figure, figures)) for share in (ratio, growth)]
    goals = goals_of(figure)
    verdicts = [VERDICTS[is_reached(goal, figure, figures)] for goal in goals]
    said = [text for text in (*map(str, goals), figure.note) if text]
    return (*lead, *statistics, *times, ", ".join(said), ", ".join(verdicts))


def _amount(value: float, unit: str) -> str:
    if unit == "B":
        return f"{value / 1e6:.0f} MB"
    return f"{value:.2f} s" if value >= 1 else f"{1000 * value:.3g} ms"


def _times(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}x"


def text(table: Sequence[tuple[str, ...]]) -> str:
    """Return the table for a terminal."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        cells = zip(row, widths, strict=True)
        parts = [
            f"{cell:{'<' if n in (0, 1, 9, 10) else '>'}{width}}"
            for n, (cell, width) in enumerate(cells)
        ]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def markdown(table: Sequence[tuple[str, ...]]) -> str:
    """Return the table for a document."""
    marks = ["---" if n in (0, 1, 9, 10) else "---:" for n in range(len(HEAD))]
    lines = [table[0], tuple(marks), *table[1:]]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines
    )


def as_json(figures: Sequence[Figure], seconds: float) -> str:
    """Return every value, and the machine that they come from."""
    machine = {
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "textual": version("textual"),
    }
    measured = [asdict(figure) for figure in figures]
    return json.dumps({"machine": machine, "seconds": seconds, "figures": measured}, indent=1)
