"""Jobs on what came from outside, in processes with limits: a bad one costs itself and no more."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from reader.feeds.work import LENGTH, LENGTHS, MAX_MEMORY, NO_MEMORY

MAX_INPUT = 10 << 20
"""Bytes of one job."""

COMMAND = (sys.executable, "-P", "-m", "reader.feeds.work")
_KEPT = ("LD_LIBRARY_PATH", "PYTHONHOME", "LANG", "LC_ALL")
_ROOT = str(Path(__file__).parents[2])


class WorkError(Exception):
    """Why a job has no answer, in a sentence; the next job is not concerned."""


class Workers:
    """At most `count` processes, each started when it is first needed and anew when it died.

    `cpu` are seconds of computing and `wall` seconds of waiting that a job may take. `lost` counts
    the processes that did not survive their job.
    """

    def __init__(self, count: int | None = None, *, cpu: int = 10, wall: float = 30.0) -> None:
        self.lost = 0
        self._cpu, self._wall = cpu, wall
        self._workers = [_Worker() for _ in range(count or _cores())]
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self._workers:
            await worker.kill()

    async def do(self, job: str, body: bytes, **facts: Any) -> Any:
        """Return what a job answers, as JSON values; raises WorkError."""
        if len(body) > MAX_INPUT:
            raise WorkError(f"it is larger than {MAX_INPUT >> 20} MiB")
        head = json.dumps([job, facts, self._cpu]).encode()
        worker = await self._idle.get()
        try:
            value, why = await self._ask(worker, [LENGTHS.pack(len(head), len(body)), head, body])
        finally:
            self._idle.put_nowait(worker)
        if why is not None:
            raise WorkError(why)
        return value

    async def _ask(self, worker: "_Worker", question: list[bytes]) -> Any:
        """Return the answer of a process; one that gives none is ended, and so is one left."""
        try:
            async with asyncio.timeout(self._wall):
                return json.loads(await worker.answer(question))
        except TimeoutError as error:
            self.lost += 1
            await worker.kill()
            raise WorkError(f"it took longer than {self._wall:g} seconds") from error
        except (asyncio.IncompleteReadError, OSError) as error:
            self.lost += 1
            raise WorkError(self._why(await worker.kill())) from error
        except BaseException:
            await worker.kill()
            raise

    def _why(self, code: int | None) -> str:
        if code == NO_MEMORY:
            return f"it needed more than {MAX_MEMORY >> 30} GiB of memory"
        if code == -signal.SIGXCPU:
            return f"it took more than {self._cpu} seconds of computing"
        return "the process that was reading it died"


class _Worker:
    """A place for one process."""

    def __init__(self) -> None:
        self._process: Process | None = None

    async def answer(self, question: list[bytes]) -> bytes:
        process = self._process or await self._start()
        if process.stdin is None or process.stdout is None:  # never: both are pipes
            raise BrokenPipeError
        process.stdin.writelines(question)
        await process.stdin.drain()
        (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        return await process.stdout.readexactly(length)

    async def _start(self) -> Process:
        """Start a process that Ctrl+C at the terminal does not reach: its end is our affair."""
        self._process = await asyncio.create_subprocess_exec(
            *COMMAND,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=_environment(),
            limit=1 << 20,
            start_new_session=True,
        )
        return self._process

    async def kill(self) -> int | None:
        """End the process, if there is one, and return what it exited with."""
        process, self._process = self._process, None
        if process is None:
            return None
        with suppress(asyncio.TimeoutError):  # one that is dying tells by itself of what
            await asyncio.wait_for(process.wait(), 0.05)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        if process.stdin is not None:
            process.stdin.close()
        return await process.wait()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    paths = [_ROOT, os.environ.get("PYTHONPATH", "")]
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}


def _cores() -> int:
    """Return how many processes are worth it: a core each, 4 at most."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(cores or 1, 4)
