"""What of a source is looked at, and its rough parts."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

MAX_SOURCE = 400_000
"""Characters of a body that are looked at."""

MAX_LINES = 20_000
"""Lines of Markdown that are looked at: its parser is slow by the line."""

_FENCE = re.compile(r"`{3,}(?!.*`)|~{3,}")


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
    return ("" if fenced else line for fenced, line in _in_fences(lines))


def by_fences(source: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of Markdown in order, with whether each is fenced code, fences included."""
    for fenced, part in groupby(_in_fences(source.splitlines(keepends=True)), key=itemgetter(0)):
        yield fenced, "".join(line for _, line in part)


def _in_fences(lines: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """Tell of each line whether it is fenced code; a fence ends with one as long at least."""
    open_fence = ""
    for line in lines:
        text = line.strip()
        fence = _FENCE.match(text)
        if not open_fence:
            open_fence = fence[0] if fence else ""
            yield fence is not None, line
        else:
            yield True, line
            if fence and fence[0] == text and text.startswith(open_fence):
                open_fence = ""


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
