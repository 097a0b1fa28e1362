"""Composing one line of the screen from pieces of text at columns."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.tui.render.cells import head

Piece = tuple[int, str, Style]
"""A column, a text, and its style."""


def compose(width: int, fill: Style, pieces: Iterable[Piece]) -> Strip:
    """Return a line of exactly `width` cells; pieces come in the order of their columns.

    What does not fit is left out, but no character is divided.
    """
    segments: list[Segment] = []
    at = 0
    for column, text, style in pieces:
        if at < column <= width:
            segments.append(Segment(" " * (column - at), fill))
            at = column
        cells = cell_len(text)
        if max(column, at) + cells > width:
            text = head(text, width - max(column, at))
            cells = cell_len(text)
        if text:
            segments.append(Segment(text, style))
            at += cells
    if at < width:
        segments.append(Segment(" " * (width - at), fill))
    return Strip(segments, width)
