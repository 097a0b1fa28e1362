"""The sheet of `M`: what is to be muted, and for how long."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from reader.model import Article
from reader.tui.screens.sheet import Sheet
from reader.tui.widgets.choice_list import Choice, ChoiceList
from reader.tui.widgets.sheet_parts import SheetKeys, SheetLine
from reader.tui.widgets.status_line import Hint

MOST = 9
"""As many as have a digit."""

TIMES: tuple[tuple[str, int | None], ...] = (
    ("for a day", 1),
    ("for a week", 7),
    ("for good", None),
)


class Muting(NamedTuple):
    """What was chosen: a filter, and for how many days, None for good."""

    text: str
    days: int | None


class MuteSheet(Sheet[Muting]):
    """Asks what first, and then for how long."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,M", "close", "close", show=False),
        *(Binding(str(number), f"take({number})", show=False) for number in range(1, MOST + 1)),
    ]

    def __init__(self, title: str, filters: list[tuple[str, str]]) -> None:
        super().__init__()
        self._filters, self._text = filters[:MOST], ""
        self._title, self._list = SheetLine(f"Mute all like “{title}”", bold=True), ChoiceList()

    def lines(self) -> list[Widget]:
        """The title, the choices, the keys."""
        keys = SheetKeys(Hint("enter", "mute"), Hint("↑ ↓", "choose"), Hint("esc", "close"))
        return [self._title, self._list, SheetLine(), keys]

    def on_mount(self) -> None:
        """Offer the filters."""
        self._offer(self._filters)
        self._list.focus()

    def _offer(self, choices: list[tuple[str, str]]) -> None:
        self._list.show(
            tuple(Choice(name, detail, str(at)) for at, (name, detail) in enumerate(choices, 1))
        )

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Take the choice of the cursor."""
        self.action_take(event.row + 1)

    def action_take(self, number: int) -> None:
        """Take the choice with a number."""
        if number > len(self._list.choices):
            return
        if self._text:
            self.answer(Muting(self._text, TIMES[number - 1][1]))
            return
        self._text = self._filters[number - 1][0]
        self._title.text = f"Mute {self._text}"
        self._offer([(name, "") for name, _ in TIMES])


def filters_to_mute(article: Article, present: str) -> Iterator[tuple[str, str]]:
    """Yield the filters that may be muted from an article, each with what it is about."""
    from reader.filters import Term

    if article.provider:
        yield str(Term("provider", article.provider)), "by this provider"
    for topic in article.topics:
        yield str(Term("topic", topic)), "under this topic"
    yield str(Term("title", article.title, "phrase")), "with these words in the title"
    if present:
        yield present, "found by the filter of the list"
