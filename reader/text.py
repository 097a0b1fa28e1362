"""Text from outside made safe to show, and folded to be searched.

The rules are those of safety.md. Everything invisible goes, because it can hide text, turn it
round or speak to the terminal; what a script or an emoji needs to be drawn stays.
"""

import re
import unicodedata
from functools import cache
from itertools import groupby

MAX_MARKS = 4  # combining marks in a row
MAX_ERROR = 300  # characters of an error in a message

_compiled = cache(re.compile)  # these patterns take 15 ms together, so each waits for its use

# What needs no thought: assigned to no mark, no format character, no white space but U+0020.
_SAFE = (
    r" -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u05d0-\u05f4\u0620-\u064a"
    r"\u0660-\u066f\u0671-\u06d3\u0904-\u0939\u0e01-\u0e30\u10a0-\u115e\u1e00-\u1fff\u2010-\u2027"
    r"\u2030-\u205e\u2070-\u20cf\u2100-\u2cee\u2d00-\u2d7e\u2e00-\u2fff\u3001-\u3029\u3030-\u3098"
    r"\u309b-\u3163\u3165-\ua66e\uac00-\ud7a3\uf900-\ufb1d\ufb1f-\ufdcf\ufdf0-\ufdff\ufe30-\ufefe"
    r"\uff01-\uff9f\uffa1-\uffee\ufffc\ufffd\U0001f000-\U0001faff\U00020000-\U0002fffd"
)
_SAFE_LINE = f"[{_SAFE}]*+"
_SAFE_BLOCK = rf"[{_SAFE}\n]*+"
_UNUSUAL = rf"[^{_SAFE}\s]++"
_UNUSUAL_RUN = rf"[^{_SAFE}\s]{{{MAX_MARKS + 1},}}+"

# Controls that are no white space, bidi controls, default-ignorables (DerivedCoreProperties),
# variation selectors but the emoji one, private use and noncharacters.
_FORBIDDEN = (
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    r"\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ue000-\uf8ff"
    r"\ufdd0-\ufdef\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    + "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 15))
    + "]+"
)
_SURROGATE = r"[\ud800-\udfff]"

_ATTACHED = "\u200c\u200d\ufe0f"  # ZWNJ, ZWJ, VS16
_EMOJI = (
    r"[\xa9\xae\u203c\u2049\u2100-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
    r"\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_JOINED = (  # Arabic and its kin, Indic scripts, Myanmar, Khmer, Mongolian, Phags-pa, Adlam
    r"[\u0620-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua87f\ua8e0-\ua8ff"
    r"\U00010d00-\U00010d3f\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_VIRAMA = r"[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]"
_STRAY = (
    rf"(?<!{_EMOJI})(?!(?<=[#*0-9])\ufe0f\u20e3)\ufe0f"
    rf"|(?<!{_VIRAMA})(?!(?:(?<={_EMOJI})|(?<={_EMOJI}\ufe0f))\u200d{_EMOJI})"
    rf"(?!(?<={_JOINED})\u200d{_JOINED})\u200d"
    rf"|(?!(?<={_JOINED})\u200c{_JOINED})\u200c"
)

_LINE_END = r"\r\n|[\r\v\f\x85\u2028\u2029]"
_SPACE = r"[^\S\n]"
_BLANK_LINES = r"\n{4,}"

_MARKUP = (
    r"<(?:!--|/?([A-Za-z][A-Za-z0-9]{0,9})(?=[\s/>])"
    r"""(?:(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*>|[^<>]*+>))"""
)
_CUT_TAG = r"<[A-Za-z][A-Za-z0-9]{0,9}\s++[A-Za-z-]++\s*+=[^<>]*+\Z"
_HIDDEN_END = {"script": r"(?i:</script\b[^<>]*>)", "style": r"(?i:</style\b[^<>]*>)"}
_INLINE = (
    "a abbr acronym audio b bdi bdo big blink button canvas cite code data datalist del dfn em"
    " embed font i iframe img input ins kbd label map mark meter noscript object output picture"
    " progress q rp rt ruby s samp script select slot small source span strike strong style sub"
    " sup svg template textarea time track tt u var video wbr"
)
_BLOCK = (
    "address applet area article aside base blockquote body br caption center col colgroup dd"
    " details dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3"
    " h4 h5 h6 head header hgroup hr html legend li link main marquee menu meta nav noframes ol"
    " optgroup option p param pre search section summary table tbody td tfoot th thead title tr"
    " ul"
)
_INLINE_ELEMENTS, _BLOCK_ELEMENTS = frozenset(_INLINE.split()), frozenset(_BLOCK.split())
_ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"

_LETTERS = str.maketrans("øłđðħŧı", "olddhti", _ATTACHED)
_CJK = (
    r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_MARKED = (  # what \w leaves out of words: vowel signs, mostly
    r"\u0900-\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a51\u0a70-\u0acd\u0b01-\u0c4d\u0c81-\u0ccd"
    r"\u0d00-\u0d4d\u0d81-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f71-\u0f84\u0f90-\u0fbc"
    r"\u102b-\u103e\u1056-\u109d\u17b6-\u17d3\u0300-\u036f"
)
_WORD = rf"[{_CJK}]+|(?:[^\W_{_CJK}][{_MARKED}]*)+"


def clean_line(text: str, limit: int | None = None) -> str:
    """Return one line of safe text, of at most `limit` characters: the rule for all text shown.

    Idempotent, never fails. The rules are those of safety.md; every code point is tested.
    """
    if not _is_ordinary(text):
        text = " ".join(text.split())
        if not _is_ordinary(text):
            text = " ".join(_visible(text).split())
    elif "  " in text:
        text = " ".join(text.split())
    text = text.strip(" ")
    return text if limit is None else _cut(text, limit)


def clean_block(text: str, limit: int | None = None) -> str:
    """Return safe lines of text, of at most `limit` characters in all: clean_line for bodies.

    Leading spaces stay (code), a tab is 4 spaces, and at most 2 blank lines follow each other.
    Idempotent, never fails.
    """
    if not _compiled(_SAFE_BLOCK).fullmatch(text):
        text = _compiled(_LINE_END).sub("\n", _visible(text)).replace("\t", "    ")
        text = _compiled(_SPACE).sub(" ", text)
    if " \n" in text:
        text = "\n".join([line.rstrip(" ") for line in text.split("\n")])
    text = _compiled(_BLANK_LINES).sub("\n\n\n", text.rstrip(" \n").lstrip("\n"))
    return text if limit is None else _cut(text, limit)


def plain(text: str) -> str:
    """Return the plain line that a title or an excerpt stands for: no tags, entities decoded once.

    Only what looks like an HTML element is a tag: `<MSFT.O>` and `List<string>` are text.
    """
    if "<" in text:
        text = _untagged(text)
    if "&" in text:
        text = _compiled(_ENTITY).sub(_decoded, text)
    return clean_line(text)


def fold(text: str) -> str:
    """Return text as it is searched: without case, accents and compatibility forms.

    Vowel signs, viramas and the voicing marks of kana stay, for they make other letters.
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold()).casefold()
    if not apart.isascii():
        apart = "".join([char for char in apart if not _is_accent(char)]).translate(_LETTERS)
    return unicodedata.normalize("NFC", apart)


def words(text: str) -> list[str]:
    """Return the folded words of a text in order; a number is one, a run of CJK is one."""
    return _compiled(_WORD).findall(fold(text))


def is_rtl(text: str) -> bool:
    """Return whether the first strong character is written right to left (UAX #9, rule P2)."""
    if not text.isascii():
        for char in text:
            direction = unicodedata.bidirectional(char)
            if direction in ("L", "R", "AL"):
                return direction != "L"
    return False


def counted(number: int, noun: str = "article") -> str:
    """Return a number of things in words: `1 article`, `1,234 articles`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def one_line(error: object) -> str:
    """Return an error as one safe line of at most 300 characters; its class where it is silent."""
    try:
        text = _os_error(error) if isinstance(error, OSError) else str(error)
    except Exception:  # a foreign __str__ may raise anything, and this is the last resort
        text = ""
    return clean_line(text[: 10 * MAX_ERROR], MAX_ERROR) or type(error).__name__


def _is_ordinary(text: str) -> bool:
    if text.isascii():
        return text.isprintable()
    return _compiled(_SAFE_LINE).fullmatch(text) is not None


def _visible(text: str) -> str:
    """Return the text without what may not be in it; white space is left to the caller.

    The order makes it idempotent: each step leaves nothing for those before it.
    """
    if _compiled(_SURROGATE).search(text):  # pairs are one character written as two escapes
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _compiled(_UNUSUAL).sub(_allowed, text)
    if any(char in text for char in _ATTACHED):
        text = _compiled(_STRAY).sub("", text)
    return _compiled(_UNUSUAL_RUN).sub(_few_marks, text)


def _allowed(run: re.Match[str]) -> str:
    return _compiled(_FORBIDDEN).sub("", run[0])


def _few_marks(run: re.Match[str]) -> str:
    groups = [(attached, list(chars)) for attached, chars in groupby(run[0], _is_attached)]
    return "".join(["".join(_first_marks(c) if attached else c) for attached, c in groups])


def _first_marks(chars: list[str]) -> list[str]:
    marks = [char for char in chars if char not in _ATTACHED]
    return chars if len(marks) <= MAX_MARKS else marks[:MAX_MARKS]


def _is_attached(char: str) -> bool:
    return char in _ATTACHED or unicodedata.category(char)[0] == "M"


def _is_accent(char: str) -> bool:
    """Whether a mark only decorates: by its class, for 7 to 9 and 84 to 132 make other letters."""
    position = unicodedata.combining(char)
    return position == 1 or 10 <= position <= 36 or position >= 200


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: max(limit, 0)].rstrip(" \n" + _ATTACHED)


def _untagged(text: str) -> str:
    """Return the text without tags and comments; linear, for no match looks past the next `<`."""
    parts, kept, at = [], 0, 0
    while found := _compiled(_MARKUP).search(text, at):
        at = found.end()
        name = found[1]
        if name is None or _is_element(name):
            parts += [text[kept : found.start()], _gap(name)]
            kept = at = _end_of_hidden(text, found)
    rest = text[kept:]
    return "".join([*parts, _compiled(_CUT_TAG).sub("", rest)])


def _is_element(name: str) -> bool:
    """Whether a name is HTML's; `List<Object>` is not, for nobody writes elements in Title Case."""
    lower = name.lower()
    return name in (lower, name.upper()) and (lower in _INLINE_ELEMENTS or lower in _BLOCK_ELEMENTS)


def _gap(name: str | None) -> str:
    return "" if name is None or name.lower() in _INLINE_ELEMENTS else " "


def _end_of_hidden(text: str, found: re.Match[str]) -> int:
    """Return where text goes on after a tag or comment; one never closed hides all, as in HTML."""
    if found[1] is None:
        end = text.find("-->", found.end())
        return end + 3 if end >= 0 else len(text)
    closing = _HIDDEN_END.get(found[1].lower())
    if closing is None or found[0][1] == "/":
        return found.end()
    end_tag = _compiled(closing).search(text, found.end())
    return end_tag.end() if end_tag else len(text)


def _decoded(entity: re.Match[str]) -> str:
    from html import unescape
    from html.entities import html5

    text = entity[0]
    return unescape(text) if text[1] == "#" else html5.get(text[1:], text)


def _os_error(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{reason}: {error.filename}" if error.strerror and error.filename else reason
