"""What runs without a screen: the list in a pipe, and CSafeLoader over long related lists."""

import json
import re
import shutil
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path

from bench.corpus import corpus, mark_complete
from bench.figures import Bench, Figure
from bench.programs import broadsheet, environment, script
from bench.starts import warm
from bench.terminal import Missing, Terminal

SLICE = Path(__file__).resolve().parents[2] / "shared/corpus/azure-2020-10/_news"
PARSED = 5000
PIPE = '"$0" list --json --library "$1" | head -1'


def pipe(bench: Bench, size: int) -> list[Figure]:
    """Measure the list whose first line is taken, with a snapshot."""
    library = corpus(bench.kept, size, "related").library
    env = environment(warm(bench, broadsheet(library, size), size))
    values = []
    for _ in range(bench.runs + 1):
        began = time.monotonic()
        try:
            line = subprocess.run(
                ["sh", "-c", PIPE, str(script()), str(library)],
                env=env, capture_output=True, check=True, timeout=bench.limit(size),
            ).stdout  # fmt: skip
            json.loads(line)
        except (subprocess.SubprocessError, ValueError) as error:
            return [Figure("list --json | head -1", size, (), note=str(error))]
        values.append(time.monotonic() - began)
    return [Figure("list --json | head -1", size, tuple(values[1:]))]


def parsing(bench: Bench, _: int) -> list[Figure]:
    """Measure a cold start on long related lists against CSafeLoader on the same files."""
    library, name = _long(bench)
    values: list[float] = []
    plain: list[float] = []
    for _ in range(min(bench.runs, 3)):
        home = bench.scratch / "cold"
        shutil.rmtree(home, ignore_errors=True)
        program = broadsheet(library, PARSED)
        try:
            with Terminal(program.command, environment(home)) as terminal:
                values.append(terminal.wait_for(*program.counted, limit=60))
        except Missing as missing:
            return [Figure("long lists: all counted", PARSED, (), note=str(missing))]
        command = [sys.executable, "-m", "bench.plain_yaml", str(library)]
        told = subprocess.run(command, capture_output=True, check=True).stdout
        plain.append(float(told))
    return [
        Figure("long lists: all counted", PARSED, tuple(values), note=name),
        Figure("long lists: all parsed", PARSED, tuple(plain), "CSafeLoader", note=name),
    ]


def _long(bench: Bench) -> tuple[Path, str]:
    """Return the folder of 5,000 files with long related lists, and what they are."""
    if not SLICE.is_dir():
        return corpus(bench.kept, PARSED, "long").library, "invented"
    root = bench.kept / f"slice-{PARSED}"
    if not (root / "complete").is_file():
        shutil.rmtree(root, ignore_errors=True)
        _repeat(root / "library/_news")
        mark_complete(root)
    return root / "library", "the azure slice, repeated"


def _repeat(folder: Path) -> None:
    """Copy the slice until there are enough files; each copy has addresses of its own."""
    folder.mkdir(parents=True)
    paths = sorted(SLICE.iterdir())
    for number, path in zip(range(PARSED), cycle(paths), strict=False):
        copy = number // len(paths)
        text = re.sub(rb"https?://", b"https://copy%d." % copy, path.read_bytes())
        (folder / f"{path.stem}-{copy}{path.suffix}").write_bytes(text)
