"""What an article is found by: words made equal, so that looking for some is looking for a text.

Each field is ` word word `, so ` foo ba` in it is the word `foo` and then one that begins with
`ba`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import category

from reader.folding import ASCII, MAX_WORD, STRAY_SIGNS, parted, spaced
from reader.model import Article
from reader.text import clean_line

FIELDS = ("title", "excerpt", "provider", "topics", "body")
"""What is searched, in the order in which it stands in the words of an article."""

BETWEEN = " | "
"""What keeps a phrase from being found across two topics; no word has this mark."""

_MAX_BODY = 1 << 16  # characters of its words
_MAX_SOURCE = 4 * _MAX_BODY
_MAX_NEEDLE = 64  # words

_compiled = cache(re.compile)

_ASCII_RUN = r"[\0-\x7f]+(?![^\0-\x7f])"  # without the last before a mark

_MARKUP = (  # each alternative ends at the first character that it cannot take: linear
    r"(?i)<(?:script|style)\b[^<]*+(?:<(?!/(?:script|style)\b)[^<]*+)*+(?:<[^<>]*+>?|\Z)"
    r"|<!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)"
    r"|</?[a-z][^<>]*+>"
    r"|(?<=\])\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+"
    r"|(?:https?://|www\.|data:)[^\s<>\"'()\[\]]*+"
    r"|\{[{%][^{}]*+\}"
)


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for, as it stands in the words of an article; false where that is nothing.

    `field` is one of `FIELDS`, or empty for any of them.
    """

    text: str
    field: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def words(self) -> list[str]:
        """The words in their order."""
        return self.text.split()

    @property
    def whole(self) -> bool:
        """Whether the last word is all of a word, and not its beginning."""
        return self.text.endswith(" ")


def words_of(article: Article, body: str = "") -> str:
    """Return what an article is found by; `body` is its source, Markdown or HTML."""
    if article.problem is not None:
        fields = [parted(article.title), parted(article.path), "", "", ""]
    else:
        fields = [
            parted(article.title),
            parted(article.excerpt or ""),
            parted(article.provider or ""),
            BETWEEN.join(filter(None, map(parted, article.topics))),
            _body(body),
        ]
    return "\n".join([text and f" {text} " for text in fields])


def needle_of(kind: str, value: str, field: str = "") -> Needle:
    """Return what to look for: a "word" may go on, a "phrase" is of whole words."""
    words = parted(clean_line(value)).split()[:_MAX_NEEDLE]
    if not words:
        return Needle("")
    return Needle(" " + " ".join(words) + " " * (kind == "phrase"), field)


def is_in(needle: Needle, words: bytes) -> bool:
    """Whether the words of an article, as UTF-8, have what is looked for."""
    if needle.field:
        words = words.split(b"\n")[FIELDS.index(needle.field)] if words else b""
    return needle.text.encode() in words


def spans(title: str, needles: Iterable[Needle]) -> list[tuple[int, int]]:
    """Return where needles match in a title as it is shown: ends of parts that do not touch."""
    words = list(_located(title))
    shown = (needle for needle in needles if needle and needle.field in ("", "title"))
    found = [span for needle in shown for span in _matches(words, needle)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _body(source: str) -> str:
    """Return the words of a body, without what its markup says."""
    if not source:
        return ""
    text = _compiled(_MARKUP).sub(" ", source[:_MAX_SOURCE])
    if "&" in text:
        from html import unescape

        text = unescape(text)
    words = parted(text.replace("\u00ad", ""))
    return words if len(words) <= _MAX_BODY else words[:_MAX_BODY].rpartition(" ")[0]


# Where in a title that is shown


_Located = tuple[str, list[int], list[int]]
"""A word, and where each of its characters begins and ends in the title."""


def _located(title: str) -> Iterator[_Located]:
    text, starts, ends = _aligned(title)
    text = _compiled(STRAY_SIGNS).sub(lambda run: " " * len(run[0]), text)
    for word in _compiled(r"[+#]|[^\s+#]+").finditer(text):
        at, end = word.start(), min(word.end(), word.start() + MAX_WORD)
        yield text[at:end], starts[at:end], ends[at:end]


def _aligned(title: str) -> tuple[str, list[int], list[int]]:
    """Return a title as its words are cut from it, with where each character is from."""
    starts, ends, parts = list[int](), list[int](), list[str]()
    at = 0
    while at < len(title):
        if run := _compiled(_ASCII_RUN).match(title, at):
            end, part = run.end(), run[0].translate(ASCII)
            starts += range(at, end)
            ends += range(at + 1, end + 1)
        else:
            end = _end_of_cluster(title, at)
            part = spaced(title[at:end])
            starts += [at] * len(part)
            ends += [end] * len(part)
        parts.append(part)
        at = end
    return "".join(parts), starts, ends


def _end_of_cluster(text: str, at: int) -> int:
    """Return where a character ends with the marks on it, which fold for themselves."""
    end = at + 1
    while end < len(text) and _goes_on(text[end]):
        end += 1
    return end


def _goes_on(char: str) -> bool:
    """Whether a character is one with that before it: marks, joiners, jamo, half-width ones."""
    return char > "\u02ff" and (
        category(char) in ("Mn", "Mc", "Me", "Cf")
        or "\u1160" <= char <= "\u11ff"
        or "\u3131" <= char <= "\u318e"
        or "\uff9e" <= char <= "\uffdc"
    )


def _matches(words: list[_Located], needle: Needle) -> Iterator[tuple[int, int]]:
    wanted, whole = needle.words, needle.whole
    last = wanted.pop()
    for at in range(len(words) - len(wanted)):
        word, _, ends = words[at + len(wanted)]
        if word != last if whole else not word.startswith(last):
            continue
        if all(words[at + n][0] == wanted[n] for n in range(len(wanted))):
            yield words[at][1][0], ends[len(last) - 1]
