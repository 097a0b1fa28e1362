"""Printing: tables that fit the terminal, plain lines for a pipe, JSON for programs."""

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from reader.text import clean_line

OPEN_WIDTH = 20
"""The fewest columns of the column that takes what is left; others are left out before that."""

_AS_EMOJI = "\ufe0f"  # makes a narrow symbol a wide picture


def prepare(*, utf8: bool = False) -> None:
    """Let standard output take every text: what its encoding lacks becomes a question mark."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - it was closed, and stays open to the end
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8" if utf8 else None, errors="replace")


def complain(sentence: str, *below: str) -> None:
    """Print an error as one line on standard error, and what is shown below it."""
    print(f"broadsheet: {clean_line(sentence)}", *below, sep="\n", file=sys.stderr)  # noqa: T201


def say(line: str = "") -> None:
    """Print a line on standard output."""
    sys.stdout.write(line + "\n")


def say_json(record: dict[str, object]) -> None:
    """Print one JSON object as a line of UTF-8; what is invisible is escaped, and not lost."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    say(text if text.isprintable() else "".join(map(_escaped, text)))


def _escaped(character: str) -> str:
    return character if character.isprintable() else json.dumps(character)[1:-1]


def is_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def cells(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(_sizes(text))


def _sizes(text: str) -> Iterator[int]:
    """Yield the columns of each character; the emoji mark widens a narrow one before it."""
    before = 0
    for character in text:
        size = int(before == 1) if character == _AS_EMOJI else _cell(character)
        yield size
        before = size


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
    for character, size in zip(text, _sizes(text), strict=True):
        if used + size > width - 1:
            break
        kept, used = kept + character, used + size
    return kept + "…" + " " * (width - used - 1)


def say_table(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """Print rows in columns; a width of 0 takes what is left, once. In a pipe: tabs, uncut."""
    if not is_terminal():
        for row in rows:
            say("\t".join(row))
        return
    sizes = columns(widths, os.get_terminal_size(sys.stdout.fileno()).columns or 80)
    for row in rows:
        say("  ".join(fit(row[place], size) for place, size in sizes.items()).rstrip())


def columns(widths: Sequence[int], terminal: int) -> dict[int, int]:
    """Return the widths by the place of the column, those left out that leave no room.

    The last ones go first; the open one, of width 0, stays.
    """
    places = list(range(len(widths)))
    while True:
        left = terminal - sum(widths[place] for place in places) - 2 * (len(places) - 1)
        if left >= OPEN_WIDTH or len(places) == 1:
            return {place: widths[place] or left for place in places}
        places.remove(max(place for place in places if widths[place]))
