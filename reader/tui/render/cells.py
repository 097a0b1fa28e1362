"""Fitting text into cells: cutting and wrapping by the width that a terminal shows."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, get_character_cell_size, split_graphemes

from reader.tui.render.palette import UNICODE

CUT = UNICODE.cut
WINDOW = 16
"""How many characters a cell may take at most: an emoji of a family, letters with their marks."""

_NARROW = re.compile(
    r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20c0]*+"
)
"""Characters that are one cell wide, whatever stands before them."""
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")
_CJK = ("\u2e80\ua4cf", "\uf900\ufaff", "\ufe30\ufe4f", "\uff00\uffef", "\U00020000\U0003fffd")
"""First and last letter of Chinese and Japanese; an expression of them takes 2 ms to compile."""
_NOT_FIRST = frozenset(
    "、。，．・：；！？」』）］｝〕〉》】ー々…‥゛゜ゝゞヽヾァィゥェォッャュョぁぃぅぇぉっゃゅょ"
)
"""What begins no line of Chinese or Japanese: stops, closing brackets, small kana."""


def graphemes(text: str) -> list[tuple[str, int]]:
    """Return the characters as a person sees them, each with its width in cells."""
    if text.isascii():
        return [(character, 1) for character in text]
    spans = split_graphemes(text)[0]
    if _FLAG.search(text):
        spans = list(_paired_flags(text, spans))
    return [(text[start:end], width) for start, end, width in spans]


def _paired_flags(text: str, spans: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield the spans with the two letters of each flag in one."""
    waiting: tuple[int, int, int] | None = None
    for start, end, width in spans:
        letter = _FLAG.fullmatch(text, start, end) is not None
        if waiting and letter:
            yield waiting[0], end, waiting[2] + width
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = (start, end, width) if letter else None
        if not letter:
            yield start, end, width
    if waiting:
        yield waiting


def head(text: str, width: int) -> str:
    """Return the longest beginning of a text that fits into `width` cells."""
    if width < 0:
        return ""
    if text.isascii() or _NARROW.fullmatch(text, 0, width + 1):
        return text[:width]
    size = width + 1
    while (end := _overflow(text[:size], width)) is None and size < len(text):
        size *= 2
    return text[:end]


def _overflow(text: str, width: int) -> int | None:
    """Return where a text runs out of its cells, None where it does not."""
    end = 0
    for grapheme, cells in graphemes(text):
        if (width := width - cells) < 0:
            return end
        end += len(grapheme)
    return None


def cut(text: str, width: int, mark: str = CUT) -> str:
    """Cut a text to `width` cells and mark it; at a word if that costs under a quarter."""
    if len(head(text, width)) == len(text):
        return text
    if width <= 0:
        return ""
    kept = head(text, width - 1)
    at_word = kept if text[len(kept)] == " " else kept.rpartition(" ")[0]
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
    if line.isascii() and text[len(line)].isascii():
        before = line.rpartition(" ")[0]
        return len(before) + 1 if before.strip(" ") else len(line)
    return _last_break(text, len(line)) or len(line) or len(graphemes(text)[0][0])


def _last_break(text: str, end: int) -> int:
    """Return the last place up to `end` where a line may be broken, 0 where there is none."""
    first = len(text) - len(text.lstrip(" "))
    for at in range(end, first, -1):
        before, after = text[at - 1], text[at]
        if before == " " or (_needs_no_space(before, after) and _may_be_first(after)):
            return at
    return 0


def _needs_no_space(before: str, after: str) -> bool:
    """Whether a line may end between two characters: Chinese and Japanese do without spaces."""
    return max(before, after) >= "\u2e80" and (_is_cjk(before) or _is_cjk(after))


def _is_cjk(character: str) -> bool:
    return any(span[0] <= character <= span[1] for span in _CJK)


def _may_be_first(character: str) -> bool:
    """Whether a line may begin with it; a mark belongs to the character before."""
    return character not in _NOT_FIRST and get_character_cell_size(character) > 0
