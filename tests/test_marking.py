import os

import pytest

from reader.views import ALL
from tests.samples import write
from tests.screens import NARROW, PAPER, WIDE, file, lone, reading


def status(reader, name):
    """Return in letters what was done with an article: r(ead), p(assed), s(tarred), d(ismissed)."""
    articles = reader.library.listing(ALL).articles
    found = reader.library.status(next(one for one in articles if one.title == f"On {name}"))
    letters = {"read": "r", "passed": "p", "starred": "s", "dismissed": "d"}
    return "".join(letter for field, letter in letters.items() if getattr(found, field))


def count(reader, label):
    """Return what stands behind a name in the sidebar, as a number."""
    line = next(line[:27] for line in reader.lines if label in line[:27])
    figure = line.split()[-1].replace(",", "")
    return int(figure) if figure.isdigit() else 0


def mark(reader, name):
    """Return what stands in the columns of the mark and the star in the row of an article."""
    lines = [line[29:31] for line in reader.lines if f"On {name} " in line[29:94] + " "]
    at = next(at for at, line in enumerate(reader.lines) if f"On {name} " in line[29:94] + " ")
    return (lines[0][0] + reader.lines[at + 1][29]).strip()


async def test_moving_marks_nothing_and_reading_marks_as_read(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("j", "j", "k")
        assert count(reader, "Unread") == 30
        assert mark(reader, "way-0") == "•"
        await reader.press("enter")
        assert status(reader, "way-0") == "r"
        assert mark(reader, "way-0") == ""
        assert count(reader, "Unread") == 29
        assert count(reader, "Cranes") == 2


async def test_with_the_leader_of_a_story_the_others_are_passed(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("l", "m")
        assert reader.said == "Story marked as read: 3 articles u undoes"
        assert [status(reader, name) for name in ("lead", "second", "third")] == ["r", "p", "p"]
        assert count(reader, "Unread") == 27
        await reader.press("m")
        assert reader.said == "Story marked as unread: 3 articles u undoes"
        assert count(reader, "Unread") == 30


@pytest.mark.parametrize("unfold", [(), ("space",)])
async def test_the_row_of_a_story_is_marked_whole_and_undone_at_once(tmp_path, unfold):
    async with reading(tmp_path, PAPER) as reader:

        def state():
            return [status(reader, name) for name in ("lead", "second", "third")]

        await reader.press("j", "N", *unfold, "m")
        assert reader.said == "Story marked as read: 3 articles u undoes"
        assert state() == ["r", "r", "r"]
        await reader.press("m")
        assert reader.said == "Story marked as unread: 3 articles u undoes"
        assert state() == ["", "", ""]
        await reader.press("u")
        assert state() == ["r", "r", "r"]
        await reader.press("u")
        assert state() == ["", "", ""]
        assert count(reader, "Unread") == 30


async def test_inside_an_unfolded_story_each_row_is_marked_alone(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("space", "j", "m")
        assert reader.said == "Marked as read u undoes"
        assert [status(reader, name) for name in ("lead", "second", "third")] == ["", "r", ""]


async def test_a_story_that_was_read_comes_back_with_what_is_new(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("enter", "h")
        assert mark(reader, "lead") == ""
        assert count(reader, "Unread") == 27
        write(tmp_path / "news", {"late.md": file("late", 60, "lead", heat=-1)})
        await reader.press("r")
        await reader.until(lambda: reader.said.startswith("Read again"))
        assert count(reader, "Unread") == 28
        assert mark(reader, "lead") == "•"
        assert "1 new in a story that you read" in reader.text
        page = [line[94:] for line in reader.lines]
        told = {
            name: next(line for line in page if f"On {name}" in line and "│" in line)
            for name in ("second", "third", "late")
        }
        assert {name: "•" in line for name, line in told.items()} == {
            "second": False,
            "third": False,
            "late": True,
        }
        await reader.press("j", "j", "N", "N")
        assert reader.at == "lead"
        await reader.press("enter")
        assert status(reader, "late") == ""
        number = next(line for line in page if "On late" in line).split()[1]
        await reader.press(number, "H", "h")
        assert status(reader, "late") == "r"
        assert mark(reader, "lead") == ""
        assert "new in a story" not in reader.text


async def test_the_cursor_goes_to_the_story_that_its_article_has_joined(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="lone-05")
        await reader.press("k", "j")
        first = {"late.md": file("late", 99, "lone-05")}
        joined = file("lone-05", 45, "late", topic="Tides", provider="Example Post", heat=-1)
        write(tmp_path / "news", first | {"lone-05.md": joined})
        await reader.press("r")
        await reader.until(lambda: reader.said.startswith("Read again"))
        assert (reader.at, reader.page) == ("late", "lone-05")


async def test_reading_on_goes_by_what_was_passed_with_its_story(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("space", "enter", "J")
        assert reader.at == "way-0"
        await reader.press("K")
        assert reader.at == "lead"
        await reader.press("space")
        assert reader.at == "way-1"


async def test_one_article_is_marked_by_name_of_what_was_done(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("j", "m")
        assert reader.said == "Marked as read u undoes"
        await reader.press("m")
        assert reader.said == "Marked as unread u undoes"
        await reader.press("s")
        assert reader.said == "Starred u undoes"
        assert mark(reader, "way-0") == "•✶"
        assert count(reader, "Starred") == 1
        await reader.press("s")
        assert reader.said == "Star taken away u undoes"
        assert count(reader, "Starred") == 0


async def test_everything_is_undone_and_done_again(tmp_path):
    async with reading(tmp_path, PAPER) as reader:

        def state():
            names = ("lead", "second", "way-0", "lone-05")
            return [status(reader, name) for name in names], reader.lines[5:9], reader.said[:0]

        states = [state()]
        for key in ("s", "m", "j", "s", "d", "A"):
            await reader.press(key)
            states.append(state())
        for before in reversed(states):
            await reader.press("u")
            if before is not states[-1]:
                continue
        assert [status(reader, name) for name in ("lead", "second", "way-0")] == ["", "", ""]
        assert reader.said == "Nothing to undo"
        for _ in range(6):
            await reader.press("ctrl+r")
        assert state()[0] == states[-1][0]
        await reader.press("ctrl+r")
        assert reader.said == "Nothing to do again"


async def test_marking_all_says_how_many_and_is_undone_at_once(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("A")
        assert reader.said == "Marked 30 articles as read u undoes"
        assert count(reader, "Unread") == 0
        await reader.press("A")
        assert reader.said == "All of these are read already"
        await reader.press("u")
        assert count(reader, "Unread") == 30
        await reader.press("h", *"jjjjjjj", "l", "A")
        assert reader.said == "Marked 2 articles as read u undoes"


async def test_rows_leave_unread_only_when_the_view_is_left(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", "j", "j", "j", "l")
        before = reader.rows
        assert len(before) == 30
        await reader.press("j", "j", "m", "J", "A", "u", "d")
        assert reader.rows == before
        assert reader.screen.list.cursor == 4
        await reader.press("h", "home")
        assert reader.screen.view.title == "Front page"
        await reader.press("j", "j", "j", "l")
        assert [name for name in before if name not in reader.rows] == ["third", "way-0"]


async def test_stars_and_dismissals_leave_their_views_only_when_those_are_left(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("j", "s", "j", "s", "g", "s")
        assert reader.rows == ["way-0", "way-1"]
        await reader.press("s", "j")
        assert (reader.rows, reader.page) == (["way-0", "way-1"], "way-1")
        await reader.press("q", "g", "s")
        assert reader.rows == ["way-1"]


async def test_dismissing_takes_the_story_and_the_row_stays_until_the_view_is_left(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("d")
        assert reader.said == "Dismissed 3 articles u undoes"
        assert [status(reader, name) for name in ("lead", "second", "third")] == ["d", "d", "d"]
        assert reader.at == "way-0"
        assert reader.rows[0] == "lead"
        assert count(reader, "Dismissed") == 3
        assert "27 stories" in reader.lines[0]
        await reader.press("d")
        assert reader.said == "Dismissed 1 article u undoes"
        await reader.press("h", "j", "k")
        assert reader.rows[0] == "way-1"
        await reader.press("j", "j", "j", "j")
        assert reader.screen.view.title == "Dismissed"
        await reader.press("l", "d")
        assert reader.said == "Brought back 1 article u undoes"


async def test_what_is_dismissed_while_it_is_read_stays_on_the_page(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.press("j", "enter", "d")
        assert (reader.pane, reader.page) == ("page", "way-0")
        assert "dismissed" in reader.text
        await reader.press("u")
        assert "dismissed" not in reader.text.splitlines()[5]


async def test_marks_are_the_same_in_list_page_and_related(tmp_path):
    async with reading(tmp_path, PAPER, WIDE) as reader:
        await reader.press("l", "2")
        assert reader.page == "third"
        assert "✶" not in reader.text
        await reader.press("s")
        assert mark(reader, "third") == "✶"
        assert "starred" in reader.text
        await reader.press("H")
        related = [line[94:] for line in reader.lines if "On third" in line[94:]]
        assert "•" not in related[0]


async def test_a_broken_file_has_nothing_to_mark(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", *"jjjjj", "l")
        assert reader.page == "bad.md"
        for key in "smd":
            await reader.press(key)
            assert reader.said == "This file is not understood: there is nothing to mark"
        await reader.press("enter", "A", "o", "O", "y", "]", "1")
        assert count(reader, "Unread") == 30


async def test_without_an_article_every_mark_says_so(tmp_path):
    async with reading(tmp_path, {}) as reader:
        for key in "smd]oOy":
            await reader.press(key)
            assert reader.said == "No article here", key
        for key in ("A", "n", "N", "J", "K", "space", "H", "L", "u", "ctrl+r", "j", "G", "enter"):
            await reader.press(key)
        assert not reader.app._exit


async def test_what_is_said_goes_with_the_next_key(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("s")
        assert "Starred   u undoes" in reader.lines[-1]
        await reader.press("j")
        assert reader.said == ""
        assert "? help" in reader.lines[-1]


@pytest.mark.parametrize(("size", "line"), [(WIDE, 0), (NARROW, 0)])
@pytest.mark.parametrize("key", ["s", "J", "A", "]"])
async def test_marks_that_cannot_be_written_are_kept_and_the_screen_says_so_until_they_are(
    tmp_path, monkeypatch, size, line, key
):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    async with reading(tmp_path, PAPER, size) as reader:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", refuse)
            await reader.press(key)
            assert reader.said.startswith("Disk full: ")
            await reader.press("j", "L")
        assert "marks are not written" in reader.lines[line]
        await reader.press("s")
        assert reader.said == "Starred u undoes"
        assert "marks are not written" not in reader.text


async def test_two_files_of_one_address_share_their_marks(tmp_path):
    files = lone(3) | {"double.md": file("lone-00", 40)}
    async with reading(tmp_path, files) as reader:
        await reader.press("s")
        assert count(reader, "Starred") == 2
        write(reader.folder, {"more.md": file("lone-00", 30)})
        await reader.press("r")
        await reader.until(lambda: reader.said.startswith("Read again"))
        assert count(reader, "Starred") == 3
