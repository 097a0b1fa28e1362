"""A hybrid logical clock: stamps that sort as text, and go forward on every machine.

A stamp is `019a1b2c3d4e-0000-7f3a9c2e`: milliseconds since 1970, a counter, the machine. One
that was seen, from whatever clock, is before all that come after it (Kulkarni et al., 2014).
"""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

_STAMP = re.compile(r"([0-9a-e][0-9a-f]{11})-([0-9a-f]{4})-[0-9a-z]{1,32}")
_LAST_COUNTER = 0xFFFF
_END = (0xEFFFFFFFFFFF, _LAST_COUNTER)


def is_stamp(text: object) -> bool:
    """Whether something is a stamp of this clock."""
    return isinstance(text, str) and _STAMP.fullmatch(text) is not None


def milliseconds_of(stamp: str) -> int:
    """Return the time of a stamp, in milliseconds since 1970."""
    return int(stamp[:12], 16)


def moment_of(milliseconds: int) -> int:
    """Return a time as a number that reads like one, 20201020131300 in UTC; the last if later."""
    try:
        return int(f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y%m%d%H%M%S}")
    except (ValueError, OverflowError, OSError):
        return 99991231235959


class Clock:
    """Gives stamps to one machine; `now` is in seconds since 1970."""

    def __init__(self, machine: str, now: Callable[[], float] = time.time) -> None:
        self._machine, self._now = machine, now
        self._last = (0, 0)

    @property
    def last(self) -> str:
        """The latest stamp that was seen or given, without whose it was."""
        return f"{self._last[0]:012x}-{self._last[1]:04x}-0"

    def see(self, stamp: str) -> None:
        """Know of a stamp, so that the next one is later."""
        if found := _STAMP.fullmatch(stamp):
            self._last = max(self._last, (int(found[1], 16), int(found[2], 16)))

    def next(self) -> str:
        """Return a stamp that is later than any before; at the end of time they stay the same."""
        now = int(self._now() * 1000)
        moment, counter = self._last
        if now > moment:
            moment, counter = now, 0
        elif counter < _LAST_COUNTER:
            counter += 1
        else:
            moment, counter = moment + 1, 0
        self._last = moment, counter = min((moment, counter), _END)
        return f"{moment:012x}-{counter:04x}-{self._machine}"
