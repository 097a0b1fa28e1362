"""Reading folders in a process of its own, while the interface is being imported and drawn.

The child is this module run by the same Python; it sends what `scan` yields through its
standard output, and ends with its parent, for whom nobody reads the pipe any more.
"""

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from reader.files.found import Result


class BrokenOff(Exception):  # noqa: N818 - it says what happened to the reading
    """The process that reads the folders died; what came before is whole."""


class Scanner:
    """A child process that reads folders, from now on; `take` yields what it has found."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.done = False
        self._found: queue.SimpleQueue[Result | BrokenOff | None] = queue.SimpleQueue()
        self._child = subprocess.Popen(  # noqa: S603 - an argument list, and our own module
            [sys.executable, "-P", "-m", "reader.files.worker", *map(os.fspath, roots)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": _import_path()},
        )
        assert self._child.stdout is not None  # noqa: S101 - it was asked for above
        threading.Thread(target=self._fetch, args=(self._child.stdout,), daemon=True).start()

    def take(self, wait: float = 0.0) -> Iterator[Result]:
        """Yield what has come; wait up to so many seconds for the end. Raises BrokenOff."""
        until = time.monotonic() + wait
        while not self.done:
            try:
                result = self._found.get(timeout=max(until - time.monotonic(), 0.0001))
            except queue.Empty:
                return
            self.done = result is None or isinstance(result, BrokenOff)
            if isinstance(result, BrokenOff):
                raise result
            if result is not None:
                yield result

    def stop(self) -> None:
        """End the child, whatever it is doing; nothing more comes."""
        self.done = True
        self._child.kill()
        self._child.wait()

    def _fetch(self, pipe: IO[bytes]) -> None:
        try:
            with pipe:
                while (result := pickle.load(pipe)) is not None:  # noqa: S301 - our child wrote it
                    self._found.put(result)
            self._child.wait()
            self._found.put(None)
        except Exception as error:  # whatever it is, the reading is over
            self._child.kill()
            self._child.wait()
            self._found.put(BrokenOff(type(error).__name__))


def _import_path() -> str:
    """Return what lets the child find this package, wherever the parent found it."""
    package = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))


def main() -> None:
    """Send what is in the folders named on the command line to standard output."""
    from reader.files.scan import scan

    try:
        for library, root in enumerate(sys.argv[1:]):
            for result in scan(Path(root), library):
                pickle.dump(result, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
                sys.stdout.buffer.flush()
        pickle.dump(None, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
