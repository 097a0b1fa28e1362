"""The footer: which keys matter now."""

from reader.tui.screens.desk import Desk
from reader.tui.widgets.status_line import Hint


class Footer(Desk):
    """Names the five keys that help most where one is, and `?`."""

    def hints(self) -> tuple[Hint, ...]:
        """Return the keys that matter now."""
        last = Hint("?", "help")
        if not len(self.rows):
            return (last,)
        if self.sidebar.has_focus:
            return self._sidebar_hints()
        is_related = self.page is not None and self.page.near
        related = Hint("]", "next related") if is_related else Hint("n", "next unread")
        if self.article_page.has_focus:
            is_short = self.article is not None and not self.library.has_text(self.article)
            on = Hint("x", "full text") if is_short else Hint("J", "next article")
            keys = on, Hint("s", "star"), Hint("q", "back")
            return (Hint("o", "open"), related, *keys, last)
        if self.text:
            keys = Hint("esc", "clear"), Hint("F", "save the filter"), Hint("o", "open")
            return (Hint("/", "change"), *keys, last)
        row = self.rows[min(self.list.cursor, len(self.rows) - 1)]
        star, read = Hint("s", "star"), Hint("m", "read")
        if row.story:
            fold, whole = ("fold" if row.unfolded else "unfold"), Hint("m", "read the whole story")
            return (Hint("space", fold), related, whole, Hint("o", "open"), last)
        if row.inside:
            return (Hint("space", "fold"), Hint("o", "open"), related, star, read, last)
        return (Hint("/", "filter"), Hint("o", "open"), related, star, read, last)

    def _sidebar_hints(self) -> tuple[Hint, ...]:
        first, last = Hint("enter", "list"), (Hint("q", "back"), Hint("?", "help"))
        kind = self.sidebar.view.kind if self.sidebar.view else ""
        if kind == "saved":
            return (first, Hint("F", "change"), Hint("d", "remove"), Hint("J K", "move"), *last)
        if kind == "feeds":
            return (Hint("enter", "feeds"), Hint("R", "fetch"), *last)
        if kind == "mute":
            return (first, Hint("d", "mute no more"), Hint("J K", "move"), *last)
        return (first, Hint("space", "fold"), *last)
