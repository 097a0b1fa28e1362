"""Feeds for the tests: what is subscribed, what was remembered, and a command that plays ours."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from reader.feeds.records import Record, write_records
from reader.feeds.subscribed.subscriptions import change_feeds
from reader.feeds.values import Feed
from reader.tui import child
from tests.samples import front

NOW = datetime(2020, 10, 28, 20, tzinfo=UTC)
TIDES = Feed("https://example.com/tides.xml", "Tides", ("Sea",))
CRANES = Feed("https://example.org/cranes.xml", "Cranes", formerly=("http://example.org/old",))
SHIPS = Feed("https://example.net/ships.xml", "Ships", ("Sea",))
FEEDS = (CRANES, TIDES, SHIPS)
NO_HOST = "the name example.net is not known"


def piece(feed, day, *, quality=50, **fields):
    """Return the text of an article of a feed, published on a day of October 2020."""
    name = f"{feed.rpartition('/')[2]}-{day}"
    return front(
        f"title: On {name}",
        f"originalUrl: https://example.com/{name}",
        f"publishedDateTime: 2020-10-{day:02}T12:00:00Z",
        f"quality: {quality}",
        f"feed: {feed}",
        *(f"{key}: {value}" for key, value in fields.items()),
    )


def pieces():
    """Return files: three articles of a feed, one by its former address, two of another feed."""
    return {
        "c1.md": piece(CRANES.url, 28, quality=90),
        "c2.md": piece(CRANES.url, 21, quality=80),
        "c3.md": piece(CRANES.formerly[0], 14, quality=70),
        "t1.md": piece(TIDES.url, 27, quality=60),
        "t2.md": piece(TIDES.url, 26, quality=55),
        "none.md": front("title: Of no feed", "quality: 40"),
    }


def subscribe(folder: Path, *feeds: Feed) -> None:
    """Subscribe to feeds in a folder, and to nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    change_feeds(folder, lambda _: feeds or FEEDS)


def remember(folder: Path, state: Path, **of_ships: object) -> None:
    """Remember that all is well but for one feed, which failed three times."""
    now = NOW.timestamp()
    well = Record(asked_at=now - 3600, well_at=now - 3600, due_at=now + 1200)
    ships = Record(
        asked_at=now - 60, failures=3, error=NO_HOST, head="<html>\nNo", due_at=now + 9e4
    )
    records = {CRANES.url: well, TIDES.url: well, SHIPS.url: ships._replace(**of_ships)}
    write_records(folder, state, records)


PLAY = """
import json, pathlib, signal, sys, time
here = pathlib.Path({here!r})
words = sys.argv[1:]
with (here / "words").open("a") as file:
    file.write(json.dumps(words) + "\\n")
def say(**event):
    print(json.dumps(event), flush=True)
def feed(url, result="unchanged", new=0, done=1, of=1, error=None):
    say(event="feed", url=url, name=url, result=result, new=new, versions=0, error=error,
        done=done, of=of)
def end(**event):
    none = dict(done=0, failed=0, new=0, versions=0, seconds=0.1, requests=1, bytes=1)
    say(event="end", **(none | dict(stopped=False) | event))
def wait():
    (here / "waits").touch()
    while not (here / "go").exists():
        time.sleep(0.005)
def stopped(number, frame):
    end(done=1, new=1, stopped=True)
    (here / "stopped").touch()
    sys.exit(0)
signal.signal(signal.SIGTERM, stopped)
"""


class Play:
    """What plays our own commands: a script with some words to say, and what it was asked."""

    def __init__(self, here: Path, monkeypatch, script: str) -> None:
        here.mkdir(exist_ok=True)
        self.here = here
        (here / "play.py").write_text(PLAY.format(here=str(here)) + script)
        monkeypatch.setattr(child, "PROGRAM", (sys.executable, "-I", str(here / "play.py")))

    @property
    def words(self) -> list[str]:
        """The words of every call, as JSON."""
        path = self.here / "words"
        return path.read_text().splitlines() if path.exists() else []

    def has(self, name: str) -> bool:
        """Whether it has got as far as that."""
        return (self.here / name).exists()

    def go(self) -> None:
        """Let it go on from where it waits."""
        (self.here / "go").touch()
