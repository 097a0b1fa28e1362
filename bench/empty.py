"""The empty Textual application that starts are held against."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    """One line of text."""

    BINDINGS = [("q", "quit", "quit")]  # noqa: RUF012 - Textual's own way

    def compose(self) -> ComposeResult:
        """Show that it is there."""
        yield Static("Nothing but this")


if __name__ == "__main__":
    Empty().run()
