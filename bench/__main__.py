"""Measure Broadsheet: starts, keys, search, memory, the command line, and others beside it.

    uv run python -m bench                          everything; about a quarter of an hour
    uv run python -m bench --sizes 1000,10000       less of it
    uv run python -m bench --only keys --only search

Articles are invented, the same each time, and kept between runs. What is measured runs in a
pseudo-terminal of 160 by 50 with a home of its own. Where newsboat or newsraft are installed, they
are measured on the same articles as RSS.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.figures import Bench, Figure
from bench.keys import keys, search
from bench.plot import plot
from bench.report import as_json, markdown, rows, text
from bench.settled import memories
from bench.shell import parsing, pipe
from bench.stalls import stalls
from bench.starts import one_change, starts
from bench.terminal import Missing

Measure = Callable[[Bench, int], list[Figure]]
MEASURES: dict[str, Measure] = {
    "starts": starts,
    "change": one_change,
    "keys": keys,
    "search": search,
    "memory": memories,
    "pipe": pipe,
    "stalls": stalls,
    "parsing": parsing,
}
ONCE = ("parsing",)
"""What has a size of its own."""


def main() -> int:
    options = _options()
    options.corpus.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="run-", dir=options.corpus) as scratch:
        bench = Bench(options.corpus, Path(scratch), options.runs)
        figures = _measure(bench, options.sizes, options.only or list(MEASURES))
    seconds = time.monotonic() - began
    table = rows(figures)
    print(text(table), f"\nin {seconds:.0f} s", sep="\n")
    _write(options.json, as_json(figures, seconds))
    _write(options.markdown, markdown(table))
    _write(options.svg, plot(figures))
    return 0


def _write(path: Path | None, form: str) -> None:
    if path is not None and form:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{form}\n", encoding="utf-8")


def _measure(bench: Bench, sizes: list[int], names: list[str]) -> list[Figure]:
    """Measure one after the other; after ctrl+c it is what was measured until then."""
    figures: list[Figure] = []
    turns = [(name, size) for name in names for size in (sizes[:1] if name in ONCE else sizes)]
    for name, size in turns:
        print(f"{name}, {size:,} articles", file=sys.stderr, flush=True)
        try:
            figures += MEASURES[name](bench, size)
        except (Missing, OSError, subprocess.SubprocessError) as error:
            figures.append(Figure(name, size, (), note=str(error)))
        except KeyboardInterrupt:
            figures.append(Figure(name, size, (), note="broken off"))
            break
    return figures


def _options() -> argparse.Namespace:
    kept = Path(tempfile.gettempdir()) / "broadsheet-bench"
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--sizes", type=_sizes, default=[1_000, 10_000, 100_000], help="1000,10000,100000")
    add("--runs", type=int, default=5, help="starts of each kind (5)")
    add("--only", action="append", choices=MEASURES, help="just this; may be repeated")
    add("--corpus", type=Path, default=kept, help=f"where articles are kept ({kept})")
    add("--json", type=Path, default=kept / "figures.json", help="where every value goes (there)")
    add("--markdown", type=Path, help="where the table goes as Markdown")
    add("--svg", type=Path, help="where the plot goes")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


if __name__ == "__main__":
    sys.exit(main())
