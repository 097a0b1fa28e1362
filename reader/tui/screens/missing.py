"""What is shown for a folder that is not there: the nearest name, and the keys that help."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from reader.folders import NoFolder
from reader.library import Library
from reader.text import clean_line
from reader.tui.screens.reader import ReaderScreen
from reader.tui.widgets.empty import Empty, Nothing
from reader.tui.widgets.heading import Heading
from reader.tui.widgets.status_line import Hint, StatusLine


class MissingScreen(Screen[None]):
    """Opens the nearest folder, looks again, or ends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_nearest", "open the nearest", show=False),
        Binding("r", "look_again", "look again", show=False),
        Binding("q,escape", "app.quit", "quit", show=False),
    ]

    def __init__(
        self, missing: NoFolder, open_library: Callable[[tuple[Path, ...]], Library]
    ) -> None:
        super().__init__()
        self._missing, self._open_library = missing, open_library
        self._empty, self._line = Empty(), StatusLine()

    def compose(self) -> ComposeResult:
        """Heading, fact, keys."""
        heading = Heading()
        heading.title, heading.lit = "Broadsheet", True
        yield heading
        yield self._empty
        yield self._line

    def on_mount(self) -> None:
        """Say what is missing."""
        instead = clean_line(str(self._missing.instead or ""))
        enter = (Hint("enter", f"opens {instead}"),) if instead else ()
        keys = (*enter, Hint("r", "looks again"), Hint("q", "quits"))
        fact = clean_line(f"There is no folder {self._missing.path}")
        question = f"Did you mean {instead}?" if instead else ""
        self._empty.show(Nothing(fact, question, keys))

    def action_open_nearest(self) -> None:
        """Open the folder whose name is nearest."""
        if self._missing.instead is not None:
            self._open(self._missing.instead)

    def action_look_again(self) -> None:
        """Try the same folder once more."""
        self._open(self._missing.path)

    def _open(self, path: Path) -> None:
        try:
            library = self._open_library((path,))
        except NoFolder as error:
            self._missing = error
            self.on_mount()
        else:
            self.app.push_screen(ReaderScreen(library))
