"""Feeds as the screen and the shell ask about them: what is subscribed, and how each one is.

Nothing of it is imported or read before somebody asks, but for whether there is a file of feeds.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.bundled import bundled
from reader.folders import FEEDS_FILE
from reader.selecting import Selecting
from reader.tally import Entry
from reader.views import View

if TYPE_CHECKING:
    from reader.feed_tally import FeedLine
    from reader.feeds.values import Feed

FEEDS = View("feeds", "Feeds")
"""Where the sidebar leads to the feeds; it holds no articles."""


class Change(NamedTuple):
    """A change of one feed, to be taken back: how it was and is, None where it is not there.

    `at` is its place among the feeds of the folder of a number.
    """

    label: str
    library: int
    before: "Feed | None"
    after: "Feed | None"
    at: int


class Feeding(Selecting):
    """What is asked and changed of the feeds of the open folders."""

    known_feeds: tuple[int, int] | None = None
    """How many feeds there are, and how many of them are failing, once somebody has looked."""

    _changed_feeds: tuple[Change, ...] = ()
    _unchanged_feeds: tuple[Change, ...] = ()

    @property
    def feed_folders(self) -> list[tuple[int, Path]]:
        """The folders that have feeds, with their numbers."""
        folders = enumerate(folder.base for folder in self.folders)
        return [(number, base) for number, base in folders if os.path.exists(base / FEEDS_FILE)]

    @property
    def feed_home(self) -> Path | None:
        """The folder that new feeds go to, None for the user's own library."""
        with_feeds = [base for _, base in self.feed_folders]
        home = (with_feeds or [self.folders[0].base])[0]
        return None if home == bundled("data").resolve() else home

    def feeds(self, now: datetime) -> "tuple[FeedLine, ...]":
        """Return all feeds as they are, in the order of their files; in any thread.

        Raises SubscriptionError.
        """
        lines = tuple(self._subscribed())
        if not lines:
            return ()
        from reader.feed_tally import counted

        return tuple(counted(lines, self.store, now))

    def look_at_feeds(self) -> tuple[int, int]:
        """Count the feeds, and those that are failing; in any thread. Raises SubscriptionError."""
        lines = list(self._subscribed())
        return len(lines), sum(line.failing for line in lines)

    def feed_entries(self) -> tuple[Entry, ...]:
        """Return the sidebar's line about feeds, where it is known that there are any."""
        count, failing = self.known_feeds or (0, 0)
        progress = f"{failing:,} failing" if failing else ""
        return (Entry(FEEDS, FEEDS.title, count, progress=progress),) if count else ()

    def _subscribed(self) -> "Iterator[FeedLine]":
        """Yield all feeds without what is here of them."""
        for number, base in self.feed_folders:
            from reader.feed_tally import FeedLine
            from reader.feeds.records import NEW, read_records
            from reader.feeds.subscribed.subscriptions import read_feeds

            records = read_records(base, self._state_dir)
            for feed in read_feeds(base):
                line = FeedLine(feed, number, NEW)
                known = (records[url] for url in line.addresses if url in records)
                yield replace(line, record=next(known, NEW))

    # Changes

    def change_feed(self, line: "FeedLine", label: str, after: "Feed | None") -> None:
        """Let a feed be another, or remove it with None; its articles stay.

        Raises SubscriptionError.
        """
        if after != line.feed:
            self._keep_change(self._put_feed(Change(label, line.library, line.feed, after, -1)))

    def added_feeds(
        self, before: "Sequence[FeedLine]", after: "Sequence[FeedLine]"
    ) -> "list[FeedLine]":
        """Return the feeds that were added since, and remember it so that it can be taken back."""
        known = {line.key for line in before}
        added = [line for line in after if line.key not in known]
        for line in added:
            self._keep_change(Change(f"added {line.feed.name}", line.library, None, line.feed, -1))
        return added

    def undo_feeds(self) -> str | None:
        """Take back the last change; returns what it was, None where there is none.

        Raises SubscriptionError.
        """
        if not self._changed_feeds:
            return None
        last = self._changed_feeds[-1]
        self._put_feed(last._replace(before=last.after, after=last.before))
        self._changed_feeds = self._changed_feeds[:-1]
        self._unchanged_feeds = (*self._unchanged_feeds, last)
        return last.label

    def redo_feeds(self) -> str | None:
        """Make the change again that was taken back last, as `undo_feeds` does."""
        if not self._unchanged_feeds:
            return None
        last = self._unchanged_feeds[-1]
        self._changed_feeds = (*self._changed_feeds, self._put_feed(last))
        self._unchanged_feeds = self._unchanged_feeds[:-1]
        return last.label

    def _keep_change(self, change: Change) -> None:
        self._changed_feeds, self._unchanged_feeds = (*self._changed_feeds, change), ()

    def _put_feed(self, change: Change) -> Change:
        """Make a change on the disk; returns it with its place. Raises SubscriptionError.

        What others have changed of the feed meanwhile stays.
        """
        from reader.feeds.subscribed.subscriptions import SubscriptionError, change_feeds

        before, after, at = change.before, change.after, change.at

        def changed(feeds: "tuple[Feed, ...]") -> "list[Feed]":
            nonlocal at
            if before is None:
                rest, at = [*feeds], at if at >= 0 else len(feeds)
                return [*rest[:at], *([after] if after else []), *rest[at:]]
            at = next((at for at, feed in enumerate(feeds) if feed.url == before.url), -1)
            if at < 0:
                raise SubscriptionError(f"{before.name} is not there any more, or has moved")
            now = [_merged(feeds[at], before, after)] if after else []
            return [*feeds[:at], *now, *feeds[at + 1 :]]

        change_feeds(self.folders[change.library].base, changed)
        return change._replace(at=at)


def _merged(now: "Feed", before: "Feed", after: "Feed") -> "Feed":
    """Return a feed as it is now with what differs between two others."""
    wanted = {one.name: getattr(after, one.name) for one in fields(after)}
    return replace(
        now, **{name: value for name, value in wanted.items() if value != getattr(before, name)}
    )
