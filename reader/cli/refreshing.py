"""`refresh`: the feeds that are due are asked, once or again and again, and what came is told."""

import asyncio
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from reader.cli.arguments import Options, UsageError
from reader.cli.home import HINT, home
from reader.cli.output import complain, is_terminal, say, say_json
from reader.feeds.alone import RefreshError
from reader.feeds.refresh import Refresh, Result
from reader.feeds.subscribed.subscriptions import SubscriptionError
from reader.feeds.web.access import read_access
from reader.feeds.web.http import Fetcher
from reader.feeds.workers import Workers
from reader.folders import FEEDS_FILE
from reader.places import cache_dir, config_file, state_dir
from reader.settings import SettingsError
from reader.text import clean_line, counted, one_line


@dataclass
class _Report:
    """Tells of a refresh, as lines for a person or as JSON, and counts."""

    json: bool
    feeds: int
    failed: int = 0
    new: int = 0
    versions: int = 0
    done: int = 0
    offline: int = 0
    began: float = field(default_factory=time.monotonic)

    def begin(self) -> None:
        """Say how many feeds are asked."""
        if self.json:
            _tell({"event": "start", "feeds": self.feeds})

    def told(self, result: Result) -> None:
        """Say what came of one feed."""
        self.done += 1
        self.new += result.new
        self.versions += result.versions
        self.failed += result.what in ("failed", "gone", "offline")
        self.offline += result.what == "offline"
        if self.json:
            _tell(
                {
                    "event": "feed",
                    "url": result.feed.url,
                    "name": result.feed.name,
                    "result": result.what,
                    "new": result.new,
                    "versions": result.versions,
                    "error": result.error,
                    "done": self.done,
                    "of": self.feeds,
                }
            )
        else:
            self._say(result)

    def end(self, fetcher: Fetcher, *, stopped: bool) -> None:
        """Say what came of all feeds."""
        seconds = time.monotonic() - self.began
        if self.json:
            end = {"event": "end", "done": self.done, "failed": self.failed, "new": self.new}
            end |= {"versions": self.versions, "seconds": round(seconds, 3), "stopped": stopped}
            _tell(end | {"requests": fetcher.requests, "bytes": fetcher.bytes})
            return
        self._live("")
        if self.feeds > 1 or not self.new + self.versions + self.failed or stopped:
            say(f"{self._so_far()} · {seconds:.1f} s{', stopped' if stopped else ''}")

    def _say(self, result: Result) -> None:
        self._live("")
        if result.what == "offline":
            if self.offline == 1:  # the others are for the same reason
                say(f"Nothing can be reached: {result.error}")
        elif result.error:
            say(f"{result.feed.name}: {result.error}")
        elif result.what == "moved":
            say(f"{result.feed.name}: it has moved for good, and is asked at its new address")
        elif result.new or result.versions:
            changed = f", {result.versions:,} changed" if result.versions else ""
            say(f"{result.feed.name}: {result.new:,} new{changed}")
        self._live(self._so_far())

    def _so_far(self) -> str:
        changed = f" · {self.versions:,} changed" if self.versions else ""
        of = f"{self.done:,} of {counted(self.feeds, 'feed')}"
        return f"{of} · {self.new:,} new{changed} · {self.failed:,} failed"

    @staticmethod
    def _live(text: str) -> None:
        """Show a line that the next one takes the place of, to a person only."""
        if is_terminal():
            sys.stdout.write(f"\r\x1b[K{text}")
            sys.stdout.flush()


def refresh(options: Options) -> int:
    """Ask the feeds that are due; exit status 1 if nothing can be written, or every feed failed."""
    named = [options._replace(libraries=(one,)) for one in options.libraries]
    folders = list(map(home, named or [options]))
    try:
        return asyncio.run(_refresh(options, folders))
    except (SubscriptionError, SettingsError) as error:
        raise UsageError(str(error)) from error
    except RefreshError as error:
        complain(str(error))
    except BrokenPipeError:  # nobody listens any more
        raise
    except OSError as error:
        complain(f"the refresh broke off: {one_line(error)}")
    return 1


async def _refresh(options: Options, folders: Sequence[Path]) -> int:
    stop = asyncio.Event()
    with _stopped_by_signals(stop):
        while True:
            refreshes = [Refresh(folder, state_dir(), cache_dir()) for folder in folders]
            status = await _once(options, folders, refreshes, stop)
            if options.every is None or stop.is_set():
                return status
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), options.every)
                return status


async def _once(
    options: Options, folders: Sequence[Path], refreshes: Sequence[Refresh], stop: asyncio.Event
) -> int:
    now, only = time.time(), options.words
    due = [one.due(now, only=only, every=options.all) for one in refreshes]
    report = _Report(options.json, sum(map(len, due)))
    if not report.feeds and options.every is None and not options.json:
        return _nothing_to_do(folders, refreshes, only)
    report.begin()
    async with Fetcher(read_access(config_file(), state_dir())) as fetcher, Workers() as workers:
        for one, feeds in zip(refreshes, due, strict=True):
            if feeds and not stop.is_set():
                await one.run(feeds, fetcher, workers, report.told, stop)
        report.end(fetcher, stopped=stop.is_set())
    return int(0 < report.failed == report.feeds)


def _nothing_to_do(folders: Sequence[Path], refreshes: Sequence[Refresh], only: object) -> int:
    if only:
        raise UsageError("no feed has such an address or name; `broadsheet feeds` lists them")
    if not any((folder / FEEDS_FILE).exists() for folder in folders):
        raise UsageError(f"there are no feeds in {clean_line(str(folders[0]))}; {HINT}")
    due = min(one.next_due for one in refreshes)
    if due == float("inf"):
        say("No feed is asked: all are paused or gone")
    else:
        say(f"No feed is due before {datetime.fromtimestamp(due):%H:%M}; --all asks them all")
    return 0


@contextmanager
def _stopped_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Let the signals that end a program end the refresh, with all that came."""
    loop, numbers = asyncio.get_running_loop(), (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    for number in numbers:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _tell(event: dict[str, object]) -> None:
    say_json(event)
    sys.stdout.flush()
