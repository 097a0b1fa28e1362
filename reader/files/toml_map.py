"""A TOML document in, text, lists and maps out, under bounds.

The parser of the standard library does the reading; what it raises, however deep or large the
document is, becomes the one exception of front matter.
"""

import re
import tomllib
from datetime import date, datetime, time

from reader.files.bounds import MAX_DEPTH, as_texts
from reader.files.frontmatter import FrontMatterError, Value, place

MAX_TOML = 256 * 1024
"""Characters: the parser is written in Python and takes about a second for a million."""

MAX_DOTS = 64
"""In the name of one field: the parser's time grows with their square."""

_AT = re.compile(r" \(at (?:line (\d{1,9}), column (\d{1,9})|end of document)\)\Z")

_SENTENCES = (
    ("Cannot overwrite", "a field is set twice"),
    ("Cannot declare", "a table is declared twice"),
    ("Cannot mutate", "a table is declared twice"),
    ("Duplicate inline table key", "a field is set twice"),
    ("Expected '='", "a field without its equals sign"),
    ("Invalid initial character for a key", "this is not the name of a field"),
    ("Expected newline or end of document", "more text than one value in a line"),
    ("Unterminated", "the quotation mark is never closed"),
    ('Expected "\'"', "the quotation mark is never closed"),
    ("Unclosed array", "the list is never closed"),
    ("Unclosed inline table", "the map is never closed"),
    ("Illegal character", "a character that is not allowed"),
    ("Found invalid character", "a character that is not allowed"),
    ("Unescaped", "an unknown escape after a backslash"),
    ("Invalid hex value", "an unknown escape after a backslash"),
    ("Escaped character is not", "an unknown escape after a backslash"),
    ("Invalid value (at end", "a value is missing"),
    ("Invalid value", "a text needs quotation marks"),
    ("Invalid date", "a date that is in no calendar"),
)


def parse_toml(text: str, first_line: int = 1) -> dict[str, Value]:
    """Return the fields of a document, all scalars as the text that YAML would have for them.

    `first_line` is the line of the file that `text` begins in. Raises FrontMatterError.
    """
    if len(text) > MAX_TOML:
        raise FrontMatterError("the front matter is larger than 256 KB", first_line)
    for number, line in enumerate(text.split("\n")):
        if line.count(".") > MAX_DOTS and line.partition("=")[0].count(".") > MAX_DOTS:
            raise FrontMatterError(f"nested deeper than {MAX_DEPTH} levels", first_line + number)
    try:
        return as_texts(tomllib.loads(text, parse_float=str), _text_of, first_line)
    except FrontMatterError:
        raise
    except RecursionError as error:
        raise FrontMatterError(f"nested deeper than {MAX_DEPTH} levels", first_line) from error
    except Exception as error:  # tomllib lets ValueError out for numbers and dates beyond bounds
        raise _explain(error, text, first_line) from error


def _text_of(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _explain(error: Exception, text: str, first_line: int) -> FrontMatterError:
    """Turn the parser's error into a sentence; none of the file's own text gets into it."""
    if not isinstance(error, tomllib.TOMLDecodeError):
        return FrontMatterError(f"not valid TOML ({type(error).__name__})", first_line)
    message = str(error)
    reasons = (reason for begin, reason in _SENTENCES if message.startswith(begin))
    reason = next(reasons, "not valid TOML")
    at = _AT.search(message)
    if at is None or at[1] is None:
        return FrontMatterError(reason, *place(text, first_line))
    return FrontMatterError(reason, int(at[1]) + first_line - 1, int(at[2]))
