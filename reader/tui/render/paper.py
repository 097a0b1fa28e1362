"""What a page is written on: the width of the pane, its colours, and the lines themselves."""

from collections.abc import Iterator
from typing import NamedTuple

from textual.strip import Strip

from reader.tui.render.cells import wrap
from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Palette
from reader.tui.render.rows import Clock

LEFT = 2
MAX_TEXT = 72


class PageLine(NamedTuple):
    """A line of the pane, drawn when it comes into view.

    `target` is the number of the related item or link that it belongs to, 0 for the article's own
    address; `marks` counts the pieces before its text: marks, keys, figures, a quote's rule.
    `heads` is so for the heading of what is near.
    """

    paper: "Paper"
    pieces: tuple[Piece, ...] = ()
    target: int | None = None
    marks: int = 0
    heads: bool = False

    @property
    def strip(self) -> Strip:
        """The line as it is shown, as wide as the pane."""
        return compose(self.paper.width, self.paper.palette.style("ink"), self.pieces)


class Paper(NamedTuple):
    """A pane of some width, in some colours."""

    width: int
    palette: Palette

    @property
    def room(self) -> int:
        """Cells of a line of text."""
        return max(min(MAX_TEXT, self.width - LEFT - 2), 8)

    def line(
        self, *pieces: Piece, target: int | None = None, marks: int = 0, heads: bool = False
    ) -> PageLine:
        """Return a line of these pieces."""
        return PageLine(self, pieces, target, marks, heads)


class PageLook(NamedTuple):
    """What a page is drawn with: cells, colours, time, and whether digits work now."""

    width: int
    palette: Palette
    clock: Clock
    focused: bool = False
    airy: bool = True

    @property
    def paper(self) -> Paper:
        """What its lines are written on."""
        return Paper(self.width, self.palette)


def paragraph(text: str, paper: Paper) -> Iterator[PageLine]:
    """Yield the lines of plain text, and the blank one after it."""
    style = paper.palette.style("ink")
    for line in wrap(text, paper.room):
        yield paper.line((LEFT, line, style))
    yield paper.line()
