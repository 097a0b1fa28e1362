"""Text as words that can be compared: runs of letters and digits, folded.

Everything else parts words, apostrophes too (`l'Afrique` is found by `afrique`). What writes no
spaces is cut at each character, and so is emoji; `+` and `#` are words of their own right after
another one (`C++`, `C#`).
"""

import re
from functools import cache, lru_cache
from unicodedata import category

from reader.text import fold

MAX_WORD = 64
"""Characters; what is longer is cut, also where it is looked for."""

_SHORT = 32  # characters of a run whose folding is remembered

_compiled = cache(re.compile)

ASCII = "".join(
    chr(code).lower() if chr(code).isalnum() or chr(code) in "+#" else " " for code in range(128)
)
"""What each ASCII character becomes in a text that words are cut from."""

STRAY_SIGNS = r"(?<!\S)[+#]+"
"""What is no word in such a text, for it stands after none."""

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


def parted(text: str) -> str:
    """Return the words of a text with one space between them."""
    return _joined(spaced(text))


def spaced(text: str) -> str:
    """Return a text folded, with spaces for what parts words and around what is cut."""
    if text.isascii():
        return text.translate(ASCII)
    text = _compiled(_OTHERS).sub(_folded, text.lower())
    if text.isascii():
        return text.translate(ASCII)
    return _compiled(_UNSPACED).sub(_cut, _compiled(_ASCII_GAP).sub(" ", text))


def _joined(text: str) -> str:
    if "+" in text or "#" in text:
        text = _compiled(STRAY_SIGNS).sub(" ", text).replace("+", " + ").replace("#", " # ")
    words = text.split()
    if len(max(words, key=len, default="")) > MAX_WORD:
        words = [word[:MAX_WORD] for word in words]
    return " ".join(words)


def _folded(run: re.Match[str]) -> str:
    """Return a run folded; of a long one, only what folding may change is worked on."""
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
