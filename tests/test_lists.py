import os

import pytest

from tests.samples import write
from tests.screens import MIDDLE, NARROW, PAPER, WIDE, file, lone, reading

COUNT = 28
"""Stories on the front page."""


def offset(reader):
    """Return how many lines below the top of the list the cursor stands."""
    rows = reader.screen.list
    return rows.cursor * rows.row_height - rows.top


async def read_again(reader):
    await reader.press("r")
    await reader.until(lambda: reader.said.startswith("Read again"))


# Moving


async def test_keys_move_the_cursor_and_stop_at_the_ends(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        rows = reader.screen.list
        page = rows.size.height // rows.row_height
        seen = []
        for key in ("j", "down", "k", "up", "up", "G", "j", "home", "end", "g", "g"):
            await reader.press(key)
            seen.append(rows.cursor)
        assert seen == [1, 2, 1, 0, 0, COUNT - 1, COUNT - 1, 0, COUNT - 1, COUNT - 1, 0]
        seen = []
        for key in ("pagedown", "ctrl+d", "ctrl+u", "pageup", "pageup"):
            await reader.press(key)
            seen.append(rows.cursor)
        half = page // 2
        assert seen == [2 * half, 3 * half, 2 * half, 0, 0]


async def test_moving_shows_the_article_beside_and_marks_nothing(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        for name in reader.rows[1:9]:
            await reader.press("j")
            assert reader.page == reader.at == name
            assert reader.library.status(reader.screen.article).unread
        assert "9 of 28" in reader.lines[-1]


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW, (80, 60), (300, 20)])
async def test_the_cursor_stays_in_view_with_its_whole_row(tmp_path, size):
    async with reading(tmp_path, PAPER, size) as reader:
        rows = reader.screen.list
        for key in (*"jjjjjjjjjj", "G", *"kkkkk", "pageup", "ctrl+d", "end", "home"):
            await reader.press(key)
            assert 0 <= offset(reader) <= rows.size.height - rows.row_height
            title = f"On {reader.at}"
            assert any("▌" in line and title in line for line in reader.lines)


async def test_the_wheel_scrolls_the_list_and_leaves_the_cursor_where_it_is(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.wheel(reader.screen.list, 6)
        assert reader.screen.list.top > 10
        assert reader.at == "lead"
        assert "On lead" not in "\n".join(line[28:94] for line in reader.lines)
        await reader.press("j")
        assert reader.at == "way-0"
        assert offset(reader) >= 0
        await reader.wheel(reader.screen.article_page, 3)
        assert reader.at == "way-0"


async def test_a_click_moves_the_cursor_and_another_one_on_the_row_reads_it(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        rows, height = reader.screen.list, reader.screen.list.row_height
        await reader.pilot.click(rows, offset=(12, 3 * height))
        await reader.settle()
        assert (reader.at, reader.page, reader.pane) == ("way-2", "way-2", "list")
        assert reader.library.status(reader.screen.article).unread
        await reader.pilot.click(rows, offset=(12, 3 * height + 1))
        await reader.settle()
        assert (reader.page, reader.pane) == ("way-2", "page")
        assert not reader.library.status(reader.screen.article).unread


async def test_a_double_click_reads_at_once(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        height = reader.screen.list.row_height
        await reader.pilot.click(reader.screen.list, offset=(12, 2 * height), times=2)
        await reader.settle()
        assert (reader.at, reader.page, reader.pane) == ("way-1", "way-1", "page")


async def test_a_click_below_the_rows_or_beside_them_does_nothing(tmp_path):
    async with reading(tmp_path, {"one.md": file("one", 50)}) as reader:
        for at in ((12, 30), (0, 0), (65, 3)):
            await reader.pilot.click(reader.screen.list, offset=at)
            await reader.settle()
            assert reader.at == "one"


async def test_a_click_on_the_sidebar_narrows_the_list(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        sidebar = reader.screen.sidebar
        row = next(at for at, line in enumerate(reader.lines) if line.startswith("      Ships"))
        await reader.pilot.click(sidebar, offset=(8, row - sidebar.region.y))
        await reader.settle()
        assert reader.screen.view.title == "Ships"
        assert reader.rows == ["way-1", "way-4"]
        before = reader.screen.view
        await reader.pilot.click(sidebar, offset=(8, row - sidebar.region.y - 1))
        await reader.settle()
        assert reader.screen.view != before


async def test_the_scrollbar_in_the_rule_shows_where_one_is(tmp_path):
    async with reading(tmp_path, PAPER) as reader:

        def thumb():
            return [at for at, line in enumerate(reader.lines) if line[93:94] == "┃"]

        top = thumb()
        assert top[0] == reader.screen.list.region.y
        await reader.press("G")
        assert thumb()[-1] == reader.screen.list.region.bottom - 1
        assert 0 < len(thumb()) < reader.screen.list.size.height
        await reader.pilot.click(offset=(93, top[0]))
        await reader.until(lambda: reader.screen.list.top < 30)
        assert reader.at == "lone-19"


async def test_space_unfolds_a_story_in_place_and_folds_it_again(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("space")
        assert reader.rows[:4] == ["lead", "second", "third", "way-0"]
        await reader.press("j", "j")
        assert reader.page == "third"
        await reader.press("space")
        assert reader.rows[:2] == ["lead", "way-0"]
        assert (reader.at, reader.page) == ("lead", "lead")
        await reader.press("j", "space")
        assert reader.said == "One article: there is nothing to unfold"


async def test_space_in_the_sidebar_folds_topics(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", *"jjjjjjj")
        assert reader.screen.view.title == "Ships"
        await reader.press("space")
        assert reader.screen.view.title == "Sea"
        assert not any(line.startswith("      Ships") for line in reader.lines)
        await reader.press("space")
        assert any(line.startswith("      Ships") for line in reader.lines)


async def test_the_sidebar_passes_by_blank_lines_and_names_of_sections(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        seen = []
        await reader.press("h")
        for _ in range(16):
            await reader.press("j")
            seen.append(reader.screen.view.title)
        assert seen == [
            *("All", "Picked", "Unread", "Starred", "Problems"),
            *("Sea", "Ships", "Tides", "Land", "Cranes", "Harbour"),
            *("Example Post", "Example Wire", "Example Times", "Example Times", "Example Times"),
        ]
        await reader.press("enter")
        assert reader.pane == "list"


# Orders


async def test_orders_are_named_in_the_heading_and_the_cursor_stays_with_its_article(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="lone-10")
        heads = {}
        for key in "34562":
            await reader.press(key)
            assert reader.at == reader.page == "lone-10"
            assert 0 <= offset(reader) < reader.screen.list.size.height
            heads[key] = reader.lines[2][30:92].split("page")[1].strip()
        names = ("newest", "heat", "coverage", "unread first", "quality, then date")
        assert all(head.startswith(name) for head, name in zip(heads.values(), names, strict=True))


async def test_an_order_in_the_filter_is_the_one_that_the_heading_names(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/")
        await reader.type("sort:newest")
        await reader.press("enter")
        assert "newest" in reader.lines[2]
        assert reader.rows[0] != "lead"


# The place: the article, not the row number


async def test_the_place_survives_narrowing_and_widening(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="lone-12")
        before = reader.place
        await reader.press("/", *"lone")
        assert reader.at == "lone-12"
        await reader.press("enter")
        assert (reader.at, len(reader.rows)) == ("lone-12", 20)
        await reader.press("escape")
        assert reader.at == "lone-12"
        assert reader.place[:5] == before[:5]


async def test_the_place_survives_any_size(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="lone-12")
        for size in (NARROW, MIDDLE, (40, 12), (300, 80), (20, 6), WIDE):
            await reader.resize(*size)
            rows = reader.screen.list
            assert reader.at == reader.page == "lone-12"
            assert 0 <= offset(reader) <= max(rows.size.height - rows.row_height, 0)


async def test_back_after_another_size_still_has_the_row_in_view(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="long")
        await reader.press("]")
        await reader.resize(*NARROW)
        await reader.press("H")
        rows = reader.screen.list
        assert reader.at == "long"
        assert 0 <= offset(reader) <= rows.size.height - rows.row_height


async def test_the_place_survives_reading_again_with_files_added_removed_and_changed(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="lone-10")
        before = offset(reader)
        write(reader.folder, {"new-1.md": file("new-1", 99), "new-2.md": file("new-2", 98)})
        os.remove(reader.folder / "lone-00.md")
        write(reader.folder, {"lone-01.md": file("lone-01", 5)})
        await read_again(reader)
        assert reader.said == "Read again: 2 added, 1 changed, 1 removed"
        assert reader.rows[:2] == ["new-1", "new-2"]
        assert reader.rows[-1] == "lone-01"
        assert reader.at == reader.page == "lone-10"
        assert offset(reader) == before


async def test_where_the_article_is_removed_the_cursor_stays_at_its_row(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="lone-10")
        os.remove(reader.folder / "lone-10.md")
        await read_again(reader)
        assert reader.at == reader.page == "lone-11"
        for path in reader.folder.glob("*.md"):
            os.remove(path)
        await read_again(reader)
        assert reader.rows == []
        assert "No articles here yet" in reader.text
        write(reader.folder, lone(3))
        await read_again(reader)
        assert reader.at == reader.page == "lone-00"


async def test_an_article_that_changed_on_the_disk_is_shown_as_it_is_now(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="long")
        await reader.until(lambda: "Paragraph 0" in reader.text)
        await reader.press("l", *"jjj")
        write(reader.folder, {"long.md": file("long", 55, body="Something new\n\n" * 90)})
        await read_again(reader)
        await reader.until(lambda: "Something new" in reader.text)
        assert reader.page == "long"
        assert reader.screen.article_page.top == 3


async def test_unfolded_stories_stay_unfolded_when_the_folder_is_read_again(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("space", "j", "j")
        write(reader.folder, {"new.md": file("new", 99)})
        await read_again(reader)
        assert reader.rows[:4] == ["new", "lead", "second", "third"]
        assert reader.at == "third"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_story_that_unfolds_at_the_bottom_comes_into_view(tmp_path, size):
    many = [f"part-{number}" for number in range(3)]
    files = lone(20) | {f"{name}.md": file(name, 1, "end", heat=-1) for name in many}
    async with reading(tmp_path, files | {"end.md": file("end", 29, *many)}, size) as reader:
        await reader.press("G", "space")
        assert reader.at == "end"
        assert all(any(f"On {name}" in line for line in reader.lines) for name in ("end", *many))
        await reader.press("space")
        assert reader.at == "end"
