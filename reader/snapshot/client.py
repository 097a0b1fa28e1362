"""The keeper as a process beside this one: started, asked, listened to, and ended."""

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from reader.ranking import HALF_LIFE
from reader.snapshot.publication import Publication

TO_END = 1.0
"""Seconds that it has to end by itself, and to tidy up."""


class KeeperProcess:
    """A keeper of some folders, from now on; `told` is called in another thread for all news.

    It ends with this process, for whom nobody writes its standard input any more.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        cache_dir: Path,
        told: Callable[[], object],
        *,
        watch: bool = True,
        half_life: float = HALF_LIFE,
    ) -> None:
        self.is_reading = True
        """Whether the answer to what was asked last is to come."""
        self.failed: str | None = None
        """Why it ended by itself."""
        self._came: queue.SimpleQueue[Publication | None] = queue.SimpleQueue()
        self._told = told
        module = [sys.executable, "-P", "-m", "reader.snapshot.serving"]
        module += [] if watch else ["--no-watch"]
        self._child = subprocess.Popen(  # noqa: S603 - an argument list, and our own module
            [*module, str(half_life), os.fspath(cache_dir), *map(os.fspath, roots)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": _import_path()},
        )
        assert self._child.stdout is not None  # noqa: S101 - it was asked for above
        threading.Thread(target=self._listen, args=(self._child.stdout,), daemon=True).start()

    def take(self, wait: float = 0.0) -> list[Publication]:
        """Return what was published since the last time; wait up to so many seconds for an end."""
        until, came = time.monotonic() + wait, list[Publication]()
        while True:
            try:
                one = self._came.get(timeout=max(until - time.monotonic(), 0.0001))
            except queue.Empty:
                return came
            if one is None:
                self.failed, self.is_reading = self._sentence(), False
                self._close()
                return came
            came.append(one)
            if one.complete:
                self.is_reading, until = False, 0.0

    def ask(self, word: str) -> None:
        """Ask for something: `rescan` compares all files, `anew` reads all of them again."""
        self.is_reading = True
        assert self._child.stdin is not None  # noqa: S101 - it was asked for above
        with suppress(OSError):
            self._child.stdin.write(f"{word}\n".encode())
            self._child.stdin.flush()

    def stop(self) -> None:
        """End it, whatever it is doing; nothing more comes."""
        self._told = lambda: None
        self._close()
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(TO_END)
        self._child.kill()
        self._child.wait()

    def _close(self) -> None:
        assert self._child.stdin is not None  # noqa: S101 - it was asked for above
        with suppress(OSError):
            self._child.stdin.close()

    def _listen(self, pipe: IO[bytes]) -> None:
        try:
            with pipe:
                for line in pipe:
                    self._came.put(Publication.of(line))
                    self._told()
        except (ValueError, TypeError):  # it is not our keeper that talks so
            self._child.kill()
        self._came.put(None)
        self._told()

    def _sentence(self) -> str:
        return f"Reading the folder was broken off (status {self._child.wait()})"


def _import_path() -> str:
    """Return what lets the child find this package, wherever the parent found it."""
    package = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
