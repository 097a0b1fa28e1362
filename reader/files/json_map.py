"""A JSON object in, text, lists and maps out, under bounds."""

import json

from reader.files.bounds import MAX_DEPTH, as_texts
from reader.files.frontmatter import FrontMatterError, Value, place

MAX_JSON = 2 * 1024 * 1024

_SENTENCES = {
    "Expecting property name enclosed in double quotes": "a name needs double quotation marks",
    "Illegal trailing comma before end of object": "a comma too many before the closing brace",
    "Illegal trailing comma before end of array": "a comma too many before the closing bracket",
    "Expecting ':' delimiter": "a field without its colon",
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting value": "a value is missing",
    "Unterminated string starting at": "the quotation mark is never closed",
    "Extra data": "more text after the closing brace",
}
_WORDS = {True: "true", False: "false"}
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)


def parse_json(text: str, first_line: int = 1) -> dict[str, Value]:
    """Return the fields of one object; braces around them may be missing, as Hexo has it.

    `first_line` is the line of the file that `text` begins in. Raises FrontMatterError.
    """
    begin = len(text) - len(text.lstrip())
    if text.startswith("{", begin):
        return _whole(text, begin, first_line)
    try:
        return _whole(f"{{{text}}}", 0, first_line)
    except FrontMatterError as error:
        column = error.column - (error.line == first_line)
        raise FrontMatterError(error.reason, error.line, max(column, 1)) from error


def _whole(text: str, begin: int, first_line: int) -> dict[str, Value]:
    fields, end = decode_object(text, begin, first_line)
    rest = text[end:]
    if rest.strip():
        before = text[: end + len(rest) - len(rest.lstrip())]
        raise FrontMatterError(_SENTENCES["Extra data"], *place(before, first_line))
    return fields


def decode_object(text: str, begin: int, first_line: int) -> tuple[dict[str, Value], int]:
    """Return the object that begins at a brace, and where it ends. Raises FrontMatterError."""
    try:
        found, end = _DECODER.raw_decode(text[: begin + MAX_JSON], begin)
    except json.JSONDecodeError as error:
        is_cut = error.msg.startswith("Unterminated") or error.pos >= begin + MAX_JSON
        if is_cut and len(text) > begin + MAX_JSON:
            raise FrontMatterError("the front matter is larger than 2 MB", first_line) from error
        reason = _SENTENCES.get(error.msg, "not valid JSON")
        raise FrontMatterError(reason, *place(text[: error.pos], first_line)) from error
    except RecursionError as error:
        raise FrontMatterError(f"nested deeper than {MAX_DEPTH} levels", first_line) from error
    if not isinstance(found, dict):
        raise FrontMatterError("the front matter is not a list of fields", first_line)
    return as_texts(found, _text_of, first_line), end


def _text_of(value: object) -> str | None:
    if isinstance(value, bool):
        return _WORDS[value]
    return value if isinstance(value, str) else None
