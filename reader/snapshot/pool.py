"""Doing many tasks in processes beside this one, of which none can take the others along."""

import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from select import select
from typing import Any, TypeVar

MOST = 8
"""Processes; with more of them, taking in what they send is what takes the time."""

_NUMBER = 4  # bytes of a task's number, and of the length of what is sent
_PIPE = 1 << 20  # bytes that a process may be ahead of whoever takes them in
_MAX_TASKS = 16_000  # whose numbers a pipe holds at once

Task = TypeVar("Task")
Result = TypeVar("Result")


def cores() -> int:
    """Return how many processes can work at once."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2, MOST)


def do_all(
    do: Callable[[Task], Result], tasks: Sequence[Task]
) -> Iterator[tuple[Task, Result | None]]:
    """Yield tasks with what came of them as it comes, None where the process came to its end.

    Raises the OSError of a task.
    """
    for start in range(0, len(tasks), _MAX_TASKS):
        some = tasks[start : start + _MAX_TASKS]
        left = dict(enumerate(some))
        for number, result in _Processes(do, some).results():
            if isinstance(result, OSError):
                raise result
            if result is not None:
                yield left.pop(number), result
        yield from ((task, None) for task in left.values())


class _Processes:
    """Forks that take numbers of tasks from one pipe, and send results through one each."""

    def __init__(self, do: Callable[[Task], Any], tasks: Sequence[Task]) -> None:
        self._do, self._tasks = do, tasks
        self._numbers, numbers = os.pipe()
        os.write(numbers, b"".join(n.to_bytes(_NUMBER, "little") for n in range(len(tasks))))
        os.close(numbers)
        self._children: dict[int, int] = {}
        """Process ids by the pipe that the process writes to."""
        self._left = len(tasks) + cores()
        """Processes that may be started: each that fails has had a task, or else all is lost."""
        for _ in range(min(cores(), len(tasks))):
            self._start()

    def results(self) -> Iterator[tuple[int, Any]]:
        """Yield numbers and results; whoever stops listening ends the processes."""
        try:
            while self._children:
                for pipe in select(list(self._children), (), ())[0]:
                    if (message := _message(pipe)) is not None:
                        yield pickle.loads(message)  # noqa: S301 - our own child wrote it
                    elif self._has_failed(pipe) and self._left:
                        self._start()
        finally:
            while self._children:
                self._end(next(iter(self._children)))
            os.close(self._numbers)

    def _start(self) -> None:
        self._left -= 1
        mine, theirs = os.pipe()
        _enlarge(theirs)
        if child := os.fork():
            os.close(theirs)
            self._children[mine] = child
            return
        try:
            for pipe in (mine, *self._children):
                os.close(pipe)
            self._work(theirs)
            os._exit(0)
        finally:  # whatever happened, this is not the process that goes on
            os._exit(1)

    def _work(self, pipe: int) -> None:
        """Do tasks until none is left, or nobody listens any more."""
        gc.freeze()
        while number := os.read(self._numbers, _NUMBER):
            at = int.from_bytes(number, "little")
            try:
                result = self._do(self._tasks[at])
            except OSError as error:
                result = error
            _send(pipe, pickle.dumps((at, result), pickle.HIGHEST_PROTOCOL))
            gc.collect()

    def _has_failed(self, pipe: int) -> bool:
        """Wait for a process that is at its end; whether that was before the tasks' end."""
        os.close(pipe)
        return os.waitpid(self._children.pop(pipe), 0)[1] != 0

    def _end(self, pipe: int) -> None:
        with suppress(OSError):
            os.kill(self._children[pipe], signal.SIGKILL)
        self._has_failed(pipe)


def _send(pipe: int, message: bytes) -> None:
    data = memoryview(len(message).to_bytes(_NUMBER, "little") + message)
    while data:
        data = data[os.write(pipe, data) :]


def _message(pipe: int) -> bytes | None:
    """Return what was sent, None where the sender is at its end."""
    size = _exactly(pipe, _NUMBER)
    return _exactly(pipe, int.from_bytes(size, "little")) if size else None


def _exactly(pipe: int, size: int) -> bytes | None:
    parts: list[bytes] = []
    while size and (part := os.read(pipe, size)):
        parts.append(part)
        size -= len(part)
    return None if size else b"".join(parts)


def _enlarge(pipe: int) -> None:
    """Let a process go on while nobody takes in what it sends, where the system can."""
    import fcntl

    with suppress(AttributeError, OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
