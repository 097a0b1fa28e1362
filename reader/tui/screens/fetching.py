"""Fetching: the feeds are asked by a process beside this one, and what comes appears by itself."""

import time
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.timer import Timer

from reader.store import Store
from reader.text import one_line
from reader.tui.screens.arriving import Arriving
from reader.tui.screens.following import Following
from reader.tui.screens.footer import Footer
from reader.tui.widgets.status_line import Hint
from reader.views import ALL

if TYPE_CHECKING:
    from reader.feed_tally import FeedLine
    from reader.tui.child import Child
    from reader.tui.fetch import Fetch
    from reader.tui.screens.feeds import FeedsScreen

EVERY = 0.25
"""Seconds between two looks at how far it is."""

AFTER = 0.5
"""Seconds until the feeds are looked at, so that the sidebar can say which of them fail."""

AGAIN = 10.0
"""Seconds in which `R` asks all feeds, after it was said that none is due."""

SETTLED = 10.0
"""Seconds after a fetch in which changes of the folder are its own, and told already."""


class Fetching(Arriving, Following, Footer):
    """What `R` and `gf` do."""

    fetch: "Fetch | None" = None
    """The fetch that goes on."""

    asked: frozenset[str] = frozenset()
    """The addresses of feeds that are asked for themselves."""

    feeds_screen: "FeedsScreen | None" = None
    """The screen of `gf`, while it is open."""

    _child: "Child | None" = None
    _fetch_timer: Timer | None = None
    _settled_at = 0.0
    _none_due_at = -AGAIN
    _fills = False
    """Whether the list was empty when it was fetched: then the top is the place to be."""

    _feed: "FeedLine | None" = None
    """The feed whose articles the list shows."""

    class FetchEnded(Message):
        """The command is over; told from another thread."""

    # Fetching

    def action_fetch(self) -> None:
        """Ask the feeds that are due, all if it was just said that none is, or stop asking."""
        if self.fetch is not None:
            self.stop_fetching()
        elif self.library.feed_folders:
            self.start_fetching(every=time.monotonic() < self._none_due_at + AGAIN)
        else:
            self.say("No feeds here: `broadsheet add URL` subscribes", "gf", "and a do so here")

    def start_fetching(self, line: "FeedLine | None" = None, *, every: bool = False) -> None:
        """Ask the feeds that are due, or one of them now, or every one."""
        from reader.tui.child import Child
        from reader.tui.fetch import Fetch

        if self.fetch is not None:
            self.say("Still fetching", "R", "stops it")
            return
        folders = self.library.feed_folders
        only = [line.feed.url] if line else []
        if line:
            folders = [one for one in folders if one[0] == line.library]
        words = ["refresh", "--json", *(["--all"] if every else only)]
        for _, folder in folders:
            words += ["--library", str(folder)]
        self._none_due_at = -AGAIN
        self.asked, self._fills = frozenset(only), not len(self.rows)
        self.fetch = fetch = Fetch()
        ended = self.FetchEnded()
        self._child = Child(words, fetch.take, lambda: self.post_message(ended))
        self._fetch_timer = self.set_interval(EVERY, self._show_fetch)
        self._show_fetch()

    def stop_fetching(self) -> None:
        """Ask it to end; what came is kept."""
        if self._child is not None and self.fetch is not None:
            self._child.stop()
            self.fetch.stopping = True
            self._show_fetch()

    def _show_fetch(self) -> None:
        line = self.fetch.line(self.glyphs.between) if self.fetch else ""
        self.status_line.activity, self.status_line.hints = line, self.hints()
        if (feeds := self.feeds_screen) is not None:
            feeds.status_line.activity = line
            feeds.show_state()

    def on_fetching_fetch_ended(self, event: FetchEnded) -> None:
        """Say what came of it."""
        event.stop()
        fetch, child = self.fetch, self._child
        if self._fetch_timer is not None:
            self._fetch_timer.stop()
        self.fetch = self._child = self._fetch_timer = None
        self.asked = frozenset()
        self._show_fetch()
        self._settled_at = time.monotonic() + SETTLED
        if fetch is None or child is None:
            return
        if not self.library.watch:
            self.library.start_reading()
        self.look_at_feeds()
        self._say_outcome(fetch, child)

    def _say_outcome(self, fetch: "Fetch", child: "Child") -> None:
        feeds, words = self.feeds_screen, fetch.outcome
        if not fetch.is_over:
            why = child.complaint or f"Fetching was broken off (status {child.status})"
            (feeds or self).say(why, failed=True)
        elif feeds is not None:
            feeds.fetched(fetch)
        elif fetch.failed > fetch.offline:
            self.say(words, "gf", "shows which")
        elif not fetch.done:
            self._none_due_at = time.monotonic()
            self.say(words, "R", "asks all the same")
        else:
            self.say(words)

    def on_unmount(self) -> None:
        """Nothing goes on when the reader is left."""
        if self._child is not None:
            self._child.stop()

    @property
    def tells_changes(self) -> bool:
        """Whether changes of the folder are worth a word; those of a fetch are its own."""
        return self.fetch is None and time.monotonic() > self._settled_at

    # The feeds

    def open_feeds(self) -> None:
        """Show the feeds."""
        from reader.tui.screens.feeds import FeedsScreen

        self.feeds_screen = FeedsScreen(self.library, self)
        self.app.push_screen(self.feeds_screen, self._show_feed)
        self._show_fetch()

    def _show_feed(self, line: "FeedLine | None") -> None:
        """Show the articles of a feed, by a filter that can be changed like any other."""
        self.feeds_screen = None
        self.look_at_feeds()
        if line is not None:
            self._feed = line
            self.open_view(ALL, text=line.filter)
            self.set_focus(self.list)

    def show_state(self) -> None:
        """Let the chip name the feed, and not spell its address."""
        super().show_state()
        if self._feed is not None and self.text == self._feed.filter and self.chip.text:
            self.chip.text = f"feed: {self._feed.name}"

    def hints(self) -> tuple[Hint, ...]:
        """Name first the key that stops what goes on."""
        stop = [Hint("R", "stop")] if self.fetch and not self.fetch.stopping else []
        return (*stop, *super().hints())

    def ways_out(self) -> tuple[Hint, ...]:
        """Where nothing is here, feeds bring something."""
        hints = super().ways_out()
        if not self.library.is_empty:
            return hints
        if self.library.feed_folders:
            return (Hint("R", "fetches the feeds"), *hints)
        return (Hint("gf", "leads to feeds: a subscribes"), *hints)

    def start_following(self) -> None:
        """Look at the feeds, too, when all else is there."""
        super().start_following()
        self.set_timer(AFTER, self.look_at_feeds)

    def _show(self, store: Store) -> None:
        """Look at the feeds whenever articles come, as others may fetch, too."""
        at_top = self.list.cursor == 0 and self.list.has_focus
        if self._fills and at_top and not self.tells_changes:
            self.moved = False
        super()._show(store)
        if self.feeds_screen is not None:
            self.feeds_screen.look_again()
        self.look_at_feeds()

    def look_at_feeds(self) -> None:
        """Let the sidebar say how many feeds there are, and how many of them fail."""
        if self.library.feed_folders or self.library.known_feeds:
            self._look_at_feeds()

    @work(thread=True, exclusive=True, group="feeds")
    def _look_at_feeds(self) -> None:
        from reader.feeds.subscribed.subscriptions import SubscriptionError

        try:
            found = self.library.look_at_feeds()
        except (SubscriptionError, OSError) as error:
            self.app.call_from_thread(self.say, one_line(error), failed=True)
        else:
            self.app.call_from_thread(self._feeds_known, found)

    def _feeds_known(self, found: tuple[int, int]) -> None:
        if found != self.library.known_feeds:
            self.library.known_feeds = found
            self.show_state()
