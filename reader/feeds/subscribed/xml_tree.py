"""XML that somebody else wrote, read under bounds and without entities, and written again."""

import re
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers import expat

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 32
MAX_ELEMENTS = 50_000

_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,32};)")


class XmlError(ValueError):
    """XML that cannot be understood: one sentence with the line."""


class Document(NamedTuple):
    """A document: its outermost element, and the comments and the like that stand before it.

    Names have the prefixes that they have in the file.
    """

    root: ET.Element
    before: tuple[str, ...] = ()


def read_xml(body: bytes) -> Document:
    """Return a document. An `&` that was not escaped, as in pasted addresses, is taken as one.

    Raises XmlError for anything else that is no XML, for entities, and beyond the bounds.
    """
    if len(body) > MAX_BYTES:
        raise XmlError(f"it is larger than {MAX_BYTES // 1024**2} MB")
    try:
        return _Reader().read(body)
    except XmlError:
        mended = _BARE_AMPERSAND.sub(b"&amp;", body)
        if mended == body:
            raise
        return _Reader().read(mended)


def write_xml(document: Document) -> bytes:
    """Return a document as a text for people, the same one for the same document."""
    ET.indent(document.root)
    root = ET.tostring(document.root, encoding="unicode")
    lines = ('<?xml version="1.0" encoding="utf-8"?>', *document.before, root, "")
    return "\n".join(lines).encode("utf-8")


class _Reader:
    def __init__(self) -> None:
        self._builder = ET.TreeBuilder(insert_comments=True, insert_pis=True)
        self._before: list[str] = []
        self._depth = self._elements = self._skipped = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.EntityDeclHandler = self._entity

    def read(self, body: bytes) -> Document:
        inner = body.lstrip()
        self._skipped = body[: len(body) - len(inner)].count(b"\n")
        try:
            self._parser.Parse(inner, True)
            return Document(self._builder.close(), tuple(self._before))
        except XmlError:
            raise
        except expat.ExpatError as error:
            raise self._wrong(expat.ErrorString(error.code), error.lineno) from error
        except (ValueError, LookupError) as error:
            raise self._wrong("its encoding is not known", 1) from error

    def _wrong(self, what: str, line: int | None = None) -> XmlError:
        line = self._parser.CurrentLineNumber if line is None else line
        return XmlError(f"line {line + self._skipped}: {what}")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise self._wrong(f"nested deeper than {MAX_DEPTH} levels")
        if self._elements > MAX_ELEMENTS:
            raise self._wrong(f"more than {MAX_ELEMENTS:,} elements")
        self._builder.start(name, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(name)

    def _comment(self, text: str) -> None:
        if self._depth:
            self._builder.comment(text)
        elif not self._elements:
            self._before.append(f"<!--{text}-->")

    def _instruction(self, target: str, text: str) -> None:
        if self._depth:
            self._builder.pi(target, text)
        elif not self._elements:
            self._before.append(f"<?{target} {text}?>")

    def _entity(self, *_: object) -> None:
        raise self._wrong("it declares entities, which are not read")
