import gc
import os
import signal
from collections import Counter

import pytest

from reader.snapshot import pool
from reader.snapshot.pool import do_all


def test_all_tasks_are_done_each_once():
    done = list(do_all(lambda number: number * 2, range(200)))
    assert sorted(done) == [(number, number * 2) for number in range(200)]


def test_they_are_done_in_other_processes():
    processes = {result for _, result in do_all(lambda _: os.getpid(), range(50))}
    assert processes
    assert os.getpid() not in processes


def test_nothing_to_do_starts_nothing(monkeypatch):
    monkeypatch.setattr(os, "fork", None)
    assert list(do_all(len, [])) == []


def test_a_task_that_ends_its_process_takes_no_other_along():
    def do(number):
        if number % 10 == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        if number % 10 == 4:
            raise RuntimeError
        return number

    done = dict(do_all(do, range(50)))
    assert done == {n: None if n % 10 in (3, 4) else n for n in range(50)}


def test_processes_that_cannot_even_begin_are_given_up(monkeypatch):
    monkeypatch.setattr(pool._Processes, "_work", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    assert list(do_all(str, range(3))) == [(0, None), (1, None), (2, None)]


def test_an_error_of_the_disk_is_raised_here():
    def do(number):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        list(do_all(do, range(3)))


def test_whoever_stops_listening_ends_the_processes():
    doing = do_all(lambda _: os.getpid(), range(10_000))
    _, process = next(doing)
    doing.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_more_tasks_than_a_pipe_holds_are_done_in_turns(monkeypatch):
    monkeypatch.setattr(pool, "_MAX_TASKS", 7)
    done = Counter(task for task, _ in do_all(lambda one: one, range(50)))
    assert done == Counter(range(50))


def test_large_results_come_whole():
    done = dict(do_all(lambda size: b"x" * size, [0, 1, 3_000_000, 5_000_000]))
    assert all(len(result) == size for size, result in done.items())


def test_no_handle_stays_open():
    gc.collect()  # what other tests left open
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    list(do_all(str, range(100)))
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)
