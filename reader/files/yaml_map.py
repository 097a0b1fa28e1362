"""A YAML map in, text, lists and maps out, under bounds.

The document is built from the parser's events; PyYAML's own loaders can be made to crash the
process (nesting), to run for minutes (merge keys) and to raise anything (constructors).
It is asked, and PyYAML imported, only for what `scanner` gives up on.
"""

import re

import yaml

from reader.files.bounds import MAX_DEPTH, MAX_NODES
from reader.files.frontmatter import FrontMatterError, Value, place
from reader.text import one_line

MAX_FRONT_BYTES = 2 * 1024 * 1024
MAX_DIRECTIVES = 16
"""The most lines that begin with `%`: libyaml compares each directive with all others."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DIRECTIVE = re.compile(r"(?:\A|[\n\r\x85\u2028\u2029])\ufeff?%")
_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})"
)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))

_SENTENCES = {
    "found unexpected end of stream": "the quotation mark is never closed",
    "mapping values are not allowed in this context": (
        "a second colon in a line needs quotation marks around the text"
    ),
    "could not find expected ':'": "a field without its colon",
    "did not find expected key": "this is neither a field nor part of the one above",
    "did not find expected '-' indicator": "this is not part of the list above",
    "did not find expected <document start>": "this is neither a field nor part of the one above",
    "found character that cannot start any token": (
        "a text that begins like this needs quotation marks"
    ),
    "found unknown escape character": "an unknown escape after a backslash",
    "exceeded maximum nesting depth": f"nested deeper than {MAX_DEPTH} levels",
}


def parse_yaml(text: str, first_line: int = 1) -> dict[str, Value]:
    """Return the fields of a YAML map, all scalars as text, under the bounds of this module.

    `first_line` is the line of the file that `text` begins in, for the error's sake.
    Raises FrontMatterError.
    """
    if len(text) > MAX_FRONT_BYTES:
        raise FrontMatterError("the front matter is larger than 2 MB", first_line)
    if text.count("%") > MAX_DIRECTIVES and len(_DIRECTIVE.findall(text)) > MAX_DIRECTIVES:
        reason = f"more than {MAX_DIRECTIVES} lines begin with a percent sign"
        raise FrontMatterError(reason, first_line)
    try:
        root = _build(text, first_line)
    except FrontMatterError:
        raise
    except Exception as error:  # libyaml's bindings let ValueError, IndexError and others out
        raise _explain(error, text, first_line) from error
    if isinstance(root, dict):
        return root
    if root is None:
        return {}
    raise FrontMatterError("the front matter is not a list of fields", first_line)


def _build(text: str, first_line: int) -> Value:
    """Build a document; an emoji may be two escapes, as in JSON, though YAML forbids it."""
    try:
        return _Builder(text, first_line).build()
    except yaml.YAMLError:
        joined = _PAIR.sub(_joined, text)
        if joined == text:
            raise
    return _Builder(joined, first_line).build()


def _joined(pair: re.Match[str]) -> str:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return f"{pair[1]}\\U{0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF):08x}"


class _Builder:
    """Builds one document from parser events, with its own stack instead of recursion."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text, self.first_line = text, first_line
        self.root: Value = None
        self.begun = False
        self.nodes = 0
        self.stack: list[tuple[list[Value] | dict[str, Value], list[str]]] = []

    def build(self) -> Value:
        loader = _LOADER(self.text)
        try:
            next_event = loader.get_event
            while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
                if kind is yaml.ScalarEvent:
                    plain = event.implicit[0] and event.value in _NULLS
                    self._add(None if plain else event.value, event)
                elif kind is yaml.MappingStartEvent:
                    self._open({}, event)
                elif kind is yaml.SequenceStartEvent:
                    self._open([], event)
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    self.stack.pop()
                elif kind is yaml.AliasEvent:
                    raise self._error("aliases (*name) are not allowed", event)
                elif kind is yaml.DocumentStartEvent:
                    self._begin(event)
        finally:
            loader.dispose()
        return self.root

    def _begin(self, event: yaml.Event) -> None:
        if self.begun:
            raise self._error("a second document begins inside the front matter", event)
        self.begun = True

    def _open(self, container: "list[Value] | dict[str, Value]", event: yaml.Event) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise self._error(f"nested deeper than {MAX_DEPTH} levels", event)
        self._add(container, event)
        self.stack.append((container, []))

    def _add(self, value: Value, event: yaml.Event) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self._error(f"more than {MAX_NODES:,} values", event)
        if not self.stack:
            self.root = value
            return
        container, key = self.stack[-1]
        if isinstance(container, list):
            container.append(value)
        elif key:
            container[key.pop()] = value
        elif isinstance(value, (dict, list)):
            raise self._error("the name of a field must be a text", event)
        else:
            key.append(value or "")

    def _error(self, reason: str, event: yaml.Event) -> FrontMatterError:
        mark = event.start_mark
        before = self.text[: mark.index if mark else 0]
        return FrontMatterError(reason, *place(before, self.first_line))


def _explain(error: Exception, text: str, first_line: int) -> FrontMatterError:
    """Turn the parser's error into a sentence; none of the file's own text gets into it."""
    if isinstance(error, yaml.reader.ReaderError):
        return _explain_character(text, first_line)
    if not isinstance(error, yaml.MarkedYAMLError):
        return FrontMatterError(f"not valid YAML ({type(error).__name__})", first_line)
    problem = error.problem or error.context or "not valid YAML"
    mark = error.problem_mark or error.context_mark
    if problem == "found unexpected end of stream" and error.context_mark:
        mark = error.context_mark
    reason = _SENTENCES.get(problem, "not valid YAML")
    if reason == "not valid YAML" and _LOADER is not yaml.SafeLoader:  # that one quotes the file
        reason = f"not valid YAML: {one_line(problem)}"
    return FrontMatterError(reason, *place(text[: mark.index if mark else 0], first_line))


def _explain_character(text: str, first_line: int) -> FrontMatterError:
    found = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    if found is None:
        return FrontMatterError("not valid YAML: a character that is not allowed", first_line)
    reason = f"the character U+{ord(found.group()):04X} is not allowed"
    return FrontMatterError(reason, *place(text[: found.start()], first_line))
