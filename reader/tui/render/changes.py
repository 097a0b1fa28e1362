"""What changed between two versions, as lines: what went is struck out, what came stands out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style

from reader.changes import ADDED, GAP, REMOVED, SAME, Run
from reader.tui.render.cells import breaks
from reader.tui.render.lines import Piece
from reader.tui.render.palette import Palette
from reader.tui.render.paper import LEFT, MAX_TEXT

_MARKS = {REMOVED: ("[-", "-]"), ADDED: ("{+", "+}")}
"""What stands around changes where there are no colours to tell them apart by."""


class _Span(NamedTuple):
    """Where a run begins in the text that is shown, and how it looks."""

    start: int
    style: Style


def change_lines(
    parts: Mapping[str, Sequence[Run]], palette: Palette, width: int
) -> Iterator[list[Piece]]:
    """Yield each part that changed under its name; a sentence where none did."""
    for name, runs in parts.items():
        yield [(LEFT, name, palette.style("ink", bold=True))]
        yield from _paragraphs(runs, palette, max(min(MAX_TEXT, width - 2 * LEFT), 8))
        yield []
    if not parts:
        yield [(LEFT, "Title, excerpt and text are the same", palette.style("soft"))]


def _paragraphs(runs: Sequence[Run], palette: Palette, room: int) -> Iterator[list[Piece]]:
    text, spans = _laid_out(runs, palette)
    begin = number = 0
    for line in text.rstrip().split("\n"):
        for start, end in breaks(line, room) if line else ((0, 0),):
            while number + 1 < len(spans) and spans[number + 1].start <= begin + start:
                number += 1
            yield list(_pieces(text, spans, number, begin + start, begin + end))
        begin += len(line) + 1


def _pieces(
    text: str, spans: Sequence[_Span], number: int, start: int, end: int
) -> Iterator[Piece]:
    """Yield the pieces of a line of the text, of which the first is of a span of this number."""
    column = LEFT
    while start < end:
        following = spans[number + 1].start if number + 1 < len(spans) else end
        piece = text[start : min(following, end)]
        yield column, piece, spans[number].style
        column, start, number = column + cell_len(piece), start + len(piece), number + 1


def _laid_out(runs: Sequence[Run], palette: Palette) -> tuple[str, list[_Span]]:
    """Return all runs as one text, and where in it each style begins."""
    text, spans, end = list[str](), [_Span(0, _style(SAME, palette))], 0
    for run in runs:
        words = run.text.rstrip()
        if run.kind == GAP:
            is_between = text and run is not runs[-1] and "\n" in words
            words = "\n\n".join((palette.glyphs.cut,) * (2 if is_between else 1))
        opening, closing = _MARKS.get(run.kind, ("", "")) if palette.ansi else ("", "")
        blanks = run.text[len(run.text.rstrip()) :]
        shown = f"{opening}{words}{closing}"
        spans += [_Span(end, _style(run.kind, palette)), _Span(end + len(shown), spans[0].style)]
        text += [shown, blanks or _between(words)]
        end += len(shown) + len(text[-1])
    return "".join(text), spans


def _between(words: str) -> str:
    """Return what keeps the end of a text from what came in its place."""
    return "" if words[-1:] >= "\u2e80" else " "


def _style(kind: str, palette: Palette) -> Style:
    if kind == ADDED:
        return palette.style("ink", "wash", bold=True)
    if kind == REMOVED and not palette.ansi:
        return palette.style("quiet") + Style(strike=True)
    return palette.style("soft" if kind == SAME else "quiet")
