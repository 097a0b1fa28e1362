"""Other feed readers on the same articles as RSS, where they are installed."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.corpus import Corpus
from bench.programs import Program, environment, installed
from bench.terminal import Missing, Terminal

PATIENCE = 600.0
"""Seconds that a reader may take to read the feeds for the first time."""

Other = tuple[str, Program, Path]


def others(corpus: Corpus) -> Iterator[Other]:
    """Yield name, program and home of each reader that is there; its own database is filled."""
    for parted, feeds in corpus.feeds.items():
        if installed("newsboat"):
            yield from _newsboat(corpus.root / f"newsboat, {parted}", feeds)
        if installed("newsraft") and len(feeds) == 1:
            yield from _newsraft(corpus.root / f"newsraft, {parted}", feeds[0], corpus.size)


def _newsboat(home: Path, feeds: list[Path]) -> Iterator[Other]:
    home.mkdir(exist_ok=True)
    files = ["-u", str(home / "urls"), "-c", str(home / "cache.db")]
    (home / "urls").write_text("".join(f"{feed.resolve().as_uri()}\n" for feed in feeds))
    command = ["newsboat", *files]
    try:
        if not (home / "filled").exists():
            fill, env = [*command, "-x", "reload"], environment(home)
            subprocess.run(fill, env=env, check=True, timeout=PATIENCE, capture_output=True)
            (home / "filled").touch()
    except (subprocess.SubprocessError, OSError) as error:
        print(f"newsboat: {error}")
    else:
        yield home.name, Program(command, (re.compile("Your feeds"), re.compile(r"\(\d+/\d"))), home


def _newsraft(home: Path, feed: Path, size: int) -> Iterator[Other]:
    home.mkdir(exist_ok=True)
    files = ["-f", str(home / "feeds"), "-d", str(home / "newsraft.sqlite3")]
    (home / "feeds").write_text(f'$(cat "{feed.resolve()}") "Feed"\n')
    command, painted = ["newsraft", *files], re.compile(rf"{size} *│")
    try:
        if not (home / "filled").exists():
            with Terminal(command, environment(home)) as terminal:
                terminal.wait_for(re.compile("│"), limit=30)
                terminal.press(b"\x12")  # reload all
                terminal.wait_for(painted, limit=PATIENCE)
            (home / "filled").touch()
    except Missing as missing:
        print(f"newsraft: {missing}")
    else:
        yield home.name, Program(command, (painted,)), home
