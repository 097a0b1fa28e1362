"""Blocks in the making: what Markdown and HTML have in common below their tags."""

from reader.body.blocks import Block, Body, Kind, Span
from reader.body.inline import Inline
from reader.body.links import Links
from reader.body.outline import Outline
from reader.body.spans import PLAIN, Piece, to_spans
from reader.text import clean_block

MAX_BLOCKS = 6000

_BETWEEN_CELLS: Piece = (" │ ", PLAIN)


class Full(Exception):  # noqa: N818 - it is what the message says
    """A body has as many blocks as it may have; those are good."""


class Builder:
    """Takes events in any order, however broken, and never recurses."""

    def __init__(self, base: str | None = None) -> None:
        self.blocks: list[Block] = []
        self.links = Links(base)
        self.inline = Inline(self.links)
        self.outline = Outline()
        self.heading = 0
        self._verbatim = False
        self._cells: int | None = None
        self._cell_ended = False

    def words(self, text: str) -> None:
        """Add text to the block that is open."""
        if self._cell_ended and not text.isspace():
            self.end_row()
        if self._verbatim:
            self.inline.add(text)
        else:
            self.inline.add_words(text)

    def label(self, label: str, title: str | None, number: int | None) -> None:
        """Add `[label: title]`, with the number of its address, for what cannot be shown here."""
        if self._cell_ended:
            self.end_row()
        self.inline.add_label(label, title, number)

    def line_break(self) -> None:
        """Break the line; two breaks end the paragraph, as old pages have it."""
        if self._cells is not None:
            self.inline.add(" ")
        elif self.inline.broken and not self._verbatim:
            self.flush()
        else:
            self.inline.add_break()

    def flush(self) -> None:
        """End the paragraph; in a table, the first one of its cell."""
        if self._cells is not None:
            self._cell_ended = not self.inline.blank
        elif not self._verbatim:
            self._add_text(self.inline.take())

    def close(self) -> None:
        """End whatever block is open."""
        self.end_verbatim()
        self.end_row()
        self.flush()

    def rule(self) -> None:
        """Add a rule, but not as the first block and never two in a row."""
        self.close()
        if self.blocks and self.blocks[-1].kind != "rule":
            self._add("rule", (), 0)

    def code(self, text: str) -> None:
        """Add a block of code, whose spaces and lines stay as they are."""
        self.close()
        text = clean_block(text.expandtabs(4)).rstrip()
        if text:
            self._add("code", (Span(text, code=True),), self.outline.depth)

    def begin_verbatim(self) -> None:
        """Take what follows as code."""
        self.close()
        self._verbatim = True

    def end_verbatim(self) -> None:
        """Add what was taken as code, if anything was."""
        if self._verbatim:
            self._verbatim = False
            self.code("".join(text for text, _ in self.inline.take()).removeprefix("\n"))

    def begin_row(self) -> None:
        """Begin a row: its cells become one block."""
        self.close()
        self._cells = 0

    def begin_cell(self, *, heading: bool) -> None:
        """Begin a cell, which is a paragraph of its own where there is no row."""
        self._cell_ended = False
        self.inline.bold, self.inline.blank = heading, True
        if self._cells is None:
            self.flush()
            return
        if self._cells:
            self.inline.pieces.append(_BETWEEN_CELLS)
        self._cells += 1

    def end_row(self) -> None:
        """Add the row; a cell of several paragraphs ends it too, as it is there for the layout."""
        self._cell_ended = self.inline.bold = False
        if self._cells is None:
            return
        several, self._cells = self._cells > 1, None
        pieces = self.inline.take()
        while pieces and (pieces[-1] == _BETWEEN_CELLS or pieces[-1][0].isspace()):
            pieces.pop()
        if several and pieces:
            self._add("table", to_spans(pieces), self.outline.depth)
        else:
            self._add_text(pieces)

    def finish(self, *, cut: bool) -> Body:
        """Return what was built; `cut` says that the source went on."""
        return Body(tuple(self.blocks), self.links.addresses, cut or self.links.full)

    def _add_text(self, pieces: list[Piece]) -> None:
        spans = to_spans(pieces)
        if spans and self.heading:
            self._add("heading", spans, self.heading)
        elif spans:
            self._add(self.outline.kind, spans, self.outline.level)

    def _add(self, kind: Kind, spans: tuple[Span, ...], level: int) -> None:
        if len(self.blocks) >= MAX_BLOCKS:
            raise Full
        self.heading = 0
        self.blocks.append(Block(kind, spans, level, self.outline.take_marker()))
