"""A command of our own that runs beside the reader, and tells what it does as JSON lines."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from threading import Thread
from typing import IO, Any

from reader.text import clean_line

PROGRAM: tuple[str, ...] = (sys.executable, "-m", "reader")
"""What is started, before its own words."""

LONGEST_LINE = 64 * 1024
LONGEST_COMPLAINT = 4096
"""Bytes that are taken of a line, and of the end of what it complains."""


class Child:
    """Runs one command, in a session of its own: a signal to the terminal does not reach it.

    `told` is called with each of its JSON objects, `ended` when it is over: both in a thread.
    """

    def __init__(
        self,
        words: Sequence[str],
        told: Callable[[dict[str, Any]], object],
        ended: Callable[[], object],
    ) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed where it is read
        self._process = subprocess.Popen(  # noqa: S603 - it is ourselves
            [*PROGRAM, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            start_new_session=True,
        )
        self._told, self._ended = told, ended
        self.status: int | None = None
        """Its exit status, None while it runs."""
        self.complaint = ""
        """The last line of what it said on standard error."""
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; what it has done stays."""
        if self.status is None:
            self._process.terminate()

    def _listen(self) -> None:
        output = self._process.stdout
        assert output is not None  # noqa: S101 - it is a pipe
        with output:
            for told in _objects(output):
                self._told(told)
        status = self._process.wait()
        with self._complaints as file:
            file.seek(max(file.seek(0, 2) - LONGEST_COMPLAINT, 0))
            lines = file.read().decode("utf-8", "replace").split("\n")
        said = [line for line in map(clean_line, lines) if line]
        self.complaint = said[-1].removeprefix("broadsheet: ") if said else ""
        self.status = status
        self._ended()


def _objects(output: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of lines; whatever is none, or too long, is passed over."""
    while line := output.readline(LONGEST_LINE):
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(told, dict):
            yield told
