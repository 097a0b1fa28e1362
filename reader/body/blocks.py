"""What a body is made of: blocks of spans, and the numbered addresses that they link to."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["paragraph", "heading", "item", "quote", "code", "table", "rule"]
"""What a block is; "table" is one row of a table."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one style, clean; `link` is a number into Body.links, counted from 1."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block; a newline inside a span is a break that the author wanted.

    `level` is that of a heading (1 to 6), else how many lists or quotes are around it (0 to 12).
    `marker` is "•" or "3." on the first block of an item, and empty on what follows in it.
    """

    kind: Kind
    spans: tuple[Span, ...] = ()
    level: int = 0
    marker: str = ""

    @property
    def text(self) -> str:
        """The words without their styles."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Body:
    """A body to read; `cut` says that the text went on beyond what is shown."""

    blocks: tuple[Block, ...] = ()
    links: tuple[str, ...] = ()
    cut: bool = False
