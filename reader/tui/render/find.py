"""Finding a text on a page, and showing where it stands."""

from collections.abc import Iterator
from itertools import accumulate

from rich.style import Style

from reader.text import fold
from reader.tui.render.cells import graphemes
from reader.tui.render.lines import Piece
from reader.tui.render.paper import PageLine

FOUND = Style(reverse=True)

Found = tuple[int, int, int]
"""A line's number, and where in its folded text something begins and ends."""


def matching_lines(lines: list[PageLine], needle: str) -> list[int]:
    """Return the numbers of the lines where a text begins, without regard to case and accents.

    It may go on in the next line, as words do where a line is full.
    """
    return list(dict.fromkeys(places[0][0] for places in _occurrences(lines, needle)))


def highlight(lines: list[PageLine], needle: str) -> list[PageLine]:
    """Return the lines with every occurrence of a text reversed."""
    marked, ranges = list(lines), dict[int, list[tuple[int, int]]]()
    for places in _occurrences(lines, needle):
        for at, start, end in places:
            ranges.setdefault(at, []).append((start, end))
    for at, found in ranges.items():
        marked[at] = _marked(lines[at], found)
    return marked


def _occurrences(lines: list[PageLine], needle: str) -> Iterator[list[Found]]:
    """Yield each occurrence of a text, in as many parts as it has lines."""
    wanted = fold(" ".join(needle.split()))
    if not wanted:
        return
    texts = [fold(_text(line)) for line in lines]
    whole = " ".join(texts)
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    line, at = 0, whole.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        while starts[line + 1] <= at:
            line += 1
        yield list(_parts(line, at, end, starts))
        at = whole.find(wanted, end)


def _parts(line: int, at: int, end: int, starts: list[int]) -> Iterator[Found]:
    while starts[line] < end:
        last = starts[line + 1] - starts[line] - 1
        yield line, max(at - starts[line], 0), min(end - starts[line], last)
        line += 1


def _words(line: PageLine) -> tuple[Piece, ...]:
    return line.pieces[line.marks :]


def _text(line: PageLine) -> str:
    return "".join([text for _, text, _ in _words(line)])


def _marked(line: PageLine, found: list[tuple[int, int]]) -> PageLine:
    """Return a line with ranges of its folded text reversed; a letter is never divided."""
    pieces: list[Piece] = list(line.pieces[: line.marks])
    at = 0
    for column, text, style in _words(line):
        for part, cells, inside in _split(text, at, found):
            pieces.append((column, part, style + FOUND if inside else style))
            column += cells
        at += len(fold(text))
    return line._replace(pieces=tuple(pieces))


def _split(text: str, at: int, found: list[tuple[int, int]]) -> Iterator[tuple[str, int, bool]]:
    """Yield parts of a text that begins `at` in the line, their cells, and whether to mark them."""
    if text.isascii():
        inside = [(max(start - at, 0), min(end - at, len(text))) for start, end in found]
        done = 0
        for start, end in (one for one in inside if one[0] < one[1]):
            yield text[done:start], start - done, False
            yield text[start:end], end - start, True
            done = end
        yield text[done:], len(text) - done, False
        return
    for grapheme, cells in graphemes(text):
        end = at + len(fold(grapheme))
        yield grapheme, cells, any(start < end and at < stop for start, stop in found)
        at = end
