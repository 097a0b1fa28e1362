"""What an article is found by: words made equal, so that looking for some is looking for a text.

Each field is ` word word `, so ` foo ba` in it is the word `foo` and then one that begins with
`ba`. Words are runs of letters and digits, folded; everything else parts them, apostrophes too
(`l'Afrique` is found by `afrique`). What writes no spaces is cut at each character, and so is
emoji; `+` and `#` are words of their own right after another one (`C++`, `C#`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import category

from reader.model import Article
from reader.text import clean_line, fold

FIELDS = ("title", "excerpt", "provider", "topics", "body")
"""What is searched, in the order in which it stands in the words of an article."""

BETWEEN = " | "
"""What keeps a phrase from being found across two topics; no word has this mark."""

_MAX_BODY = 1 << 16  # characters of its words
_MAX_SOURCE = 4 * _MAX_BODY
_MAX_WORD = 64  # characters; what is longer is cut, also where it is looked for
_MAX_NEEDLE = 64  # words
_SHORT = 32  # characters of a run whose folding is remembered

_compiled = cache(re.compile)

_ASCII = "".join(
    chr(code).lower() if chr(code).isalnum() or chr(code) in "+#" else " " for code in range(128)
)
_ASCII_GAP = r"[\0-\x1f!\"$-*,\-./:-@\[-`{-\x7f]+"
_UNFOLDED = (  # kana, ideographs and Hangul that folding leaves as they are
    r"\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
)
_OTHERS = r"[^\0-\x7f]+"
_TO_FOLD = rf"(?s).?[^{_UNFOLDED}]+"  # with what a mark may be joined to
_UNSPACED = (  # Thai, Lao, Myanmar, Khmer, kana, ideographs, emoji
    r"[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u2600-\u2bff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\U0001f000-\U0003ffff]+"
)
_EMOJI = "\u2600"  # from here on, symbols are words
_APOSTROPHES = "\u02bb\u02bc"  # that Unicode has among the letters
_STRAY_SIGNS = r"(?<!\S)[+#]+"

_MARKUP = (  # each alternative ends at the first character that it cannot take: linear
    r"(?i)<(?P<hidden>script|style)\b[^<]*+(?:<(?!/(?:script|style)\b)[^<]*+)*+(?:<[^<>]*+>?|\Z)"
    r"|<!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)"
    r"|</?[a-z][^<>]*+>"
    r"|(?<=\])\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+"
    r"|(?:https?://|www\.|data:)[^\s<>\"'()\[\]]*+"
    r"|\{[{%][^{}]*+\}"
)


@dataclass(frozen=True, slots=True)
class Needle:
    """What is looked for, as it stands in the words of an article; false where that is nothing."""

    text: str

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
        fields = [_parted(article.title), _parted(article.path), "", "", ""]
    else:
        fields = [
            _parted(article.title),
            _parted(article.excerpt or ""),
            _parted(article.provider or ""),
            BETWEEN.join(filter(None, map(_parted, article.topics))),
            _body(body),
        ]
    return "\n".join([text and f" {text} " for text in fields])


def needle_of(kind: str, value: str) -> Needle:
    """Return what to look for: a "word" may go on, a "phrase" is of whole words."""
    words = _parted(clean_line(value)).split()[:_MAX_NEEDLE]
    if not words:
        return Needle("")
    return Needle(" " + " ".join(words) + " " * (kind == "phrase"))


def found_in(words: str, needle: Needle) -> bool:
    """Return whether the words of an article have what is looked for; nothing is everywhere."""
    return needle.text in words


def spans(title: str, needles: Iterable[Needle]) -> list[tuple[int, int]]:
    """Return where needles match in a title as it is shown: ends of parts that do not touch."""
    words = list(_located(title))
    found = [span for needle in needles if needle for span in _matches(words, needle)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _parted(text: str) -> str:
    """Return the words of a text with one space between them."""
    return _joined(_spaced(text))


def _body(source: str) -> str:
    """Return the words of a body, without what its markup says."""
    if not source:
        return ""
    text = _compiled(_MARKUP).sub(" ", source[:_MAX_SOURCE])
    if "&" in text:
        from html import unescape

        text = unescape(text)
    words = _parted(text.replace("\u00ad", ""))
    return words if len(words) <= _MAX_BODY else words[:_MAX_BODY].rpartition(" ")[0]


def _spaced(text: str) -> str:
    """Return a text folded, with spaces for what parts words and around what is cut."""
    if text.isascii():
        return text.translate(_ASCII)
    text = _compiled(_OTHERS).sub(_folded, text.lower())
    if text.isascii():
        return text.translate(_ASCII)
    return _compiled(_UNSPACED).sub(_cut, _compiled(_ASCII_GAP).sub(" ", text))


def _joined(text: str) -> str:
    if "+" in text or "#" in text:
        text = _compiled(_STRAY_SIGNS).sub(" ", text).replace("+", " + ").replace("#", " # ")
    words = text.split()
    if len(max(words, key=len, default="")) > _MAX_WORD:
        words = [word[:_MAX_WORD] for word in words]
    return " ".join(words)


def _folded(run: re.Match[str]) -> str:
    """Return a run folded; what a long one has of characters that stay is left out of it."""
    text = run[0]
    return _short(text) if len(text) <= _SHORT else _compiled(_TO_FOLD).sub(_folded_part, text)


def _folded_part(run: re.Match[str]) -> str:
    text = run[0]
    return _short(text) if len(text) <= _SHORT else _letters(text)


def _letters(text: str) -> str:
    """Return folded letters, digits, marks and emoji, and a space for anything else."""
    return "".join([char if _is_part(char) else " " for char in fold(text)])


_short = lru_cache(1 << 13)(_letters)


def _is_part(char: str) -> bool:
    if char.isalnum():
        return char not in _APOSTROPHES
    kind = category(char)
    return kind[0] == "M" or (kind == "So" and char >= _EMOJI) or char in "+#"


def _cut(run: re.Match[str]) -> str:
    return f" {' '.join(run[0])} "


# Where in a title that is shown


_Located = tuple[str, list[int], list[int]]
"""A word, and where each of its characters begins and ends in the title."""


def _located(title: str) -> Iterator[_Located]:
    starts, ends, parts = [], [], []
    for start, end in _clusters(title):
        part = _spaced(title[start:end])
        parts.append(part)
        starts += [start] * len(part)
        ends += [end] * len(part)
    text = _compiled(_STRAY_SIGNS).sub(lambda run: " " * len(run[0]), "".join(parts))
    for word in _compiled(r"[+#]|[^\s+#]+").finditer(text):
        at, end = word.start(), min(word.end(), word.start() + _MAX_WORD)
        yield text[at:end], starts[at:end], ends[at:end]


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts that fold for themselves: a character with the marks on it."""
    if text.isascii():
        yield from ((at, at + 1) for at in range(len(text)))
        return
    start = 0
    for at, char in enumerate(text):
        if at and not _goes_on(char):
            yield start, at
            start = at
    yield start, len(text)


def _goes_on(char: str) -> bool:
    """Whether a character is one with that before it: marks, joiners, jamo, half-width voicing."""
    return char > "\u02ff" and (
        category(char) in ("Mn", "Mc", "Me", "Cf")
        or "\u1160" <= char <= "\u11ff"
        or char in "\uff9e\uff9f"
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
