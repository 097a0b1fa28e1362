"""Finding a text on a page, and showing where it stands."""

from dataclasses import replace

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from reader.text import fold
from reader.tui.render.page import PageLine

FOUND = Style(reverse=True)


def matching_lines(lines: list[PageLine], needle: str) -> list[int]:
    """Return the numbers of the lines that hold a text, without regard to case and accents."""
    wanted = fold(needle)
    return [at for at, line in enumerate(lines) if wanted and wanted in fold(line.strip.text)]


def highlight(lines: list[PageLine], needle: str) -> list[PageLine]:
    """Return the lines with every occurrence of a text reversed."""
    marked = list(lines)
    for at in matching_lines(lines, needle):
        marked[at] = _marked(lines[at], fold(needle))
    return marked


def _marked(line: PageLine, wanted: str) -> PageLine:
    text = line.strip.text
    folded = fold(text)
    if len(folded) != len(text):
        return line
    cuts, start = [], folded.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        cuts += [cell_len(text[:start]), cell_len(text[:end])]
        start = folded.find(wanted, end)
    parts = line.strip.divide([*cuts, line.strip.cell_length])
    parts = [part.apply_style(FOUND) if at % 2 else part for at, part in enumerate(parts)]
    return replace(line, strip=Strip.join(parts))
