"""The words of an article as they came -> its excerpt and its body."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from reader.feeds.formats.markdown import target, text_to_markdown, to_markdown
from reader.feeds.formats.trimming import trimmed
from reader.feeds.values import Enclosure
from reader.text import clean_line, plain

MAX_EXCERPT = 500
"""Characters."""

_HEAD = 20 * MAX_EXCERPT  # characters that an excerpt is made of
_DOCTYPE = re.compile(r"\s*<!doctype[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-zA-Z!]")
_ASIDE = re.compile(
    r"(</?(?:figure|h[1-6]|iframe|noscript|pre|svg|table)(?=[\s/>])[^<>]*>)", re.IGNORECASE
)
_CUT = re.compile(r"\s*\[(?:…|\.\.\.)\]\Z")
_SAYS_NOTHING = re.compile(r"Comments|https?://\S+")
_ANNOUNCED = re.compile(r"arXiv:\S+ Announce Type: [\w-]+ Abstract: ")
_NOTE = re.compile(
    r"<sup[^<>]*>\s*<a\s[^<>]*>[^<>]{0,9}</a>\s*</sup>"
    r"|<a class=\"footnote-anchor\"[^<>]*>[^<>]*</a>"
)
_LAST_LINK = re.compile(r"<ul><li><a [^<>]*>[^<>]*</a></li></ul>\Z")


class Text(NamedTuple):
    """A text of a feed; `base` is what its addresses are relative to."""

    value: str
    html: bool
    base: str


def excerpt_and_body(
    texts: list[Text], title: str = "", own: str | None = None
) -> tuple[str | None, str | None]:
    """Return the plain beginning of the first text, and the fullest text as Markdown.

    There is no excerpt where it would be the title, and no body where it would say no more than
    the excerpt. `own` is where the article is, as far as that is known.
    """
    texts = [_trimmed(text, own) for text in texts]
    texts = [text for text in texts if text.value]
    if not texts:
        return None, None
    if len(texts) == 2 and texts[0].value == texts[1].value:
        texts = texts[1:]
    excerpt = next((words for text in texts if (words := _excerpt(text))), None)
    fullest = texts[0] if len(texts) == 1 else max(texts, key=lambda text: len(text.value))
    body = _body(fullest)
    excerpt = None if excerpt == title else excerpt
    return excerpt, None if not body or body in (excerpt, title) else body


def _trimmed(text: Text, own: str | None) -> Text:
    if not text.html or ("<" not in text.value and "&lt;" not in text.value):
        return text
    return text._replace(value=trimmed(text.value, own))


def _excerpt(text: Text) -> str:
    head = text.value[:_HEAD]
    line = _plain(head) if text.html else clean_line(head)
    if line.endswith("]"):
        line = _CUT.sub("…", line)
    elif line.startswith("arXiv:"):
        line = _ANNOUNCED.sub("", line)
    return "" if _SAYS_NOTHING.fullmatch(line) else cut_at_word(line)


def _plain(html: str) -> str:
    """Return HTML as a line, without headings, pictures, tables and code if more is there."""
    html = _LAST_LINK.sub("", _DOCTYPE.sub("", html, 1))
    if "<" not in html:
        return plain(html)
    parts = _ASIDE.split(_NOTE.sub("", html) if "</a>" in html else html)
    if len(parts) == 1:
        return plain(parts[0])
    kept, depth = [], 0
    for at, part in enumerate(parts):
        if at % 2:
            depth += -1 if part[1] == "/" else 1
        elif depth <= 0:
            depth = 0
            kept.append(part)
    return plain(" ".join(kept)) or plain(html)


def with_recording(excerpt: str | None, body: str | None, files: Iterable[Enclosure]) -> str | None:
    """Return a body that leads to the first recording or film that came with an article."""
    found = next((one for one in files if (one.type or "").startswith(("audio/", "video/"))), None)
    if found is None or found.url in (body or ""):
        return body
    link = f"- [{str(found.type).partition('/')[0].capitalize()}]({target(found.url)})"
    return f"{body or text_to_markdown(excerpt or '')}\n\n{link}".lstrip()


def cut_at_word(line: str) -> str:
    """Return a line cut to the length of an excerpt, between two words if there are any."""
    if len(line) <= MAX_EXCERPT:
        return line
    return (line[: MAX_EXCERPT + 1].rpartition(" ")[0] or line[:MAX_EXCERPT]).rstrip()


def _body(text: Text) -> str | None:
    """Return the body, None where the excerpt has every word and there is nothing else to it."""
    if text.html and "<" in text.value and _MARKUP.search(text.value):
        return to_markdown(text.value, text.base)
    has_lines = not text.html and ("\n" in text.value.strip() or "://" in text.value)
    if len(text.value) <= MAX_EXCERPT and not has_lines:
        return None
    if text.html:
        return to_markdown(text.value, text.base)
    return text_to_markdown(text.value)
