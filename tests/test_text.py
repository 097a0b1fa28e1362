import os
import random
import sys
import time
import unicodedata
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import text as module
from reader.text import MAX_MARKS, clean_block, clean_line, fold, is_rtl, one_line, plain, words

LINES = int(os.environ.get("TEXT_LINES", "20000"))
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
JOINERS = "\u200c\u200d\ufe0f"
FILLERS = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\ufeff\uffa0\u200b"
FAMILY = "👨\u200d👩\u200d👧"

# What the generated strings are made of: whatever may trip a rule, and what surrounds it.
PIECES = [
    *("a", "Zz", "9", "1\ufe0f\u20e3", "é", "e\u0301", "\u0301", "\u0301" * 5, "\u20e3", "\u0903"),
    *(
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\n\n\n\n",
        "\x85",
        "\u2028",
        "\u2029",
        "\xa0",
        "\u3000",
    ),
    *(
        "\x1b[31m",
        "\x1b]52;c;aGk=\x07",
        "\x00",
        "\x1c",
        "\x7f",
        "\x9b",
        "\ud83d",
        "\ude00",
        "\udce9",
    ),
    *("\u202e", "\u2066", "\u200b", "\ufeff", "\u00ad", "\u2060", "\u180e", "\U000e0041", "\ufdd0"),
    *("\u200c", "\u200d", "\ufe0f", "\ufe0e", "😀", "❤", "👩", "🏽", "🔥", "\U000e0100", "\ue000"),
    *(
        "م",
        "ی",
        "\u064b",
        "क",
        "\u094d",
        "ष",
        "\u0dca",
        "漢字",
        "가",
        "\u3164",
        "<b>",
        "&amp;",
        "$",
    ),
]


def _is_forbidden(char: str) -> bool:
    code = ord(char)
    return (
        unicodedata.category(char) in ("Cc", "Cs", "Co", "Zl", "Zp")
        or (char != " " and char.isspace())
        or char in BIDI + FILLERS
        or 0xE0000 <= code <= 0xE0FFF
        or 0x2060 <= code <= 0x206F
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    )


def _longest_run_of_marks(text: str) -> int:
    marks = (unicodedata.category(char)[0] == "M" and char != "\ufe0f" for char in text)
    return max((len(list(run)) for is_mark, run in groupby(marks) if is_mark), default=0)


def _generated(seed: int, count: int) -> list[str]:
    chosen = random.Random(seed)
    return ["".join(chosen.choices(PIECES, k=chosen.randrange(12))) for _ in range(count)]


def _assert_line(raw: str) -> None:
    line = clean_line(raw)
    assert clean_line(line) == line, ascii(raw)
    assert line == " ".join(line.split()), ascii(raw)
    assert not any(map(_is_forbidden, line)), ascii(raw)
    if not line.isascii():
        assert _longest_run_of_marks(line) <= MAX_MARKS, ascii(raw)


def _assert_block(raw: str) -> None:
    block = clean_block(raw)
    assert clean_block(block) == block, ascii(raw)
    assert " \n" not in block, ascii(raw)
    assert "\n\n\n\n" not in block, ascii(raw)
    assert not any(map(_is_forbidden, block.replace("\n", ""))), ascii(raw)
    if not block.isascii():
        assert _longest_run_of_marks(block) <= MAX_MARKS, ascii(raw)


ALL = [chr(code) for code in range(sys.maxunicode + 1)]


@pytest.fixture(scope="module")
def kept_in_lines() -> set[str]:
    return {
        char
        for at in range(0, len(ALL), 4096)
        for char in clean_line("a".join(ALL[at : at + 4096]))
    }


def test_no_forbidden_code_point_survives_in_a_line(kept_in_lines: set[str]) -> None:
    assert len(ALL) == 1_114_112
    assert [hex(ord(char)) for char in kept_in_lines if _is_forbidden(char)] == []


def test_every_code_point_alone_is_cleaned_as_it_is_in_company(kept_in_lines: set[str]) -> None:
    some = {*ALL[:0x32000], *ALL[0xE0000:0xE1000], *ALL[0x32000::97]}
    alone = {char for char in some if clean_line(char) == char}
    assert alone - kept_in_lines == set()
    assert (kept_in_lines & some) - alone == {" "}


def test_every_visible_code_point_survives(kept_in_lines: set[str]) -> None:
    hidden = {"\u3164", "\uffa0", "\u115f", "\u1160"}
    lost = {char for char in ALL if unicodedata.category(char)[0] in "LNPS"} - kept_in_lines
    assert lost == hidden


def test_every_mark_survives_but_variation_selectors_and_the_invisible_ones(
    kept_in_lines: set[str],
) -> None:
    lost = {char for char in ALL if unicodedata.category(char)[0] == "M"} - kept_in_lines
    names = {unicodedata.name(char).rstrip("0123456789-") for char in lost}
    assert names <= {
        *("VARIATION SELECTOR", "COMBINING GRAPHEME JOINER"),
        *("KHMER VOWEL INHERENT AQ", "KHMER VOWEL INHERENT AA"),
        *(f"MONGOLIAN FREE VARIATION SELECTOR {n}" for n in ("ONE", "TWO", "THREE", "FOUR")),
    }
    assert "COMBINING ACUTE ACCENT" not in names


def test_no_forbidden_code_point_survives_in_a_block(kept_in_lines: set[str]) -> None:
    kept = {
        char
        for at in range(0, len(ALL), 4096)
        for char in clean_block("a".join(ALL[at : at + 4096]))
    }
    assert kept == kept_in_lines | {"\n"}


def test_what_passes_without_a_closer_look_needs_none(kept_in_lines: set[str]) -> None:
    safe = module._compiled(f"[{module._SAFE}]")
    for char in filter(safe.match, ALL):
        assert char in kept_in_lines, hex(ord(char))
        assert unicodedata.category(char)[0] not in "MZ" or char == " ", hex(ord(char))


def test_generated_lines_are_safe_and_cleaned_once_for_all() -> None:
    for raw in _generated(1, LINES):
        line = clean_line(raw)
        assert clean_line(line) == line, ascii(raw)
    for raw in _generated(2, 10_000):
        _assert_line(raw)


def test_generated_blocks_are_safe_and_cleaned_once_for_all() -> None:
    for raw in _generated(3, 30_000):
        block = clean_block(raw)
        assert clean_block(block) == block, ascii(raw)
    for raw in _generated(4, 10_000):
        _assert_block(raw)


def test_a_cut_text_is_cleaned_once_for_all() -> None:
    for limit, raw in enumerate(_generated(5, 10_000)):
        for clean in (clean_line, clean_block):
            once = clean(raw, limit % 13)
            assert len(once) <= limit % 13
            assert clean(once, limit % 13) == clean(once) == once, ascii(raw)


@given(st.lists(st.sampled_from(PIECES) | st.characters()).map("".join))
def test_any_text_becomes_safe(raw: str) -> None:
    _assert_line(raw)
    _assert_block(raw)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("", ""),
        ("Plain", "Plain"),
        ("  two\t words \r\n", "two words"),
        ("a\xa0b\u2009c\u3000d", "a b c d"),
        ("a\u2028b\u2029c\x85d\x1ce", "a b c d e"),
        ("\x1b]2;owned\x07Title", "]2;ownedTitle"),
        ("\x9b31mRed", "31mRed"),
        ("user\u202egpj.exe", "usergpj.exe"),
        ("hid\U000e0068\U000e0069den", "hidden"),
        ("s\xado\u200bf\u2060t\ufeff", "soft"),
        ("a\U000e0100\ufe00\ufe0eb", "ab"),
        ("caf\udce9.md", "caf\ufffd.md"),
        ("\ud83d\ude00", "😀"),
        ("\udb40\udc41", ""),
        ("\ue000\U000f0000\U0010fffd\ufdd0\U0001ffff", ""),
        ("“Quotes” – dashes … €", "“Quotes” – dashes … €"),
        ("Ünïcödé 漢字 한국 العربية", "Ünïcödé 漢字 한국 العربية"),
        ("हिन्दी ไทยที่นี่ தமிழ்", "हिन्दी ไทยที่นี่ தமிழ்"),
    ],
)
def test_a_line_is_cleaned(raw: str, line: str) -> None:
    assert clean_line(raw) == line


def test_an_escape_never_survives() -> None:
    for clean in (clean_line, clean_block, plain):
        assert "\x1b" not in clean("\x1b[c&#27;&#x1b;<b>\x1b\x1b</b>")
        assert "\x9b" not in clean("\x9b[c&#155;&#x9b;")


@pytest.mark.parametrize(
    "kept",
    [
        FAMILY,
        "🏳️\u200d🌈 flag",
        "👁️\u200d🗨️",
        "👩🏽\u200d🚀",
        "❤️\u200d🔥",
        "⛹🏽\u200d♂️",
        "1\ufe0f\u20e3 #\ufe0f\u20e3",
        "I ❤️ U",
        "می\u200cخواهم",
        "क्\u200dष",
        "ശ്രീലങ്ക ശ്രീ\u200cയ",
        "അവന്\u200d",
        "ශ්\u200dරී",
    ],
)
def test_joiners_survive_where_a_script_or_an_emoji_needs_them(kept: str) -> None:
    assert clean_line(kept) == clean_block(kept) == kept


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("pay\u200dpal", "paypal"),
        ("pay\u200cpal", "paypal"),
        ("a\ufe0fb", "ab"),
        ("1\ufe0f", "1"),
        ("😀\u200d", "😀"),
        ("\u200d😀", "😀"),
        ("😀\u200d\u200d😀", "😀😀"),
        ("a\ufe0f\u200d😀", "a😀"),
        ("❤\ufe0f\ufe0f\ufe0f", "❤\ufe0f"),
        ("م\u200c\u200cی", "می"),
        ("م\u200c a", "م a"),
    ],
)
def test_joiners_that_join_nothing_are_removed(raw: str, line: str) -> None:
    assert clean_line(raw) == line


@pytest.mark.parametrize("between", ["", "\u200d", "\u200b", "\ufe0f", "\U000e0041"])
def test_at_most_four_marks_follow_each_other(between: str) -> None:
    for mark in ("\u0301", "\u0e49", "\u20dd", "\u064b", "\U0001d165", "\u093e"):
        for base in ("e", "م", "क"):
            raw = base + between.join(mark * 50) + "x"
            assert clean_line(raw) == clean_block(raw) == base + mark * 4 + "x"


def test_a_text_that_is_safe_is_the_same_object() -> None:
    for text in ("Microsoft is a Leader", "Über “alles” – naïve €5"):
        assert clean_line(text) is text


def test_a_line_is_cut_to_its_limit_and_ends_in_no_space() -> None:
    assert clean_line("one two", 4) == "one"
    assert clean_line("one two", 7) == "one two"
    assert clean_line("one", 0) == ""
    assert clean_line(FAMILY, 2) == "👨"


@pytest.mark.parametrize(
    ("raw", "block"),
    [
        ("", ""),
        ("a\nb", "a\nb"),
        ("a\r\nb\rc\x85d\u2028e\u2029f\x0cg", "a\nb\nc\nd\ne\nf\ng"),
        ("\tcode\n    more", "    code\n    more"),
        ("trailing  \nspaces \t", "trailing\nspaces"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("a\n \n\t\n\n\n\nb", "a\n\n\nb"),
        ("\n\n  first\n\n", "  first"),
        ("a\xa0\u3000b", "a  b"),
        ("\x1b[2Ja\x00\x1fb\u202e", "[2Ja b"),
    ],
)
def test_a_block_keeps_its_lines_and_its_code(raw: str, block: str) -> None:
    assert clean_block(raw) == block


def test_a_block_is_cut_to_its_limit() -> None:
    assert clean_block("one\n\ntwo", 5) == "one"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("&amp;lt;b&amp;gt; &amp;amp;", "&lt;b&gt; &amp;"),
        ("It&#039;s&nbsp;&#x2019;s &hellip;", "It's ’s …"),
        ("&lt;b&gt;bold&lt;/b&gt;", "<b>bold</b>"),
        ("AT&T R&D Q&A; &unknown; &copy", "AT&T R&D Q&A; &unknown; &copy"),
        ("&#0;&#xD800;&#x110000;", "\ufffd\ufffd\ufffd"),
        ("&#x202e;a&shy;b&ZeroWidthSpace;c", "abc"),
        ("<p>One</p><p>Two<br/>Three<BR>Four", "One Two Three Four"),
        ("a<b>b</b>c <EM>d</EM>", "abc d"),
        ("<a href=\"https://x.org/?a>b\" title='>'>link</a>", "link"),
        ("<a href=it's>link</a>", "link"),
        ("Microsoft <MSFT.O> and List<string>", "Microsoft <MSFT.O> and List<string>"),
        ("List<Object> Map<K, V> <T>", "List<Object> Map<K, V> <T>"),
        ("1 < 2 > 0 <3 <- a<b", "1 < 2 > 0 <3 <- a<b"),
        ("a<!-- hidden <b> -->b", "ab"),
        ("a <!-- never closed", "a"),
        ("a<script>alert('<p>')</script>b<style>p{}</STYLE >c", "abc"),
        ("a<script>never closed", "a"),
        ("</script>a", "a"),
        ('cut <a href="https://www.mic', "cut"),
        ("<img src=x onerror=y> <iframe allowfullscreen></iframe>video", "video"),
        ("<scr<b>ipt>", "<script>"),
        ("<h1>Head</h1>Text\r\n", "Head Text"),
    ],
)
def test_an_excerpt_becomes_plain(raw: str, text: str) -> None:
    assert plain(raw) == text


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<",
            "<a ",
            "<a '",
            '<a "',
            "<!--",
            "<script>",
            "<style",
            "<b",
            "<b>",
            "</",
            "<a b=",
            "&",
        ),
        *("&#", "&amp", "&amp;", "<x", "<a b   ", " ", "\u0301", "\u200d", "\n", " \n", "\ud83d"),
        *("<a \"'", "<a ' \"", "<MSFT.O>", "<a\t"),
    ],
)
def test_no_text_takes_more_than_linear_time(piece: str) -> None:
    raw = piece * (100_000 // len(piece))
    for hostile in (raw, raw + ">", "<a " + raw, "<a b" + raw):
        began = time.process_time()
        plain(hostile)
        clean_block(hostile)
        assert time.process_time() - began < 1


def test_a_megabyte_of_open_brackets_is_plain_in_under_a_second() -> None:
    began = time.process_time()
    assert plain("<" * 1_000_000) == "<" * 1_000_000
    assert time.process_time() - began < 1


@given(
    st.lists(st.sampled_from([*PIECES, "<", ">", "<a ", "<!--", "-->", '"', "&#27;"])).map("".join)
)
def test_plain_text_is_always_a_safe_line(raw: str) -> None:
    text = plain(raw)
    assert clean_line(text) == text


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("Café", "cafe"),
        ("CAFE\u0301", "cafe"),
        ("STRASSE straße", "strasse strasse"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Łódź Tromsø Đà Nẵng", "lodz tromso da nang"),
        ("ﬁn Ｗｉｄｅ ㎒ №5", "fin wide mhz no5"),
        ("Ёлка Йод", "елка иод"),
        ("한국어", "한국어"),
        ("がぎ", "がぎ"),
        ("हिन्दी", "हिन्दी"),
        ("أحمد مُحَمَّد", "احمد محمد"),
        ("می\u200cخواهم", "میخواهم"),
    ],
)
def test_search_ignores_case_and_accents(raw: str, folded: str) -> None:
    assert fold(raw) == folded


def test_a_folded_text_is_folded_once_for_all() -> None:
    for char in ALL[:0x3000]:
        once = fold(f"a{char}b")
        assert fold(once) == once, hex(ord(char))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", []),
        ("Microsoft's Power-Apps: Q2 2021!", ["microsoft", "s", "power", "apps", "q2", "2021"]),
        ("snake_case 3.5%", ["snake", "case", "3", "5"]),
        ("Windowsの新機能, 東京", ["windows", "の新機能", "東京"]),
        ("हिन्दी समाचार।", ["हिन्दी", "समाचार"]),
        ("Привет, мир", ["привет", "мир"]),
        ("한국어 뉴스", ["한국어", "뉴스"]),
        ("ข่าว", ["ข่าว"]),
    ],
)
def test_words_are_folded_and_whole(raw: str, expected: list[str]) -> None:
    assert words(raw) == expected


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("", False),
        ("English", False),
        ("123 …", False),
        ("العربية", True),
        ("  “עברית” English", True),
        ("Naïve العربية", False),
        ("2020: العربية", True),
    ],
)
def test_the_first_strong_character_decides_the_direction(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl


class _MuteError(Exception):
    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("two\nlines \x1b[31m"), "two lines [31m"),
        (ValueError(), "ValueError"),
        (ValueError("\u200b \n"), "ValueError"),
        (_MuteError(), "_MuteError"),
        (
            FileNotFoundError(2, "No such file or directory", "a\x1bb"),
            "No such file or directory: ab",
        ),
        (OSError("plain"), "plain"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        ("a text", "a text"),
        (None, "None"),
    ],
)
def test_any_error_becomes_one_line(error: object, line: str) -> None:
    assert one_line(error) == line


def test_the_line_of_an_error_has_at_most_300_characters() -> None:
    assert len(one_line(ValueError("x" * 10_000))) == 300
