"""What a program and all that it started cost, from /proc; without it nothing is known."""

import os
import re
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """Return a process and its descendants."""
    found = [pid]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            found += map(int, _read(children).split())
    return found


def cpu_seconds(pid: int) -> float:
    """Return the time that the tree of a process has computed, ended children included."""
    total = 0
    for one in tree(pid):
        fields = _read(Path(f"/proc/{one}/stat")).rpartition(")")[2].split()
        total += sum(map(int, fields[11:15]))
    return total / TICKS


def memory(pid: int, field: str) -> float:
    """Return `Pss` or `Rss` of the tree of a process in bytes, 0 where that is not told."""
    rollups = [_read(Path(f"/proc/{one}/smaps_rollup")) for one in tree(pid)]
    found = [re.search(rf"^{field}:\s+(\d+) kB", text, re.MULTILINE) for text in rollups]
    return float(sum(int(match[1]) * 1024 for match in found if match))


def _read(path: Path) -> str:
    """A file of /proc; empty when its process is gone."""
    try:
        return path.read_text()
    except OSError:
        return ""
