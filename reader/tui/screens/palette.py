"""The palette: every command by its words, and the themes."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from reader.text import fold
from reader.tui.commands import COMMANDS
from reader.tui.screens.sheet import Sheet
from reader.tui.widgets.choice_list import Choice, ChoiceList
from reader.tui.widgets.sheet_parts import Prompt, SheetKeys, SheetLine
from reader.tui.widgets.status_line import Hint
from reader.tui.widgets.text_input import TextInput

Run = tuple[str, str]
"""The scope to run an action in, or `theme`; and the action, or the theme's name."""

LINES = 12


class PaletteSheet(Sheet[Run]):
    """Answers with the command that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", "next", show=False),
        Binding("up,ctrl+p", "move(-1)", "previous", show=False),
        Binding("pagedown", "move(10)", "page down", show=False),
        Binding("pageup", "move(-10)", "page up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.input = TextInput(compact=True)
        self.none = SheetLine()
        self.choices = ChoiceList()
        self.choices.can_focus = False
        self._offered: list[tuple[Choice, Run]] = []

    def lines(self) -> list[Widget]:
        """The input, the commands, the keys."""
        keys = Hint("enter", "run"), Hint("↑ ↓", "choose"), Hint("esc", "close")
        typing = Horizontal(Prompt(":"), self.input, classes="typing")
        return [typing, self.none, self.choices, SheetKeys(*keys)]

    def on_mount(self) -> None:
        """Offer everything, and type at once."""
        self.choices.styles.height = min(LINES, max(self.app.size.height - 8, 3))
        self.input.focus()
        self._offer("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what has all the words."""
        self._offer(event.value)

    def on_input_submitted(self) -> None:
        """Run the command of the cursor."""
        self._run(self.choices.cursor)

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Run the command that was clicked."""
        self._run(event.row)

    def action_move(self, rows: int) -> None:
        """Move the cursor among the commands."""
        self.choices.action_move(rows)

    def _run(self, row: int) -> None:
        self.answer(self._offered[row][1] if row < len(self._offered) else None)

    def _offer(self, text: str) -> None:
        words = fold(text).split()
        self._offered = [
            (choice, run)
            for choice, run in self._all()
            if all(word in fold(f"{choice.name} {choice.detail}") for word in words)
        ]
        self.none.text = "" if self._offered else "No command has these words"
        self.choices.show(tuple(choice for choice, _ in self._offered))

    def _all(self) -> list[tuple[Choice, Run]]:
        commands = [
            (Choice(command.title, f"{' '.join(command.labels)}   {command.group}"),
             (command.scopes[0], command.action))
            for command in COMMANDS
            if command.id != "palette" and "feeds" not in command.scopes
        ]  # fmt: skip
        themes = sorted(
            self.app.available_themes, key=lambda name: (not name.startswith("broadsheet"), name)
        )
        return commands + [(Choice(f"theme {name}", "Theme"), ("theme", name)) for name in themes]
