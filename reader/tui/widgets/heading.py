"""The heading of a pane: its title, the state at the right, and a rule that shows the focus."""

from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip

from reader.tui.render.cells import cut
from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Palette
from reader.tui.widgets.drawn import Drawn

BAR, LEAST_BAR = 16, 8
"""The most and the fewest cells of the bar that shows progress."""


class Heading(Drawn):
    """Two lines. `states` are what may stand at the right: the first that fits is shown."""

    DEFAULT_CSS = """
    Heading { height: 2; }
    """

    title: reactive[str] = reactive("")
    """The name of what the pane shows."""

    note: reactive[str] = reactive("")
    """A count beside the title."""

    states: reactive[tuple[str, ...]] = reactive(())
    """The state at the right, longest form first."""

    progress: reactive[tuple[int, int] | None] = reactive(None)
    """How much is done, and of how much; a bar beside the state, where there is room for it."""

    lit: reactive[bool] = reactive(False)
    """Whether the pane below has focus."""

    way_back: reactive[bool] = reactive(False)
    """Whether the title is the name of where `q` leads back to."""

    def render_line(self, y: int) -> Strip:
        """Draw the title's line or the rule."""
        palette = self.palette
        room = max(self.size.width - 4, 0)
        if y == 1:
            glyph = palette.glyphs.focus_rule if self.lit else palette.glyphs.rule
            pieces = [(2, glyph * room, palette.style("accent" if self.lit else "rule"))]
        else:
            pieces = self._title_pieces(palette, room)
        return compose(self.size.width, palette.style("ink"), pieces)

    def _title_pieces(self, palette: Palette, room: int) -> list[Piece]:
        back = f"{palette.glyphs.back} " if self.way_back else ""
        title = cut(back + self.title, room, palette.glyphs.cut)
        style = palette.style("ink" if self.lit else "soft", bold=not self.way_back)
        pieces = [(2, title, style)]
        used = cell_len(title)
        if self.note and used + 2 + cell_len(self.note) <= room:
            pieces.append((2 + used + 2, self.note, palette.style("quiet")))
            used += 2 + cell_len(self.note)
        fitting = (state for state in self.states if used + 2 + cell_len(state) <= room)
        if state := next(fitting, ""):
            end = 2 + room - cell_len(state)
            cells = min(end - used - 6, BAR)
            if self.progress and cells >= LEAST_BAR:
                pieces += _bar(end - 2 - cells, cells, *self.progress, palette)
            pieces.append((end, state, palette.style("quiet")))
        return pieces


def _bar(column: int, cells: int, done: int, count: int, palette: Palette) -> list[Piece]:
    """Return the bar; it is full only when all is done, and not empty once something is."""
    full = max(cells * done // max(count, 1), min(done, 1))
    return [
        (column, palette.glyphs.focus_rule * full, palette.style("accent")),
        (column + full, palette.glyphs.rule * (cells - full), palette.style("thumb")),
    ]
