"""The desk of the feeds: what is subscribed as it is now, and the lines that name it."""

import asyncio
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.screen import Screen

from reader.feed_tally import FeedLine
from reader.library import Library
from reader.text import counted, one_line
from reader.tui.screens.surface import LOW
from reader.tui.widgets.empty import Nothing
from reader.tui.widgets.feed_list import FeedDetail, FeedHeads, FeedList
from reader.tui.widgets.heading import Heading
from reader.tui.widgets.masthead import Masthead
from reader.tui.widgets.status_line import Hint, Notice, StatusLine

if TYPE_CHECKING:
    from reader.tui.screens.fetching import Fetching

NOTHING = Nothing(
    "No feeds here",
    "A feed is an address that is asked for articles; each article becomes a file.",
    (Hint("a", "subscribes"), Hint("q", "back")),
)
READING = Nothing("", "Reading the feeds")


class FeedDesk(Screen[FeedLine]):
    """Shows the feeds, and reads them again."""

    AUTO_FOCUS = "FeedList"

    def __init__(self, library: Library, fetching: "Fetching") -> None:
        super().__init__()
        self.library, self.fetching = library, fetching
        self.feeds: tuple[FeedLine, ...] = ()
        self.masthead, self.heading = Masthead(), Heading()
        self.heading.title, self.heading.lit = "Feeds", True
        self.heads, self.list, self.detail = FeedHeads(), FeedList(), FeedDetail()
        self.status_line = StatusLine()
        self.changing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Heading and columns over the feeds; what is known of one below them."""
        yield self.masthead
        yield self.heading
        yield self.heads
        yield self.list
        yield self.detail
        yield self.status_line

    def on_mount(self) -> None:
        """Read the feeds."""
        self.list.at_edge = True
        self.list.nothing = READING
        self.masthead.library_name = self.library.name
        self.show_state()
        self.look_again()

    def on_resize(self) -> None:
        """Leave out what there is no room for."""
        is_low = self.app.size.height < LOW
        self.masthead.display, self.detail.display = not is_low, not is_low
        self.heading.styles.margin = (0 if is_low else 1, 0, 0, 0)

    def on_key(self, event: events.Key) -> None:
        """A key takes away what was said last."""
        self.status_line.key_pressed()

    def say(self, text: str, key: str = "", does: str = "", *, failed: bool = False) -> None:
        """Tell what happened."""
        self.status_line.notice = Notice(text, key, does, failed)

    # What is shown

    @property
    def line(self) -> FeedLine | None:
        """The feed of the cursor."""
        return self.list.feed

    @work
    async def look_again(self) -> None:
        """Show the feeds as they are now."""
        async with self.changing:
            await self.read()

    async def read(self) -> None:
        """Read the feeds beside the screen; whoever calls has `changing`."""
        from reader.feeds.subscribed.subscriptions import SubscriptionError

        now = self.app.now()  # type: ignore[attr-defined]  # our own App
        try:
            self.feeds = await asyncio.to_thread(self.library.feeds, now)
        except (SubscriptionError, OSError) as error:
            self.say(one_line(error), failed=True)
        self.list.asked = frozenset(self.fetching.asked)
        self.list.show(self.feeds, NOTHING)
        self.heads.display = bool(self.feeds)
        self.show_state()

    def show_state(self) -> None:
        """Bring counts, heading, detail and keys up to date."""
        self.masthead.counts = self.library.counts
        self.masthead.stories = self.library.tally.kinds["front"]
        self.masthead.progress = self.library.progress
        self.heading.states = self._states()
        self.detail.line = self.line
        at = [line for line in self.feeds if line is self.line]
        order = self.list.feeds
        self.status_line.place = f"{order.index(at[0]) + 1:,} of {len(order):,}" if at else ""
        self.status_line.hints = self._hints()

    def _states(self) -> tuple[str, ...]:
        if not self.feeds:
            return ()
        unread = sum(line.unread for line in self.feeds)
        failing = sum(line.failing for line in self.feeds)
        parts = [counted(len(self.feeds), "feed")]
        parts += [f"{unread:,} unread"] if unread else []
        parts += [f"{failing:,} failing"] if failing else []
        dot = f" {self.list.palette.glyphs.between} "
        return tuple(dot.join(parts[:end]) for end in range(len(parts), 0, -1))

    def _hints(self) -> tuple[Hint, ...]:
        if (line := self.line) is None:
            return (Hint("a", "add"), Hint("?", "help"))
        enter = Hint("enter", "what went wrong" if line.failing else "articles")
        pause = Hint("p", "go on" if line.feed.paused else "pause")
        fetch = Hint("R", "fetch" if self.fetching.fetch is None else "stop")
        keys = fetch, Hint("a", "add"), Hint("e", "rename"), pause, Hint("d", "remove")
        return (enter, *keys, Hint("?", "help"))

    def on_feed_list_moved(self, event: FeedList.Moved) -> None:
        """Show what is known of the feed."""
        event.stop()
        self.show_state()
