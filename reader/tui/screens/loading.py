"""Loading: the folders are read in a process beside this one, and come in as they are read."""

import time
from dataclasses import astuple

from textual.timer import Timer

from reader.files.worker import BrokenOff
from reader.tui.screens.desk import Desk

OFTEN = 0.1
"""Seconds between two looks at what has come."""

SHARE = 8
"""Showing what has come may take one part in so many of the time."""


class Loading(Desk):
    """Takes articles in while they are read, and shows them where they belong."""

    _looking: Timer | None = None
    _next_show = 0.0
    _first = True

    def start_reading(self, *, wait: float = 0.0) -> None:
        """Show what is read from now on; the first picture has what comes in `wait` seconds."""
        self._look(wait)
        if self.library.is_reading:
            self._looking = self.set_interval(OFTEN, self._look)

    def action_rescan(self) -> None:
        """Read the folder again; what is shown stays until all is read."""
        if self.library.is_reading:
            self.say("Still reading the folder")
            return
        self.library.start_reading()
        self.say("Reading the folder again")
        self.start_reading()

    def _look(self, wait: float = 0.0) -> None:
        try:
            came, why = self.library.take_what_came(wait), ""
        except BrokenOff as error:
            came, why = True, f"Reading the folder was broken off ({error})"
        if not self.library.is_reading:
            if self._looking is not None:
                self._looking.stop()
            self._finish(why)
            return
        self.masthead.progress = self.library.progress
        if came and self._first:
            self._show_some()

    def _show_some(self) -> None:
        """Show what came, seldom enough that the keys stay quick."""
        began = time.monotonic()
        if began < self._next_show:
            return
        self.library.settle()
        self.reload()
        now = time.monotonic()
        self._next_show = now + max((now - began) * SHARE, 0.25)

    def _finish(self, broken_off: str) -> None:
        changes = self.library.settle()
        if self._first:
            self.begin()
        else:
            self.reload()
        if broken_off:
            self.say(broken_off, "r", "reads it again", failed=True)
        elif not self._first:
            named = zip(("added", "changed", "removed"), astuple(changes), strict=True)
            news = ", ".join(f"{count:,} {name}" for name, count in named if count)
            self.say(f"Read again: {news or 'nothing new'}")
        self._first = False

    def begin(self) -> None:
        """All is read for the first time."""
        self.reload()
