"""The text of an article as lines of the pane: paragraphs, lists, quotes, code, and links."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from rich.cells import cell_len
from rich.style import Style

from reader.body.blocks import Block, Body
from reader.tui.render.cells import breaks, cut
from reader.tui.render.lines import Piece
from reader.tui.render.palette import UNICODE
from reader.tui.render.paper import LEFT, PageLine, Paper, paragraph
from reader.urls import short

ITALIC = Style(italic=True)

Run = tuple[int, Style]
"""Where in a text a style begins."""


class _Same:
    """A body that is equal to itself only, for comparing 400 KB of text would take its time."""

    def __init__(self, body: Body) -> None:
        self.body = body

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.body is other.body

    def __hash__(self) -> int:
        return id(self.body)


def body_lines(body: Body, paper: Paper, first_number: int) -> tuple[PageLine, ...]:
    """Return the lines of a body; those of the last one are kept until body or paper change."""
    return _laid_out(_Same(body), paper, first_number)


@lru_cache(maxsize=1)
def _laid_out(same: _Same, paper: Paper, first_number: int) -> tuple[PageLine, ...]:
    return tuple(_lines(same.body, paper, first_number))


def _lines(body: Body, paper: Paper, first_number: int) -> Iterator[PageLine]:
    after = [*body.blocks[1:], None]
    for block, following in zip(body.blocks, after, strict=True):
        yield from _block(block, paper, first_number)
        if block.kind not in ("item", "table") or following is None or following.kind != block.kind:
            yield paper.line()
    if body.cut:
        yield from paragraph("The text is longer and was cut here.", paper)
    yield from _links(body.links, paper, first_number)


def _links(links: tuple[str, ...], paper: Paper, first_number: int) -> Iterator[PageLine]:
    style, glyphs = paper.palette.style, paper.palette.glyphs
    for number, link in enumerate(links, first_number):
        key = f"[{number}]"
        address = cut(short(link), paper.room - len(key) - 1, glyphs.cut)
        column = LEFT + len(key) + 1
        yield paper.line(
            (LEFT, key, style("soft")), (column, address, style("quiet")), target=number
        )
    if links:
        yield paper.line()


def _block(block: Block, paper: Paper, first_number: int) -> Iterator[PageLine]:
    style, glyphs = paper.palette.style, paper.palette.glyphs
    if block.kind == "rule":
        yield paper.line((LEFT, glyphs.rule * paper.room, style("rule")))
        return
    marks, left = _marks(block, paper)
    text, runs = _styled(block, paper, first_number)
    for number, (start, end) in enumerate(_lines_of(text, paper.room - left)):
        before = marks if number == 0 or block.kind == "quote" else ()
        pieces = _pieces(text, runs, start, end, LEFT + left)
        yield paper.line(*before, *pieces, marks=len(before))


def _marks(block: Block, paper: Paper) -> tuple[tuple[Piece, ...], int]:
    """Return what stands before the text of a block, and how many cells that takes."""
    style, glyphs = paper.palette.style, paper.palette.glyphs
    if block.kind == "quote":
        return ((LEFT, f"{glyphs.track} ", style("rule")),), 2
    marker = glyphs.unread if block.marker == UNICODE.unread else block.marker
    hang = max(len(marker) + 1, 2) if marker else 2 * (block.kind == "code")
    indent = 2 * max(block.level - 1, 0) if block.kind == "item" else 0
    left = min(indent + hang, paper.room // 2)
    if not marker:
        return (), left
    return ((max(LEFT + left - hang, LEFT), marker, style("quiet")),), max(left, hang)


def _lines_of(text: str, width: int) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if len(line) <= width and line.isascii():
            yield at, at + len(line)
        else:
            for start, end in breaks(line, width):
                yield at + start, at + end
        at += len(line) + 1


def _styled(block: Block, paper: Paper, first_number: int) -> tuple[str, list[Run]]:
    """Return a block's text, and where in it each style begins."""
    texts: list[str] = []
    runs: list[Run] = []
    at = 0

    def add(text: str, style: Style) -> None:
        nonlocal at
        texts.append(text)
        runs.append((at, style))
        at += len(text)

    token = "soft" if block.kind in ("quote", "code") else "ink"
    for span in block.spans:
        bold = span.strong or block.kind == "heading"
        style = paper.palette.style("soft" if span.code else token, bold=bold)
        add(_redrawn(span.text, block, paper), style + ITALIC if span.emphasis else style)
        if span.link is not None:
            add(f" [{span.link + first_number - 1}]", paper.palette.style("quiet"))
    return "".join(texts), runs


def _redrawn(text: str, block: Block, paper: Paper) -> str:
    """Return a text as this terminal can show it: the rules between a table's cells are ours."""
    if block.kind != "table":
        return text
    return text.replace(UNICODE.track, paper.palette.glyphs.track)


def _pieces(text: str, runs: list[Run], start: int, end: int, column: int) -> Iterator[Piece]:
    """Yield the pieces of one line of a text, split where the style changes."""
    at = max(bisect_right(runs, start, key=itemgetter(0)) - 1, 0)
    while at < len(runs) and runs[at][0] < end:
        stop = runs[at + 1][0] if at + 1 < len(runs) else len(text)
        piece = text[max(runs[at][0], start) : min(stop, end)]
        yield column, piece, runs[at][1]
        if stop < end:
            column += cell_len(piece)
        at += 1
