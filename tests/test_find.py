import re
from time import process_time

import pytest

from reader.tui.render.find import FOUND, highlight, matching_lines
from reader.tui.render.palette import Palette
from reader.tui.render.paper import Paper
from reader.tui.themes import DARK
from tests.strange import FAMILY, TITLES, check_strip

PAPER = Paper(40, Palette(DARK))
INK = PAPER.palette.style("ink")


def lines(*texts, marks=()):
    return [
        PAPER.line(*marks, *([(2, text, INK)] if text else []), marks=len(marks)) for text in texts
    ]


def found(page, needle):
    """What is reversed in each line that has something reversed."""
    shown = {}
    for at, line in enumerate(highlight(page, needle)):
        check_strip(line.strip, PAPER.width)
        parts = [(one.text, bool(one.style.reverse)) for one in line.strip]
        marked = "".join(text if reverse else "|" for text, reverse in parts).strip("|")
        marked = re.sub(r"\|+", "|", marked)
        if marked:
            shown[at] = marked
    return shown


def test_lines_that_hold_a_text_are_found_without_regard_to_case_and_accents():
    page = lines("The HARBOUR opens", "Nothing", "A härbour, a harbour")
    assert matching_lines(page, "harbour") == [0, 2]
    assert matching_lines(page, "Härbour") == [0, 2]
    assert found(page, "harbour") == {
        0: "HARBOUR",
        2: "härbour|harbour",
    }


def test_nothing_is_found_for_nothing():
    page = lines("The harbour opens")
    assert matching_lines(page, "") == matching_lines(page, "  ") == []
    assert highlight(page, "") == page


def test_what_is_not_there_changes_no_line():
    page = lines("The harbour opens", "")
    assert highlight(page, "tide") == page


def test_a_text_that_goes_on_in_the_next_line_is_found_where_it_begins():
    page = lines("Forty ships wait", "outside the harbour", "", "Forty ships wait", "", "outside")
    assert matching_lines(page, "wait outside the") == [0]
    assert found(page, "wait  outside the") == {0: "wait", 1: "outside the"}


def test_a_text_over_three_lines_is_found():
    page = lines("one", "two", "three")
    assert found(page, "ne two th") == {0: "ne", 1: "two", 2: "th"}


def test_all_occurrences_of_a_line_are_shown_and_the_line_is_counted_once():
    page = lines("tide and tide")
    assert matching_lines(page, "tide") == [0]
    assert found(page, "tide") == {0: "tide|tide"}


def test_letters_that_fold_to_more_than_one_are_shown_whole():
    page = lines("Die Straße", "ﬁnal office", "İstanbul")
    assert found(page, "strasse") == {0: "Straße"}
    assert found(page, "ss") == {0: "ß"}
    assert found(page, "fi") == {1: "ﬁ|fi"}
    assert found(page, "istanbul") == {2: "İstanbul"}


def test_no_character_is_divided():
    page = lines(f"a {FAMILY} b", "e\u0301te\u0301", "漢字")
    assert found(page, "été") == {1: "e\u0301te\u0301"}
    assert found(page, "字") == {2: "字"}
    assert found(page, "\U0001f469") == {0: FAMILY}


def test_marks_keys_and_figures_are_not_searched():
    marks = ((1, "•", INK), (3, "1", INK), (4, "  87", INK))
    page = lines("title", marks=marks)
    page[0] = PAPER.line(*marks, (10, "87 ships", INK), marks=3)
    assert found(page, "87") == {0: "87"}
    assert found(page, "1") == found(page, "•") == {}


def test_a_quote_is_searched_without_its_rule():
    rule = (2, "│ ", INK)
    page = [PAPER.line(rule, (4, text, INK), marks=1) for text in ("Forty ships", "wait outside")]
    assert found(page, "ships wait") == {0: "ships", 1: "wait"}


def test_styles_stay_under_what_is_found():
    bold = PAPER.palette.style("ink", bold=True)
    page = [PAPER.line((2, "The har", INK), (9, "bour", bold))]
    shown = highlight(page, "harbour")[0]
    styles = [style for _, text, style in shown.pieces if style.reverse]
    assert styles == [INK + FOUND, bold + FOUND]


def test_what_a_line_leads_to_stays():
    page = [PAPER.line((2, "harbour", INK), target=4)]
    assert highlight(page, "harb")[0].target == 4


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_lines_keep_their_width_in_every_script(title):
    page = lines(title[:20])
    assert highlight(page, title[:3])[0].strip.text == page[0].strip.text
    check_strip(highlight(page, title[:3])[0].strip, PAPER.width)


def test_a_long_page_is_searched_while_one_types():
    page = lines(*[f"The harbour opens again after winter number {n} é" for n in range(6000)])
    begin = process_time()
    assert len(matching_lines(page, "winter number 59")) == 110 + 1
    assert process_time() - begin < 1  # 0.05 s on a quiet machine
