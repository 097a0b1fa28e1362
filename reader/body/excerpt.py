"""The first paragraph of a body, for articles that came without an excerpt."""

import re
from collections.abc import Iterator

from reader.body.blocks import Body
from reader.body.parse import looks_like_html, parse_body
from reader.body.source import bounded, chunks, outside_fences
from reader.text import clean_line

HEAD = 8192
"""Characters of a body that are looked at."""

_MORE = re.compile(r"<!--\s{0,9}more\s{0,9}-->", re.IGNORECASE)
_NO_WORDS = re.compile(r"#|\||[-*+] |> ?|    |\t|\{[{%:]|\[\[?toc\]", re.IGNORECASE)
_LABEL = re.compile(r"\[(?:picture|video|audio|embedded)(?:: [^\[\]]*+)?\]")
_REFERENCE = re.compile(r"\[([^\[\]]++)\]\[[^\[\]]*+\]")


def first_paragraph(source: str, *, html: bool, limit: int = 500) -> str | None:
    """Return the words before `<!--more-->`, else those of the first paragraph that has any.

    Only the first 8 KB are looked at, and of Markdown no more than is needed is parsed.
    """
    html = html or looks_like_html(source)
    head, _ = bounded(source[:HEAD])
    more = _MORE.search(head)
    teaser = " ".join(_words(parse_body(head[: more.start()], html=html))) if more else ""
    if teaser:
        return clean_line(teaser, limit)
    for body in _bodies(head, html=html):
        for words in _words(body):
            return clean_line(words, limit)
    return None


def _bodies(head: str, *, html: bool) -> Iterator[Body]:
    """Yield the head whole if there is HTML in it, else one chunk of Markdown after the other."""
    if html or head.startswith("<") or "\n<" in head:
        yield parse_body(head, html=html)
        return
    for chunk in chunks(outside_fences(head.split("\n"))):
        if not _NO_WORDS.match(chunk):
            yield parse_body(chunk, html=False)


def _words(body: Body) -> Iterator[str]:
    for block in body.blocks:
        if block.kind == "paragraph":
            words = _REFERENCE.sub(r"\1", _LABEL.sub("", block.text))
            if words.strip():
                yield words.strip()
