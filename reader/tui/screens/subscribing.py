"""Subscribing: an address is typed, and a command of our own finds the feeds that it means."""

from typing import Any

from textual.message import Message

from reader.feed_tally import FeedLine
from reader.feeds.records import NEW
from reader.feeds.values import Feed
from reader.text import clean_line, counted
from reader.tui.child import Child
from reader.tui.fetch import Fetch
from reader.tui.screens.feed_desk import FeedDesk
from reader.tui.screens.feed_sheets import LineSheet, OfferSheet
from reader.urls import safe_url, short

MOST = 100
"""The most of what is told that is kept."""

TITLE = "Subscribe: the address of a feed, or of a page that offers some"

NOWHERE = -1
"""What stands for the number of a folder that is not open."""


class Subscribing(FeedDesk):
    """What `a` does."""

    _child: Child | None = None
    _told: tuple[dict[str, Any], ...] = ()
    _new = ""
    """The name of a feed that is fetched for the first time."""

    _elsewhere = ""
    """That of one in the user's own library, where that is not open."""

    class AddEnded(Message):
        """The command is over; told from another thread."""

    def action_add(self) -> None:
        """Ask for an address."""
        if self._child is not None:
            self.say("Still looking for feeds")
        else:
            sheet = LineSheet(TITLE, "Address", "look for feeds")
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
        """Show what is new, and offer what the page has besides."""
        event.stop()
        child, self._child = self._child, None
        self.status_line.activity = ""
        if child is None:
            return
        if child.status != 0:
            self.say(child.complaint or "No feed was found", failed=True)
            return
        said = await self._added()
        if others := [offer for told in self._told for offer in _offers(told)]:
            title = f"{said}. The page has others"
            self.app.push_screen(OfferSheet(title, others), self.subscribe)

    async def _added(self) -> str:
        """Say what was added, and fetch it; returns what was said."""
        async with self.changing:
            before = self.feeds
            await self.read()
            added = self.library.added_feeds(before, self.feeds)
        urls = [told.get("url") for told in self._told if told.get("subscribed") is True]
        line = next((line for line in self.feeds if line.feed.url in urls), None)
        if line is None:
            return self._added_elsewhere()
        self.list.go_to(line)
        self.show_state()
        if not added:
            said = f"{line.name} is subscribed already"
            self.say(said)
            return said
        said = f"Subscribed to {line.name}"
        self.say(said, "u", "undoes")
        if self.fetching.fetch is None:
            self._new = line.name
            self.fetching.start_fetching(line)
        return said

    def _added_elsewhere(self) -> str:
        """Say what was added to the user's own library, and fetch it; returns what was said."""
        told = next((told for told in self._told if told.get("subscribed") is True), {})
        name, url = (clean_line(str(told.get(key) or "")) for key in ("title", "url"))
        said = f"{name or 'It'} is in your own library"
        self.say(said, "q", "and start again to read it")
        if url and self.fetching.fetch is None:
            self._elsewhere = name or short(url)
            self.fetching.start_fetching(FeedLine(Feed(url), NOWHERE, NEW))
        return said

    def fetched(self, fetch: Fetch) -> None:
        """Say what came of a fetch, of a feed that is new with how to take it back."""
        new, self._new = self._new, ""
        elsewhere, self._elsewhere = self._elsewhere, ""
        if elsewhere and not fetch.failure:
            words = f"{elsewhere}: {counted(fetch.new)} in your own library"
            self.say(words, "q", "and start again to read them")
        elif new and not fetch.failure:
            self.say(f"Subscribed to {new}: {counted(fetch.new)}", "u", "undoes")
        else:
            self.say(fetch.failure or fetch.outcome)
        self.look_again()

    def on_unmount(self) -> None:
        """Nothing goes on when the screen is left."""
        if self._child is not None:
            self._child.stop()


def _offers(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Return address and name of a feed that is offered, if it is one that can be read."""
    url, title = told.get("url"), told.get("title")
    safe = safe_url(url) if isinstance(url, str) else None
    if safe is None or told.get("subscribed") is not False or told.get("articles") is None:
        return []
    return [(safe, clean_line(str(title or ""), 200))]
