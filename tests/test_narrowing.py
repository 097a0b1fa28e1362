"""What is typed in `/` while its words are still being looked for, beside the interface."""

import threading
from contextlib import asynccontextmanager

from reader.filters import FilterError
from tests.screens import PAPER, reading, until


class Search:
    """The search of a library that finds each filter when the test lets it."""

    def __init__(self, reader):
        self._search, self._may_end = reader.library.search, {}
        self.begun, self.shown = [], []
        open_view = reader.screen.open_view

        def open_and_note(view, **how):
            self.shown.append(how["text"])
            open_view(view, **how)

        reader.library.search, reader.screen.open_view = self.find, open_and_note

    def find(self, text, _):
        may_end = self._may_end.setdefault(text, threading.Event())
        self.begun.append(text)
        may_end.wait(20)
        self._search(text, lambda: False)

    def end(self, *texts):
        for text in texts or self._may_end:
            self._may_end[text].set()


@asynccontextmanager
async def searching(tmp_path, *letters):
    """Type a filter, letter after letter, whose words are not found yet."""
    async with reading(tmp_path, PAPER) as reader:
        search = Search(reader)
        await reader.press("/")
        search.shown.clear()
        for number, letter in enumerate(letters, 1):
            reader.send(letter)
            await until(lambda number=number: len(search.begun) == number)
        try:
            yield reader, search
        finally:
            search.end()


async def test_the_list_stays_as_it_is_until_the_words_are_found(tmp_path):
    async with searching(tmp_path, *"way") as (reader, search):
        assert search.begun == ["w", "wa", "way"]
        assert len(reader.rows) == 28
        assert "  / way" in reader.text
        search.end()
        await reader.settle()
        assert len(reader.rows) == 6
        assert "6 of 28" in next(line for line in reader.lines if line.startswith("  / way"))


async def test_only_what_was_typed_last_is_shown_whatever_is_found_first(tmp_path):
    async with searching(tmp_path, *"way") as (reader, search):
        search.end("way")
        await reader.until(lambda: search.shown)
        search.end()
        await reader.settle()
        assert search.shown == ["way"]


async def test_what_is_found_after_esc_changes_nothing(tmp_path):
    async with searching(tmp_path, "w") as (reader, search):
        reader.send("escape")
        await until(lambda: not reader.sheet)
        search.end()
        await reader.settle()
        assert search.shown == []
        assert (reader.screen.text, len(reader.rows)) == ("", 28)


async def test_enter_keeps_a_filter_whose_words_are_found_later(tmp_path):
    async with searching(tmp_path, *"way") as (reader, search):
        reader.send("enter")
        await until(lambda: not reader.sheet)
        assert len(reader.rows) == 28
        search.end()
        await reader.settle()
        assert (reader.screen.text, len(reader.rows), reader.pane) == ("way", 6, "list")


async def test_a_mistake_after_it_takes_the_place_of_what_is_looked_for(tmp_path):
    async with searching(tmp_path, "w") as (reader, search):
        reader.send("space", *"po:x")
        await until(lambda: "^" in reader.text)
        search.end()
        await reader.settle()
        assert "^" in reader.text
        assert search.shown == []


async def test_a_mistake_that_the_search_finds_is_shown_like_any_other(tmp_path):
    async with searching(tmp_path, "w") as (reader, search):
        search.find = lambda text, _: (_ for _ in ()).throw(FilterError("`w` takes too long", 0))
        reader.library.search = search.find
        reader.send("a")
        await reader.until(lambda: "^ w takes too long" in reader.text)
        assert len(reader.rows) == 28
        reader.send("y", "escape")
        await until(lambda: not reader.sheet)


async def test_a_mistake_that_is_found_after_enter_is_told(tmp_path):
    async with searching(tmp_path, "w") as (reader, _):
        reader.send("enter")
        await until(lambda: not reader.sheet)
        reader.screen._searched("w", reader.screen.view, FilterError("`w` takes too long", 0))
        assert reader.said == "w takes too long / changes the filter"
        assert (reader.screen.text, len(reader.rows)) == ("", 28)


async def test_each_key_narrows_the_list_once(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        narrow, asked = reader.screen._narrow, []
        reader.screen._narrow = lambda text: asked.append(text) or narrow(text)
        await reader.press("/", *"way")
        assert asked == ["", "w", "wa", "way"]


async def test_what_is_found_late_leaves_the_choice_among_completions(tmp_path):
    async with searching(tmp_path, *"pro") as (reader, search):
        reader.send("down")
        await until(lambda: reader.app.screen.advice.chosen == 1)
        search.end()
        await reader.settle()
        await reader.press("tab")
        assert "  / providers:" in reader.text


async def test_the_way_to_an_article_ends_where_the_list_is_narrowed_and_esc_brings_it_back(
    tmp_path,
):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("enter", "]")
        way = reader.screen.crumbs
        assert len(way) == 2
        await reader.press("tab", "tab", "/", "w")
        assert reader.screen.crumbs == ()
        await reader.press("escape")
        assert reader.screen.crumbs == way
