"""HTML -> tags and text, by the parser of the standard library under bounds of ours."""

import re
from html.parser import HTMLParser

from reader.body.source import without_comments
from reader.body.tags import Tags

_NAME = r"[a-zA-Z][a-zA-Z0-9:-]{0,30}"
_VALUE = r"""(?:"[^"<]*+"|'[^'<]*+'|[^\s<>"']++)"""
_WHOLE = rf"</?{_NAME}(?:[\s/]++[^\s/<>\"'=]++(?:\s*+=\s*+{_VALUE})?)*[\s/]*+>"
_BROKEN = rf"<(?P<name>/?{_NAME})[^<>]*+>"
_DECLARATION = r"<(?P<declaration>[!?])[^<>]*+>"
_ANY = re.compile(rf"{_WHOLE}|{_BROKEN}|{_DECLARATION}|(?P<stray><)")


class _Parser(HTMLParser):
    def __init__(self, tags: Tags) -> None:
        super().__init__(convert_charrefs=True)
        self._tags = tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tags.start(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._tags.end(tag)

    def handle_data(self, data: str) -> None:
        self._tags.text(data)


def read_html(source: str, tags: Tags) -> None:
    """Tell `tags` what a page or a fragment of one holds."""
    parser = _Parser(tags)
    parser.feed(tidy(source))
    parser.close()


def tidy(source: str) -> str:
    """Return the source with whole tags only, so that the parser never looks far ahead for an end.

    html.parser takes minutes for 100,000 beginnings of a comment or tag that never end; here no
    pattern looks beyond the next "<". Comments go, broken tags lose their attributes, and any
    other "<" becomes text.
    """
    return _ANY.sub(_whole, without_comments(source))


def _whole(match: re.Match[str]) -> str:
    if match["stray"]:
        return "&lt;"
    if match["declaration"]:
        return ""
    return f"<{match['name']}>" if match["name"] else match[0]
