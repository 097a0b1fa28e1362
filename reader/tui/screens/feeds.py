"""The screen of the feeds: how each one is, and what can be done with it."""

from typing import ClassVar

from textual.binding import BindingType

from reader.tui.commands import bindings
from reader.tui.render.rows import Clock
from reader.tui.screens.feed_changing import FeedChanging
from reader.tui.screens.feed_sheets import ErrorSheet
from reader.tui.screens.subscribing import Subscribing
from reader.tui.widgets.feed_list import FeedList


class FeedsScreen(Subscribing, FeedChanging):
    """Answers with the feed whose articles are to be shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("feeds")

    def on_feed_list_chosen(self, event: FeedList.Chosen) -> None:
        """Show the articles of a feed, of one that is failing what went wrong."""
        event.stop()
        if self.line is not None and self.line.failing:
            self.action_error()
        else:
            self._open_articles()

    def _open_articles(self) -> None:
        if (line := self.line) is None:
            return
        if line.count:
            self.dismiss(line)
        else:
            self.say(f"No article of {line.name} is here yet", "R", "fetches it")

    def action_error(self) -> None:
        """Show what went wrong with the feed last."""
        if (line := self.line) is None:
            self.say("No feed here")
        elif line.record.asked_at is None:
            self.say("It was not asked yet", "R", "fetches it")
        else:
            clock = Clock(self.app.now())  # type: ignore[attr-defined]  # our own App
            self.app.push_screen(ErrorSheet(line, clock), self._after_error)

    def _after_error(self, answer: str | None) -> None:
        if answer == "articles":
            self._open_articles()
        elif answer == "fetch":
            self.action_fetch()

    def action_fetch(self) -> None:
        """Ask the feed now; while feeds are being asked, stop that."""
        if self.fetching.fetch is not None:
            self.fetching.stop_fetching()
        elif (line := self.line) is not None:
            self.fetching.start_fetching(line)
            self.list.asked = frozenset(self.fetching.asked)
            self.list.refresh()

    def action_help(self) -> None:
        """Show every key."""
        from reader.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_top(self) -> None:
        """Go to the first feed."""
        self.list.action_first()

    def action_close(self) -> None:
        """Clear what failed, else go back."""
        if self.status_line.notice is not None and self.status_line.notice.failed:
            self.status_line.clear()
        else:
            self.dismiss(None)
