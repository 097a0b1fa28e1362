"""The sheet of `*`: what can be done at once with all that the list shows."""

from collections.abc import Callable
from itertools import islice
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from reader.browser import MOST_OPENED, open_in_browser
from reader.library import Library
from reader.listing import Listing
from reader.tui.screens.sheet import Sheet
from reader.tui.widgets.choice_list import Choice, ChoiceList
from reader.tui.widgets.sheet_parts import SheetKeys, SheetLine
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


class BulkSheet(Sheet[Act]):
    """Says how many there are, and answers with what is to be done with all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "close", "close", show=False),
        *(Binding(act.key, f"take({at})", show=False) for at, act in enumerate(ACTS)),
    ]

    def __init__(self, shown: str) -> None:
        super().__init__()
        self._shown = shown
        self._list = ChoiceList()

    def lines(self) -> list[Widget]:
        """How many there are, what can be done, the keys."""
        return [
            SheetLine(self._shown, bold=True),
            self._list,
            SheetLine(),
            SheetKeys(Hint("enter", "does it with all of them"), Hint("esc", "close")),
        ]

    def on_mount(self) -> None:
        """Offer what can be done."""
        self._list.show(tuple(Choice(act.name, key=act.key) for act in ACTS))
        self._list.focus()

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Do what has the cursor."""
        self.answer(ACTS[event.row])

    def action_take(self, at: int) -> None:
        """Do what a key stands for."""
        self.answer(ACTS[at])
