"""A refresh that is killed, or whose disk is full: nothing is lost, nothing is there twice.

REFRESH_KILLS and REFRESH_FAULTS say how often it is tried.
"""

import errno
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli import run
from reader.feeds import workers
from reader.feeds.filing.ledger import Ledger
from tests.feed_site import FeedSite, feed_site

KILLS = int(os.environ.get("REFRESH_KILLS", "1"))
FAULTS = int(os.environ.get("REFRESH_FAULTS", "3"))
FEEDS, ARTICLES = 9, 12

CALLS = ("open", "write", "fsync", "link", "close")


class Desk:
    """A library with feeds of a site; `home` is that of whoever reads it."""

    def __init__(self, home: Path, site: FeedSite) -> None:
        self.home, self.folder = home, home / "news"
        self.folder.mkdir(parents=True)
        (home / "config" / "broadsheet").mkdir(parents=True)
        (home / "config" / "broadsheet" / "config.toml").write_text(
            '[feeds]\nprivate_hosts = ["127.0.0.1"]\n'
        )
        outlines = "".join(
            f"<outline type='rss' text='{number}' xmlUrl='{site.url(f'/{number}')}'/>"
            for number in range(FEEDS)
        )
        text = f"<opml version='2.0'><head/><body>{outlines}</body></opml>"
        (self.folder / "feeds.opml").write_text(text)

    @property
    def environment(self) -> dict[str, str]:
        places = {f"XDG_{name}_HOME": str(self.home / name.lower()) for name in _PLACES}
        return os.environ | places

    @property
    def arguments(self) -> list[str]:
        return ["refresh", "--all", "--library", str(self.folder)]

    def start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "reader", *self.arguments],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def content(self) -> dict[str, str]:
        """All files, hidden ones too, but for the ledger; the time of a change is left out."""
        paths = [path for path in self.folder.rglob("*") if path.is_file()]
        return {
            str(path.relative_to(self.folder)): _CHANGED.sub("", path.read_text())
            for path in paths
            if ".broadsheet" not in path.parts
        }

    def problems(self) -> list[str]:
        """Files that the ledger does not know as they are."""
        ledger = Ledger(self.folder, self.home / "state" / "broadsheet")
        return [
            name for name in self.content if name.startswith("_news") and not ledger.written(name)
        ]


_PLACES = ("CONFIG", "STATE", "CACHE", "DATA")
_SAID = re.compile("cannot be (written|kept)|can be written|feeds.opml: |broke off: ")
_CHANGED = re.compile(r"^updatedDateTime: .*\n", re.MULTILINE)


@pytest.fixture(scope="module")
def site() -> Iterator[FeedSite]:
    with feed_site() as site:
        yield site


@pytest.fixture(scope="module")
def expected(site: FeedSite, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what a library has where nothing happens to its refreshes."""
    desk = Desk(tmp_path_factory.mktemp("undisturbed"), site)
    for day in (0, 1):
        publish(site, day)
        settled(desk)
    assert len(desk.content) == 1 + FEEDS * (ARTICLES + 1) + FEEDS // 3 * ARTICLES
    return desk.content


def publish(site: FeedSite, day: int) -> None:
    """Publish what the feeds have on a day: a new article each, and one in three changed."""
    for number in range(FEEDS):
        titles = [f"Article {number} {at}" for at in range(ARTICLES + day)]
        text = "As it was." if number % 3 or not day else f"As it is on day {day}."
        site.feed(f"/{number}", *titles, etag=f'"{number} {day}"', text=text)


def settled(desk: Desk) -> None:
    child = desk.start()
    assert child.wait(60) == 0


def test_killed_at_any_moment_the_next_refresh_makes_the_folder_whole(
    tmp_path: Path, site: FeedSite, expected: dict[str, str]
) -> None:
    chance, took = random.Random(4), 1.0
    for number in range(KILLS):
        desk = Desk(tmp_path / str(number), site)
        for day in (0, 1):
            publish(site, day)
            began, child = time.monotonic(), desk.start()
            time.sleep(took * (0.25 + 0.75 * chance.random()))
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            settled(desk)
            took = time.monotonic() - began if not number + day else took
        settled(desk)
        assert desk.content == expected
        assert desk.problems() == []
        shutil.rmtree(tmp_path / str(number))


class Fault:
    """Lets a call of the system fail below a folder, from its `after`th time on."""

    def __init__(self, folder: Path, name: str, after: int, number: int) -> None:
        self.folder, self.name, self.left, self.number = str(folder), name, after, number
        self.real = getattr(os, name)

    def __call__(self, what: object, *arguments: object, **named: object) -> object:
        if not self.is_ours(what):
            return self.real(what, *arguments, **named)
        self.left -= 1
        if self.left < 0:
            if self.name == "close":
                self.real(what)
            raise OSError(self.number, os.strerror(self.number))
        return self.real(what, *arguments, **named)

    def is_ours(self, what: object) -> bool:
        path = os.readlink(f"/proc/self/fd/{what}") if isinstance(what, int) else os.fspath(what)  # type: ignore[call-overload]
        return str(path).startswith(self.folder)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="/proc is needed")
def test_with_a_full_disk_it_stops_with_a_sentence_and_the_next_one_makes_the_folder_whole(
    tmp_path: Path,
    site: FeedSite,
    expected: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(workers, "_cores", lambda: 1)
    chance, refused = random.Random(6), 0
    for number in range(FAULTS):
        desk = Desk(tmp_path / str(number), site)
        for name, value in desk.environment.items():
            monkeypatch.setenv(name, value)
        for day in (0, 1):
            publish(site, day)
            call, after = CALLS[number % len(CALLS)], chance.randrange(150)
            fault = Fault(desk.folder, call, after, chance.choice((errno.ENOSPC, errno.EIO)))
            capsys.readouterr()
            with monkeypatch.context() as patch:
                patch.setattr(os, call, fault)
                status = run(desk.arguments)
            said = capsys.readouterr().err
            refused += status
            assert bool(status) == bool(said)
            assert not said or _SAID.search(said)
            assert said.count("\n") <= 1
            assert run(desk.arguments) == 0
        assert desk.content == expected
        assert desk.problems() == []
        shutil.rmtree(tmp_path / str(number))
    assert refused
