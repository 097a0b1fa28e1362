"""Refreshing a folder: its feeds are asked, and what is new is written, feed by feed.

The order keeps what was killed at any moment right: files first, then the ledger, then what is
remembered of the feed; until then it is asked again, and what is there is not written twice.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from reader.feeds.alone import RefreshError, alone
from reader.feeds.asking import Asked, ask
from reader.feeds.filing.article_file import FOLDER as NEWS
from reader.feeds.filing.ledger import Ledger
from reader.feeds.filing.newcomers import Choice, Newcomers
from reader.feeds.filing.writing import sweep, write_files
from reader.feeds.full_text.keeping import fill
from reader.feeds.full_text.waiting import Waiting
from reader.feeds.pipeline import in_batches, until
from reader.feeds.records import NEW, Record, read_records, write_records
from reader.feeds.schedule import is_due
from reader.feeds.subscribed.changes import Feeds, moved, named
from reader.feeds.subscribed.subscriptions import SubscriptionError, change_feeds, read_feeds
from reader.feeds.values import Feed
from reader.feeds.web.http import Fetcher
from reader.feeds.workers import Workers
from reader.files.reading import reason
from reader.kept_texts import KeptTexts
from reader.text import clean_line
from reader.urls import canonical, short

AT_ONCE = 24
"""Feeds that are asked, understood or waiting to be written at the same time."""

LONGEST = 15 * 60.0
"""Seconds after which a refresh ends; feeds that were not asked by then are due the next time."""

_KEEPING = 1.0  # seconds between two times that what is remembered of feeds is kept


class Result(NamedTuple):
    """What came of one feed: `what` is new, unchanged, failed, gone, moved or offline."""

    feed: Feed
    what: str
    new: int = 0
    versions: int = 0
    error: str | None = None


class Refresh:
    """The feeds of one folder, to be asked; only one program may do that at a time."""

    def __init__(self, folder: Path, state_dir: Path, cache_dir: Path) -> None:
        """Take a folder. Raises SubscriptionError where its feeds cannot be read."""
        self._folder, self._state_dir, self._cache_dir = folder.resolve(), state_dir, cache_dir
        self._feeds = read_feeds(self._folder)
        self._records = read_records(self._folder, state_dir)
        self._kept_at = 0.0
        self._waiting_texts = Waiting(self._folder, state_dir)

    def due(self, now: float, *, only: Sequence[str] = (), every: bool = False) -> list[Feed]:
        """Return the feeds that are to be asked, those that wait longest first.

        `only` are addresses, or parts of addresses and names, whose feeds are asked in any case;
        `every` asks all but those that are paused or gone. `now` is in seconds since 1970.
        """
        if only:
            meant = [feed for word in only for feed in self._meant(word)]
            return list(dict.fromkeys(meant))
        waiting = sorted(self._waiting(), key=lambda one: one[1].due_at)
        return [feed for feed, record in waiting if every or is_due(record, now)]

    @property
    def next_due(self) -> float:
        """When the next feed is due, in seconds since 1970; infinite where none will be."""
        return min((record.due_at for _, record in self._waiting()), default=float("inf"))

    async def run(
        self,
        feeds: Sequence[Feed],
        fetcher: Fetcher,
        workers: Workers,
        told: Callable[[Result], None],
        stop: asyncio.Event,
    ) -> None:
        """Ask feeds, and write what is new, until all is done or it is told to stop.

        What came until then is kept. `told` is called in another thread. Raises RefreshError where
        nothing can be written.
        """
        with alone(self._folder):
            ledger = self._ledger()
            sweep(self._folder, [f"{NEWS}/", *ledger.files()])
            now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
            newcomers = Newcomers(self._folder, self._cache_dir, ledger, now)

            def ask_one(feed: Feed) -> Awaitable[Asked]:
                record = self._records.get(feed.url, NEW)
                return ask(feed, record, fetcher, workers, time.time())

            def use(some: list[Asked]) -> None:
                for result in self._file(some, newcomers, ledger):
                    told(result)

            await in_batches(feeds, ask_one, use, stop=stop, at_once=AT_ONCE, seconds=LONGEST)
            self._keep()
            if not stop.is_set():
                await until(stop, self._fill(ledger, fetcher, workers), LONGEST)

    async def _fill(self, ledger: Ledger, fetcher: Fetcher, workers: Workers) -> None:
        """Get the full texts that are wanted; what is not reached comes the next time."""
        waiting, texts = self._waiting_texts, KeptTexts(self._cache_dir)
        try:
            await fill(self._folder, waiting.files, ledger, texts, fetcher, workers, waiting.done)
        finally:
            with suppress(OSError):
                waiting.keep()

    def _file(self, some: Sequence[Asked], newcomers: Newcomers, ledger: Ledger) -> list[Result]:
        """Write what some feeds have brought, and remember that they were asked."""
        choices = [
            newcomers.choose(one.feed, one.parsed.entries if one.parsed else ()) for one in some
        ]
        files = [file for choice in choices for file in choice.files]
        lines = [line for choice in choices for line in choice.lines]
        both = zip(some, choices, strict=True)
        wanted = [file.file for one, its in both if one.feed.full_text for file in its.files]
        try:
            self._waiting_texts.add(wanted)
            ledger.add([*write_files(self._folder, files), *lines])
        except OSError as error:
            where = clean_line(str(self._folder))
            raise RefreshError(f"articles cannot be written to {where}: {reason(error)}") from error
        for one in some:
            self._records[one.feed.url] = one.record
        self._follow(some)
        if time.monotonic() - self._kept_at > _KEEPING:
            self._keep()
        return [_result(one, choice) for one, choice in zip(some, choices, strict=True)]

    def _ledger(self) -> Ledger:
        """Read what was filed. Raises RefreshError."""
        try:
            return Ledger(self._folder, self._state_dir)
        except OSError as error:
            raise RefreshError(f"{clean_line(str(self._folder))}: {reason(error)}") from error

    def _follow(self, some: Sequence[Asked]) -> None:
        """Subscribe to where feeds have moved for good, and give names to those without one."""
        untitled = {feed.url for feed in self._feeds if not feed.title}
        new = [one for one in some if one.moved_to or (one.feed.title and one.feed.url in untitled)]
        if not new:
            return

        def change(feeds: Feeds) -> Feeds:
            for one in new:
                feeds = named(feeds, one.feed.url, one.feed.title)
                feeds = moved(feeds, one.feed.url, one.moved_to) if one.moved_to else feeds
            return feeds

        try:
            self._feeds = change_feeds(self._folder, change)
        except SubscriptionError as error:
            raise RefreshError(str(error)) from error
        for one in new:
            if one.moved_to:
                record = self._records.pop(one.feed.url)._replace(moved_to=None, moves=0)
                note = f"moved here from {short(one.feed.url)}"
                self._records[one.moved_to] = record._replace(note=note)

    def _meant(self, word: str) -> list[Feed]:
        """Return the feeds that a word of the user means: that of an address, else by a part."""
        key, part = canonical(word), word.casefold()
        exact = [feed for feed in self._feeds if canonical(feed.url) == key]
        return exact or [
            feed for feed in self._feeds if part in f"{feed.name}\n{feed.url}".casefold()
        ]

    def _waiting(self) -> Iterator[tuple[Feed, Record]]:
        """Yield the feeds that are asked by themselves, with what is remembered of them."""
        for feed in self._feeds:
            record = self._records.get(feed.url, NEW)
            if not (feed.paused or record.gone):
                yield feed, record

    def _keep(self) -> None:
        """Keep what is remembered of the feeds that there are. Raises RefreshError."""
        urls = {feed.url for feed in self._feeds}
        kept = {url: record for url, record in self._records.items() if url in urls}
        try:
            write_records(self._folder, self._state_dir, kept)
        except OSError as error:
            raise RefreshError(f"what feeds answered cannot be kept: {reason(error)}") from error
        self._kept_at = time.monotonic()


def _result(asked: Asked, choice: Choice) -> Result:
    record = asked.record
    if asked.offline:
        return Result(asked.feed, "offline", error=asked.offline)
    if record.failures:
        return Result(asked.feed, "failed", error=record.error)
    if record.gone:
        return Result(asked.feed, "gone", error="the server says that it is gone for good (410)")
    what = "moved" if asked.moved_to else "new" if choice.new or choice.versions else "unchanged"
    return Result(asked.feed, what, choice.new, choice.versions)
