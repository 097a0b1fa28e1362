"""Marks: star, read, dismiss, and taking it all back."""

from typing import TYPE_CHECKING

from reader.browser import NoBrowser
from reader.model import Article
from reader.text import counted
from reader.tui.screens.desk import Desk

if TYPE_CHECKING:
    from reader.tui.screens.bulk import Act


class Marking(Desk):
    """The actions that change what the user did with an article."""

    def action_star(self) -> None:
        """Star the article on the page, or take the star away."""
        if (article := self._markable()) is not None:
            starred = not self.library.status(article).starred
            self.library.star(article, starred=starred)
            self._marked("Starred" if starred else "Star taken away")

    def action_read(self) -> None:
        """Mark the article as read with the story it leads, or unread; of a story's row, all."""
        if (article := self._markable()) is None:
            return
        meant = self._meant(article) if self.list.has_focus else (article,)
        read = any(self.library.status(one).unread for one in meant)
        count = self.library.mark_read(meant, read=read)
        state = "read" if read else "unread"
        self._marked(
            f"Marked as {state}" if count < 2 else f"Story marked as {state}: {count} articles"
        )

    def action_dismiss_article(self) -> None:
        """Take the article out of the news, with its story where the row stands for one."""
        if (article := self._markable()) is None:
            return
        dismissed = not self.library.status(article).dismissed
        count = self.library.dismiss(self._meant(article), dismissed=dismissed)
        what = counted(max(count, 1))
        self._marked(f"Dismissed {what}" if dismissed else f"Brought back {what}")
        if dismissed and self.list.has_focus:
            self.list.action_move(1)

    def action_read_all(self) -> None:
        """Mark everything in the list as read."""
        count = self.library.mark_rows_read(self.rows.everything)
        if count:
            self._marked(f"Marked {counted(count)} as read")
        else:
            self.say("All of these are read already")

    def action_bulk(self) -> None:
        """Offer what can be done with all that the list shows."""
        if not len(self.rows):
            self.say("No article here")
            return
        from reader.tui.screens.bulk import BulkSheet

        one, several = "1 article", "articles"
        if self.is_in_stories(self.view):
            one, several = "1 story", "stories"
        count = len(self.rows)
        shown = one if count == 1 else f"{count:,} {several}"
        filtered = f" by {self.text}" if self.text else ""
        self.app.push_screen(BulkSheet(f"{shown} shown{filtered}"), self._act_on_all)

    def _act_on_all(self, act: "Act | None") -> None:
        """Do with all that the list shows what was chosen, as one step."""
        if act is None:
            return
        try:
            count = act.do(self.library, self.rows)
        except NoBrowser:
            self.say("No browser here", "y", "copies one address")
            return
        if count:
            self._marked(f"{counted(count)} {act.done}")
        else:
            self.say("There is nothing to change in these")

    def action_undo(self) -> None:
        """Take back the last change."""
        undone = self.library.undo()
        if undone is None:
            self.say("Nothing to undo")
            return
        self.refresh_marks()
        self.say(f"Undone: {undone.label}", "ctrl+r", "does it again")

    def action_redo(self) -> None:
        """Make the change again that was taken back."""
        redone = self.library.redo()
        if redone is None:
            self.say("Nothing to do again")
            return
        self.refresh_marks()
        self.say(f"Done again: {redone.label}", "u", "undoes")

    def _markable(self) -> Article | None:
        """Return the article that keys act on; say why where there is none."""
        if self.page is None:
            self.say("No article here")
        elif self.page.article is None:
            self.say("Not in this folder: only its copy is here", "o", "opens it")
        elif self.page.article.problem:
            self.say("This file is not understood: there is nothing to mark")
        else:
            return self.page.article
        return None

    def _meant(self, article: Article) -> tuple[Article, ...]:
        """Return the articles that the row of an article stands for."""
        row = self.rows.index_of(article.id)
        return (article,) if row is None else self.rows.meant(row)

    def _marked(self, text: str) -> None:
        self.refresh_marks()
        if not self.library.trouble:
            self.say(text, "u", "undoes")
