"""A measured figure, and the run that it comes from."""

import statistics
from dataclasses import dataclass
from pathlib import Path

from bench.programs import OURS


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in seconds or bytes. Without values it could not be had; `note` says why.

    `size` is the number of articles.
    """

    name: str
    size: int
    values: tuple[float, ...]
    side: str = OURS
    unit: str = "s"
    note: str = ""

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 % do not exceed, by nearest rank."""
        return sorted(self.values)[-(len(self.values) // 20) - 1]

    @property
    def least(self) -> float:
        """The smallest value."""
        return min(self.values)

    @property
    def most(self) -> float:
        """The largest value."""
        return max(self.values)


@dataclass(frozen=True, slots=True)
class Bench:
    """Where corpora are kept, where homes and copies go, and how often things are measured."""

    kept: Path
    scratch: Path
    runs: int

    def limit(self, size: int) -> float:
        """Return the most seconds that reading so many articles may take."""
        return 30 + size / 1000
