"""What of a source is looked at, and its rough parts."""

from collections.abc import Iterable, Iterator
from itertools import groupby

MAX_SOURCE = 400_000
"""Characters of a body that are looked at."""

MAX_LINES = 20_000
"""Lines of Markdown that are looked at: its parser is slow by the line."""


def bounded(source: str, *, max_lines: int = MAX_LINES) -> tuple[str, bool]:
    """Return what of a source is looked at, and whether that is not all."""
    text = source[:MAX_SOURCE].replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n", max_lines)
    cut = len(source) > MAX_SOURCE or len(lines) > max_lines
    return "\n".join(lines[:max_lines]), cut


def chunks(lines: Iterable[str]) -> Iterator[str]:
    """Yield what is between blank lines."""
    for blank, chunk in groupby(lines, key=lambda line: not line.strip()):
        if not blank:
            yield "\n".join(chunk)


def outside_fences(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of Markdown with those of fenced code as blank ones."""
    fence = ""
    for line in lines:
        begin = line.lstrip()[:3]
        if begin in ("```", "~~~") and fence in ("", begin):
            fence = "" if fence else begin
            yield ""
        else:
            yield "" if fence else line


def without_comments(source: str) -> str:
    """Return HTML without its comments; one that never ends is left to be text."""
    kept, at = [], 0
    while (begin := source.find("<!--", at)) >= 0:
        end = source.find("-->", begin + 4)
        if end < 0:
            break
        kept.append(source[at:begin])
        at = end + 3
    return "".join([*kept, source[at:]])
