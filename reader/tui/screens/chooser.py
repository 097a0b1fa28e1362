"""The sheet of `O`: the addresses that an article has."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from reader.tui.screens.choice_sheet import ChoiceSheet
from reader.tui.widgets.choice_list import Choice
from reader.tui.widgets.status_line import Hint
from reader.urls import short


class Chooser(ChoiceSheet[tuple[str, str]]):
    """Answers with `open` or `copy`, and the address."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "copy the address", show=False),
        Binding("q", "close", "close", show=False),
        *(Binding(str(number), f"take({number - 1})", show=False) for number in range(1, 10)),
    ]

    hints = (Hint("enter", "open"), Hint("y", "copy the address"), Hint("esc", "close"))

    def __init__(self, title: str, addresses: list[tuple[str, str]]) -> None:
        super().__init__(f"Open “{title}”")
        self._addresses = addresses

    def choices(self) -> tuple[Choice, ...]:
        """Return the addresses; one that is the same as an earlier one says so."""
        urls = [url for _, url in self._addresses]
        return tuple(
            Choice(name, self._detail(urls, at), str(at + 1))
            for at, (name, _) in enumerate(self._addresses)
        )

    def _detail(self, urls: list[str], at: int) -> str:
        same = urls.index(urls[at])
        return (
            short(urls[at]) if same == at else f"the same address as the {self._addresses[same][0]}"
        )

    def take(self, at: int) -> None:
        """Open an address."""
        self.answer(("open", self._addresses[at][1]))

    def action_copy(self) -> None:
        """Copy the address of the cursor."""
        self.answer(("copy", self._addresses[self.list.cursor][1]))
