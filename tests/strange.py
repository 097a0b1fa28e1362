"""Texts that terminals find hard to show, and texts that are meant to harm."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from reader.text import clean_line

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
FLAGS = "\U0001f1eb\U0001f1f7\U0001f1e9\U0001f1ea\U0001f1ef\U0001f1f5"
SKIN = "\U0001f44b\U0001f3fd\U0001f44d\U0001f3ff"
HEART = "\u2764\ufe0f\u2601\ufe0f\u26a0\ufe0f"

TITLES = {
    "latin": "A harbour opens again: cranes, tides and forty ships “waiting” outside",
    "long word": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenfabrikarbeiter",
    "japanese": "港が再開し、沖では四十隻の船が待っている。潮とクレーンについての長い報告",
    "mixed": "東京のHarbourは再び開きますAgain、四十隻のShipsが沖で待っている",
    "korean": "항구가 다시 열리고 마흔 척의 배가 밖에서 기다리고 있다 그리고 크레인",
    "combining": "Vie\u0323\u0302t Nam mo\u031b\u0309 la\u0323i ca\u0309ng " * 4,
    "thai": "ท่าเรือเปิดอีกครั้งและเรือสี่สิบลำรออยู่ข้างนอก",
    "hindi": "बंदरगाह फिर खुला और चालीस जहाज बाहर प्रतीक्षा कर रहे हैं",
    "emoji": f"{FAMILY} and {FLAGS} and {SKIN} and {HEART} at the harbour {FAMILY * 12}",
    "flags": FLAGS * 20,
    "arabic": "الميناء يفتح أبوابه من جديد وأربعون سفينة تنتظر في الخارج عند المد",
    "hebrew": "הנמל נפתח מחדש וארבעים ספינות ממתינות בחוץ לגאות",
}

PAYLOADS = {
    "colour": "a\x1b[31mred\x1b[0m",
    "clipboard": "a\x1b]52;c;aGFybQ==\x07b",
    "window title": "a\x1b]2;harm\x1b\\b",
    "markup": "[@click=app.quit]x[/] [bold]y[/bold] [/] [link=https://example.com]z[/link]",
    "c1": "a\x9b31mred\x9d52;c;aGFybQ==\x9cb",
    "bidi": "safe \u202egnp.exe\u202c \u2066x\u2069 \u200f\u200e",
    "tags": "a" + "".join(chr(0xE0000 + ord(char)) for char in "hidden") + "\U000e007fb",
    "marks": "a" + "\u0301" * 300 + "b",
    "lines": "a\nb\r\nc\u2028d\u2029e\x85f\x0bg\x0ch",
    "tabs and nul": "a\tb\x00c\x08d\x7fe",
    "surrogates": "a\ud83d b\udc00 \udce9c",
    "long": "harbour " * 12_500,
}

ATTRIBUTES = ("bold", "dim", "italic", "underline", "blink", "blink2", "reverse", "strike")
OURS = {"bold", "dim", "italic", "reverse"}
"""What we write in, besides colours."""


def cleaned(text: str) -> str:
    """Return a text as the files layer hands it on."""
    return clean_line(text)


def check_strip(strip: Strip, width: int) -> None:
    """Check that a line is as wide as its pane, and shows text in our styles and nothing else."""
    assert strip.cell_length == width
    assert sum(cell_len(segment.text) for segment in strip) == width
    for segment in strip:
        check_segment(segment)


def check_segment(segment: Segment) -> None:
    """Check that a segment has a style of ours, and no character that a terminal obeys."""
    assert segment.control is None
    assert segment.style is not None
    assert not segment.style.meta
    assert not segment.style.link
    assert OURS.issuperset(name for name in ATTRIBUTES if getattr(segment.style, name))
    for character in segment.text:
        code = ord(character)
        assert code >= 0x20
        assert not 0x7F <= code < 0xA0
        assert not 0xD800 <= code < 0xE000
        assert not 0xE0000 <= code < 0xE1000
        assert character not in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
