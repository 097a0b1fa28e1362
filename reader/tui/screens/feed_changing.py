"""Changing feeds: their names, folders and options, and taking it all back."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from textual import work

from reader.feed_tally import FeedLine
from reader.feeds.values import Feed
from reader.text import one_line
from reader.tui.screens.feed_desk import FeedDesk
from reader.tui.screens.feed_sheets import NEW_FOLDER, FolderSheet, LineSheet

Changed = tuple[str, Feed | None]
"""What is said of a change, and the feed as it is then, None where it is removed."""


class FeedChanging(FeedDesk):
    """The actions that change the file of feeds, each of which can be taken back."""

    def action_rename(self) -> None:
        """Call the feed otherwise."""
        if (line := self.line) is not None:
            sheet = LineSheet(f"Rename “{line.name}”", "Name", "rename", line.feed.title)
            self.app.push_screen(sheet, lambda name: self._rename(line, name))

    def _rename(self, line: FeedLine, name: str | None) -> None:
        if name:
            self._change(line, lambda feed: (f"Renamed to {name}", replace(feed, title=name)))

    def action_move_feed(self) -> None:
        """Put the feed into another folder."""
        if (line := self.line) is not None:
            folders = dict.fromkeys(one.feed.folder for one in self.feeds if one.feed.folder)
            sheet = FolderSheet(line.name, tuple(folders))
            self.app.push_screen(sheet, lambda folder: self._move(line, folder))

    def _move(self, line: FeedLine, folder: tuple[str, ...] | None) -> None:
        if folder == NEW_FOLDER:
            sheet = LineSheet(f"Move “{line.name}” to a new folder", "Folder", "move")
            self.app.push_screen(sheet, lambda name: self._move(line, _names(name)))
        elif folder is not None:
            said = f"Moved to {folder[-1]}" if folder else "It is in no folder now"
            self._change(line, lambda feed: (said, replace(feed, folder=folder)))

    def action_pause(self) -> None:
        """Ask the feed no more, or again."""

        def change(feed: Feed) -> Changed:
            now = "is asked again" if feed.paused else "is paused"
            return f"{feed.name} {now}", replace(feed, paused=not feed.paused)

        if (line := self.line) is not None:
            self._change(line, change)

    def action_full_text(self) -> None:
        """Take the whole text of each article from its page, or no longer."""

        def change(feed: Feed) -> Changed:
            said = "Only the text of the feed" if feed.full_text else "Full text from now on"
            return said, replace(feed, full_text=not feed.full_text)

        if (line := self.line) is not None:
            self._change(line, change)

    def action_remove(self) -> None:
        """Ask the feed no more and forget it; its articles stay."""
        if (line := self.line) is not None:
            self._change(line, lambda feed: (f"Removed {feed.name}; its articles stay", None))

    def action_undo(self) -> None:
        """Take back the last change."""
        self._turn(self.library.undo_feeds, "Undone", "Nothing to undo", "ctrl+r", "does it again")

    def action_redo(self) -> None:
        """Make the change again that was taken back."""
        self._turn(self.library.redo_feeds, "Done again", "Nothing to do again", "u", "undoes")

    @work
    async def _change(self, line: FeedLine, change: Callable[[Feed], Changed]) -> None:
        """Change a feed as it is by then on the disk, and say so."""
        async with self.changing:
            now = next((one for one in self.feeds if one.key == line.key), None)
            if now is None:
                return
            said, after = change(now.feed)
            if await self._done(partial(self.library.change_feed, now, said, after)):
                self.say(said, "u", "undoes")

    @work
    async def _turn(
        self, turn: Callable[[], str | None], done: str, nothing: str, key: str, does: str
    ) -> None:
        """Take a change back, or make it again."""
        async with self.changing:
            labels: list[str | None] = []
            if await self._done(lambda: labels.append(turn())):
                self.say(*((f"{done}: {labels[0]}", key, does) if labels[0] else (nothing,)))

    async def _done(self, change: Callable[[], object]) -> bool:
        """Do what writes the file, beside the screen; whether that went well."""
        from reader.feeds.subscribed.subscriptions import SubscriptionError

        try:
            await asyncio.to_thread(change)
        except (SubscriptionError, OSError) as error:
            self.say(one_line(error), failed=True)
            return False
        await self.read()
        return True


def _names(text: str | None) -> tuple[str, ...] | None:
    """Return the names of a folder as it is typed, the outermost first, with `/` between them."""
    names = tuple(filter(None, map(str.strip, (text or "").split("/"))))
    return names or None
