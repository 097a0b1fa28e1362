import sys
from contextlib import asynccontextmanager

import pytest

from reader.kept_texts import Kept
from reader.pages import Page
from reader.tui import child
from reader.tui.screens.full_text import SETTLED
from tests.samples import front
from tests.screens import MIDDLE, NARROW, WIDE, file, reading

TEXT = "\n\n".join(["## What was found", *(f"Sentence {n} of the whole text." for n in range(60))])
SHORT = "All that is known on a."
FILES = {
    "a.md": file("a", 90, provider="GeekWire", topic="Sea"),
    "b.md": file("b", 80, provider="GeekWire", topic="Land", body="The file's own words.\n"),
    "c.md": file("c", 70, "gone", topic="Sky"),
    "nowhere.md": front("title: On nowhere", "quality: 10"),
}
AFTER = "shows the excerpt again"


def program(monkeypatch, script):
    """Let a script stand for the command."""
    monkeypatch.setattr(child, "PROGRAM", (sys.executable, "-c", script))


def keep(reader, name, text=TEXT):
    reader.library.full_texts.write(
        f"example.com/{name}", Kept(text, f"https://example.com/{name}", "")
    )


@asynccontextmanager
async def at(tmp_path, name, size=WIDE):
    """Open the reader on an article."""
    async with reading(tmp_path, FILES, size) as reader:
        await reader.open(name=name)
        await reader.press("enter")
        yield reader


async def test_x_gets_the_full_text_and_shows_it_from_its_top(tmp_path, monkeypatch):
    program(monkeypatch, "import time; time.sleep(0.3)")
    async with at(tmp_path, "a") as reader:
        assert SHORT in reader.text
        assert "x full text" in reader.text
        await reader.press("x")
        assert reader.said == "Getting the full text of GeekWire… x stops"
        keep(reader, "a")
        await reader.until(lambda: reader.screen.page.full)
        assert reader.said == f"Full text x {AFTER}"
        assert "What was found" in reader.text
        assert SHORT not in reader.text
        assert "full text · x shows the excerpt again" in reader.text
        assert reader.screen.article_page.top == 0
        assert reader.screen.status_line.activity == ""


async def test_x_goes_to_and_fro_and_what_was_asked_for_stays_when_the_folder_is_read(tmp_path):
    async with at(tmp_path, "a") as reader:
        keep(reader, "a")
        await reader.press("x")
        assert "What was found" in reader.text
        await reader.press("x")
        assert SHORT in reader.text
        assert "x shows the full text" in reader.text
        await reader.press("s")
        reader.screen.reload()
        await reader.settle()
        assert SHORT in reader.text
        await reader.press("x", "s")
        reader.screen.reload()
        await reader.settle()
        assert "What was found" in reader.text


async def test_a_text_that_was_kept_earlier_is_there_when_the_article_is_opened(tmp_path):
    async with reading(tmp_path, FILES) as reader:
        keep(reader, "a")
        await reader.open(name="c")
        await reader.open(name="a")
        assert "What was found" in reader.text


async def test_a_file_with_a_text_of_its_own_shows_that_first(tmp_path):
    async with at(tmp_path, "b") as reader:
        keep(reader, "b")
        await reader.open(name="a")
        await reader.open(name="b")
        assert "The file's own words." in reader.text
        await reader.press("x")
        assert "What was found" in reader.text
        await reader.press("x")
        assert "The file's own words." in reader.text


async def test_a_text_that_is_in_the_file_leaves_the_excerpt_behind_it(tmp_path):
    async with at(tmp_path, "b") as reader:
        keep(reader, "b", "The file's own words.")
        await reader.press("x", "x")
        assert "All that is known on b." in reader.text
        assert "own words" not in reader.text


async def test_x_again_stops_it(tmp_path, monkeypatch):
    program(monkeypatch, "import time; time.sleep(60)")
    async with at(tmp_path, "a") as reader:
        await reader.press("x")
        running = reader.screen._getting[0]
        assert "Getting a full text" in reader.text
        await reader.press("x")
        assert reader.said == "Stopped getting the full text"
        await reader.until(lambda: running.status is not None)
        assert reader.said == "Stopped getting the full text"
        assert SHORT in reader.text


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
async def test_where_there_is_none_the_reason_is_said_and_o_still_works(
    tmp_path, monkeypatch, size
):
    why = "no full text of GeekWire: the page may need a login"
    program(monkeypatch, f"import sys; sys.exit('broadsheet: {why}')")
    async with at(tmp_path, "a", size) as reader:
        await reader.press("x")
        await reader.until(lambda: reader.screen._getting is None)
        notice = reader.screen.status_line.notice
        assert notice.failed
        assert (
            reader.said
            == "No full text of GeekWire: the page may need a login o opens the original"
        )
        assert SHORT in reader.text


async def test_a_command_that_says_nothing_is_told_by_its_status(tmp_path, monkeypatch):
    program(monkeypatch, "import sys; sys.exit(7)")
    async with at(tmp_path, "a") as reader:
        await reader.press("x")
        await reader.until(lambda: reader.screen._getting is None)
        assert reader.said.startswith("The command was broken off (status 7)")


async def test_what_it_changes_in_the_folder_is_not_told_as_a_change(tmp_path, monkeypatch):
    program(monkeypatch, "pass")
    async with at(tmp_path, "a") as reader:
        assert reader.screen.tells_changes
        keep(reader, "c")
        await reader.press("x")
        assert not reader.screen.tells_changes
        await reader.until(lambda: reader.screen._getting is None)
        assert not reader.screen.tells_changes
        reader.screen._got_at -= SETTLED
        assert reader.screen.tells_changes


async def test_going_on_meanwhile_leaves_the_page_that_is_read(tmp_path, monkeypatch):
    program(monkeypatch, "import time; time.sleep(0.5)")
    async with at(tmp_path, "a") as reader:
        await reader.press("x")
        keep(reader, "a")
        await reader.open(name="c")
        await reader.until(lambda: reader.screen._getting is None)
        assert reader.said == "The full text of On a is here"
        assert reader.page == "c"


async def test_what_is_not_in_the_folder_has_none(tmp_path):
    async with at(tmp_path, "c") as reader:
        await reader.press("1")
        assert reader.screen.page.article is None
        await reader.press("x")
        assert reader.said.startswith("Only articles of this folder have a full text")


async def test_leaving_the_reader_ends_it(tmp_path, monkeypatch):
    program(monkeypatch, "import time; time.sleep(60)")
    async with at(tmp_path, "a") as reader:
        await reader.press("x")
        running = reader.screen._getting[0]
    running._thread.join(10)
    assert running.status


async def test_the_command_is_told_the_article_and_every_folder(tmp_path, monkeypatch):
    told = tmp_path / "told"
    script = f"import sys; open({str(told)!r}, 'w').write(repr(sys.argv[1:]))"
    program(monkeypatch, script)
    async with at(tmp_path, "a") as reader:
        article = reader.screen.article
        await reader.press("x")
        await reader.until(lambda: reader.screen._getting is None)
        library = ["--library", str(reader.folder)]
        assert told.read_text() == repr(["show", article.id, "--full", "--json", *library])


def test_a_damaged_text_shows_what_there_is_without_it(tmp_path):
    from reader.library import Library
    from tests.samples import write

    library = Library([write(tmp_path / "news", FILES)], tmp_path / "state", tmp_path / "cache")
    library.load()
    article = library.find("a.md")[0]
    library.full_texts.write(article.key, Kept("x", "", ""))
    next((tmp_path / "cache" / "texts").iterdir()).write_bytes(b"\xff")
    page = library.with_body(library.page(article))
    assert isinstance(page, Page)
    assert (page.body, page.full) == (None, None)
