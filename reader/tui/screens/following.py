"""Following: what others mark comes in, and what the disk refused is written as soon as it can."""

import time

from reader.tui.screens.desk import Desk

EVERY = 1.0
"""Seconds between two looks at the journals."""

PATIENCE = 30.0
"""Seconds between two tries to write."""


class Following(Desk):
    """Looks after the marks while nobody presses a key."""

    _next_try = 0.0

    def start_following(self) -> None:
        """Look at the journals from now on."""
        self.set_interval(EVERY, self._follow)

    def _follow(self) -> None:
        if self.library.follow():
            self.refresh_marks()
        if self.library.store.is_damaged and not self.library.is_reading:
            self.library.start_reading(anew=True)
        if self.library.brief_trouble is None:
            self._next_try = 0.0
        else:
            self._face_trouble(time.monotonic())

    def _face_trouble(self, now: float) -> None:
        """Try again from time to time, and say how long until then."""
        is_new = not self._next_try
        if is_new or now >= self._next_try:
            self._next_try = now + PATIENCE
            if not is_new and self.library.try_again():
                self.status_line.clear()
                self.refresh_marks()
                self.say("All marks are written")
                return
        notice = self.status_line.notice
        if notice is None or notice.failed:
            seconds = round(self._next_try - now)
            self.say(f"{self.library.brief_trouble}, next try in {seconds} s", failed=True)
