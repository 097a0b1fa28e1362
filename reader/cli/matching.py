"""What a filter of the command line finds, and where it is wrong."""

from typing import TYPE_CHECKING

from reader.cli.arguments import Options, UsageError
from reader.cli.output import cells
from reader.filters import FilterError
from reader.text import clean_line

if TYPE_CHECKING:
    from reader.library import Library
    from reader.listing import Listing
    from reader.views import View

_BEFORE, _SHOWN = 40, 72
"""Characters before a mistake that are shown, and all that are."""


def matching(library: "Library", view: "View", text: str) -> "Listing":
    """Return the rows of a view that match a filter. Raises UsageError."""
    try:
        return library.listing(view, text=text)
    except FilterError as error:
        raise mistake(text, error) from error


def empty_status(options: Options, count: int) -> int:
    """Return the exit status of a command that found so many."""
    return 1 if options.fail_empty and not count else 0


def mistake(text: str, error: FilterError) -> UsageError:
    """Return a mistake of a filter with the filter below it, and a caret under the column."""
    clean, start = clean_line(text), max(0, error.column - _BEFORE)
    if clean == " ".join(text.split()):
        clean = "".join(" " if one.isspace() else one for one in text)
    before = cells(clean[start : error.column])
    return UsageError(str(error), f"  {clean[start : start + _SHOWN]}", f"  {' ' * before}^")
