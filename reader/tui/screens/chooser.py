"""The sheet of `O`: the addresses that an article has."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from reader.tui.screens.sheet import Sheet
from reader.tui.widgets.choice_list import Choice, ChoiceList
from reader.tui.widgets.sheet_parts import SheetKeys, SheetLine
from reader.tui.widgets.status_line import Hint
from reader.urls import short


class Chooser(Sheet[tuple[str, str]]):
    """Answers with `open` or `copy`, and the address."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "copy the address", show=False),
        Binding("q", "close", "close", show=False),
        *(Binding(str(number), f"take({number})", show=False) for number in range(1, 10)),
    ]

    def __init__(self, title: str, addresses: list[tuple[str, str]]) -> None:
        super().__init__()
        self._title, self._addresses = title, addresses
        self._list = ChoiceList()

    def lines(self) -> list[Widget]:
        """The title, the addresses, the keys."""
        return [
            SheetLine(f"Open “{self._title}”", bold=True),
            self._list,
            SheetLine(),
            SheetKeys(Hint("enter", "open"), Hint("y", "copy the address"), Hint("esc", "close")),
        ]

    def on_mount(self) -> None:
        """Offer the addresses; one that is the same as an earlier one says so."""
        urls = [url for _, url in self._addresses]
        self._list.show(
            tuple(
                Choice(name, self._detail(urls, at), str(at + 1))
                for at, (name, _) in enumerate(self._addresses)
            )
        )
        self._list.focus()

    def _detail(self, urls: list[str], at: int) -> str:
        same = urls.index(urls[at])
        return (
            short(urls[at]) if same == at else f"the same address as the {self._addresses[same][0]}"
        )

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Open the address."""
        self.answer(("open", self._addresses[event.row][1]))

    def action_take(self, number: int) -> None:
        """Open the address with a number."""
        if number <= len(self._addresses):
            self.answer(("open", self._addresses[number - 1][1]))

    def action_copy(self) -> None:
        """Copy the address of the cursor."""
        self.answer(("copy", self._addresses[self._list.cursor][1]))
