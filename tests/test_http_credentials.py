import asyncio
import sys
import time
from base64 import b64encode
from pathlib import Path

import pytest

from reader.feeds.web.access import Access, Key
from reader.feeds.web.credentials import Credentials
from reader.feeds.web.http import Fetcher
from reader.feeds.web.refused import Refused
from tests.web import PRIVATE, Server, says


def prints(code):
    """Return a key whose command runs some Python."""
    return Key(None, command=(sys.executable, "-c", code))


async def test_a_password_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv("NEWS_PASSWORD", "sésame")
    shown = await Credentials().shown(Key("me", variable="NEWS_PASSWORD"), "a.example")
    assert shown == "Basic " + b64encode("me:sésame".encode()).decode()


async def test_a_token_is_the_first_line_that_a_command_prints():
    shown = await Credentials().shown(prints("print('abc'); print('user: me')"), "a.example")
    assert shown == "Bearer abc"


async def test_a_command_runs_without_a_shell(tmp_path):
    key = Key(None, command=("echo", "$HOME;", "touch", str(tmp_path / "touched")))
    assert (await Credentials().shown(key, "a.example")).startswith("Bearer $HOME; touch")
    assert list(tmp_path.iterdir()) == []


async def test_a_command_runs_once_for_all_requests(tmp_path):
    log = tmp_path / "log"
    key = prints(f"open({str(log)!r}, 'a').write('x'); print('abc')")
    credentials = Credentials()
    await asyncio.gather(*(credentials.shown(key, "a.example") for _ in range(3)))
    assert log.read_text() == "x"


@pytest.mark.parametrize(
    "key",
    [
        prints("print('secret'); raise SystemExit(1)"),
        prints("import sys; print('secret', file=sys.stderr)"),
        prints("print('s' * 200_000)"),
        prints(r"import sys; sys.stdout.buffer.write(b'\xff\n')"),
        prints(r"print('s\x1b[31mecret')"),
        Key(None, command=("/no/such/command",)),
        Key(None, command=("a\0b",)),
        Key(None, variable="NO_SUCH_VARIABLE"),
    ],
)
async def test_what_gives_nothing_is_said_once_and_without_its_output(key, capfd):
    credentials = Credentials()
    for _ in range(2):
        with pytest.raises(Refused) as raised:
            await credentials.shown(key, "a.example")
        assert raised.value.kind == "not allowed"
        assert "a.example" in str(raised.value)
        assert "secret" not in str(raised.value).replace(" ".join(key.command), "")
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def hanging(tmp_path):
    """Return a key whose command hangs, as what it started, and what gives the id of that."""
    pid = tmp_path / "pid"
    command = ("sh", "-c", 'sleep 60 & echo $! > "$0"; wait', str(pid))
    return Key(None, command=command), lambda: int(pid.read_text() or 0) if pid.exists() else 0


def is_gone(pid):
    """Return whether a process ends, waited for or not."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return True
        if state.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


async def test_a_command_that_hangs_is_ended_with_all_that_it_started(hanging):
    key, started = hanging
    with pytest.raises(Refused):
        await Credentials(seconds=1).shown(key, "a.example")
    assert is_gone(started())


async def test_a_request_that_is_stopped_ends_its_command(hanging):
    key, started = hanging
    task = asyncio.create_task(Credentials().shown(key, "a.example"))
    while not started():
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert is_gone(started())


async def test_a_private_host_is_shown_its_key_and_the_open_network_is_not(monkeypatch):
    monkeypatch.setenv("NEWS_PASSWORD", "secret")
    async with Server(says(b"hello")) as server:
        where, key = f"{PRIVATE}:{server.port}", Key("me", variable="NEWS_PASSWORD")
        async with Fetcher(Access(frozenset({PRIVATE}), {where: key})) as fetcher:
            await fetcher.get(f"http://{where}/")
    assert b"Authorization: Basic " + b64encode(b"me:secret") in server.requests[0]
