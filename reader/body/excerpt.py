"""The first paragraph of a body, for articles that came without an excerpt."""

import re
from collections.abc import Iterator
from itertools import islice

from reader.body.blocks import Body
from reader.body.dialect import PLAIN, Dialect
from reader.body.parse import looks_like_html, parse_body
from reader.body.source import MAX_SOURCE, bounded, chunks, outside_fences
from reader.text import clean_line

HEAD = 8192
"""Characters of a body that are looked at."""

MAX_DEFINITIONS = 200
"""Addresses of references that are looked up."""

_MORE = re.compile(
    r"<!--\s{0,9}(?:more|(?:end[_-]?)?excerpt|pelican_end_summary)\s{0,9}-->", re.IGNORECASE
)
_NO_WORDS = re.compile(r"#|\||[-*+] |> ?|    |\t|\{[{%:]|\[\[?toc\]", re.IGNORECASE)
_LABEL = re.compile(r"\[(?:picture|video|audio|embedded)(?:: [^\[\]]*+)?\]")
_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n^]{1,100}\]:[ \t]{0,9}\S{1,2000}[ \t]*$", re.MULTILINE)
_REFERENCE = re.compile(r"\[([^\[\]]++)\]\[[^\[\]]*+\]")


def first_paragraph(
    source: str, *, html: bool, limit: int = 500, dialect: Dialect = PLAIN
) -> str | None:
    """Return the words before `<!--more-->`, else those of the first paragraph that has any.

    Only the first 8 KB are looked at, and of Markdown no more than is needed is parsed.
    """
    html = html or looks_like_html(source)
    head = dialect.shown(bounded(source[:HEAD])[0], html=html)
    more = _MORE.search(head)
    teaser = " ".join(_words(parse_body(head[: more.start()], html=html))) if more else ""
    if teaser:
        return clean_line(teaser, limit)
    for body in _bodies(head, source, html=html):
        for words in _words(body):
            return clean_line(words, limit)
    return None


def _bodies(head: str, source: str, *, html: bool) -> Iterator[Body]:
    """Yield the head whole if there is HTML in it, else one chunk of Markdown after the other."""
    if html or head.startswith("<") or "\n<" in head:
        yield parse_body(head, html=html)
        return
    for chunk in chunks(outside_fences(head.split("\n"))):
        if not _NO_WORDS.match(chunk):
            yield parse_body(_with_definitions(chunk, source), html=False)


def _with_definitions(chunk: str, source: str) -> str:
    """Return a chunk with the addresses that its references stand for, which are far below."""
    if "[" not in chunk:
        return chunk
    found = islice(_DEFINITION.finditer(source, 0, MAX_SOURCE), MAX_DEFINITIONS)
    return "\n".join([chunk, "", *(one[0] for one in found)])


def _words(body: Body) -> Iterator[str]:
    for block in body.blocks:
        if block.kind == "paragraph":
            words = _REFERENCE.sub(r"\1", _LABEL.sub("", block.text))
            if words.strip():
                yield words.strip()
