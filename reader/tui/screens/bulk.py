"""The sheet of `*`: what can be done at once with all that the list shows."""

from collections.abc import Callable
from itertools import islice
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from reader.browser import MOST_OPENED, open_in_browser
from reader.library import Library
from reader.listing import Listing
from reader.tui.screens.choice_sheet import ChoiceSheet
from reader.tui.widgets.choice_list import Choice
from reader.tui.widgets.status_line import Hint


class Act(NamedTuple):
    """One thing to do with a list: its key, what it does, what is said of it, and how it is done.

    `do` returns how many articles it changed.
    """

    key: str
    name: str
    done: str
    do: Callable[[Library, Listing], int]


def _open(library: Library, rows: Listing) -> int:
    """Open the first originals, and mark them as read. Raises NoBrowser."""
    addresses = ((one, one.urls.best) for one in rows.articles)
    opened = list(islice(((one, url) for one, url in addresses if url), MOST_OPENED))
    for _, url in opened:
        open_in_browser(url)
    library.mark_read([one for one, _ in opened if not library.status(one).read])
    return len(opened)


ACTS = (
    Act("m", "mark as read", "marked as read",
        lambda library, rows: library.mark_rows_read(rows.everything)),
    Act("M", "mark as unread", "marked as unread",
        lambda library, rows: library.mark_rows_read(rows.all_meant, read=False)),
    Act("s", "star", "starred",
        lambda library, rows: library.star_rows(rows.numbers, starred=True)),
    Act("S", "take the star away", "without a star now",
        lambda library, rows: library.star_rows(rows.numbers, starred=False)),
    Act("d", "dismiss", "dismissed",
        lambda library, rows: library.dismiss_rows(rows.all_meant)),
    Act("o", f"open the original, at most {MOST_OPENED}", "opened in the browser", _open),
)  # fmt: skip


class BulkSheet(ChoiceSheet[Act]):
    """Says how many there are, and answers with what is to be done with all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "close", "close", show=False),
        *(Binding(act.key, f"take({at})", show=False) for at, act in enumerate(ACTS)),
    ]

    hints = (Hint("enter", "does it with all of them"), Hint("esc", "close"))

    def choices(self) -> tuple[Choice, ...]:
        """Return what can be done."""
        return tuple(Choice(act.name, key=act.key) for act in ACTS)

    def take(self, at: int) -> None:
        """Do what was chosen."""
        self.answer(ACTS[at])
