"""A body as plain text, for the shell and for pipes."""

from collections.abc import Iterator
from itertools import groupby

from reader.body.blocks import Block, Body

_TIGHT = ("item", "table")


def plain_text(body: Body) -> str:
    """Return paragraphs between blank lines, `[n]` after linked text, and the links at the end."""
    parts: list[str] = []
    for kind, blocks in groupby(body.blocks, key=lambda block: block.kind):
        separator = "\n" if kind in _TIGHT else "\n\n"
        parts.append(separator.join(_block(block) for block in blocks))
    if body.cut:
        parts.append("The text is longer and was cut here.")
    if body.links:
        parts.append("\n".join(f"[{n}] {link}" for n, link in enumerate(body.links, 1)))
    return "\n\n".join(parts)


def _block(block: Block) -> str:
    if block.kind == "rule":
        return "───"
    text = "".join(_numbered(block))
    if block.kind == "quote":
        return _indented(text, "> " * block.level)
    if block.kind == "code":
        return _indented(text, "    ")
    if block.kind == "item":
        return _item(text, block)
    return text


def _numbered(block: Block) -> Iterator[str]:
    for number, spans in groupby(block.spans, key=lambda span: span.link):
        yield "".join(span.text for span in spans)
        if number is not None:
            yield f" [{number}]"


def _item(text: str, block: Block) -> str:
    first = "  " * (block.level - 1) + (block.marker or " ") + " "
    return first + text.replace("\n", "\n" + " " * len(first))


def _indented(text: str, indent: str) -> str:
    return "\n".join((indent + line).rstrip() for line in text.split("\n"))
