"""What the terminal can do, asked before the screen starts: colours, letters, background."""

import contextlib
import os
import re
import select
import sys
import termios
import time
from collections.abc import Mapping
from types import TracebackType

PATIENCE = 0.1
"""Seconds that a terminal has to answer."""

_QUESTION = b"\x1b]11;?\x1b\\\x1b[c"
_COLOUR = re.compile(rb"\x1b\]11;rgb:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})")
_LAST_ANSWER = re.compile(rb"\x1b\[\?[0-9;]*c")
_NO_ANSWER = ("linux", "dumb")


class Background:
    """Asks for the terminal's background when entered; the answer is waited for at the end.

    In between the interface is imported, so that asking costs no time. The answers are taken
    off the input, or they would arrive as keys: the second question is one that every terminal
    answers, so nothing is left to come.
    """

    def __init__(self) -> None:
        self._handle = sys.stdin.fileno()
        self._before: termios._AttrReturn | None = None
        self._until = 0.0

    def __enter__(self) -> "Background":
        if os.environ.get("TERM") in _NO_ANSWER:
            return self
        with contextlib.suppress(termios.error, OSError):
            self._before = termios.tcgetattr(self._handle)
            quiet = termios.tcgetattr(self._handle)
            quiet[3] &= ~(termios.ICANON | termios.ECHO)
            termios.tcsetattr(self._handle, termios.TCSANOW, quiet)
            os.write(sys.stdout.fileno(), _QUESTION)
            self._until = time.monotonic() + PATIENCE
        return self

    def is_light(self) -> bool:
        """Whether dark text is needed; a terminal that does not say is taken to be dark."""
        answer = b""
        while self._before is not None and not _LAST_ANSWER.search(answer):
            wait = max(self._until - time.monotonic(), 0)
            if not select.select([self._handle], [], [], wait)[0]:
                break
            try:
                answer += (came := os.read(self._handle, 1024))
            except OSError:
                break
            if not came:
                break
        return luminance(answer) > 0.5

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._handle, termios.TCSANOW, self._before)


def luminance(answer: bytes) -> float:
    """Return the brightness of the colour in a terminal's answer, 0 to 1; 0 without one."""
    found = _COLOUR.search(answer)
    if found is None:
        return 0.0
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in found.groups())
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def has_colours(environment: Mapping[str, str]) -> bool:
    """Whether the terminal shows 256 colours or more, and the user wants any."""
    if "NO_COLOR" in environment:
        return False
    if environment.get("COLORTERM") in ("truecolor", "24bit"):
        return True
    name = environment.get("TERM", "")
    return "256color" in name or "direct" in name or name in ("xterm-kitty", "alacritty", "foot")


def has_unicode(environment: Mapping[str, str]) -> bool:
    """Whether the terminal shows the glyphs of the screen."""
    if environment.get("TERM") == "linux":
        return False
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
