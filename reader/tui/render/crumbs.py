"""The breadcrumb above a headline: where one came from, in few words."""

from collections.abc import Sequence
from typing import Protocol

from rich.cells import cell_len

from reader.text import is_rtl
from reader.tui.render.cells import cut, head
from reader.tui.render.paper import LEFT, PageLine, Paper

MAX_NAME = 24
"""Cells of a title's beginning; a provider's name may be longer."""


class Stop(Protocol):
    """What was passed on the way: a page, or anything else with a title."""

    @property
    def provider(self) -> str | None:
        """Who published it."""

    @property
    def title(self) -> str:
        """What it is called."""


def crumb_names(stops: Sequence[Stop]) -> tuple[str, ...]:
    """Return what a breadcrumb calls the pages of a way: their providers, while those differ.

    Neighbours of one provider are called by the beginnings of their titles, without the words
    that both begin with where that would make them equal.
    """
    names: list[str] = []
    for at, stop in enumerate(stops):
        beside = [*stops[max(at - 1, 0) : at], *stops[at + 1 : at + 2]]
        if stop.provider and all(stop.provider != other.provider for other in beside):
            names.append(stop.provider)
        else:
            names.append(_beginning(stop.title, [other.title for other in stops]))
    return tuple(names)


def _beginning(title: str, others: Sequence[str]) -> str:
    """Return the first words of a title that tell it from the others."""
    name = _shortened(title)
    same = [other for other in others if other != title and _shortened(other) == name]
    if not same:
        return name
    words = title.split(" ")
    common = max(_common(words, other.split(" ")) for other in same)
    return _shortened(" ".join(words[common:])) or name


def _common(words: list[str], others: list[str]) -> int:
    pairs = enumerate(zip(words, others, strict=False))
    return next((at for at, (one, two) in pairs if one != two), min(len(words), len(others)))


def _shortened(title: str) -> str:
    """Return the first words of a title, without a mark: a breadcrumb is no headline."""
    kept = head(title, MAX_NAME)
    if len(kept) < len(title) and title[len(kept)] != " ":
        kept = kept.rpartition(" ")[0] or kept
    return kept.rstrip(" ,;:–—-")


def crumb_line(names: tuple[str, ...], paper: Paper) -> PageLine:
    """Return the breadcrumb as one line; where it is too long, the earliest names go first."""
    style, glyphs = paper.palette.style, paper.palette.glyphs
    between, room = f" {glyphs.path} ", paper.room - 3
    names = tuple(
        glyphs.cut if at < len(names) - 1 and is_rtl(name) else name
        for at, name in enumerate(names)
    )
    while len(names) > 2 and cell_len(between.join(names)) > room:
        names = (glyphs.cut, *names[1 + (names[0] == glyphs.cut) :])
    *before, last = names
    path = "".join(name + between for name in before)
    if len(before) == 1 and cell_len(path + last) > room:
        first = cut(before[0], max(room - cell_len(last), room // 3) - len(between), glyphs.cut)
        path = first + between
    last = cut(last, room - cell_len(path), glyphs.cut)
    return paper.line(
        (LEFT, "H", style("ink", bold=True)),
        (LEFT + 3, path, style("quiet")),
        (LEFT + 3 + cell_len(path), last, style("soft")),
    )
