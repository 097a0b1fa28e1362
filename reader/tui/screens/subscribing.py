"""Subscribing: an address is typed, and a command of our own finds the feeds that it means."""

from typing import Any

from textual.message import Message

from reader.text import clean_line
from reader.tui.child import Child
from reader.tui.screens.feed_desk import FeedDesk
from reader.tui.screens.feed_sheets import LineSheet, OfferSheet
from reader.urls import safe_url

MOST = 100
"""The most of what is told that is kept."""


class Subscribing(FeedDesk):
    """What `a` does."""

    _child: Child | None = None
    _told: tuple[dict[str, Any], ...] = ()

    class AddEnded(Message):
        """The command is over; told from another thread."""

    def action_add(self) -> None:
        """Ask for an address."""
        if self._child is not None:
            self.say("Still looking for feeds")
        else:
            sheet = LineSheet("Subscribe to a feed, or to one of a page", "Address", "look")
            self.app.push_screen(sheet, self.subscribe)

    def subscribe(self, url: str | None) -> None:
        """Look for the feeds of an address, and subscribe to the only one."""
        if url is None:
            return
        home, ended = self.library.feed_home, self.AddEnded()
        words = ["add", "--yes", "--json", *(["--library", str(home)] if home else []), "--", url]
        self._told = ()
        self._child = Child(words, self._hear, lambda: self.post_message(ended))
        self.status_line.activity = f"Looking at {clean_line(url, 60)}"

    def _hear(self, told: dict[str, Any]) -> None:
        self._told = (*self._told, told)[:MOST]

    async def on_subscribing_add_ended(self, event: AddEnded) -> None:
        """Show what is new, or let one of several be chosen."""
        event.stop()
        child, self._child = self._child, None
        self.status_line.activity = ""
        if child is None:
            return
        offers = [offer for told in self._told for offer in _offers(told)]
        if child.status == 0:
            await self._added()
        elif offers:
            self.app.push_screen(OfferSheet("Which of these feeds?", offers), self.subscribe)
        else:
            self.say(child.complaint or "No feed was found", failed=True)

    async def _added(self) -> None:
        """Say what was added, and fetch it."""
        async with self.changing:
            before = self.feeds
            await self.read()
            added = self.library.added_feeds(before, self.feeds)
        if not added:
            self.say("Subscribed in your own library: it opens where no folder is named")
            return
        self.list.go_to(added[0])
        self.show_state()
        self.say(f"Subscribed to {added[0].feed.name}", "u", "undoes")
        if self.fetching.fetch is None:
            self.fetching.start_fetching(added[0])

    def on_unmount(self) -> None:
        """Nothing goes on when the screen is left."""
        if self._child is not None:
            self._child.stop()


def _offers(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Return address and name of the feeds that are offered."""
    url, title = told.get("url"), told.get("title")
    safe = safe_url(url) if isinstance(url, str) else None
    return [(safe, clean_line(str(title or ""), 200))] if safe else []
