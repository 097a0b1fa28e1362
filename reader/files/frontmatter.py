"""Front matter: the bytes of a file in, its fields and its body out.

Values are text, None, lists and maps: nothing is turned into a number, a date or a boolean
here, so that `no`, `12:30` and `2020-10-20` stay what the file says.
"""

import re
from typing import NamedTuple, TypeAlias

from reader.files.scanner import scan_yaml

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

_YAML_END = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_DASHES = re.compile(r"\n---[ \t]*(?:\n|\Z)")
_PLUSES = re.compile(r"\n\+\+\+[ \t]*(?:\n|\Z)")
_SEMICOLONS = re.compile(r"\n;;;+[ \t]*(?:\n|\Z)")

_FENCES = {
    "---": ("yaml", _YAML_END, "---"),
    "---yaml": ("yaml", _DASHES, "---"),
    "---yml": ("yaml", _DASHES, "---"),
    "---toml": ("toml", _DASHES, "---"),
    "---json": ("json", _DASHES, "---"),
    "+++": ("toml", _PLUSES, "+++"),
    ";;;": ("json", _SEMICOLONS, ";;;"),
}
"""What the first line says: the language, the line end and line that close it, their name."""

_PROGRAMS = ("---js", "---javascript", "---coffee", "---node")
_OBJECT = re.compile(r"\{\s{0,1000}[\"}]")
MARKDOWN = (".md", ".markdown")


class FrontMatterError(Exception):
    """Front matter that cannot be understood: one sentence, with line and column from 1."""

    def __init__(self, reason: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"line {line}, column {column}: {reason}")
        self.reason, self.line, self.column = reason, line, column


class Document(NamedTuple):
    """A file taken apart; `fields` is None where the file has no front matter."""

    fields: dict[str, Value] | None
    body: str


class Parts(NamedTuple):
    """A text taken apart; without a language there is no front matter."""

    language: str | None
    front: str
    body: str
    first_line: int = 1


def parse(data: bytes, file: str = "") -> Document:
    """Take a file's bytes apart. Raises FrontMatterError, and nothing else, for what is wrong.

    `file` is its name: front matter without a fence is looked for in Markdown only.
    """
    parts = take_apart(decode(data), file)
    if parts.language is None:
        return Document(None, parts.body)
    return Document(parse_fields(parts.front, parts.first_line, parts.language), parts.body)


def decode(data: bytes) -> str:
    """Return the text of UTF-8 bytes, without a byte order mark, with plain line ends."""
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = _plain_line_ends(data[: error.start].decode().removeprefix("\ufeff"))
        raise FrontMatterError("the file is not UTF-8 text", *place(before)) from error
    return _plain_line_ends(text)


def split(text: str, file: str = "") -> tuple[str | None, str]:
    """Return front matter and body; a fence is a whole line, and the front matter may be absent."""
    parts = take_apart(text, file)
    return None if parts.language is None else parts.front, parts.body


def take_apart(text: str, file: str = "") -> Parts:
    """Return front matter, its language, and body. Raises FrontMatterError."""
    first = text.partition("\n")[0]
    fence = _FENCES.get(first.rstrip(" \t"))
    if fence is None:
        return _without_fence(text, first, file)
    language, closing, name = fence
    end = closing.search(text, len(first))
    if end is None:
        raise FrontMatterError(f"the front matter is never closed with a line of {name}")
    return Parts(language, text[len(first) + 1 : end.start() + 1], text[end.end() :], 2)


def _without_fence(text: str, first: str, file: str) -> Parts:
    if first.rstrip(" \t") in _PROGRAMS:
        raise FrontMatterError("the front matter is a program, and programs are not run here")
    if not file.lower().endswith(MARKDOWN):
        return Parts(None, "", text)
    if _OBJECT.match(text):
        from reader.files.json_map import decode_object

        end = decode_object(text, 0, 1)[1]
        return Parts("json", text[:end], text[end:].removeprefix("\n"))
    from reader.files.header_lines import split_header

    header = split_header(text)
    return Parts(*header) if header else Parts(None, "", text)


def parse_fields(text: str, first_line: int = 1, language: str = "yaml") -> dict[str, Value]:
    """Return the fields of front matter; what needs no parser need not import one.

    `first_line` is the line of the file that `text` begins in. Raises FrontMatterError.
    """
    if language == "yaml" and (fields := scan_yaml(text)) is not None:
        return fields
    if language == "toml":
        from reader.files.toml_map import parse_toml as read
    elif language == "json":
        from reader.files.json_map import parse_json as read
    elif language == "header":
        from reader.files.header_lines import parse_header as read
    else:
        from reader.files.yaml_map import parse_yaml as read
    return read(text, first_line)


def place(before: str, first_line: int = 1) -> tuple[int, int]:
    """Return line and column after some text; lines end as in an editor, not as YAML has it."""
    return before.count("\n") + first_line, len(before) - before.rfind("\n")


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
