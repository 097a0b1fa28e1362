"""What every widget of ours needs to draw its own lines: the colours and the time."""

from textual.widget import Widget

from reader.tui.render.palette import Palette
from reader.tui.render.rows import Clock


class Drawn(Widget):
    """Asks the application for what its lines are drawn with."""

    @property
    def palette(self) -> Palette:
        """The colours of the theme in use."""
        return self.app.palette  # type: ignore[attr-defined, no-any-return]  # our own App

    @property
    def clock(self) -> Clock:
        """The time that ages are counted to."""
        return Clock(self.app.now())  # type: ignore[attr-defined]  # our own App
