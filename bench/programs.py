"""The programs that are measured: how each is started, and how one sees that it is there."""

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.terminal import Pattern

OURS, EMPTY = "broadsheet", "empty app"
PAINTED = (re.compile("quality, then date"), re.compile(r"· \d{1,2} [A-Z][a-z]{2} \d{4}"))
"""The heading of the list, and the line below an article's title."""

STRAYS = ("LINES", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "TMUX", "STY", "TEXTUAL", "TEXTUAL_FPS")
FOLDERS = ("CONFIG", "CACHE", "DATA", "STATE", "RUNTIME")


@dataclass(frozen=True, slots=True)
class Program:
    """A command, and what it has put out when it is `painted`, and when all is `counted`."""

    command: list[str]
    painted: tuple[Pattern, ...]
    counted: tuple[Pattern, ...] = ()


def broadsheet(library: Path, size: int) -> Program:
    """Return the reader on a folder of so many articles."""
    return Program([str(script()), str(library)], PAINTED, (counted(size),))


def counted(size: int) -> Pattern:
    """Return what the masthead shows when so many articles are loaded."""
    return re.compile(rf"(?<![\d,]){size:,} articles")


def script() -> Path:
    """Return the console script of this environment."""
    return Path(sys.executable).with_name("broadsheet")


def empty() -> Program:
    """Return the empty application."""
    return Program([sys.executable, "-m", "bench.empty"], (re.compile("Nothing but this"),))


def environment(home: Path) -> dict[str, str]:
    """Return an environment whose own folders are all below `home`, in a known terminal."""
    env = {name: value for name, value in os.environ.items() if name not in STRAYS}
    for name in FOLDERS:
        folder = home / name.lower()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        env[f"XDG_{name}_{'DIR' if name == 'RUNTIME' else 'HOME'}"] = str(folder)
    env |= {"HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return env | {"LC_ALL": "C.UTF-8"}


def installed(name: str) -> bool:
    """Whether a program is there."""
    return shutil.which(name) is not None
