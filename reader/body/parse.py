"""The body of an article -> blocks; whatever goes wrong, there is something to read."""

import re

from reader.body.blocks import Block, Body, Span
from reader.body.builder import MAX_BLOCKS, Builder, Full
from reader.body.dialect import PLAIN, Dialect
from reader.body.source import MAX_SOURCE, bounded, chunks
from reader.body.tags import Tags
from reader.text import clean_block

MAX_COMMENT = 1_000  # characters of a comment before the first tag
MAX_COMMENTS = 5

_SPACE = re.compile(r"\s*+")
_BLOCK_TAG = re.compile(
    r"<(?:!doctype|html|body|head|meta|div|p|h[1-6]|ul|ol|dl|table|section|article|main|header"
    r"|figure|blockquote|center|iframe|pre|hr)(?:[\s/>]|$)",
    re.IGNORECASE,
)


def parse_body(
    source: str, *, html: bool, base: str | None = None, dialect: Dialect = PLAIN
) -> Body:
    """Return the blocks and links of a body; `html` says that it is known to be no Markdown.

    Relative addresses are resolved against `base`; `dialect` is how the site writes. Never
    raises: what no parser can read comes as plain paragraphs.
    """
    html = html or looks_like_html(source)
    text, cut = bounded(source, max_lines=MAX_SOURCE) if html else bounded(source)
    builder = Builder(base)
    try:
        _read(dialect.shown(text, html=html), Tags(builder), html=html)
        builder.close()
    except Full:
        cut = True
    except Exception:  # parsers raise what they like on hostile text
        return _plain(text, cut=cut)
    return builder.finish(cut=cut)


def looks_like_html(source: str) -> bool:
    """Tell whether a body is HTML throughout: it begins with a block's tag and ends with a tag."""
    return (
        source.rstrip().endswith(">") and _BLOCK_TAG.match(source, _first_tag(source)) is not None
    )


def _first_tag(source: str) -> int:
    """Return where the first tag may stand: behind white space and some comments."""
    at = _after_space(source, 0)
    for _ in range(MAX_COMMENTS):
        end = source.find("-->", at, at + MAX_COMMENT) if source.startswith("<!--", at) else -1
        if end < 0:
            break
        at = _after_space(source, end + 3)
    return at


def _after_space(source: str, at: int) -> int:
    found = _SPACE.match(source, at)
    return found.end() if found else at


def _read(text: str, tags: Tags, *, html: bool) -> None:
    """Let the one parser read that is needed, and import no other: both take their time."""
    if html:
        from reader.body.html import read_html as read
    else:
        from reader.body.markdown import read_markdown as read
    read(text, tags)


def _plain(text: str, *, cut: bool) -> Body:
    """Return the text as it is, in paragraphs."""
    texts = [clean_block(chunk).strip() for chunk in chunks(text.split("\n"))]
    blocks = [Block("paragraph", (Span(chunk),)) for chunk in texts if chunk]
    return Body(tuple(blocks[:MAX_BLOCKS]), (), cut or len(blocks) > MAX_BLOCKS)
