from unittest.mock import patch

import pytest

from reader.editions import Editions
from reader.settings import USUAL
from reader.state.journal import StateError
from reader.tui.render.palette import ASCII
from reader.views import EDITION, FRONT
from tests.screens import MIDDLE, NARROW, PAPER, STORY, lone, reading


def pane(reader):
    """Return the lines of the list's pane from its heading down."""
    region = reader.screen.list_heading.region
    return [line[region.x : region.right - 1].rstrip() for line in reader.lines[region.y :]]


def heading(reader):
    return pane(reader)[0].strip()


async def test_gb_makes_an_edition_and_shows_it(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        assert "Edition" not in reader.text
        await reader.press("g", "b")
        assert reader.screen.view == EDITION
        assert heading(reader).startswith("Edition of Wed 28 October  ────")
        assert heading(reader).endswith("────  0 of 14 · 15 min left")
        assert any(line.startswith("▌ Edition          0 of 14") for line in reader.lines)
        assert [reader.screen.rows[at].placed.number for at in range(14)] == list(range(1, 15))


async def test_a_row_has_its_number_and_its_minutes(tmp_path):
    async with reading(tmp_path, STORY) as reader:
        await reader.press("g", "b")
        assert pane(reader)[2] == "▌•   1  On lead"
        meta = "Example Wire · 10 Oct · 3 articles · 3 providers · 1 min"
        assert pane(reader)[3] == f"▌    ▸  {meta}"


async def test_progress_moves_with_what_is_read(tmp_path):
    async with reading(tmp_path, lone(4)) as reader:
        await reader.press("g", "b", "enter", "J")
        assert "━━━━" in heading(reader)
        assert heading(reader).endswith("2 of 4 · 2 min left")
        await reader.press("J", "J")
        assert heading(reader).endswith("4 of 4 · all read")
        assert "─" not in heading(reader)


async def test_the_end_is_an_end(tmp_path):
    async with reading(tmp_path, lone(4)) as reader:
        await reader.press("g", "b")
        assert "■  The end.   gB makes another one" in reader.text
        await reader.press("G", "n")
        assert reader.said == "The edition ends here"
        await reader.press("enter", "J")
        assert reader.said == "The edition ends here"
        await reader.press("q", "g", "g", "N")
        assert reader.said == "The edition begins here"
        await reader.press("A")
        assert "■  The end: all is read.   gb makes the next edition" in reader.text
        await reader.press("n")
        assert reader.said == "The edition ends here: all is read gb makes the next edition"


async def test_no_other_list_has_an_end(tmp_path):
    async with reading(tmp_path, lone(2)) as reader:
        await reader.press("g", "b", "q")
        assert reader.screen.view == FRONT
        assert "The end" not in reader.text


@pytest.mark.parametrize("size", [NARROW, MIDDLE])
async def test_the_end_is_in_view_with_the_last_row(tmp_path, size):
    async with reading(tmp_path, lone(20), size) as reader:
        await reader.press("g", "b")
        assert "The end" not in reader.text
        await reader.press("G")
        assert "■  The end." in reader.text
        assert reader.rows[-1] in reader.text
        await reader.press("g", "g")
        assert "The end" not in reader.text


async def test_gb_keeps_to_the_edition_until_it_is_read(tmp_path):
    async with reading(tmp_path, lone(20)) as reader:
        await reader.press("g", "b")
        first = reader.rows
        await reader.press("g", "b")
        assert reader.rows == first
        assert reader.said == "This edition is not read to its end gB makes another one"
        await reader.press("A", "g", "b")
        assert set(reader.rows).isdisjoint(first)
        assert heading(reader).endswith("0 of 5 · 5 min left")


async def test_another_one_can_be_made_at_any_time(tmp_path):
    async with reading(tmp_path, lone(20)) as reader:
        await reader.press("g", "b")
        first = reader.rows
        await reader.press("g", "B")
        assert set(reader.rows).isdisjoint(first)


async def test_where_nothing_is_left_that_is_said(tmp_path):
    async with reading(tmp_path, lone(3)) as reader:
        await reader.press("A", "g", "b")
        assert reader.said == "Nothing unread is left for a new edition"
        assert reader.screen.view == FRONT


async def test_the_last_edition_stays_where_nothing_is_left_for_the_next(tmp_path):
    async with reading(tmp_path, lone(3)) as reader:
        await reader.press("g", "b", "A", "q", "g", "b")
        assert reader.said == "Nothing unread is left for a new edition"
        assert reader.screen.view == EDITION
        assert len(reader.rows) == 3


async def test_an_edition_survives_a_restart_with_its_place(tmp_path):
    async with reading(tmp_path, lone(20)) as reader:
        await reader.press("g", "b", "j", "j", "m")
        before = reader.rows, reader.at, heading(reader)
    async with reading(tmp_path, {}) as reader:
        assert (reader.rows, reader.at, heading(reader)) == before


async def test_an_edition_has_its_own_order_and_is_made_of_stories(tmp_path):
    async with reading(tmp_path, lone(4)) as reader:
        await reader.press("g", "b")
        before = reader.rows
        await reader.press("3")
        assert reader.said == "An edition has its own order"
        await reader.press("c")
        assert reader.said == "An edition is made of stories"
        assert reader.rows == before


async def test_why_a_story_is_in_an_edition_is_told_by_how_it_was_chosen(tmp_path):
    async with reading(tmp_path, lone(4)) as reader:
        await reader.press("g", "b", "j", "!")
        assert "Number 2 of this edition, chosen by importance." in reader.text
        costs = "Each story of its provider before it costs it 20 points, one of its topic 10"
        assert costs in reader.text


async def test_d_leaves_a_story_out(tmp_path):
    async with reading(tmp_path, lone(4)) as reader:
        await reader.press("g", "b", "d")
        assert heading(reader).endswith("0 of 3 · 3 min left")
        assert len(reader.rows) == 4
        await reader.press("u")
        assert heading(reader).endswith("0 of 4 · 4 min left")


async def test_a_story_unfolds_inside_its_edition(tmp_path):
    async with reading(tmp_path, STORY | lone(2)) as reader:
        await reader.press("g", "b")
        await reader.open(name="lead")
        await reader.press("space")
        assert sorted(reader.rows) == ["lead", "lone-00", "lone-01", "second", "third"]
        assert reader.screen.rows[reader.rows.index("second")].placed is None
        await reader.press("space")
        assert len(reader.rows) == 3


async def test_a_filter_works_inside_an_edition(tmp_path):
    async with reading(tmp_path, STORY | lone(4)) as reader:
        await reader.press("g", "b", "/")
        await reader.type("lone")
        await reader.press("enter")
        assert len(reader.rows) == 4
        assert heading(reader).startswith("Edition of Wed 28 October  4 of 5")
        assert "The end" not in reader.text
        await reader.press("escape")
        assert len(reader.rows) == 5


async def test_gb_takes_a_filter_away(tmp_path):
    async with reading(tmp_path, STORY | lone(4)) as reader:
        await reader.press("/")
        await reader.type("lone")
        await reader.press("enter", "g", "b")
        assert reader.screen.text == ""
        assert len(reader.rows) == 5


async def test_the_sidebar_leads_to_the_edition(tmp_path):
    async with reading(tmp_path, lone(4)) as reader:
        await reader.press("g", "b", "q", "h", "k")
        assert reader.screen.view == EDITION


async def test_an_edition_that_is_all_dismissed_says_so(tmp_path):
    async with reading(tmp_path, lone(1)) as reader:
        await reader.press("g", "b", "d", "q", "h", "k")
        assert heading(reader) == "Edition of Wed 28 October"
        assert "Nothing is left in this edition" in reader.text
        assert "makes the next edition" in reader.text


async def test_on_a_narrow_screen_the_state_gets_shorter(tmp_path):
    async with reading(tmp_path, lone(4), MIDDLE) as reader:
        await reader.press("g", "b")
        assert heading(reader).endswith("Edition of Wed 28 October           0 of 4")
    async with reading(tmp_path, {}, NARROW) as reader:
        assert heading(reader).endswith("0 of 4 · 4 min left")
        await reader.press("enter")
        assert "‹ Edition" in reader.lines[0]


async def test_without_unicode_all_of_it_is_ascii(tmp_path):
    async with reading(tmp_path, lone(4), glyphs=ASCII) as reader:
        await reader.press("g", "b", "m", "G")
        assert "===-----------" in heading(reader)
        assert "#  The end.   gB makes another one" in reader.text
        assert heading(reader).isascii()


async def test_an_edition_waits_until_the_folder_is_read(tmp_path):
    async with reading(tmp_path, lone(4)) as reader:
        with patch.object(type(reader.library), "progress", "reading 3 of 4"):
            await reader.press("g", "b")
            assert reader.said.startswith("The folder is still being read")
        assert reader.library.edition is None


async def test_an_edition_that_cannot_be_kept_is_shown_with_the_reason(tmp_path):
    def refuse(library, today, minutes=None):
        made(library, today, minutes)
        raise StateError("the edition cannot be kept in x: no space left on device")

    made = Editions.make_edition
    async with reading(tmp_path, lone(4)) as reader:
        with patch.object(Editions, "make_edition", refuse):
            await reader.press("g", "b")
        assert len(reader.rows) == 4
        assert reader.said.startswith("Only until you leave: the edition cannot be kept in x")


async def test_the_settings_say_how_long_it_is(tmp_path):
    async with reading(tmp_path, lone(20)) as reader:
        reader.library.settings = USUAL._replace(edition_minutes=5)
        await reader.press("g", "b")
        assert len(reader.rows) == 5


async def test_a_new_edition_is_a_command_of_the_palette(tmp_path):
    async with reading(tmp_path, lone(20)) as reader:
        await reader.press("g", "b")
        first = reader.rows
        await reader.press(":")
        await reader.type("new edition")
        await reader.press("enter")
        assert set(reader.rows).isdisjoint(first)
