"""The edition on the screen: made by a key, read to its end, and then the next one."""

from datetime import date

from reader.state.journal import StateError
from reader.tui.screens.panes import Panes
from reader.tui.screens.walking import Walking
from reader.tui.widgets.ending import Ending
from reader.tui.widgets.heading import Heading
from reader.tui.widgets.status_line import Hint
from reader.views import EDITION

NEXT = Hint("gb", "makes the next edition")
ANOTHER = Hint("gB", "makes another one")


class Editing(Walking, Panes):
    """Shows the edition, how far it was read, and that it ends."""

    def open_edition(self) -> None:
        """Go to the edition; to the next one where it is finished, or of another day."""
        self.library.recall_edition()
        if self.library.needs_edition(self._today):
            self.make_edition()
        elif self.view == EDITION:
            self.say("This edition is not read to its end", *ANOTHER)
        else:
            self._to_edition()

    def make_edition(self) -> None:
        """Make the next edition and go there; where nothing is left for it, say so."""
        if self.library.progress:
            self.say("The folder is still being read: an edition is made of all of it")
            return
        try:
            made = self.library.make_edition(self._today)
        except StateError as error:
            made = True
            self.say(f"Only until you leave: {error}", failed=True)
        if made or self.library.edition is not None:
            self._to_edition()
        if not made:
            self.say("Nothing unread is left for a new edition")

    def _to_edition(self) -> None:
        """Show the whole edition from its top."""
        self.keep_position()
        self.crumbs, self.walk = (), None
        self.open_view(EDITION, text="")

    @property
    def _today(self) -> date:
        today: date = self.app.now().astimezone().date()  # type: ignore[attr-defined]  # our own App
        return today

    @property
    def in_edition(self) -> bool:
        """Whether the list is the edition."""
        return self.view == EDITION and self.library.edition is not None

    # What is said of it

    def show_state(self) -> None:
        """Say below the rows that they end."""
        super().show_state()
        self.list.show_ending(self._ending() if self.in_edition and not self.text else None)

    def _ending(self) -> Ending:
        if self.library.edition_progress().is_finished:
            return Ending("The end: all is read.", NEXT)
        return Ending("The end.", ANOTHER)

    def show_headings(self) -> None:
        """Say how far the edition was read."""
        super().show_headings()
        heading, edition = self.list_heading, self.library.edition
        heading.progress = None
        if self.in_edition and edition is not None:
            self._show_progress(heading, edition.title)

    def _show_progress(self, heading: Heading, title: str) -> None:
        read, count, minutes = progress = self.library.edition_progress()
        of_all, dot = f"{read} of {count}", f" {self.glyphs.between} "
        left = "all read" if progress.is_finished else f"{minutes} min left"
        heading.title, heading.progress = title, (read, count)
        if not count:
            heading.states = ()
        elif not (self.screen_is_low and self.library.trouble):
            heading.states = f"{of_all}{dot}{left}", of_all

    def hints(self) -> tuple[Hint, ...]:
        """In an edition, what is not wanted is left out."""
        hints = super().hints()
        if not self.in_edition or not self.list.has_focus or self.text or len(hints) < 2:
            return hints
        first, *_, last = hints
        row = self.rows[min(self.list.cursor, len(self.rows) - 1)]
        is_finished = self.library.edition_progress().is_finished
        ahead = Hint("gb", "next edition") if is_finished else Hint("n", "next unread")
        keys = Hint("o", "open"), ahead, Hint("d", "leave out"), Hint("!", "why")
        return (*((first,) if row.story or row.inside else ()), *keys, last)

    def ways_out(self) -> tuple[Hint, ...]:
        """Where the edition has nothing left, the next one helps."""
        ways = super().ways_out()
        return (NEXT, *ways) if self.view == EDITION and not self.text else ways

    # What differs in it

    def action_unread(self, step: int) -> None:
        """Go to the next or previous unread story; an edition ends."""
        if not self.in_edition or self.rows.next_unread(self.list.cursor, step) is not None:
            super().action_unread(step)
        elif self.library.edition_progress().is_finished:
            self.say("The edition ends here: all is read", *NEXT)
        else:
            self._say_end(step)

    def action_article(self, step: int) -> None:
        """Read the next or previous story; an edition ends."""
        if self.in_edition and self.rows.next_article(self.list.cursor, step) is None:
            self._say_end(step)
        else:
            super().action_article(step)

    def _say_end(self, step: int) -> None:
        self.say("The edition ends here" if step > 0 else "The edition begins here")
