"""The way to the terminal: nothing passes but text and what Textual itself emits."""

import base64
import io
import re
import sys

from textual.drivers.linux_driver import LinuxDriver

_ALLOWED = r"\[[0-?]*[ -/]*[A-DHJKhlmpu]"
"""Moving, clearing, modes, styles, and the questions about modes; no others, and no OSC."""

_FORBIDDEN = re.compile(rf"\x1b(?!{_ALLOWED})|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")


def passed(data: str) -> str:
    """Return what may go to the terminal: without an escape that no one has asked for."""
    return _FORBIDDEN.sub("", data)


class CleanStream(io.TextIOBase):
    """Standard error for tracebacks, whose messages may quote what is in a file."""

    def write(self, data: str) -> int:
        """Write what may pass."""
        return sys.stderr.write(passed(data))

    def isatty(self) -> bool:
        """Whether it is a terminal that a traceback goes to."""
        return sys.stderr.isatty()


class CleanDriver(LinuxDriver):
    """A second wall behind the cleaning of all text: an escape that got that far ends here."""

    def write(self, data: str) -> None:
        """Write what may pass."""
        super().write(passed(data))

    def copy(self, text: str) -> None:
        """Put a text on the clipboard (OSC 52): the one thing that may be sent besides."""
        encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
        super().write(f"\x1b]52;c;{encoded}\a")
