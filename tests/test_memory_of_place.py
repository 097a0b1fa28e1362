import os

from reader.memory import Memory
from reader.tui.screens.panes import Widths
from reader.views import View
from tests.screens import MIDDLE, NARROW, PAPER, WIDE, reading
from tests.test_lists import offset


def left(reader):
    """Return what is to be found again."""
    screen = reader.screen
    return screen.view, screen.order, reader.at, reader.page, screen.widths


async def test_view_order_place_and_widths_are_as_they_were_left(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", *"jjjjjjjj", ">", ">", "l", "4", *"jjjj", "<", "<", "<")
        before = left(reader)
        assert before[:3] == (View("topic", "Tides"), "heat", "lone-03")
        assert before[4] == Widths(4, 6)
    for size in (MIDDLE, NARROW, WIDE):
        async with reading(tmp_path, {}, size) as reader:
            assert left(reader) == before
            rows = reader.screen.list
            assert 0 <= offset(reader) <= rows.size.height - rows.row_height


async def test_the_article_is_found_again_where_rows_came_above(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="lone-10")
        reader.app.exit()
    os.remove(tmp_path / "news" / "lone-00.md")
    async with reading(tmp_path, {}, load=False) as reader:
        await reader.until(lambda: reader.at == "lone-10")
        assert reader.page == "lone-10"


async def test_what_is_gone_is_no_harm(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", *"jjjjjjjj", "l", "j")
        reader.app.exit()
    for path in (tmp_path / "news").glob("lone-*.md"):
        os.remove(path)
    async with reading(tmp_path, {}) as reader:
        assert reader.screen.view.title == "Tides"
        assert reader.at == reader.page == "way-3"


async def test_a_memory_that_makes_no_sense_is_the_usual_place(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        reader.library.remember(Memory(View("topic", "Nowhere"), "quality", "no id", 999, -999))
        library = reader.library
        reader.screen.on_unmount = lambda: None
        assert library.memory().view == View("topic", "Nowhere")
    async with reading(tmp_path, {}) as reader:
        await reader.press("q")
        assert reader.at


async def test_the_line_of_a_long_text_is_found_again(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="long")
        await reader.until(lambda: reader.screen.page.body)
        await reader.press("enter", *"jjjjjjj")
        assert reader.screen.article_page.top == 7
        await reader.press("J", "K")
        await reader.until(lambda: reader.screen.article_page.top == 7)
    async with reading(tmp_path, {}) as reader:
        await reader.open(name="long")
        await reader.until(lambda: reader.screen.article_page.top == 7)


async def test_marks_are_there_at_the_next_start(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("s", "j", "m")
    async with reading(tmp_path, {}) as reader:
        await reader.press("g", "s")
        assert reader.rows == ["lead"]
