import pytest

from tests.screens import NARROW, PAPER, WIDE, reading
from tests.test_marking import status


def heading(reader):
    """Return what stands above the list."""
    return next(line for line in reader.lines if reader.screen.view.title in line[28:])


async def test_the_front_page_is_in_stories_and_flat_by_a_key_and_says_so(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        assert heading(reader)[29:92].split() == ["Front", "page", "quality,", "then", "date"]
        await reader.press("c")
        assert reader.rows[:3] == ["lead", "second", "third"]
        assert "flat · quality, then date" in heading(reader)
        assert reader.said == "Every article"
        await reader.press("c")
        assert reader.rows[:2] == ["lead", "way-0"]
        assert "flat" not in heading(reader)
        assert reader.said == "Each story once"


@pytest.mark.parametrize("view", ["All", "Unread"])
async def test_any_other_view_is_flat_and_in_stories_by_the_same_key(tmp_path, view):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", *("j" if view == "All" else "jjj"), "l")
        assert reader.screen.view.title == view
        flat = reader.rows
        await reader.press("c")
        assert set(flat) - set(reader.rows) == {"second", "third"}
        assert "in stories · quality, then date" in heading(reader)
        await reader.press("space")
        assert reader.rows[:3] == ["lead", "second", "third"]


async def test_the_cursor_stays_with_its_article_or_its_story(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="way-3")
        await reader.press("c")
        assert reader.at == "way-3"
        await reader.open(name="third")
        await reader.press("c")
        assert (reader.at, reader.page) == ("lead", "lead")
        await reader.press("space", "j", "j", "c")
        assert (reader.at, reader.page) == ("third", "third")


async def test_what_was_chosen_holds_for_its_kind_of_view_and_is_remembered(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", *"jjjjjjjj", "l")
        assert reader.screen.view.kind == "topic"
        await reader.press("c", "h", "j", "l")
        assert reader.screen.view.kind == "topic"
        assert "in stories" in heading(reader)
        await reader.press("h", "home", "l")
        assert "flat" not in heading(reader)
    async with reading(tmp_path, {}) as reader:
        await reader.press("h", *"jjjjjjjj", "l")
        assert "in stories" in heading(reader)


async def test_a_story_that_the_folder_was_left_inside_is_there_again(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("3")
        await reader.open(name="lead")
        await reader.press("space", "j")
        assert reader.at == "second"
    async with reading(tmp_path, {}) as reader:
        assert reader.at == "lead"
        assert reader.screen.list.cursor > 0


async def test_back_is_flat_or_in_stories_as_it_was_left(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("c", "j")
        before = reader.place
        assert reader.at == "second"
        await reader.press("]", "c", "H")
        assert reader.place == before
        assert reader.rows[:3] == ["lead", "second", "third"]


async def test_a_filter_counts_stories_where_it_shows_them(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", "j", "l", "c", "/", *"third", "enter")
        assert reader.rows == ["third"]
        assert "1 of 29" in heading(reader)
        await reader.press("c")
        assert "1 of 31" in heading(reader)


async def test_on_a_low_screen_the_heading_says_it_too(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.press("c")
        assert "flat · quality, then date · 30 unread" in reader.lines[0]


async def test_marking_all_of_a_list_in_stories_marks_what_is_folded_too(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/")
        await reader.type("-third -lead")
        await reader.press("enter")
        assert "second" in reader.rows
        await reader.press("A")
        assert [status(reader, name) for name in ("lead", "second", "third")] == ["r", "r", "r"]


async def test_dismissing_and_bringing_back_takes_the_whole_story(tmp_path):
    async with reading(tmp_path, PAPER, WIDE) as reader:
        await reader.press("d")
        assert reader.said == "Dismissed 3 articles u undoes"
        await reader.press("h", *"jjjj")
        assert reader.screen.view.title == "Dismissed"
        await reader.press("l", "c")
        assert reader.rows == ["lead"]
        await reader.press("d")
        assert reader.said == "Brought back 3 articles u undoes"
        assert [status(reader, name) for name in ("lead", "second", "third")] == ["", "", ""]
