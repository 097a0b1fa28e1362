"""The sheet of `M`: what is to be muted, and for how long."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from reader.model import Article
from reader.tui.screens.choice_sheet import ChoiceSheet
from reader.tui.widgets.choice_list import Choice
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


class MuteSheet(ChoiceSheet[Muting]):
    """Asks what first, and then for how long."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,M", "close", "close", show=False),
        *(Binding(str(number), f"take({number - 1})", show=False) for number in range(1, MOST + 1)),
    ]

    hints = (Hint("enter", "mute"), Hint("↑ ↓", "choose"), Hint("esc", "close"))

    def __init__(self, title: str, filters: list[tuple[str, str]]) -> None:
        super().__init__(f"Mute all like “{title}”")
        self._filters, self._text = filters[:MOST], ""

    def choices(self) -> tuple[Choice, ...]:
        """Return the filters, and when one is chosen, the times."""
        offered = [(name, "") for name, _ in TIMES] if self._text else self._filters
        return tuple(Choice(name, detail, str(at)) for at, (name, detail) in enumerate(offered, 1))

    def take(self, at: int) -> None:
        """Take a filter, and then a time."""
        if self._text:
            self.answer(Muting(self._text, TIMES[at][1]))
            return
        self._text = self._filters[at][0]
        self.title_line.text = f"Mute {self._text}"
        self.list.show(self.choices())


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
