"""200 feeds, 20,000 articles, asked for the first time and again: ours beside newsboat.

    uv run python -m bench.feeds            three rounds, alternating
    uv run python -m bench.feeds --rounds 1

Wall time, requests, bytes on the wire, processor seconds and memory (PSS of all processes, the
peak) of each run; a fresh home for each round. newsboat is run as it comes, which asks one feed
after the other, and with 16 threads.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.feed_server import hosts, urls
from bench.processes import cpu_seconds, memory

PORT = 8123
AGENTS = ("broadsheet", "newsboat")


class Run(NamedTuple):
    """What one refresh took: seconds, requests, bytes, processor seconds, bytes of memory."""

    seconds: float
    requests: int
    sent: int
    computed: float
    memory: float


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    rounds = options.parse_args().rounds
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.feed_server", "--port", str(PORT)], stdout=subprocess.PIPE
    )
    assert server.stdout
    server.stdout.readline()
    found: dict[tuple[str, str], list[Run]] = {}
    try:
        for _ in range(rounds):
            for name, prepare in SIDES.items():
                if name != "broadsheet" and shutil.which("newsboat") is None:
                    continue
                with tempfile.TemporaryDirectory(prefix="feeds-") as home:
                    command = prepare(Path(home))
                    for what in ("first", "again"):
                        found.setdefault((what, name), []).append(_run(command, Path(home)))
    finally:
        server.kill()
    print(table(found))
    return 0


def _broadsheet(home: Path) -> list[str]:
    library = home / "news"
    library.mkdir()
    config = home / ".config" / "broadsheet"
    config.mkdir(parents=True)
    config.joinpath("config.toml").write_text(f"[feeds]\nprivate_hosts = {json.dumps(hosts())}\n")
    outlines = "".join(f'<outline type="rss" xmlUrl="{url}"/>\n' for url in urls(PORT))
    text = f'<opml version="2.0"><head/><body>\n{outlines}</body></opml>\n'
    (library / "feeds.opml").write_text(text)
    return [sys.executable, "-m", "reader", "refresh", "--all", "--library", str(library)]


def _newsboat(home: Path, threads: int = 1) -> list[str]:
    (home / "urls").write_text("\n".join(urls(PORT)) + "\n")
    (home / "config").write_text(f"reload-threads {threads}\ndownload-retries 1\n")
    files = [*("-u", str(home / "urls")), *("-C", str(home / "config"))]
    return ["newsboat", *files, "-c", str(home / "cache.db"), "-x", "reload"]


SIDES: dict[str, Callable[[Path], list[str]]] = {
    "broadsheet": _broadsheet,
    "newsboat": _newsboat,
    "newsboat, 16 threads": lambda home: _newsboat(home, 16),
}


def _run(command: list[str], home: Path) -> Run:
    _ask("/reset")
    environment = os.environ | {
        "HOME": str(home),
        **{f"XDG_{name}_HOME": str(home / path) for name, path in _PLACES.items()},
    }
    began, peak, computed = time.monotonic(), 0.0, 0.0
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None:
        peak, computed = (
            max(peak, memory(process.pid, "Pss")),
            max(computed, cpu_seconds(process.pid)),
        )
        time.sleep(0.1)
    seconds = time.monotonic() - began
    told = json.loads(_ask("/stats"))
    mine = [count for agent, count in told.items() if agent in AGENTS]
    sums = (sum(count[name] for count in mine) for name in ("requests", "bytes"))
    return Run(seconds, *sums, computed, peak)


_PLACES = {"CONFIG": ".config", "DATA": "data", "STATE": "state", "CACHE": "cache"}


def _ask(path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.1.1:{PORT}{path}") as answer:
        return bytes(answer.read())


def table(found: dict[tuple[str, str], list[Run]]) -> str:
    """Return the medians as Markdown."""
    lines = [
        "| refresh | program | wall | requests | bytes | processor | memory |",
        "|---" * 7 + "|",
    ]
    for (what, name), runs in sorted(found.items(), key=lambda one: one[0][0] != "first"):
        median = Run(*(statistics.median(values) for values in zip(*runs, strict=True)))
        cells = [
            *(what, name, f"{median.seconds:.2f} s", f"{median.requests:.0f}"),
            *(f"{median.sent / 1e6:.2f} MB", f"{median.computed:.1f} s"),
            f"{median.memory / 1e6:.0f} MB",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
