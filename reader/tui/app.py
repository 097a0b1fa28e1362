"""The application: theme, styles, and the first screen."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar
from weakref import WeakKeyDictionary

from rich.console import Console
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input

from reader.bundled import bundled
from reader.tui.driver import CleanDriver, CleanStream
from reader.tui.render.palette import Glyphs, Palette, palette_of
from reader.tui.themes import ALL_THEMES, TERMINAL, tokens


def utc_now() -> datetime:
    """Return the present time, with its zone."""
    return datetime.now(UTC)


class Broadsheet(App[None]):
    """Wires theme, styles and screen; everything else is a screen's."""

    CSS_PATH = str(bundled("styles") / "broadsheet.tcss")
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Broadsheet"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True)
    ]

    def __init__(
        self,
        first: Callable[[], Screen[None]],
        *,
        theme: str,
        glyphs: Glyphs,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.set_reactive(App.theme, theme)  # before all that Textual makes of it, and only once
        super().__init__(ansi_color=True if theme == TERMINAL.name else None)
        errors = CleanStream()
        self.error_console = Console(file=errors, markup=False)  # type: ignore[arg-type]  # enough
        self.now = now
        self._glyphs = glyphs
        self._first = first
        self._palettes: dict[str, Palette] = {}
        self._typed_on = WeakKeyDictionary[events.Key, Screen[object]]()

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes and ours; never copied, for it is asked for with every line drawn."""
        return ALL_THEMES

    def get_css_variables(self) -> dict[str, str]:
        """Give our colour names to every theme."""
        variables = super().get_css_variables()
        if "paper" not in variables:
            variables = variables | tokens(variables)
        self.theme_variables = variables
        return variables

    @property
    def palette(self) -> Palette:
        """The styles of the theme in use."""
        if self.theme not in self._palettes:
            palette = palette_of(
                self.theme_variables, ansi=self.native_ansi_color, glyphs=self._glyphs
            )
            self._palettes[self.theme] = palette
        return self._palettes[self.theme]

    def get_default_screen(self) -> Screen[None]:
        """Start with the first screen, so that nothing is drawn twice."""
        return self._first()

    def get_driver_class(self) -> type[Driver]:
        """Let nothing but text and Textual's own escapes reach a terminal."""
        driver = super().get_driver_class()
        return CleanDriver if driver is LinuxDriver else driver

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text by the channel that the driver has for it."""
        if isinstance(self._driver, CleanDriver):
            self._driver.copy(text)
        else:
            super().copy_to_clipboard(text)

    def leave(self, status: int) -> None:
        """Leave with an exit status, whatever is open; for signals."""
        self.exit(return_code=status)

    def on_driver_signal_resume(self) -> None:
        """Draw everything again: the shell had the terminal meanwhile."""
        self.screen.refresh(layout=True)

    async def on_event(self, event: events.Event) -> None:
        """Remember the screen that a key was typed on."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._typed_on[event] = self.screen
        await super().on_event(event)

    async def on_key(self, event: events.Key) -> None:
        """Hand a key that was typed ahead to the screen that has come, or come back, since."""
        if isinstance(self.focused, Input) and event.character and event.is_printable:
            event.prevent_default().stop()
            self.focused.insert_text_at_cursor(event.character)
        elif self._typed_on.get(event, self.screen) is not self.screen:
            event.prevent_default().stop()
            again = event.copy()
            self._typed_on[again] = self.screen
            (self.focused or self.screen)._forward_event(again)
