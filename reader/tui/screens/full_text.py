"""The full text: `x` has it got by a process beside this one, and shows it or what came before."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.message import Message

from reader.model import Article
from reader.pages import Page
from reader.text import clean_line
from reader.tui.screens.loading import Loading

if TYPE_CHECKING:
    from reader.tui.child import Child

SETTLED = 3.0
"""Seconds after it was got in which a change of the folder is that text, and told already."""


class FullText(Loading):
    """What `x` does."""

    _getting: "tuple[Child, Page] | None" = None
    """The command that gets a text, and the page that it is for."""

    _got_at = -SETTLED

    class Ended(Message):
        """The command is over; told from another thread."""

    def action_full_text(self) -> None:
        """Show the full text or what came with the article, get it first, or stop getting it."""
        page = self.page
        if self._getting is not None:
            self._stop_getting()
            self.say("Stopped getting the full text")
        elif page is None:
            self.say("No article here")
        elif page.article is None:
            self.say("Only articles of this folder have a full text", "o", "opens the original")
        elif page.full or self.library.full_texts.has(page.article.key):
            self._show_text(page, full=not page.full)
        else:
            self._get(page, page.article)

    def _show_text(self, page: Page, *, full: bool) -> None:
        """Show the one text or the other, from where the page is."""
        self.read_body(replace(page, full=full), self.article_page.top)
        self.show_headings()
        words = ("Full text", "the excerpt") if full else ("As it came", "the full text")
        self.say(words[0], "x", f"shows {words[1]} again")

    def _get(self, page: Page, article: Article) -> None:
        from reader.tui.child import Child

        words = ["show", article.id, "--full", "--json"]
        for folder in self.library.folders:
            words += ["--library", str(folder.root)]
        ended = self.Ended()
        child = Child(words, lambda _: None, lambda: self.post_message(ended))
        self._getting = child, page
        what = f"Getting the full text of {clean_line(article.name, 40)}"
        self.status_line.activity = "Getting a full text"
        self.say(f"{what}…", "x", "stops")

    def _stop_getting(self) -> None:
        if self._getting is not None:
            self._getting[0].stop()
            self._getting = None
            self.status_line.activity = ""

    def on_full_text_ended(self, event: Ended) -> None:
        """Show the text, or say why there is none."""
        event.stop()
        if self._getting is None or self._getting[0].status is None:
            return
        child, page = self._getting
        self._getting, self._got_at = None, time.monotonic()
        self.status_line.activity = ""
        if child.status:
            why = child.complaint or f"the command was broken off (status {child.status})"
            self.say(why[:1].upper() + why[1:], "o", "opens the original", failed=True)
        elif page.is_same(self.page):
            self._show_text(page, full=True)
        else:
            self.say(f"The full text of {clean_line(page.title, 40)} is here")

    @property
    def tells_changes(self) -> bool:
        """Whether changes of the folder are worth a word; a text that was asked for is told."""
        is_getting = self._getting is not None or time.monotonic() < self._got_at + SETTLED
        return not is_getting and super().tells_changes

    def on_unmount(self) -> None:
        """Nothing goes on when the reader is left."""
        self._stop_getting()
