import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from reader.tui.render.cells import head
from reader.tui.render.lines import compose
from tests.strange import TITLES, check_strip, cleaned

FILL, INK = Style(bgcolor="#111111"), Style(color="#eeeeee")


def test_pieces_stand_at_their_columns_and_the_rest_is_filled():
    line = compose(12, FILL, [(1, "o", INK), (4, "title", INK)])
    assert list(line) == [
        Segment(" ", FILL),
        Segment("o", INK),
        Segment("  ", FILL),
        Segment("title", INK),
        Segment("   ", FILL),
    ]


def test_without_pieces_a_line_is_blank():
    assert list(compose(3, FILL, [])) == [Segment("   ", FILL)]


def test_pieces_that_touch_leave_no_gap():
    assert compose(4, FILL, [(0, "ab", INK), (2, "cd", INK)]).text == "abcd"


def test_wide_characters_are_counted_by_their_cells():
    line = compose(9, FILL, [(1, "漢字", INK), (6, "x", INK)])
    assert line.text == " 漢字 x  "
    assert line.cell_length == 9


def test_what_is_too_long_ends_at_the_pane():
    assert compose(5, FILL, [(2, "title", INK)]).text == "  tit"


def test_half_a_wide_character_at_the_end_becomes_a_blank():
    line = compose(4, FILL, [(1, "漢字", INK)])
    assert line.text == " 漢 "
    assert line.cell_length == 4


@pytest.mark.parametrize("width", [24, 41, 80, 200])
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_line_is_as_wide_as_its_pane_whatever_stands_in_it(title, width):
    check_strip(compose(width, FILL, [(0, "▌", INK), (8, title, INK)]), width)


@given(st.integers(1, 60), st.lists(st.tuples(st.integers(0, 6), st.text(max_size=9)), max_size=5))
@example(1, [(1, "\u1ab00")])  # a mark needs no room
def test_every_piece_is_shown_as_far_as_there_is_room(width, gaps):
    pieces, column = [], 0
    for gap, text in gaps:
        column += gap
        pieces.append((column, cleaned(text), INK))
        column += cell_len(pieces[-1][1])
    line = compose(width, FILL, pieces)
    assert line.cell_length == width == cell_len(line.text)
    whole = "".join(compose(max(column, 1), FILL, pieces).text)
    assert line.text.startswith(head(whole, min(width, cell_len(whole))).rstrip())
