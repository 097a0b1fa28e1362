"""Printing: tables that fit the terminal, plain lines for a pipe, JSON for programs."""

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from reader.text import clean_line


def complain(sentence: str) -> None:
    """Print an error as one line on standard error."""
    print(f"broadsheet: {clean_line(sentence)}", file=sys.stderr)  # noqa: T201


def say(line: str = "") -> None:
    """Print a line on standard output."""
    sys.stdout.write(line.encode("utf-8", "replace").decode() + "\n")


def say_json(record: dict[str, object]) -> None:
    """Print one JSON object as a line of UTF-8."""
    say(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def is_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def cells(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_cell, text))


def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, width: int) -> str:
    """Cut or fill a text to `width` columns."""
    size = cells(text)
    if size <= width:
        return text + " " * (width - size)
    kept, used = "", 0
    for character in text:
        if used + _cell(character) > width - 1:
            break
        kept, used = kept + character, used + _cell(character)
    return kept + "…" + " " * (width - used - 1)


def say_table(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """Print rows in columns; a width of 0 takes what is left, once. In a pipe: tabs, uncut."""
    if not is_terminal():
        for row in rows:
            say("\t".join(row))
        return
    left = os.get_terminal_size(sys.stdout.fileno()).columns - sum(widths) - 2 * (len(widths) - 1)
    sizes = [width or max(left, 10) for width in widths]
    for row in rows:
        say("  ".join(fit(text, size) for text, size in zip(row, sizes, strict=True)).rstrip())
