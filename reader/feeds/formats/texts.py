"""The words of an article as they came -> its excerpt and its body."""

import re
from typing import NamedTuple

from reader.feeds.formats.markdown import text_to_markdown, to_markdown
from reader.text import clean_line, plain

MAX_EXCERPT = 500
"""Characters."""

_HEAD = 20 * MAX_EXCERPT  # characters that an excerpt is made of
_DOCTYPE = re.compile(r"\s*<!doctype[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-zA-Z!]")


class Text(NamedTuple):
    """A text of a feed; `base` is what its addresses are relative to."""

    value: str
    html: bool
    base: str


def excerpt_and_body(texts: list[Text]) -> tuple[str | None, str | None]:
    """Return the plain beginning of the first text, and the fullest text as Markdown.

    There is no body where it would say no more than the excerpt.
    """
    texts = [text for text in texts if text.value]
    if not texts:
        return None, None
    if len(texts) == 2 and texts[0].value == texts[1].value:
        texts = texts[1:]
    excerpt = next((words for text in texts if (words := _excerpt(text))), None)
    fullest = texts[0] if len(texts) == 1 else max(texts, key=lambda text: len(text.value))
    body = _body(fullest)
    return excerpt, None if not body or body == excerpt else body


def _excerpt(text: Text) -> str:
    head = text.value[:_HEAD]
    return cut_at_word(plain(_DOCTYPE.sub("", head, 1)) if text.html else clean_line(head))


def cut_at_word(line: str, limit: int = MAX_EXCERPT) -> str:
    """Return a line cut to a length between two words, if there are any."""
    if len(line) <= limit:
        return line
    return (line[: limit + 1].rpartition(" ")[0] or line[:limit]).rstrip()


def _body(text: Text) -> str | None:
    """Return the body, None where the excerpt has every word and there is nothing else to it."""
    if text.html and "<" in text.value and _MARKUP.search(text.value):
        return to_markdown(text.value, text.base)
    if len(text.value) <= MAX_EXCERPT:
        return None
    if text.html:
        return to_markdown(text.value, text.base)
    return text_to_markdown(text.value)
