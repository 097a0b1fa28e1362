"""The lines that sheets are made of: the rule above, titles, and the keys below."""

from textual.reactive import reactive
from textual.strip import Strip

from reader.tui.render.cells import cut
from reader.tui.render.lines import Piece, compose
from reader.tui.widgets.drawn import Drawn
from reader.tui.widgets.status_line import Hint, StatusLine


class SheetRule(Drawn):
    """The accent rule at the upper edge of a sheet."""

    DEFAULT_CSS = """
    SheetRule { height: 1; }
    """

    def render_line(self, y: int) -> Strip:
        """Draw the rule over the whole width."""
        palette = self.palette
        rule = palette.glyphs.focus_rule * self.size.width
        style = palette.style
        return compose(self.size.width, style("ink", "band"), [(0, rule, style("accent", "band"))])


class Prompt(Drawn):
    """The mark before an input."""

    DEFAULT_CSS = """
    Prompt { width: 4; height: 1; }
    """

    def __init__(self, mark: str, token: str = "accent") -> None:  # noqa: S107 - a colour's name
        super().__init__()
        self.mark, self.token = mark, token

    def render_line(self, y: int) -> Strip:
        """Draw the mark where text begins."""
        style = self.palette.style
        mark = (2, self.mark, style(self.token, "band"))
        return compose(self.size.width, style("ink", "band"), [mark])


class SheetLine(Drawn):
    """One line of text on a sheet, at the left, and another at the right."""

    DEFAULT_CSS = """
    SheetLine { height: 1; }
    """

    text: reactive[str] = reactive("")
    """What stands at the left."""

    right: reactive[str] = reactive("")
    """What stands at the right."""

    def __init__(self, text: str = "", *, token: str = "ink", bold: bool = False) -> None:  # noqa: S107
        super().__init__()
        self.set_reactive(SheetLine.text, text)
        self.token, self.bold = token, bold

    def render_line(self, y: int) -> Strip:
        """Draw the one line."""
        palette = self.palette
        style, width = palette.style, self.size.width
        room = width - 4 - (len(self.right) + 2 if self.right else 0)
        text = cut(self.text, room, palette.glyphs.cut)
        pieces: list[Piece] = [(2, text, style(self.token, "band", bold=self.bold))]
        if self.right:
            pieces.append((width - 2 - len(self.right), self.right, style("quiet", "band")))
        return compose(width, style("ink", "band"), pieces)


class SheetKeys(StatusLine):
    """The keys of a sheet, in its last line."""

    def __init__(self, *hints: Hint) -> None:
        super().__init__()
        self.set_reactive(StatusLine.hints, hints)


class GoKeys(Drawn):
    """The keys that may follow `g`, in two columns."""

    DEFAULT_CSS = """
    GoKeys { height: auto; }
    """

    def __init__(self, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self.keys = keys

    @property
    def _height(self) -> int:
        return (len(self.keys) + 1) // 2

    def get_content_height(self, *_: object) -> int:
        """Half as many lines as keys."""
        return self._height

    def render_line(self, y: int) -> Strip:
        """Draw the keys of one line."""
        palette = self.palette
        style = palette.style
        pieces: list[Piece] = []
        for column, (key, text) in zip((2, 36), self.keys[y :: self._height], strict=False):
            pieces.append((column, key, style("ink", "band", bold=True)))
            pieces.append((column + 3, text, style("soft", "band")))
        return compose(self.size.width, style("ink", "band"), pieces)
