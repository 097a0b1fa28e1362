"""What every widget of ours needs to draw its own lines: the colours and the time."""

from textual.geometry import Region
from textual.strip import Strip
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

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines as they are: each is as wide as the widget, which has no border or padding.

        Textual's own way looks at the box of each line and keeps it; drawing it anew is quicker.
        """
        strips = [self.render_line(y) for y in crop.line_range]
        for one in self.get_line_filters():
            strips = [strip.apply_filter(one, self.background_colors[1]) for strip in strips]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips
