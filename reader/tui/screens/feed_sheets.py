"""The sheets of the feeds: a line to type in, the folders to choose from, and what went wrong."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from reader.feed_tally import FeedLine
from reader.text import clean_line
from reader.tui.render.feeds import error_lines
from reader.tui.render.rows import Clock
from reader.tui.screens.choice_sheet import AROUND, ChoiceSheet
from reader.tui.screens.sheet import Sheet
from reader.tui.widgets.choice_list import Choice
from reader.tui.widgets.sheet_parts import Prompt, SheetKeys, SheetLine
from reader.tui.widgets.status_line import Hint
from reader.tui.widgets.text_input import TextInput
from reader.urls import short

LONGEST = 2048
LABEL = 10
"""Cells of what stands before an input."""

NEW_FOLDER = ("",)
"""What stands for a folder that is still to be named; no folder is called so."""


class LineSheet(Sheet[str]):
    """Answers with what was typed, cleaned; an empty line is no answer."""

    def __init__(self, title: str, label: str, does: str, text: str = "") -> None:
        super().__init__()
        self._title, self._label, self._does = title, label, does
        self.input = TextInput(text, compact=True, max_length=LONGEST)

    def lines(self) -> list[Widget]:
        """The title, the input, the keys."""
        label = Prompt(self._label, "soft")
        label.styles.width = LABEL
        return [
            SheetLine(self._title, bold=True),
            Horizontal(label, self.input, classes="typing"),
            SheetLine(),
            SheetKeys(Hint("enter", self._does), Hint("esc", "cancel")),
        ]

    def on_mount(self) -> None:
        """Type at once."""
        self.input.focus()

    def on_input_submitted(self) -> None:
        """Answer."""
        if text := clean_line(self.input.value).strip():
            self.answer(text)


class FolderSheet(ChoiceSheet[tuple[str, ...]]):
    """Answers with the names of a folder, none for no folder, `NEW_FOLDER` for one to be named."""

    hints = (Hint("enter", "move"), Hint("esc", "cancel"))
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "close", "close", show=False),
        *(Binding(str(number), f"take({number - 1})", show=False) for number in range(1, 10)),
    ]

    def __init__(self, name: str, folders: Sequence[tuple[str, ...]]) -> None:
        super().__init__(f"Move “{name}”")
        self._folders = [(), *folders, NEW_FOLDER]

    def choices(self) -> tuple[Choice, ...]:
        """Return no folder, those that there are, and another one."""
        step = f" {self.list.palette.glyphs.path} "
        names = ["no folder", *map(step.join, self._folders[1:-1]), "a new folder"]
        keys = [str(number) for number in range(1, 10)] + [""] * len(names)
        return tuple(Choice(name, key=key) for name, key in zip(names, keys, strict=False))

    def take(self, at: int) -> None:
        """Answer with a folder."""
        self.answer(self._folders[at])


class OfferSheet(ChoiceSheet[str]):
    """Answers with the address of one of the feeds that a page offers."""

    hints = (Hint("enter", "subscribe to it, too"), Hint("esc", "enough"))
    BINDINGS: ClassVar[list[BindingType]] = FolderSheet.BINDINGS

    def __init__(self, title: str, offers: Sequence[tuple[str, str]]) -> None:
        super().__init__(title)
        self._offers = offers

    def choices(self) -> tuple[Choice, ...]:
        """Return the feeds by their names."""
        return tuple(
            Choice(name or short(url), short(url) if name else "", str(at) if at < 10 else "")
            for at, (url, name) in enumerate(self._offers, 1)
        )

    def take(self, at: int) -> None:
        """Answer with an address."""
        self.answer(self._offers[at][0])


class ErrorSheet(Sheet[str]):
    """What went wrong with a feed last; Enter answers `articles`, `R` `fetch`, others close it."""

    def __init__(self, line: FeedLine, clock: Clock) -> None:
        super().__init__()
        self._line, self._clock = line, clock

    def lines(self) -> list[Widget]:
        """The name and address, what went wrong, the beginning of the answer, the keys."""
        size = self.app.size
        texts = error_lines(self._line, size.width, size.height - AROUND - 3, self._clock)
        return [
            SheetLine(self._line.name, bold=True),
            SheetLine(self._line.feed.url, token="soft"),  # noqa: S106 - a colour
            SheetLine(),
            *(SheetLine(text, token=token) for text, token in texts),
            SheetLine(),
            SheetKeys(Hint("enter", "its articles"), Hint("R", "fetch"), Hint("esc", "close")),
        ]

    def on_key(self, event: events.Key) -> None:
        """Close with what the key means."""
        if self.is_active:
            event.stop()
            self.answer({"enter": "articles", "R": "fetch"}.get(event.key))
