"""Front matter: the bytes of a file in, its fields and its body out.

Values are text, None, lists and maps: nothing is turned into a number, a date or a boolean
here, so that `no`, `12:30` and `2020-10-20` stay what the file says.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


class FrontMatterError(Exception):
    """Front matter that cannot be understood: one sentence, with line and column from 1."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"line {line}, column {column}: {reason}")
        self.reason, self.line, self.column = reason, line, column


@dataclass(frozen=True, slots=True)
class Document:
    """A file taken apart; `fields` is None where the file has no front matter."""

    fields: dict[str, Value] | None
    body: str


def parse(data: bytes) -> Document:
    """Take a file's bytes apart. Raises FrontMatterError, and nothing else, for what is wrong."""
    text = decode(data)
    front, body = split(text)
    return Document(None if front is None else parse_fields(front, first_line=2), body)


def decode(data: bytes) -> str:
    """Return the text of UTF-8 bytes, without a byte order mark, with plain line ends."""
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = _plain_line_ends(data[: error.start].decode().removeprefix("\ufeff"))
        raise FrontMatterError("the file is not UTF-8 text", *place(before)) from error
    return _plain_line_ends(text)


def split(text: str) -> tuple[str | None, str]:
    """Return front matter and body; a fence is a whole line, and the front matter may be absent."""
    first, _, rest = text.partition("\n")
    if first.rstrip(" \t") != "---":
        return None, text
    closing = _CLOSING.search(rest)
    if closing is None:
        raise FrontMatterError("the front matter is never closed with a line of ---")
    return rest[: closing.start()], rest[closing.end() :]


def parse_fields(text: str, first_line: int = 1) -> dict[str, Value]:
    """Return the fields of a YAML map; what only needs the body need not import the parser.

    `first_line` is the line of the file that `text` begins in. Raises FrontMatterError.
    """
    from reader.files.yaml_map import parse_yaml

    return parse_yaml(text, first_line)


def place(before: str, first_line: int = 1) -> tuple[int, int]:
    """Return line and column after some text; lines end as in an editor, not as YAML has it."""
    return before.count("\n") + first_line, len(before) - before.rfind("\n")


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
