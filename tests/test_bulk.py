import pytest

from reader.views import ALL
from tests.screens import NARROW, PAPER, WIDE, browser, reading


def count(reader, text):
    return reader.library.count(ALL, text)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_sheet_says_first_how_many_are_shown(tmp_path, size):
    async with reading(tmp_path, PAPER, size) as reader:
        rows = len(reader.screen.rows)
        await reader.press("*")
        assert reader.sheet == "BulkSheet"
        assert f"  {rows} stories shown" in reader.lines
        assert "  o  open the original, at most 10" in reader.text
        await reader.press("escape")
        assert (reader.sheet, count(reader, "is:unread")) == ("", 30)


async def test_a_filter_is_named_and_bounds_what_is_done(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        reader.screen.open_view(ALL, text="topic:Tides limit:4")
        await reader.settle()
        assert len(reader.rows) == 4
        await reader.press("*")
        assert "  4 articles shown by topic:Tides limit:4" in reader.lines
        await reader.press("s")
        assert reader.said == "4 articles starred u undoes"
        assert count(reader, "is:starred") == count(reader, "is:starred topic:Tides") == 4


@pytest.mark.parametrize(
    ("key", "flag", "said"),
    [
        ("m", "is:read", "marked as read"),
        ("s", "is:starred", "starred"),
        ("d", "is:dismissed", "dismissed"),
    ],
)
async def test_it_is_one_step_that_is_taken_back(tmp_path, key, flag, said):
    async with reading(tmp_path, PAPER) as reader:
        reader.screen.open_view(ALL, text="is:lone")
        await reader.settle()
        shown = len(reader.rows)
        await reader.press("*", key)
        assert reader.said == f"{shown} articles {said} u undoes"
        assert count(reader, flag) == shown
        await reader.press("*", key)
        assert reader.said == "There is nothing to change in these"
        await reader.press("u")
        assert count(reader, flag) == 0


@pytest.mark.parametrize(("key", "back", "flag"), [("m", "M", "is:unread"), ("s", "S", "is:lone")])
async def test_the_opposite_of_it_is_offered_too(tmp_path, key, back, flag):
    async with reading(tmp_path, PAPER) as reader:
        before = count(reader, f"{flag} -is:starred")
        await reader.press("*", key)
        assert count(reader, f"{flag} -is:starred") < before
        await reader.press("*", back)
        assert count(reader, f"{flag} -is:starred") == before


async def test_enter_does_what_has_the_cursor(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("*", "j", "j", "enter")
        assert count(reader, "is:starred") == len(reader.screen.rows)


async def test_at_most_ten_are_opened_and_marked_as_read(tmp_path, monkeypatch):
    opened = browser(tmp_path, monkeypatch)
    async with reading(tmp_path, PAPER) as reader:
        reader.screen.open_view(ALL, text="is:lone")
        await reader.settle()
        await reader.press("*", "o")
        assert reader.said == "10 articles opened in the browser u undoes"
        await reader.until(lambda: len(opened()) == 10)
        assert count(reader, "is:read") == 10
        await reader.press("u")
        assert count(reader, "is:read") == 0


async def test_without_a_browser_nothing_is_marked(tmp_path, monkeypatch):
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("*", "o")
        assert reader.said == "No browser here y copies one address"
        assert count(reader, "is:read") == 0


async def test_where_nothing_is_shown_there_is_no_sheet(tmp_path):
    async with reading(tmp_path, {}) as reader:
        await reader.press("*")
        assert (reader.sheet, reader.said) == ("", "No article here")
