"""The way to the terminal: nothing passes but text and what Textual itself emits."""

import base64
import contextlib
import io
import re
import sys
from typing import TextIO

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

_ALLOWED = r"\[[0-?]*[ -/]*[A-DHJKhlmpu]|\]22;[a-z-]*\x07"
"""Moving, clearing, modes, styles, questions about modes, and the pointer's shape (OSC 22)."""

_STRING = r"\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
_CONTROL = r"[\x00-\x06\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]"
_SIFTED = re.compile(rf"(\x1b(?:{_ALLOWED}))|{_STRING}|\x1b|\x07|{_CONTROL}")


def passed(data: str) -> str:
    """Return what may go to the terminal: without an escape that no one has asked for."""
    return _SIFTED.sub(lambda found: found[1] or "", data)


class CleanStream(io.TextIOBase):
    """Standard error for tracebacks, whose messages may quote what is in a file."""

    def write(self, data: str) -> int:
        """Write what may pass."""
        return sys.stderr.write(passed(data))

    def isatty(self) -> bool:
        """Whether it is a terminal that a traceback goes to."""
        return sys.stderr.isatty()


class Gone(io.TextIOBase):
    """A file that takes what its terminal no longer takes, so that nobody waits for it."""

    def __init__(self, file: TextIO) -> None:
        self._file_below = file

    def write(self, data: str) -> int:
        """Write, as long as there is a terminal."""
        with contextlib.suppress(OSError):
            self._file_below.write(data)
        return len(data)

    def flush(self) -> None:
        """Hand on what was written, as long as there is a terminal."""
        with contextlib.suppress(OSError):
            self._file_below.flush()

    def fileno(self) -> int:
        """Return the handle of the terminal."""
        return self._file_below.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._file_below.isatty()


class CleanDriver(LinuxDriver):
    """A second wall behind the cleaning of all text: an escape that got that far ends here."""

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if self._file is not None:
            self._file = Gone(self._file)  # type: ignore[assignment]  # all that is asked of it

    def _sigcont_application(self, *arguments: object) -> None:
        """Begin again after ctrl+z only; whoever was stopped from outside still has the terminal.

        Textual begins a second time, and then takes its own modes for those to restore.
        """
        if self._must_signal_resume:
            super()._sigcont_application(*arguments)
        else:
            self.send_message(self.SignalResume())

    def write(self, data: str) -> None:
        """Write what may pass."""
        super().write(passed(data))

    def copy(self, text: str) -> None:
        """Put a text on the clipboard (OSC 52): the one thing that may be sent besides."""
        encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
        super().write(f"\x1b]52;c;{encoded}\a")
