"""A terminal for the tests: what is written to it is drawn by pyte, cell by cell."""

import contextlib
import fcntl
import os
import struct
import sys
import termios
import threading
from collections.abc import Iterator

import pyte


class Terminal:
    """Both ends of a pseudo-terminal; `output` has what was written when it is closed."""

    def __init__(self, columns: int, lines: int = 500) -> None:
        self.columns, self.lines, self.output = columns, lines, b""
        self.master, self.slave = os.openpty()
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, size)
        self._reader = threading.Thread(target=self._read, daemon=True)

    def shown(self) -> list[str]:
        """Return the lines of the screen, those at the end that are empty left out."""
        lines = [line.rstrip() for line in self._screen().display]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def places(self, character: str) -> set[int]:
        """Return the columns of the screen that a character stands in."""
        buffer = self._screen().buffer
        return {
            at for line in buffer.values() for at, cell in line.items() if cell.data == character
        }

    def _screen(self) -> pyte.Screen:
        screen = pyte.Screen(self.columns, self.lines)
        pyte.ByteStream(screen).feed(self.output)
        return screen

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while part := os.read(self.master, 65536):
                self.output += part

    def __enter__(self) -> "Terminal":
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.slave)
        self._reader.join(10)
        os.close(self.master)


@contextlib.contextmanager
def on_terminal(columns: int) -> Iterator[Terminal]:
    """Let standard output be a terminal of so many columns."""
    before = sys.stdout
    with Terminal(columns) as terminal:
        sys.stdout = os.fdopen(os.dup(terminal.slave), "w", encoding="utf-8")
        try:
            yield terminal
        finally:
            sys.stdout.close()
            sys.stdout = before
