"""Pelican's own addresses: files that go along with the text, and other articles."""

import re

from reader.body.dialect import Dialect

_WITH = re.compile(r"[{|](?:static|attach)[}|]/?")
_OTHER = re.compile(r"[{|](?:filename|author|category|tag|index)[}|][^\s)\"'>\]]*")


def shown(source: str, dialect: Dialect, *, html: bool) -> str:
    """Return a text whose addresses can be opened; a link to another article keeps its words."""
    return _OTHER.sub("#", _WITH.sub(lambda _: dialect.locate(""), source))
