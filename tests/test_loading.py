import os
import shutil
import threading
from contextlib import contextmanager

import pytest

from reader.folders import NoFolder
from reader.library import Library
from reader.ranking import HALF_LIFE
from reader.snapshot.index import NAME
from reader.snapshot.publication import Publication
from reader.tui.screens.missing import MissingScreen
from reader.tui.screens.reader import ReaderScreen
from reader.views import ALL
from tests.samples import article, front, index_of, write
from tests.screens import NARROW, PAPER, Reader, lone, reading, running, until

TOTAL, PART = 400, 100
BROKEN = "Reading the folder was broken off (status -9)"


class Slowly:
    """A keeper that publishes what the test hands it, when the test hands it."""

    def begin(self, _, cache, told, *, watch, half_life):
        assert (watch, half_life) == (True, HALF_LIFE)
        self.place, self.told = cache, told
        self.is_reading, self.failed, self.parts = True, None, []
        cache.mkdir(exist_ok=True)
        return self

    def publish(self, parts, *, complete=False, **news):
        """Publish so many parts of the articles, each of higher quality than the one before."""
        articles = [article(f"n-{one:03}", quality=one) for one in range(parts * PART)]
        index, records = index_of(articles)
        index.tables.complete = complete
        index.tables.files, index.tables.read = TOTAL, len(articles)
        (self.place / "memory.records").write_bytes(records)
        index.write(self.place / NAME)
        self.parts.append(Publication(self.place, TOTAL, len(articles), complete, **news))
        self.told()

    @contextmanager
    def unheard(self):
        """Let nobody look at what is published until there is more."""
        told, self.told = self.told, lambda: None
        yield
        self.told = told

    def break_off(self):
        """Die."""
        self.failed, self.is_reading = BROKEN, False
        self.told()

    def take(self, _=0.0):
        came, self.parts = self.parts, []
        self.is_reading &= not any(one.complete for one in came)
        return came

    def ask(self, _):
        self.is_reading = True

    def stop(self):
        pass


@pytest.fixture
def slowly(monkeypatch):
    """Read what the test hands out."""
    keeper = Slowly()
    monkeypatch.setattr("reader.snapshot.client.KeeperProcess", keeper.begin)
    return keeper


async def hand(reader, slowly, parts, **how):
    """Publish parts, and wait until they are shown."""
    slowly.publish(parts, **how)
    await reader.until(lambda: not slowly.parts)
    await reader.settle()


# Filling


async def test_the_list_fills_with_a_bar_and_counts_while_the_folder_is_read(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        assert "reading the folder" in reader.lines[0]
        assert "Reading the folder" in reader.text
        for number in (1, 2, 3):
            await hand(reader, slowly, number)
            assert len(reader.rows) == number * PART
            bar = reader.lines[0].partition(f"{number * PART} of 400 files")[0]
            assert bar.strip().endswith("━" * (4 * number) + "─" * (16 - 4 * number))
        await hand(reader, slowly, 4, complete=True, added=400)
        assert reader.said == ""
        assert len(reader.rows) == 400
        assert reader.lines[0].endswith("400 articles · 400 stories")
        assert "━" not in reader.lines[0]


async def test_keys_work_while_the_folder_is_read_and_the_article_stays_under_the_cursor(
    tmp_path, slowly
):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, 1)
        await reader.press("j", "j", "s", "enter")
        assert (reader.at, reader.page, reader.pane) == ("n-097", "n-097", "page")
        rows = reader.screen.list
        for number in (2, 3, 4):
            before = rows.cursor * rows.row_height - rows.top
            await hand(reader, slowly, number, complete=number == 4)
            assert (reader.at, reader.page, reader.pane) == ("n-097", "n-097", "page")
            assert rows.cursor * rows.row_height - rows.top == before
        assert reader.rows[0] == "n-399"
        assert reader.library.status(reader.screen.article).starred


async def test_who_has_pressed_no_key_sees_the_top_of_the_list_all_the_time(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        for number, first in enumerate(("n-099", "n-199", "n-299", "n-399"), 1):
            await hand(reader, slowly, number, complete=number == 4)
            assert reader.at == reader.page == first
            assert reader.screen.list.top == 0


async def test_what_comes_while_a_sheet_is_open_is_there_when_it_closes(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, 1)
        await reader.press("/", "n")
        await hand(reader, slowly, 2, complete=True)
        await reader.press("space", "1", "5")
        assert len(reader.rows) == 10
        await reader.press("escape")
        assert len(reader.rows) == 200
        await reader.press("?", "q")
        assert not reader.app._exit


async def test_a_reading_that_is_broken_off_says_so_and_keeps_what_was_shown(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, 1)
        slowly.break_off()
        await reader.until(lambda: reader.said == f"{BROKEN} r reads it again")
        assert len(reader.rows) == 100
        await reader.press("j")
        assert reader.said
        await reader.press("r")
        await hand(reader, slowly, 2, complete=True, added=100)
        assert reader.said == "Read again: 100 added"
        assert len(reader.rows) == 200


async def test_a_reading_that_is_broken_off_before_anything_came_is_over(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        slowly.break_off()
        await reader.until(lambda: reader.said == f"{BROKEN} r reads it again")
        assert "reading the folder" not in reader.lines[0]
        assert "No articles here yet" in reader.text


async def test_what_came_just_before_the_bad_end_is_shown_and_the_end_is_told(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        with slowly.unheard():
            slowly.publish(1)
        slowly.break_off()
        await reader.until(lambda: reader.said == f"{BROKEN} r reads it again")
        assert len(reader.rows) == 100
        assert "━" not in reader.lines[0]


async def test_a_rescan_that_is_broken_off_says_so_and_shows_what_came(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, 1, complete=True)
        await reader.press("r")
        with slowly.unheard():
            slowly.publish(2, complete=True, added=100)
        slowly.break_off()
        await reader.until(lambda: len(reader.rows) == 200)
        assert reader.said == f"{BROKEN} r reads it again"


async def test_what_takes_longer_to_open_never_hides_what_is_newer(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, 1, complete=True)
        prepare, show_last = reader.library.prepare, reader.screen._show_last
        opened, may_go_on, handed_over = threading.Event(), threading.Event(), []

        def prepare_slowly(publication):
            store = prepare(publication)
            if len(store) == 2 * PART:
                opened.set()
                may_go_on.wait(10)
            return store

        def hand_over(worker, store):
            handed_over.append(len(store))
            show_last(worker, store)

        reader.library.prepare, reader.screen._show_last = prepare_slowly, hand_over
        slowly.publish(2, complete=True, added=100)
        await until(opened.is_set)
        await hand(reader, slowly, 3, complete=True, added=100)
        assert len(reader.rows) == 300
        may_go_on.set()
        await until(lambda: handed_over == [300, 200])
        await reader.settle()
        assert len(reader.rows) == 300
        assert reader.said == "The folder has changed: 200 added"


async def test_a_folder_is_not_read_twice_at_once(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, 1)
        await reader.press("r")
        assert reader.said == "Still reading the folder"
        await hand(reader, slowly, 1, complete=True)
        assert len(reader.rows) == 100


async def test_what_changes_by_itself_is_said_and_moves_nothing(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, 1, complete=True)
        await reader.press("j")
        await hand(reader, slowly, 2, complete=True, added=99, changed=1)
        assert reader.said == "The folder has changed: 99 added, 1 changed"
        assert (reader.at, len(reader.rows)) == ("n-098", 200)


async def test_a_filter_is_looked_for_before_the_list_is_made_anew(tmp_path, slowly, monkeypatch):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, 1, complete=True)
        library, known = reader.library, []
        reader.screen.open_view(ALL, text="/n-0/")

        def show(store):
            known.append((store.has_kept("/n-0/"), store is library.store))
            type(library).show(library, store)

        monkeypatch.setattr(library, "show", show)
        await hand(reader, slowly, 2, complete=True, added=99)
        assert known == [(True, False)]


async def test_what_the_keeper_has_to_say_is_said(tmp_path, slowly):
    async with reading(tmp_path, {}, load=False) as reader:
        await hand(reader, slowly, 1, complete=True, note="The cache cannot be written")
        assert reader.said == "The cache cannot be written"


async def test_a_real_folder_comes_in_and_is_read_again(tmp_path):
    async with reading(tmp_path, lone(30), load=False) as reader:
        await reader.until(lambda: not reader.library.is_reading and len(reader.rows) == 30)
        write(reader.folder, {"more.md": front("title: On more", "quality: 99")})
        await reader.press("j", "r")
        await reader.until(lambda: reader.said == "Read again: 1 added")
        assert (reader.rows[0], reader.at) == ("more", "lone-01")
        await reader.press("r")
        await reader.until(lambda: reader.said == "Read again: nothing new")


async def test_the_next_start_shows_the_cache_at_once_and_then_what_has_changed(tmp_path):
    async with reading(tmp_path, lone(5)) as reader:
        assert len(reader.rows) == 5
    write(tmp_path / "news", {"more.md": front("title: On more", "quality: 99")})
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    assert library.open_cache()
    async with running(lambda: ReaderScreen(library)) as (app, pilot):
        reader = Reader(app, pilot, library, tmp_path / "news")
        assert len(reader.rows) == 5
        await reader.until(lambda: len(reader.rows) == 6)
        assert reader.said == "The folder has changed: 1 added"
    library.close()


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
