"""A fetch while it goes on: what the command tells, added up, and said in a line."""

from dataclasses import dataclass, field
from typing import Any

from reader.text import clean_line, counted

MOST = 10_000_000
"""Numbers above this are no counts of ours."""


@dataclass
class Fetch:
    """Counts of what was asked and what came of it; `failures` has a sentence for each address.

    `offline` counts the failures that are those of this machine, and not of a feed.
    `is_over` says that the command told its end, and was not broken off.
    """

    of: int = 0
    done: int = 0
    new: int = 0
    failed: int = 0
    versions: int = 0
    offline: int = 0
    stopped: bool = False
    is_over: bool = False
    stopping: bool = False
    failures: dict[str, str] = field(default_factory=dict)

    def take(self, told: dict[str, Any]) -> None:
        """Take in one event of `refresh --json`; what makes no sense counts as nothing."""
        match told.get("event"):
            case "start":
                self.of = _number(told, "feeds")
            case "feed":
                self._take_feed(told)
            case "end":
                self.is_over = True
                self.done = _number(told, "done")
                self.new, self.failed = _number(told, "new"), _number(told, "failed")
                self.versions = _number(told, "versions")
                self.stopped = told.get("stopped") is True

    def _take_feed(self, told: dict[str, Any]) -> None:
        self.done, self.of = _number(told, "done"), _number(told, "of")
        self.new += _number(told, "new")
        self.versions += _number(told, "versions")
        if told.get("result") in ("failed", "gone", "offline"):
            self.failed += 1
            self.offline += told.get("result") == "offline"
            url, error = told.get("url"), told.get("error")
            self.failures[clean_line(str(url))] = clean_line(str(error or "gone for good (410)"))

    def line(self, between: str = "·") -> str:
        """Return how far it is, for a line that lives."""
        if self.stopping:
            return "Stopping: what came is kept"
        if not self.of:
            return "Fetching"
        parts = [f"Fetching {self.done:,} of {self.of:,}"]
        parts += [f"{self.failed:,} failed"] if self.failed else []
        parts += [f"{self.new:,} new"] if self.new else []
        return f" {between} ".join(parts)

    @property
    def failure(self) -> str:
        """What went wrong where one feed was asked; empty where all was well, or more were."""
        return next(iter(self.failures.values()), "") if self.of == 1 else ""

    @property
    def outcome(self) -> str:
        """What came of it, in a sentence."""
        if not (self.done or self.stopped):
            return "No feed is due yet"
        if self.offline == self.done:
            return "No feed could be reached: is this machine online?"
        asked = f"{counted(self.done, 'feed')} asked"
        if self.stopped:
            asked = f"Stopped after {self.done:,} of {counted(self.of, 'feed')}"
        parts = [f"{self.new:,} new" if self.new else "nothing new"]
        parts += [f"{self.versions:,} changed"] if self.versions else []
        parts += [f"{self.failed:,} failed"] if self.failed else []
        return f"{asked}: {', '.join(parts)}"


def _number(told: dict[str, Any], name: str) -> int:
    value = told.get(name)
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST
    return value if is_count else 0  # type: ignore[return-value]  # it is a number
