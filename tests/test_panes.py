import pytest

from reader.tui.screens.panes import ARTICLE, LIST, SIDEBAR, Columns, Widths, columns
from tests.screens import MIDDLE, NARROW, PAPER, WIDE, reading

NONE = Widths()
SIZES = (40, 80, 89, 90, 119, 120, 139, 140, 160, 300)


# How wide each pane is


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (120, (24, 48, 48)),
        (139, (24, 58, 57)),
        (140, (28, 56, 56)),
        (160, (28, 66, 66)),
        (300, (28, 194, 78)),
    ],
)
def test_three_panes_stand_side_by_side_from_120_columns(width, expected):
    assert columns(width, NONE) == expected


@pytest.mark.parametrize(("width", "expected"), [(90, (0, 41, 49)), (119, (0, 55, 64))])
def test_two_panes_stand_side_by_side_from_90_columns(width, expected):
    assert columns(width, NONE) == expected
    assert columns(width, NONE, ARTICLE) == expected
    left, middle, right = expected
    assert columns(width, NONE, SIDEBAR) == (middle, left, right)


@pytest.mark.parametrize("width", [1, 40, 80, 89])
def test_one_pane_fills_a_narrower_screen(width):
    assert columns(width, NONE, SIDEBAR) == (width, 0, 0)
    assert columns(width, NONE, LIST) == (0, width, 0)
    assert columns(width, NONE, ARTICLE) == (0, 0, width)


@pytest.mark.parametrize("moved", [-500, -40, -2, 0, 2, 40, 500])
@pytest.mark.parametrize("focus", [SIDEBAR, LIST, ARTICLE])
def test_panes_fill_the_screen_and_none_is_squeezed(moved, focus):
    for width in (*SIZES, 1000):
        for widths in (Widths(sidebar=moved), Widths(article=moved), Widths(moved, moved)):
            wide = columns(width, widths, focus)
            assert sum(wide) == width
            assert wide[focus] > 0
            assert all(cells == 0 or cells >= 20 or width < 90 for cells in wide)
            assert width < 90 or min(cells for cells in wide[1:] if cells) >= 40


# On the screen


def shown(reader):
    """Return the width of each pane as it is laid out, 0 where it is not shown."""
    panes = (reader.screen.query_one(f"#{name}-pane") for name in ("sidebar", "list", "page"))
    return Columns(*(pane.children[0].size.width if pane.display else 0 for pane in panes))


async def test_the_panes_follow_the_size_of_the_terminal(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        for width in (*SIZES, 160, 89, 300, 40):
            await reader.resize(width, 40)
            assert shown(reader) == columns(width, NONE), width
            assert all(strip.cell_length == width for strip in reader.strips())


async def test_the_pane_with_the_keys_is_the_one_that_stays_when_the_terminal_shrinks(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        for keys, pane, focus in ((), "list", LIST), ("l", "page", ARTICLE), ("hh", "sidebar", 0):
            await reader.resize(*WIDE)
            await reader.press(*keys)
            for size in (NARROW, MIDDLE, NARROW):
                await reader.resize(*size)
                assert reader.pane == pane
                assert shown(reader) == columns(size[0], NONE, focus)


async def test_tab_goes_round_the_panes_and_h_and_l_stop_at_the_sides(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        seen = []
        for key in ("tab", "tab", "tab", "shift+tab", "h", "h", "l", "l", "l", "left", "right"):
            await reader.press(key)
            seen.append(reader.pane)
        assert seen[:3] == ["page", "sidebar", "list"]
        assert seen[3:6] == ["sidebar", "sidebar", "sidebar"]
        assert seen[6:] == ["list", "page", "page", "list", "page"]


async def test_only_the_pane_with_the_keys_has_a_heavy_rule_and_under_a_sheet_none(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        rules = reader.lines[3]
        assert rules.count("━") == 66 - 4
        assert rules[30] == "━"
        await reader.press("g")
        assert "━" not in reader.lines[3]
        await reader.press("escape")
        assert reader.lines[3] == rules


async def test_borders_move_by_two_columns_and_no_further_than_they_can(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press(">")
        assert shown(reader) == (28, 68, 64)
        await reader.press("<", "<")
        assert shown(reader) == (28, 64, 68)
        await reader.press("l", ">")
        assert shown(reader) == (28, 62, 70)
        await reader.press("h", "h", ">", ">")
        assert shown(reader)[0] == 32
        for _ in range(30):
            await reader.press("<")
        assert shown(reader)[0] == 20
        assert reader.said == "It can go no further"
        await reader.press(">")
        assert shown(reader)[0] == 22


async def test_two_panes_have_one_border_that_moves_and_one_pane_has_none(tmp_path):
    async with reading(tmp_path, PAPER, MIDDLE) as reader:
        assert shown(reader) == (0, 46, 54)
        await reader.press(">")
        assert shown(reader) == (0, 48, 52)
        await reader.press("h", "<")
        assert shown(reader) == (46, 0, 54)
        await reader.resize(*NARROW)
        await reader.press("<")
        assert reader.said == "One pane fills this screen"
        assert shown(reader) == (80, 0, 0)


async def test_there_is_a_masthead_from_30_rows_and_below_the_unread_are_counted_in_the_heading(
    tmp_path,
):
    async with reading(tmp_path, PAPER, MIDDLE) as reader:
        assert reader.lines[0].startswith("  Broadsheet   news")
        assert "unread" not in reader.lines[2]
        await reader.resize(100, 29)
        assert reader.lines[0].startswith("  Front page")
        assert "30 unread" in reader.lines[0]


async def test_one_pane_says_where_q_leads_back_to(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.press("j", "enter")
        assert reader.lines[0].startswith("  ‹ Front page")
        assert reader.lines[0].endswith("2 of 28")
        await reader.press("q")
        assert reader.lines[0].startswith("  Front page")
        assert reader.at == "way-0"


async def test_q_closes_sheet_article_filter_and_list_and_then_the_program(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", "j", "l", "/", *"lone", "enter", "enter", "?")
        seen = []
        for _ in range(5):
            seen.append((reader.sheet, reader.pane, reader.screen.text, reader.screen.view.title))
            await reader.press("q")
        assert seen == [
            ("HelpScreen", "page", "lone", "All"),
            ("", "page", "lone", "All"),
            ("", "list", "lone", "All"),
            ("", "list", "", "All"),
            ("", "list", "", "Front page"),
        ]
        assert reader.app._exit
        assert reader.app.return_code == 0


async def test_esc_goes_back_like_q_but_never_ends_the_program(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("l", "escape", "escape")
        assert reader.pane == "list"
        assert reader.said == "This is the front page q quits"
        assert not reader.app._exit


async def test_a_view_without_articles_keeps_the_keys_and_its_way_back(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("g", "s")
        assert reader.pane == "list"
        assert "Nothing is starred yet" in reader.text
        assert reader.page == ""
        await reader.press("j", "enter", "space", "n", "A", "J", "q")
        assert reader.screen.view.title == "Front page"
        assert reader.pane == "list"


@pytest.mark.parametrize("size", [(1, 1), (2, 5), (10, 3), (20, 8), (30, 100)])
async def test_a_tiny_screen_shows_what_it_can(tmp_path, size):
    async with reading(tmp_path, PAPER, size, paint=True) as reader:
        for key in ("j", "enter", "]", "q", "h", "?", "q", ":", "escape", "/", "escape", "O"):
            await reader.press(key)
            assert len(reader.strips()) == size[1]
            assert {strip.cell_length for strip in reader.strips()} == {size[0]}
