"""Front matter without an opening fence: `Title: ...` lines, as Pelican has them."""

import re

from reader.files.bounds import MAX_NODES
from reader.files.frontmatter import FrontMatterError, Value

_NAMES = (
    "title subtitle date modified updated category categories tags keywords slug author authors"
    " summary description status lang translation template layout url save_as permalink"
)
KNOWN = frozenset(_NAMES.split())
DECISIVE = ("title", "date")
"""One of them is there, or it is a paragraph with a colon in it."""

MAX_HEADER = 100_000
"""Characters before the first blank line."""

_FIRST = re.compile(r"[ ]{0,3}\"?([A-Za-z_]{2,20})\"?[ \t]*:")
_LINE = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]{1,60})[ \t]*:[ \t]*(.*)")
_CLOSING = re.compile(r"^(?:---+|;;;+)[ \t]*$", re.MULTILINE)


def split_header(text: str) -> tuple[str, str, str] | None:
    """Return language, header and body of a text that begins with known names, else None.

    A header ends with a blank line; one of YAML or JSON without its first fence with a fence.
    """
    first = _FIRST.match(text)
    if first is None or first[1].lower() not in KNOWN:
        return None
    head = text[:MAX_HEADER].partition("\n\n")[0]
    if closing := _CLOSING.search(head):
        language = "json" if closing[0].startswith(";") else "yaml"
        return language, head[: closing.start()], text[closing.end() + 1 :]
    if len(head) == MAX_HEADER:
        return None
    head = head.rstrip("\n")
    lines = head.split("\n")
    named = [found for line in lines if (found := _LINE.fullmatch(line))]
    others = [line for line in lines if not _LINE.fullmatch(line) and not _continues(line)]
    if others or not any(found[1].lower() in DECISIVE for found in named):
        return None
    return "header", head, text[len(head) :].removeprefix("\n")


def parse_header(text: str, first_line: int = 1) -> dict[str, Value]:
    """Return the fields, their names in lower case; an indented line goes on with the one above.

    Raises FrontMatterError.
    """
    fields: dict[str, Value] = {}
    name = ""
    for number, line in enumerate(text.split("\n")):
        if number > MAX_NODES // 2:
            raise FrontMatterError(f"more than {MAX_NODES:,} values", first_line + number)
        found = None if _continues(line) else _LINE.fullmatch(line)
        if found:
            name = found[1].lower()
            fields[name] = found[2].strip() or None
        elif name:
            fields[name] = f"{fields[name] or ''} {line.strip()}".strip()
    return fields


def _continues(line: str) -> bool:
    return line.startswith(("    ", "\t"))
