"""The heading of a pane: its title, the state at the right, and a rule that shows the focus."""

from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip

from reader.tui.render.cells import cut
from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Palette
from reader.tui.widgets.drawn import Drawn


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
            pieces.append((2 + room - cell_len(state), state, palette.style("quiet")))
        return pieces
