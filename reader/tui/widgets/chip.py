"""The filter that is kept, under the heading of the list."""

from textual.reactive import reactive
from textual.strip import Strip

from reader.tui.render.cells import cut
from reader.tui.render.lines import compose
from reader.tui.widgets.drawn import Drawn


class Chip(Drawn):
    """Two lines, the second one blank; not there without a filter."""

    DEFAULT_CSS = """
    Chip { height: 2; display: none; }
    """

    text: reactive[str] = reactive("")
    """The filter as it was typed."""

    def watch_text(self, text: str) -> None:
        """Stand there only with a filter."""
        self.display = bool(text)

    def render_line(self, y: int) -> Strip:
        """Draw the filter on its own ground."""
        palette = self.palette
        text = cut(self.text, self.size.width - 8, palette.glyphs.cut)
        pieces = [(2, f" {text} ", palette.style("ink", "wash"))] if y == 0 else []
        return compose(self.size.width, palette.style("ink"), pieces)
