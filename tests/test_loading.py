import os
import shutil

import pytest
from reader.files.found import Batch, Contents
from reader.files.worker import BrokenOff

from reader.folders import NoFolder
from reader.library import Library
from reader.tui.screens import loading
from reader.tui.screens.missing import MissingScreen
from reader.tui.screens.reader import ReaderScreen
from tests.samples import article, front, write
from tests.screens import NARROW, PAPER, Reader, lone, reading, running

TOTAL, PART = 400, 100


class Slowly:
    """A reading that finds what the test hands it, when the test hands it."""

    def begin(self, _):
        self.done, self.parts = False, [Contents(0, TOTAL, {}, ())]
        return self

    def take(self, wait=0.0):
        while self.parts:
            part = self.parts.pop(0)
            self.done = part is None or isinstance(part, BrokenOff)
            if isinstance(part, BrokenOff):
                raise part
            if part is not None:
                yield part

    def stop(self):
        self.done = True


def batch(number):
    """Return a part of the articles, of higher quality than the part before."""
    numbers = range(number * PART, (number + 1) * PART)
    return Batch(0, tuple(article(f"n-{one:03}", quality=one) for one in numbers))


@pytest.fixture
def slowly(monkeypatch):
    """Read what the test hands out, and look often."""
    scanner = Slowly()
    monkeypatch.setattr("reader.intake.Scanner", scanner.begin)
    monkeypatch.setattr(loading, "OFTEN", 0.01)
    return scanner


async def hand(reader, slowly, *parts):
    """Hand out parts, and wait until they are shown."""
    slowly.parts += parts
    reader.screen._next_show = 0
    await reader.until(lambda: not slowly.parts)
    await reader.settle()


# Filling


async def test_the_list_fills_with_a_bar_and_counts_while_the_folder_is_read(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        assert "0 of 400 files" in reader.lines[0]
        assert "Reading the folder" in reader.text
        lengths = []
        for number in range(4):
            await hand(reader, slowly, batch(number))
            lengths.append(len(reader.rows))
            if number < 3:
                bar = reader.lines[0].partition(f"{(number + 1) * PART} of 400 files")[0]
                assert bar.strip().endswith("━" * (4 * (number + 1)) + "─" * (12 - 4 * number))
        await hand(reader, slowly, None)
        assert lengths == [100, 200, 300, 400]
        assert reader.lines[0].endswith("400 articles · 400 stories")
        assert "━" not in reader.lines[0]


async def test_keys_work_while_the_folder_is_read_and_the_article_stays_under_the_cursor(
    tmp_path, slowly
):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, batch(0))
        await reader.press("j", "j", "s", "enter")
        assert (reader.at, reader.page, reader.pane) == ("n-097", "n-097", "page")
        rows = reader.screen.list
        for number in (1, 2, 3):
            before = rows.cursor * rows.row_height - rows.top
            await hand(reader, slowly, batch(number))
            assert (reader.at, reader.page, reader.pane) == ("n-097", "n-097", "page")
            assert rows.cursor * rows.row_height - rows.top == before
        await hand(reader, slowly, None)
        assert (reader.at, reader.page, reader.pane) == ("n-097", "n-097", "page")
        assert reader.rows[0] == "n-399"
        assert reader.library.status(reader.screen.article).starred


async def test_who_has_pressed_no_key_sees_the_top_of_the_list_all_the_time(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        for number, first in enumerate(("n-099", "n-199", "n-299", "n-399")):
            await hand(reader, slowly, batch(number))
            assert reader.at == reader.page == first
            assert reader.screen.list.top == 0
        await hand(reader, slowly, None)
        assert reader.at == reader.page == "n-399"


async def test_what_comes_while_a_sheet_is_open_is_there_when_it_closes(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, batch(0))
        await reader.press("/", "n")
        await hand(reader, slowly, batch(1), None)
        await reader.press("-", "1", "5")
        assert len(reader.rows) == 10
        await reader.press("escape")
        assert len(reader.rows) == 200
        await reader.press("?", "q")
        assert not reader.app._exit


async def test_a_reading_that_is_broken_off_says_so_and_keeps_what_was_shown(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, batch(0), BrokenOff("EOFError"))
        assert reader.said == "Reading the folder was broken off (EOFError) r reads it again"
        assert len(reader.rows) == 100
        await reader.press("j")
        assert reader.said
        await reader.press("r")
        await hand(reader, slowly, batch(0), batch(1), None)
        assert reader.said == "Read again: 100 added"
        assert len(reader.rows) == 200


async def test_a_rescan_that_is_broken_off_keeps_what_was_shown_before(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, batch(0), batch(1), None)
        await reader.press("r")
        assert len(reader.rows) == 200
        await hand(reader, slowly, batch(0))
        assert len(reader.rows) == 200
        await hand(reader, slowly, BrokenOff("EOFError"))
        assert len(reader.rows) == 200
        assert "broken off" in reader.said


async def test_a_folder_is_not_read_twice_at_once(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, batch(0))
        await reader.press("r")
        assert reader.said == "Still reading the folder"
        await hand(reader, slowly, None)
        assert len(reader.rows) == 100


async def test_progress_is_shown_at_most_four_times_a_second(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, batch(0))
        assert len(reader.rows) == 100
        slowly.parts.append(batch(1))
        await reader.until(lambda: not slowly.parts)
        assert len(reader.rows) == 100


async def test_a_real_folder_comes_in_and_is_read_again(tmp_path):
    async with reading(tmp_path, lone(30), load=False) as reader:
        await reader.until(lambda: not reader.library.is_reading and len(reader.rows) == 30)
        write(reader.folder, {"more.md": front("title: On more", "quality: 99")})
        await reader.press("j", "r")
        await reader.until(lambda: reader.said == "Read again: 1 added")
        assert (reader.rows[0], reader.at) == ("more", "lone-01")
        await reader.press("r")
        await reader.until(lambda: reader.said == "Read again: nothing new")


# Nothing there


async def test_an_empty_folder_says_so_and_what_to_do(tmp_path):
    async with reading(tmp_path, {}) as reader:
        assert "No articles here yet" in reader.text
        assert "news has no article files." in reader.text
        assert "        r      looks again" in reader.lines
        assert "        q      quits" in reader.lines
        assert reader.pane == "list"
        write(reader.folder, lone(2))
        await reader.press("r")
        await reader.until(lambda: reader.rows == ["lone-00", "lone-01"])
        assert "Library" in reader.text


async def test_a_folder_that_becomes_empty_while_an_article_is_read_keeps_the_keys(tmp_path):
    async with reading(tmp_path, lone(2)) as reader:
        await reader.press("enter")
        for path in reader.folder.iterdir():
            os.remove(path)
        await reader.press("r")
        await reader.until(lambda: reader.said == "Read again: 2 removed")
        assert reader.pane == "list"
        assert reader.page == ""
        await reader.press("q")
        assert reader.app._exit


async def test_a_folder_without_articles_counts_what_was_passed_over(tmp_path):
    files = {"photo.jpg": "x", "notes.txt": "plain", "README.md": "# Read me"}
    async with reading(tmp_path, files, NARROW) as reader:
        assert "3 other files were passed over" in " ".join(reader.text.split())
        await reader.press("q")
        assert reader.app._exit


async def test_a_folder_that_goes_away_while_it_is_open_is_told(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        shutil.rmtree(reader.folder)
        await reader.press("r")
        await reader.until(lambda: reader.said)
        await reader.until(lambda: not reader.library.is_reading)
        await reader.press("j", "?", "q")
        assert not reader.app._exit


async def test_a_file_that_goes_away_while_it_is_shown_is_a_problem_on_its_page(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        os.remove(reader.folder / "long.md")
        await reader.open(name="long")
        await reader.until(lambda: reader.screen.page.problem)
        assert "quality" in reader.text
        await reader.press("l", "j", "]")
        assert reader.page == "lead"


# Not there


class Missing:
    """The screen for a folder that is not there, with what opens another one."""

    def __init__(self, tmp_path):
        self.tmp_path, self.opened = tmp_path, []

    def open(self, paths):
        self.opened.append(Library(list(paths), self.tmp_path / "state", self.tmp_path / "cache"))
        self.opened[-1].load()
        return self.opened[-1]

    def screen(self, name):
        with pytest.raises(NoFolder) as error:
            self.open((self.tmp_path / name,))
        return MissingScreen(error.value, self.open)


async def test_a_missing_folder_is_told_with_the_nearest_name_and_enter_opens_it(tmp_path):
    write(tmp_path / "news", PAPER)
    missing = Missing(tmp_path)
    async with running(lambda: missing.screen("nws")) as (app, pilot):
        reader = Reader(app, pilot, None, None)
        text = " ".join(reader.text.split())
        assert f"There is no folder {tmp_path / 'nws'}" in text
        assert f"Did you mean {tmp_path / 'news'}?" in text
        await reader.press("j", "enter")
        assert reader.at == "lead"
        await reader.press("q")
        assert app._exit


async def test_a_missing_folder_is_looked_for_again(tmp_path):
    missing = Missing(tmp_path)
    async with running(lambda: missing.screen("zzz"), NARROW) as (app, pilot):
        reader = Reader(app, pilot, None, None)
        assert "Did you mean" not in reader.text
        assert "enter" not in reader.text
        await reader.press("enter", "r")
        assert isinstance(app.screen, MissingScreen)
        write(tmp_path / "zzz", lone(1))
        await reader.press("r")
        assert isinstance(app.screen, ReaderScreen)
        assert reader.rows == ["lone-00"]


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_a_missing_folder_lets_one_leave(tmp_path, key):
    missing = Missing(tmp_path)
    async with running(lambda: missing.screen("zzz"), NARROW) as (app, pilot):
        await Reader(app, pilot, None, None).press(key)
        assert app._exit
        assert app.return_code == 0
