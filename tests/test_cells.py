from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.text import clean_line
from reader.tui.render.cells import _NARROW, breaks, cut, graphemes, head, wrap
from tests.strange import FAMILY, FLAGS, HEART, SKIN, TITLES

WIDTHS = st.integers(2, 120)
HARD = "aé\u0301 -—漢。（あがー가אا\u0ba8\u0bbf\U0001f44b\U0001f3fd\u2764\ufe0f\u200d\U0001f1eb"
TEXTS = st.one_of(
    st.text(st.sampled_from(HARD), max_size=120),
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.lists(st.sampled_from(sorted(TITLES.values())), max_size=3).map(" ".join),
).map(clean_line)


# Characters as a person sees them


@pytest.mark.parametrize(
    "text",
    [FAMILY, FLAGS[:2], SKIN[:2], HEART[:2], "é", "e\u0301", "漢", "ก\u0e49", "1\ufe0f"],
)
def test_what_a_person_sees_as_one_character_is_one(text):
    assert [one for one, _ in graphemes(text)] == [text]


def test_a_letter_that_is_no_flags_half_stays_alone():
    france, lone = FLAGS[:2], FLAGS[0]
    assert [one for one, _ in graphemes(f"{lone}a{france}{lone}")] == [lone, "a", france, lone]


@given(TEXTS)
def test_characters_together_are_the_text_and_its_width(text):
    parts = graphemes(text)
    assert "".join(one for one, _ in parts) == text
    assert sum(width for _, width in parts) == cell_len(text)


def test_what_is_taken_for_narrow_is_one_cell_wide():
    narrow = [chr(code) for code in range(0x3000) if _NARROW.fullmatch(chr(code))]
    assert len(narrow) > 1000
    assert [one for one in narrow if cell_len(one) != 1 or cell_len(f"a{one}") != 2] == []


# The beginning of a text


@given(TEXTS, st.integers(-3, 120))
def test_the_beginning_is_the_longest_that_fits_and_divides_no_character(text, width):
    kept = head(text, width)
    parts = [one for one, _ in graphemes(text)]
    number = next(at for at in range(len(parts) + 1) if "".join(parts[:at]) == kept)
    assert cell_len(kept) <= max(width, 0)
    if kept != text and width > 0:
        assert cell_len("".join(parts[: number + 1])) > width


def test_a_wide_character_that_does_not_fit_leaves_its_cell_free():
    assert head("漢字", 3) == "漢"
    assert head(FAMILY, 1) == ""
    assert head(f"a{FAMILY}b", 3) == f"a{FAMILY}"


# Cutting


def test_a_text_that_fits_is_not_cut():
    assert cut("A harbour", 9) == "A harbour"
    assert cut("", 0) == ""


def test_a_text_is_cut_at_a_word_where_that_costs_under_a_quarter():
    assert cut("The harbour opens again", 18) == "The harbour opens…"
    assert cut("The harbour opens again", 19) == "The harbour opens…"
    assert cut("The harbour opens again", 12) == "The harbour…"


def test_a_text_is_cut_within_a_word_where_the_word_is_long():
    assert cut("The harbourmaster opens", 12) == "The harbour…"
    assert cut("Donaudampfschifffahrt", 10) == "Donaudamp…"


def test_no_blank_stands_before_the_mark():
    assert cut("A  harbour opens", 4) == "A…"


def test_the_mark_is_the_terminals_own():
    assert cut("The harbour opens again", 18, "~") == "The harbour opens~"


@pytest.mark.parametrize("width", [0, -1])
def test_where_there_is_no_room_there_is_no_mark_either(width):
    assert cut("A harbour", width) == ""


def test_in_one_cell_only_the_mark_is_left():
    assert cut("A harbour", 1) == "…"
    assert cut("漢字", 2) == "…"


@given(TEXTS, st.integers(1, 120))
def test_a_cut_text_fits_and_is_marked_if_and_only_if_it_was_too_long(text, width):
    shown = cut(text, width)
    assert cell_len(shown) <= width
    if cell_len(text) <= width:
        assert shown == text
    else:
        assert shown.endswith("…")
        assert text.startswith(shown[:-1])


@given(TEXTS, st.integers(8, 120))
def test_what_is_lost_at_a_word_is_under_a_quarter(text, width):
    shown = cut(text, width)
    if shown != text:
        blanks = len(head(text, width - 1)) - len(head(text, width - 1).rstrip())
        assert cell_len(shown) * 4 > width * 3 - 4 - 4 * blanks


# Breaking into lines


def test_lines_are_broken_at_words():
    assert wrap("The harbour opens again", 12) == ["The harbour", "opens again"]
    assert wrap("The harbour", 11) == ["The harbour"]


def test_a_word_longer_than_a_line_is_broken():
    assert wrap("A Donaudampfschifffahrt", 8) == ["A", "Donaudam", "pfschiff", "fahrt"]


def test_an_empty_text_is_one_empty_line():
    assert wrap("", 20) == [""]


def test_lines_begin_and_end_without_blanks():
    assert wrap("The   harbour     opens", 8) == ["The", "harbour", "opens"]


def test_with_a_number_of_lines_the_last_one_is_cut():
    text = "The harbour opens again today"
    assert wrap(text, 12, 2) == ["The harbour", "opens again…"]
    assert wrap(text, 12, 1) == ["The harbour…"]
    assert wrap(text, 12, 1, "~") == ["The harbour~"]
    assert wrap(text, 40, 2) == [text]


def test_chinese_and_japanese_are_broken_anywhere_but_before_a_stop():
    assert wrap("港が再開し、沖では四十隻", 10) == ["港が再開", "し、沖では", "四十隻"]
    assert wrap("東京のデータ", 8) == ["東京の", "データ"]


def test_a_latin_word_among_chinese_stays_whole():
    assert wrap("東京のharbourは開く", 12) == ["東京の", "harbourは開", "く"]


def test_korean_is_broken_at_words():
    assert wrap("항구가 다시 열리고", 12) == ["항구가 다시", "열리고"]


def test_the_blanks_before_a_line_of_code_stay():
    assert [("    return harbour"[a:b]) for a, b in breaks("    return harbour", 12)] == [
        "    return",
        "harbour",
    ]


@given(TEXTS, WIDTHS)
def test_lines_fit_and_lose_nothing_but_blanks(text, width):
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(lines) or not text


@given(TEXTS, WIDTHS)
def test_no_character_is_divided_between_lines(text, width):
    ends = {0}
    for one, _ in graphemes(text):
        ends.add(max(ends) + len(one))
    for start, end in breaks(text, width):
        assert {start, end} <= ends


@given(TEXTS, WIDTHS, st.integers(1, 4))
def test_never_more_lines_than_wanted(text, width, lines):
    whole, some = wrap(text, width), wrap(text, width, lines)
    assert len(some) == min(len(whole), lines)
    assert some[:-1] == whole[: len(some) - 1]
    assert all(cell_len(line) <= width for line in some)
    assert (len(whole) > lines) == (some != whole)


def test_a_line_narrower_than_a_character_still_gets_one():
    assert wrap("漢字", 1) == ["漢", "字"]
    assert wrap("ab", 0) == ["a", "b"]


@pytest.mark.parametrize("text", ["a “word” é ", "港が再開し、", "x", FAMILY, "é", "e\u0301"])
def test_time_grows_with_the_text_and_not_with_its_square(text):
    long = text * (200_000 // len(text))
    begin = process_time()
    wrap(long, 72)
    cut(long, 72)
    assert process_time() - begin < 3  # 0.2 s on a quiet machine


@pytest.mark.parametrize("text", ["word “other” café ", "港が再開し、", "é", FAMILY])
def test_two_lines_of_a_very_long_text_cost_no_more_than_two_lines(text):
    long = text * (1_000_000 // len(text))
    begin = process_time()
    for _ in range(20):
        wrap(long, 40, 2)
    assert process_time() - begin < 1  # 0.02 s on a quiet machine
