"""The input of a sheet: one line of text, however it comes in."""

from textual import events
from textual.widgets import Input

from reader.text import clean_line


class TextInput(Input):
    """An input that takes what is pasted for text from outside."""

    def on_paste(self, event: events.Paste) -> None:
        """Let no control character in: what is typed is drawn here and in the list's chip."""
        event.text = clean_line(event.text)
