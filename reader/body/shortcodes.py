"""Shortcodes and Liquid taken out of a text, or shown by what is in them.

Nothing is run: a tag becomes what its own words say (a picture, a link, a frame around code), and
what only the generator could know becomes nothing.
"""

import re
from collections.abc import Iterator

from reader.body.dialect import Dialect
from reader.body.tag_words import Tag, closes_code, written

_INSIDE = r"(?:(?!\{[%{]|[%}]\}).){0,1000}"
_UP_TO_END = r"(?:(?!\{\{|>\}\}|%\}\}).){0,1000}"
_CODE = (
    r"(?P<fence>(?<=`)`{2,}[^`\n]*$|(?<=~)~{2,}[^\n]*$)"
    r"|(?P<code>(?<=`)(?:`(?:(?!``)[^\n]){1,500}``|[^`\n]{1,500}`))"
)
_ATTRIBUTES = (
    r"(?P<attributes>(?<=\{)::?[^}\n]{0,300}\}"
    r"|(?<=[ \t]\{)[#.][^{}\n]{0,300}\}(?=[ \t]*$))"
)
_TAG = rf"(?<=\{{)%-?(?P<tag>{_INSIDE})%\}}"
_LIQUID = (
    rf"{_TAG}|(?<=\{{)\{{-?(?P<value>{_INSIDE})\}}\}}"
    r"|(?P<comment>(?<=\{)#\s(?:(?!\{#|#\}).){0,1000}#\})"
)
_HUGO = rf"(?<=\{{)\{{[<%](?P<tag>{_UP_TO_END})[>%]\}}\}}"
_ZOLA = (
    rf"{_TAG}|(?<=\{{)\{{(?:(?P<call>\s{{0,9}}\w{{1,60}}\({_INSIDE})|(?P<escaped>/\*{_INSIDE}\*/))"
    r"\}\}|(?<=\])\(@/(?P<internal>[^)\s]{1,300})"
)
_TOKENS = {
    name: re.compile(rf"[`~{{\]](?:{_CODE}|{marks}|{_ATTRIBUTES})", re.MULTILINE | re.DOTALL)
    for name, marks in (("liquid", _LIQUID), ("hugo", _HUGO), ("zola", _ZOLA))
}
"""Each begins with one of few characters, which lets the search go fast over all others."""

_CONTENTS = re.compile(r"^[*\d.-]{1,3} [^\n]{1,60}\n\{:toc\}", re.MULTILINE)
_RAW = ("raw", "verbatim")
_RAW_TAGS = re.compile(r"\{%-?\s{0,9}(?:end)?(?:raw|verbatim)\s{0,9}-?%\}")
_ESCAPED = re.compile(r"(\{\{[<%])/\*(.{0,1000}?)\*/([>%]\}\})", re.DOTALL)
_LITERAL = re.compile(r"""\s*(["'])((?:(?!\1).){0,1000})\1(.*)""", re.DOTALL)
_OF_SITE = re.compile(r"\s*site\.(url|baseurl|base_url)\b(.*)", re.DOTALL)


def shown(source: str, dialect: Dialect, *, html: bool) -> str:
    """Return Markdown or HTML without the tags of a generator; what is in code stays."""
    if "{" not in source and "](@/" not in source:
        return source
    source = _CONTENTS.sub("", source) if "{:toc}" in source else source
    return "".join(_Reading(source, dialect, html=html).parts())


class _Reading:
    """One pass over a text: where it is raw, in a comment or in code, and what tags become."""

    def __init__(self, source: str, dialect: Dialect, *, html: bool) -> None:
        self.source, self.dialect, self.html = source, dialect, html
        self.until: frozenset[str] = frozenset()
        self.dropping = False
        self.fence = ""
        self.open: list[Tag] = []

    def parts(self) -> Iterator[str]:
        """Yield what is shown, in order."""
        at = 0
        for found in _TOKENS[self.dialect.name].finditer(self.source):
            if not self.dropping:
                yield self.source[at : found.start()]
            at = found.end()
            yield self._part(found)
        if not self.dropping:
            yield self.source[at:]

    def _part(self, found: re.Match[str]) -> str:
        kind = found.lastgroup or ""
        tag = Tag.parse(found[kind]) if kind in ("tag", "call") else None
        if kind == "call" and not (self.until or self.fence) and tag:
            return written(tag, self.dialect, html=self.html)
        if self.until:
            return self._within(found[0], tag)
        if kind == "fence" and not self.html:
            self._pass_fence(found)
            return found[0]
        if self.fence or kind == "code":
            return self._verbatim(found[0])
        return self._tag(tag, found[0]) if tag else self._other(kind, found)

    def _within(self, text: str, tag: Tag | None) -> str:
        """Keep what is raw or code, drop what is a comment, until its end comes."""
        if tag is None or tag.name not in self.until:
            return "" if self.dropping else self._verbatim(text)
        self.until, self.dropping = frozenset(), False
        return closes_code(tag, html=self.html)

    def _verbatim(self, text: str) -> str:
        return _ESCAPED.sub(r"\1\2\3", _RAW_TAGS.sub("", text))

    def _pass_fence(self, found: re.Match[str]) -> None:
        """Begin or end code, where nothing stands before the fence in its line."""
        line, begin = found[0].strip(), self.source.rfind("\n", 0, found.start()) + 1
        if self.source[begin : found.start()].strip():
            return
        if not self.fence:
            self.fence = line[: len(line) - len(line.lstrip(line[0]))]
        elif line.startswith(self.fence) and not line.strip(line[0]):
            self.fence = ""

    def _tag(self, tag: Tag, text: str) -> str:
        if tag.is_escaped:
            return self._verbatim(text)
        if tag.name in _RAW or tag.name == "comment":
            self.until = frozenset((f"end{tag.name}", f"/{tag.name}"))
            self.dropping = tag.name == "comment"
            return ""
        if tag.is_code:
            self.until = frozenset((f"end{tag.name}", f"/{tag.name}", "end"))
        return written(self._paired(tag), self.dialect, html=self.html)

    def _paired(self, tag: Tag) -> Tag:
        """Give a bare `end`, as Zola has it, the name of what it ends."""
        if self.dialect.name != "zola":
            return tag
        if tag.name != "end":
            self.open.append(tag)
            return tag
        return Tag(f"end{self.open.pop().name if self.open else ''}", {}, ())

    def _other(self, kind: str, found: re.Match[str]) -> str:
        if kind == "value":
            return _value(found[kind], self.dialect)
        if kind == "internal":
            return f"]({self.dialect.page(found[kind])}"
        return f"{{{{{found[kind][2:-2]}}}}}" if kind == "escaped" else ""


def _value(words: str, dialect: Dialect) -> str:
    """Return what a value says by itself: a text in quotes, or the site's own address."""
    if of_site := _OF_SITE.match(words):
        address = (dialect.address or "").rstrip("/")
        root = dialect.root.rstrip("/")
        return root if of_site[1] == "baseurl" else address.removesuffix(root) if root else address
    literal = _LITERAL.match(words)
    if literal is None:
        return ""
    if "absolute_url" in literal[3]:
        return dialect.locate(literal[2])
    if "relative_url" in literal[3] or re.search(r"\|\s{0,9}url\b", literal[3]):
        return dialect.root + literal[2].lstrip("/")
    return literal[2]
