"""The sheet of `/` in a list: a filter, with what helps to type it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from reader.filters import FilterError
from reader.filters.completing import (
    Completions,
    Values,
    completions,
    finished,
    is_begun,
    mended,
    taken,
)
from reader.tui.screens.text_sheet import TextSheet
from reader.tui.widgets.advice import Advice
from reader.tui.widgets.status_line import Hint

Narrow = Callable[[str], str | None]
"""Takes what is typed, shows the result, and returns the count to show; None if it is to come.

Raises FilterError.
"""

ROOMY = 70
"""Columns from which on it is said in full what the count is of."""


class FilterSheet(TextSheet):
    """Narrows the list as one types; Esc brings the list back as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "take", "complete", show=False),
        Binding("down", "move(1)", "next", show=False),
        Binding("up", "move(-1)", "previous", show=False),
    ]

    def __init__(self, narrow: Narrow, text: str, values: Values, history: Sequence[str]) -> None:
        super().__init__(text)
        self._narrow, self._values, self._history = narrow, values, history
        self._found = ""
        self._error: FilterError | None = None
        self._offered = Completions(0)
        self._age = 0
        """How far one went back in the history; 0 is what one typed."""
        self._typed = text
        self.advice = Advice()

    def below(self) -> list[Widget]:
        """Have completions and mistakes under the input."""
        return [self.advice]

    def on_mount(self) -> None:
        """Offer completions where the caret is, whatever moves it."""
        self.watch(self.input, "selection", self._advise, init=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Leave the history where something else is typed; the text is shown afterwards."""
        if self._age and event.value != self._past:
            self._age = 0

    def submit(self) -> None:
        """Keep the text, unless it is wrong."""
        if self._offered.is_begun:
            self._show_whole(self.input.value)
        if self._error is None:
            self.answer(self.input.value)
        else:
            self._tell(self._error)

    def show(self, text: str) -> None:
        """Narrow the list; a mistake leaves it as it is, a term that is only begun is left out."""
        self._error, caret = None, self.input.cursor_position
        self._offered = completions(text, caret, self._values)
        is_begun = self._offered.is_begun and not self._age
        if not is_begun:
            self._show_whole(text)
            is_begun = self._error is not None and not self._is_wrong
        if is_begun:
            with suppress(FilterError):
                self._found = self._narrow(finished(text, caret)) or self._found
        self._advise()

    def _show_whole(self, text: str) -> None:
        try:
            self._found = self._narrow(text) or self._found
        except FilterError as error:
            self._error = error

    def show_found(self, count: str) -> None:
        """Show how much was found."""
        self._found = count
        self.show_count(count)
        self._advise()

    def show_error(self, error: FilterError) -> None:
        """Show what is wrong with what was typed."""
        self._error = error
        self._advise()

    def action_take(self) -> None:
        """Take the right word for a wrong one, or the chosen completion."""
        text, caret = self.input.value, self.input.cursor_position
        if self.advice.sentence:
            right = mended(text, self._error) if self._error else ""
            if right:
                self._put(right, len(right))
        elif self._offered.choices:
            choice = self._offered.choices[self.advice.chosen]
            self._put(*taken(text, caret, self._offered, choice))

    def action_move(self, step: int) -> None:
        """Choose another completion; without one, or above the first, go back in the history."""
        chosen, count = self.advice.chosen + step, len(self.advice.choices)
        if count and chosen >= 0:
            self.advice.chosen = min(chosen, count - 1)
            return
        age = max(0, min(self._age - step, len(self._history)))
        if age != self._age:
            self._typed = self._typed if self._age else self.input.value
            self._age = age
            self._put(self._past, len(self._past))

    @property
    def _past(self) -> str:
        return self._history[self._age - 1] if self._age else self._typed

    def _put(self, text: str, caret: int) -> None:
        self.input.value = text
        self.input.cursor_position = caret

    def _advise(self) -> None:
        """Show what fits: completions, what is missing still, or the mistake."""
        text, caret, error = self.input.value, self.input.cursor_position, self._error
        self._offered = completions(text, caret, self._values)
        choices = () if self._age else self._offered.choices
        if error and self._is_wrong:
            self._tell(error)
            return
        if choices != self.advice.choices:
            self.advice.choices, self.advice.chosen = choices, 0
        self.advice.column = None
        self.advice.sentence = error.message if error and not choices else ""
        self.show_count(self._found)
        keep = () if error else (Hint("enter", "keep"),)
        self._show_keys(*((Hint("tab", "complete"), *keep) if choices else keep))

    @property
    def _is_wrong(self) -> bool:
        """Whether what is typed is wrong, and not only begun."""
        text, caret, error = self.input.value, self.input.cursor_position, self._error
        if error is None or is_begun(text, caret, error):
            return False
        is_offered = bool(self._offered.choices) and not self._age
        return not is_offered or error.column < self._offered.start

    def _tell(self, error: FilterError) -> None:
        """Say what is wrong under its column, and that the list is as it was before."""
        self.advice.choices = ()
        before = cell_len(self.input.value[: error.column])
        self.advice.column = before - self.input.scroll_offset.x
        self.advice.sentence = error.message
        if self._found:
            how = "(as before the mistake)" if self.app.size.width >= ROOMY else "before"
            self.show_count(f"{self._found} {how}")
        is_near = mended(self.input.value, error)
        self._show_keys(*((Hint("tab", f"take {error.instead}"),) if is_near else ()))

    def _show_keys(self, *first: Hint) -> None:
        arrows = (("choose",) if self.advice.choices else ()) + (("history",) * bool(self._history))
        more = (Hint("↑ ↓", ", ".join(arrows)),) if arrows else ()
        self.keys.hints = (*first, *more, Hint("esc", "cancel"))
