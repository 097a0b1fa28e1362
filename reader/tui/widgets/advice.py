"""What helps to type a filter: completions with their counts, or the mistake under its column."""

from itertools import groupby

from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip

from reader.filters.completing import Completion
from reader.tui.render.cells import breaks, cut
from reader.tui.render.lines import Piece, compose
from reader.tui.widgets.drawn import Drawn

COLUMNS, ROWS = 6, 2
NARROWEST, WIDEST = 14, 26
"""Cells of a column of completions."""

TEXT_COLUMN = 4
"""Where the text of the input above begins."""


class Advice(Drawn):
    """Three lines, always: two rows of completions and what the chosen one means."""

    DEFAULT_CSS = """
    Advice { height: 3; }
    """

    choices: reactive[tuple[Completion, ...]] = reactive(())
    """What may stand at the caret."""

    chosen: reactive[int] = reactive(0)
    """Which of them is taken by a key."""

    sentence: reactive[str] = reactive("")
    """What is said instead of them; what stands in backquotes is drawn bold."""

    column: reactive[int | None] = reactive(None)
    """Where the mistake is in the text above, in cells; None if the sentence is of no mistake."""

    def render_line(self, y: int) -> Strip:
        """Draw a row of completions, or a line of the sentence."""
        pieces = self._told(y) if self.sentence else self._offered(y)
        return compose(self.size.width, self.palette.style("ink", "band"), pieces)

    # Completions

    def _offered(self, y: int) -> list[Piece]:
        if not self.choices:
            return []
        width = self.size.width - 2
        columns = max(min(width // self._need, COLUMNS), 1)
        first = self.chosen - self.chosen % (columns * ROWS)
        if y == ROWS:
            return self._meaning(len(self.choices) > columns * ROWS)
        pieces: list[Piece] = []
        cells, start = min(width // columns, WIDEST), first + y * columns
        for at, one in enumerate(self.choices[start : start + columns]):
            pieces += self._cell(1 + at * cells, cells - 4, one, start + at == self.chosen)
        return pieces

    @property
    def _need(self) -> int:
        """The cells that the widest of the likeliest completions takes."""
        likeliest = self.choices[: COLUMNS * ROWS]
        widest = max(cell_len(f"{one.shown} {one.articles or ''}") for one in likeliest)
        return max(NARROWEST, min(widest + 7, WIDEST))

    def _cell(self, column: int, cells: int, one: Completion, is_chosen: bool) -> list[Piece]:
        """Return the pieces of a completion: its name, and its count at the right."""
        palette, on = self.palette, "wash" if is_chosen else "band"
        count = "" if one.articles is None else f"{one.articles:,}"
        name = cut(one.shown, max(cells - 3 - len(count), 1), palette.glyphs.cut)
        token = "ink" if is_chosen else "quiet" if one.articles == 0 else "soft"
        blank = " " * max(cells - 2 - cell_len(name) - len(count), 0)
        return [
            (column, f" {name}", palette.style(token, on, bold=is_chosen)),
            (column + 1 + cell_len(name), f"{blank}{count} ", palette.style("quiet", on)),
        ]

    def _meaning(self, is_part: bool) -> list[Piece]:
        palette, width = self.palette, self.size.width
        place = f"{self.chosen + 1:,} of {len(self.choices):,}" if is_part else ""
        meaning = self.choices[self.chosen].meaning.replace("`", "")
        text = cut(meaning, width - 6 - len(place), palette.glyphs.cut)
        style = palette.style("quiet", "band")
        return [(2, text, style), (width - 2 - len(place), place, style)]

    # Sentences

    def _told(self, y: int) -> list[Piece]:
        """Return the pieces of a line of the sentence: after the caret, or below if it is long."""
        plain, width = self.sentence.replace("`", ""), self.size.width
        if self.column is None:
            return self._line(2, plain, y, "quiet")
        at = min(max(TEXT_COLUMN + self.column, TEXT_COLUMN), width - 3)
        caret = (at, "^", self.palette.style("warn", "band", bold=True))
        if at + 4 + cell_len(plain) <= width:
            return [caret, *self._line(at + 2, plain, 0, "warn")] if y == 0 else []
        return [caret] if y == 0 else self._line(2, plain, y - 1, "warn")

    def _line(self, column: int, plain: str, number: int, token: str) -> list[Piece]:
        """Return the pieces of a line of the sentence, which is broken to the width."""
        lines = list(breaks(plain, self.size.width - 2 - column))
        if number >= len(lines):
            return []
        pieces: list[Piece] = []
        start, end = lines[number]
        numbers = range(start, end)
        for is_bold, run in groupby(numbers, self._bold.__getitem__):
            text = "".join(plain[at] for at in run)
            pieces.append((column, text, self.palette.style(token, "band", bold=is_bold)))
            column += cell_len(text)
        return pieces

    @property
    def _bold(self) -> list[bool]:
        """Of each character of the plain sentence, whether it is bold."""
        parts = enumerate(self.sentence.split("`"))
        return [at % 2 == 1 for at, part in parts for _ in part]
