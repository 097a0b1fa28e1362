"""Pieces of text as they come from a parser -> clean spans."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from reader.body.blocks import Span
from reader.text import clean_block, clean_line


class Style(NamedTuple):
    """How a piece looks and where it leads, in the order of Span's fields."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: int | None = None


Piece: TypeAlias = tuple[str, Style]

PLAIN = Style()

_AROUND_BREAK = re.compile(r" *\n[ \n]*")


def to_spans(pieces: Iterable[Piece]) -> tuple[Span, ...]:
    """Return clean spans: one space between words, none at the ends, a newline where one was.

    Where clean spans make unclean text together (marks that pile up), their styles are lost.
    """
    found: list[Piece] = []
    gap = ""
    for text, style in _cleaned(pieces):
        words = text.strip(" \n")
        before, _, after = text.partition(words) if words else (text, "", "")
        gap += before
        if words:
            _append(found, words, style, _between(gap) if found else "")
            gap = after
    whole = "".join(text for text, _ in found)
    if not whole.isascii() and (clean := clean_block(whole)) != whole:
        return (Span(clean),)
    return tuple(Span(text, *style) for text, style in found)


def _between(gap: str) -> str:
    return "\n" if "\n" in gap else " " * bool(gap)


def _append(found: list[Piece], words: str, style: Style, between: str) -> None:
    """Add words; the space before them has no style of its own, except within one link."""
    if between and style != PLAIN:
        text, last = found[-1]
        if last == PLAIN or last.link == style.link is not None:
            found[-1] = (text + between, last)
        else:
            found.append((between, PLAIN))
        between = ""
    found.append((between + words, style))


def _cleaned(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for style, group in groupby(pieces, key=itemgetter(1)):
        lines = "".join(text for text, _ in group).split("\n")
        yield _AROUND_BREAK.sub("\n", "\n".join(map(_clean, lines))), style


def _clean(text: str) -> str:
    """Clean a piece of a line but keep one space at its ends, where it meets its neighbours."""
    before, after = text[:1].isspace(), text[-1:].isspace()
    return " " * before + clean_line(text) + " " * after
