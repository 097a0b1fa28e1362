"""Composing one line of the screen from pieces of text at columns."""

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Piece = tuple[int, str, Style]
"""A column, a text, and its style."""


def compose(width: int, fill: Style, pieces: Iterable[Piece]) -> Strip:
    """Return a line of exactly `width` cells; pieces come in the order of their columns."""
    segments: list[Segment] = []
    at = 0
    for column, text, style in pieces:
        if column > at:
            segments.append(Segment(" " * (column - at), fill))
            at = column
        segments.append(Segment(text, style))
        at += cell_len(text)
    if at < width:
        segments.append(Segment(" " * (width - at), fill))
    strip = Strip(segments, max(at, width))
    return strip if at <= width else strip.crop(0, width)
