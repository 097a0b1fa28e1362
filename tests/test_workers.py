"""Jobs in processes with limits: what a bad one costs."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.feeds import workers
from reader.feeds.workers import MAX_INPUT, WorkError, Workers

_JOBS = """
import os, sys, time, types
from reader.feeds import work

def echo(body, facts): return [body.decode(), facts]
def pid(body, facts): return os.getpid()
def hang(body, facts):
    if facts.get("quietly"): time.sleep(60)
    while True: pass
def eat(body, facts): return len(bytearray(3 << 30))
def die(body, facts): os._exit(9)
def fail(body, facts): raise KeyError("\\x1b[31m")
def talk(body, facts):
    print("noise"); os.write(1, b"noise"); return sys.stdin.read()
def files(body, facts): return sorted(os.listdir("/proc/self/fd"))
def much(body, facts): return "x" * (65 << 20)
def environment(body, facts): return sorted(os.environ)

jobs = types.ModuleType("jobs"); jobs.__dict__.update(globals()); sys.modules["jobs"] = jobs
for name in "echo pid hang eat die fail talk files much environment".split():
    work.JOBS[name] = f"jobs:{name}"
work.main()
"""


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "jobs.py"
    script.write_text(_JOBS)
    monkeypatch.setattr(workers, "COMMAND", (sys.executable, str(script)))


async def test_a_feed_is_read_by_the_process_that_is_really_used():
    async with Workers(1) as pool:
        told = await pool.do(
            "parse", b"<rss><channel><title>A &amp; B</title></channel></rss>", url=""
        )
    assert told[0] == "A & B"


@pytest.mark.usefixtures("jobs")
async def test_a_job_gets_its_bytes_and_facts():
    async with Workers(1) as pool:
        assert await pool.do("echo", "é\n".encode(), url="u", n=None) == [
            "é\n",
            {"url": "u", "n": None},
        ]
        assert await pool.do("echo", b"x" * MAX_INPUT) == ["x" * MAX_INPUT, {}]


@pytest.mark.usefixtures("jobs")
async def test_processes_start_when_needed_and_are_used_again():
    async with Workers(3) as pool:
        first = await pool.do("pid", b"")
        assert await pool.do("pid", b"") == first
        several = await asyncio.gather(*(pool.do("pid", b"") for _ in range(9)))
        assert len(set(several)) <= 3
    assert pool.lost == 0


@pytest.mark.usefixtures("jobs")
@pytest.mark.parametrize(
    ("job", "facts", "why"),
    [
        ("hang", {}, "it took more than 1 seconds of computing"),
        ("eat", {}, "it needed more than 1 GiB of memory"),
        ("die", {}, "the process that was reading it died"),
    ],
)
async def test_a_bad_job_costs_itself_and_no_more(job: str, facts: dict[str, bool], why: str):
    async with Workers(1, cpu=1) as pool:
        with pytest.raises(WorkError) as raised:
            await pool.do(job, b"", **facts)
        assert str(raised.value) == why
        assert pool.lost == 1
        assert await pool.do("echo", b"next") == ["next", {}]


@pytest.mark.usefixtures("jobs")
async def test_a_job_that_sleeps_is_ended_in_time():
    async with Workers(1, wall=0.5) as pool:
        await pool.do("echo", b"")
        start = time.monotonic()
        with pytest.raises(WorkError, match="it took longer"):
            await pool.do("hang", b"", quietly=True)
        assert time.monotonic() - start < 2
        assert await pool.do("echo", b"next") == ["next", {}]


@pytest.mark.usefixtures("jobs")
async def test_an_error_of_a_job_is_a_sentence_and_the_process_lives_on():
    async with Workers(1) as pool:
        for job, why in (("fail", "KeyError"), ("nothing", "KeyError"), ("much", "too much")):
            with pytest.raises(WorkError, match=why):
                await pool.do(job, b"")
        with pytest.raises(WorkError, match="it is larger than 10 MiB"):
            await pool.do("echo", bytes(MAX_INPUT + 1))
    assert pool.lost == 0


@pytest.mark.usefixtures("jobs")
async def test_what_a_job_prints_is_no_answer():
    async with Workers(1) as pool:
        assert await pool.do("talk", b"") == ""
        assert await pool.do("echo", b"next") == ["next", {}]


@pytest.mark.usefixtures("jobs")
@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="lists /proc")
async def test_a_process_gets_no_files_and_a_small_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SECRET_TOKEN", "x")
    with open(tmp_path / "jobs.py") as kept:
        os.set_inheritable(kept.fileno(), True)
        async with Workers(1) as pool:
            assert len(await pool.do("files", b"")) <= 6  # 0 to 2, its own two, the folder listed
            assert "SECRET_TOKEN" not in await pool.do("environment", b"")


@pytest.mark.usefixtures("jobs")
async def test_closing_ends_jobs_that_are_being_done():
    async with Workers(1) as pool:
        process = await pool.do("pid", b"")
        task = asyncio.create_task(pool.do("hang", b"", quietly=True))
        await asyncio.sleep(0.1)
    with pytest.raises(WorkError):
        await task
    assert _is_gone(process)


@pytest.mark.usefixtures("jobs")
async def test_a_job_given_up_ends_its_process_and_frees_its_place():
    async with Workers(1) as pool:
        process = await pool.do("pid", b"")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await pool.do("hang", b"", quietly=True)
        assert _is_gone(process)
        assert await pool.do("echo", b"next") == ["next", {}]


def _is_gone(process: int) -> bool:
    return _waited(lambda: not os.path.exists(f"/proc/{process}"))


def _waited(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + 5
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()
