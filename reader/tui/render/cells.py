"""Fitting text into cells: cutting, wrapping and padding by the width that a terminal shows."""

from collections.abc import Iterator

from rich.cells import cell_len, split_graphemes

from reader.tui.render.palette import UNICODE

CUT = UNICODE.cut
WINDOW = 16
"""How many characters a cell may take at most: an emoji of a family, letters with their marks."""


def graphemes(text: str) -> list[tuple[str, int]]:
    """Return the characters as a person sees them, each with its width in cells."""
    if text.isascii():
        return [(character, 1) for character in text]
    return [(text[start:end], width) for start, end, width in split_graphemes(text)[0]]


def head(text: str, width: int) -> str:
    """Return the longest beginning of a text that fits into `width` cells."""
    if text.isascii():
        return text[: max(width, 0)]
    parts: list[str] = []
    for grapheme, cells in graphemes(text):
        if (width := width - cells) < 0:
            break
        parts.append(grapheme)
    return "".join(parts)


def cut(text: str, width: int, mark: str = CUT) -> str:
    """Cut a text to `width` cells and mark it; at a word if that costs under a quarter."""
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    kept = head(text, width - 1)
    at_word = kept if text[len(kept) : len(kept) + 1] == " " else kept.rpartition(" ")[0]
    if cell_len(at_word) * 4 > width * 3:
        kept = at_word
    return kept.rstrip() + mark


def wrap(text: str, width: int, lines: int | None = None, mark: str = CUT) -> list[str]:
    """Break a text into lines of at most `width` cells, at words, else within a word.

    With `lines` there are at most so many, and the last one is cut with a mark.
    """
    wrapped: list[str] = []
    for start, end in breaks(text, width):
        if lines is not None and len(wrapped) == lines - 1:
            wrapped.append(cut(text[start:].rstrip(), width, mark))
            break
        wrapped.append(text[start:end])
    return wrapped or [""]


def breaks(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Yield where each line of a text begins and ends; the blanks between lines belong to none."""
    at, width = 0, max(width, 1)
    while at < len(text):
        size = _line_size(text[at : at + WINDOW * width], width)
        end = at + size
        yield at, at + len(text[at:end].rstrip(" "))
        while end < len(text) and text[end] == " ":
            end += 1
        at = end


def _line_size(text: str, width: int) -> int:
    """Return how many characters go into the first line; at least one, however narrow it is."""
    line = head(text, width)
    if len(line) == len(text) or text[len(line)] == " ":
        return len(line) or 1
    before, space, _ = line.rpartition(" ")
    if before.strip(" ") and not _breaks_anywhere(line[-1:]):
        return len(before + space)
    return len(line) or len(graphemes(text)[0][0])


def _breaks_anywhere(character: str) -> bool:
    """Whether a line may end after it: Chinese, Japanese and Korean do without spaces."""
    return "\u2e80" <= character <= "\ua4cf" or "\uf900" <= character <= "\uffef"


def pad(text: str, width: int) -> str:
    """Fill a text with blanks to `width` cells; a longer one is cut without a mark."""
    cells = cell_len(text)
    if cells > width:
        text = head(text, width)
        cells = cell_len(text)
    return text + " " * (width - cells)
