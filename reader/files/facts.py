"""Everything that a file says, as a table: also what nothing else here knows."""

from collections.abc import Iterator
from pathlib import Path

from reader.files import frontmatter
from reader.files.frontmatter import Value
from reader.files.reading import read_regular
from reader.text import clean_line

MAX_ROWS = 2_000
MAX_VALUE = 4_000
"""Characters of one value."""

NEVER_SHOWN = "secured"

Row = tuple[str, str]


def read_facts(path: Path) -> list[Row]:
    """Return names and values of a file's front matter in its order, all clean.

    What nobody but the owner can read is left out. Raises Unreadable or FrontMatterError.
    """
    document = frontmatter.parse(read_regular(path), path.name)
    rows = list(_rows(document.fields or {}, ""))
    more = len(rows) - MAX_ROWS
    return [*rows[:MAX_ROWS], ("…", f"and {more:,} more")] if more > 0 else rows


def _rows(value: Value, name: str) -> Iterator[Row]:
    """Yield the rows of a value; it is at most as deep as front matter may be."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.strip().lower() != NEVER_SHOWN:
                yield from _rows(inner, f"{name}.{_clean(key)}" if name else _clean(key))
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for number, item in enumerate(value, 1):
            yield from _rows(item, f"{name}[{number}]")
    elif isinstance(value, list):
        yield name, _clean(", ".join(item for item in value if isinstance(item, str)))
    else:
        yield name, _clean(value or "")


def _clean(text: str) -> str:
    return clean_line(text, MAX_VALUE)
