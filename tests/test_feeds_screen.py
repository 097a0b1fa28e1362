import json
from contextlib import asynccontextmanager

import pytest

from reader.feeds.subscribed.subscriptions import read_feeds
from reader.feeds.values import Feed
from reader.folders import FEEDS_FILE
from reader.library import Library
from tests.feeds import (
    CRANES,
    FEEDS,
    NO_HOST,
    SHIPS,
    TIDES,
    Play,
    piece,
    pieces,
    remember,
    subscribe,
)
from tests.samples import write
from tests.screens import MIDDLE, NARROW, WIDE, lone, reading


@asynccontextmanager
async def feeds(tmp_path, **how):
    """Open the feeds of a folder: Cranes, then Tides and Ships in a folder."""
    subscribe(tmp_path / "news")
    remember(tmp_path / "news", tmp_path / "state")
    async with reading(tmp_path, pieces(), **how) as reader:
        await reader.press("g", "f")
        yield reader


def said(reader):
    """What the line below the feeds tells."""
    notice = reader.app.screen.status_line.notice
    return " ".join(filter(None, (notice.text, notice.key, notice.does))) if notice else ""


def at(reader):
    return reader.app.screen.line.feed.name


def line_of(reader, name):
    """The line on the screen that tells of a feed."""
    return next(line for line in reader.lines[3:] if name in line).strip(" ▌")


async def test_gf_shows_each_feed_with_what_is_here_and_how_it_is(tmp_path):
    async with feeds(tmp_path) as reader:
        assert reader.sheet == "FeedsScreen"
        assert line_of(reader, "Cranes").split() == [
            *("•", "Cranes", "3", "8", "h", "1", "in", "20", "min", "fine"),
        ]
        assert line_of(reader, "Ships").split(maxsplit=4) == [
            *("!", "Ships", "in", "25", f"h   failed 3 times: {NO_HOST}"),
        ]
        assert "3 feeds · 5 unread · 1 failing" in reader.text
        assert [line.strip() for line in reader.lines if line.strip() == "Sea"] == ["Sea"]
        assert "1 of 3" in reader.lines[-1]


async def test_a_key_after_gf_in_a_burst_is_not_taken_before_it(tmp_path):
    async with reading(tmp_path, pieces()) as reader:
        reader.send("g", "f", "j")
        await reader.settle()
        assert reader.sheet == "FeedsScreen"


@pytest.mark.parametrize(
    ("size", "heads"),
    [
        (WIDE, ["feed", "unread", "latest", "a", "week", "next", "health"]),
        (MIDDLE, ["feed", "unread", "latest", "next", "health"]),
        (NARROW, ["feed", "unread", "latest", "health"]),
    ],
)
async def test_columns_give_way_on_narrow_screens(tmp_path, size, heads):
    async with feeds(tmp_path, size=size) as reader:
        assert heads in [line.split() for line in reader.lines]
        assert "failed 3 times" in reader.text


async def test_what_is_known_of_the_feed_of_the_cursor_stands_below(tmp_path):
    async with feeds(tmp_path) as reader:
        assert f"address     {CRANES.url}" in reader.text
        await reader.press("G")
        assert at(reader) == "Ships"
        assert f"last try    Wed 28 Oct 2020, 19:59: {NO_HOST}" in reader.text
        assert "last good   never" in reader.text
        assert "then        in 25 h; 3 failures in a row" in reader.text


async def test_the_cursor_passes_by_the_names_of_folders(tmp_path):
    async with feeds(tmp_path) as reader:
        assert at(reader) == "Cranes"
        await reader.press("j")
        assert at(reader) == "Tides"
        await reader.press("k", "k")
        assert at(reader) == "Cranes"
        await reader.press("G", "g")
        assert at(reader) == "Cranes"


async def test_enter_shows_the_articles_of_a_feed_and_the_chip_names_it(tmp_path):
    async with feeds(tmp_path) as reader:
        await reader.press("enter")
        assert reader.sheet == ""
        assert reader.rows == ["cranes.xml-28", "cranes.xml-21", "old-14"]
        assert "feed: Cranes" in reader.text
        await reader.press("escape")
        assert len(reader.rows) == 6


async def test_enter_on_a_feed_without_articles_says_so(tmp_path):
    async with feeds(tmp_path) as reader:
        remember(reader.folder, tmp_path / "state", failures=0, error=None)
        reader.app.screen.look_again()
        await reader.press("G", "enter")
        assert said(reader) == "No article of Ships is here yet R fetches it"


@pytest.mark.parametrize("key", ["enter", "!"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_what_went_wrong_is_shown_with_the_beginning_of_the_answer(tmp_path, key, size):
    async with feeds(tmp_path, size=size) as reader:
        await reader.press("G", key)
        assert reader.sheet == "ErrorSheet"
        assert [SHIPS.url, NO_HOST, "The answer begins:", "<html>", "No"] == [
            text
            for line in reader.lines
            if (text := line.strip()) in (SHIPS.url, NO_HOST, "The answer begins:", "<html>", "No")
        ]
        assert "asked Wed 28 Oct 2020, 19:59, last answered well never" in reader.text
        await reader.press("q")
        assert reader.sheet == "FeedsScreen"


async def test_a_long_answer_is_cut_and_leaves_room_for_the_keys(tmp_path):
    async with feeds(tmp_path, size=NARROW) as reader:
        remember(reader.folder, tmp_path / "state", head="\n".join(map(str, range(90))))
        reader.app.screen.look_again()
        await reader.press("G", "!")
        assert "Ships" in reader.text
        assert "esc close" in reader.lines[-1]


async def test_a_feed_that_was_never_asked_has_no_answer(tmp_path):
    async with feeds(tmp_path) as reader:
        remember(reader.folder, tmp_path / "state", asked_at=None, failures=0)
        reader.app.screen.look_again()
        await reader.press("G", "!")
        assert said(reader) == "It was not asked yet R fetches it"


# Changing


async def test_a_feed_is_renamed_and_u_takes_it_back(tmp_path):
    async with feeds(tmp_path) as reader:
        await reader.press("e", "ctrl+u")
        await reader.type("Lifts")
        await reader.press("enter")
        assert said(reader) == "Renamed to Lifts u undoes"
        assert at(reader) == "Lifts"
        assert read_feeds(reader.folder)[0].title == "Lifts"
        await reader.press("u")
        assert said(reader) == "Undone: Renamed to Lifts ctrl+r does it again"
        assert (at(reader), read_feeds(reader.folder)) == ("Cranes", FEEDS)
        await reader.press("ctrl+r")
        assert said(reader) == "Done again: Renamed to Lifts u undoes"
        assert at(reader) == "Lifts"


async def test_a_feed_is_moved_to_another_folder_or_a_new_one(tmp_path):
    async with feeds(tmp_path) as reader:
        await reader.press("m", "2")
        assert said(reader) == "Moved to Sea u undoes"
        await reader.press("m", "3")
        await reader.type("News/Old")
        await reader.press("enter")
        assert {feed.name: feed.folder for feed in read_feeds(reader.folder)}["Cranes"] == (
            *("News", "Old"),
        )
        assert "News › Old" in reader.text
        assert at(reader) == "Cranes"
        assert said(reader) == "Moved to Old u undoes"
        await reader.press("m", "1")
        assert said(reader) == "It is in no folder now u undoes"


async def test_a_feed_is_paused_and_goes_on(tmp_path):
    async with feeds(tmp_path) as reader:
        await reader.press("p")
        assert said(reader) == "Cranes is paused u undoes"
        assert line_of(reader, "Cranes").endswith("paused")
        await reader.press("p")
        assert said(reader) == "Cranes is asked again u undoes"
        assert not read_feeds(reader.folder)[0].paused


async def test_full_text_is_taken_always_or_not(tmp_path):
    async with feeds(tmp_path) as reader:
        await reader.press("f")
        assert read_feeds(reader.folder)[0].full_text
        assert "full text always" in reader.text
        await reader.press("f")
        assert read_feeds(reader.folder) == FEEDS


async def test_a_feed_is_removed_its_articles_stay_and_u_brings_it_back(tmp_path):
    async with feeds(tmp_path) as reader:
        await reader.press("G", "d")
        assert said(reader) == "Removed Ships; its articles stay u undoes"
        assert len(read_feeds(reader.folder)) == 2
        assert at(reader) == "Tides"
        await reader.press("u")
        assert read_feeds(reader.folder) == FEEDS
        await reader.press("u")
        assert said(reader) == "Nothing to undo"


async def test_keys_in_a_burst_do_one_thing_after_the_other(tmp_path):
    async with feeds(tmp_path) as reader:
        reader.send("p", "p", "p", "u", "d", "d", "u")
        await reader.settle()
        assert set(read_feeds(reader.folder)) == set(FEEDS)
        assert said(reader).startswith("Undone: Removed Cranes")


async def test_a_file_that_cannot_be_changed_says_why(tmp_path):
    async with feeds(tmp_path) as reader:
        (reader.folder / FEEDS_FILE).write_text("<opml><body>")
        await reader.press("d")
        assert "feeds.opml" in said(reader)
        assert reader.app.screen.status_line.notice.failed
        await reader.press("q")  # clears it
        assert said(reader) == ""
        assert reader.sheet == "FeedsScreen"
        await reader.press("q")
        assert reader.sheet == ""


# Subscribing and fetching


def added(subscribed, *others):
    """What `add --json` prints."""
    records = [(subscribed, True), *((one, False) for one in others)]
    return "".join(
        f"say(url={url!r}, title={url[-6:]!r}, subscribed={is_it}, articles=3)\n"
        for url, is_it in records
    )


NEW = "https://example.com/new.xml"
SUBSCRIBES = f"""
if words[0] == "add":
    path = pathlib.Path(words[words.index("--library") + 1], "feeds.opml")
    more = '<outline text="News of the sea" type="rss" xmlUrl="{NEW}"/></body>'
    path.write_text(path.read_text().replace("</body>", more))
"""


async def test_a_subscribes_to_an_address_and_fetches_it(tmp_path, monkeypatch):
    play = Play(tmp_path / "play", monkeypatch, SUBSCRIBES + f"    {added(NEW)}\nelse: end(done=1)")
    async with feeds(tmp_path) as reader:
        await reader.press("a")
        await reader.type("example.com")
        await reader.press("enter")
        await reader.until(lambda: len(play.words) == 2)
        home = ["--library", str(reader.folder)]
        assert list(map(json.loads, play.words)) == [
            ["add", "--yes", "--json", *home, "--", "example.com"],
            ["refresh", "--json", NEW, *home],
        ]
        assert at(reader) == "News of the sea"
        await reader.until(lambda: ":" in said(reader))
        assert said(reader) == "Subscribed to News of the sea: 0 articles u undoes"
        await reader.press("u")
        assert read_feeds(reader.folder) == FEEDS


async def test_the_counts_above_follow_what_comes(tmp_path):
    async with feeds(tmp_path) as reader:
        assert "6 articles" in reader.lines[0]
        write(reader.folder, {"c4.md": piece(CRANES.url, 27)})
        reader.library.start_reading()
        await reader.until(lambda: "7 articles" in reader.lines[0])


async def test_where_a_page_has_several_feeds_the_others_are_offered(tmp_path, monkeypatch):
    told = added(NEW, "https://example.com/b.xml", "javascript:x").replace("\n", "\n    ")
    play = Play(tmp_path / "play", monkeypatch, SUBSCRIBES + f"    {told}\nelse: end(done=1)")
    async with feeds(tmp_path) as reader:
        await reader.press("a")
        await reader.type("example.com")
        await reader.press("enter")
        await reader.until(lambda: reader.sheet == "OfferSheet")
        assert "Subscribed to News of the sea. The page has others" in reader.text
        assert "javascript" not in reader.text
        await reader.press("1")
        await reader.until(lambda: any("b.xml" in one for one in play.words))


async def test_others_of_a_page_are_offered_where_its_first_is_there_already(tmp_path, monkeypatch):
    told = added(CRANES.url, "https://example.com/b.xml")
    Play(tmp_path / "play", monkeypatch, told)
    async with feeds(tmp_path) as reader:
        await reader.press("a")
        await reader.type("example.org")
        await reader.press("enter")
        await reader.until(lambda: reader.sheet == "OfferSheet")
        assert "Cranes is subscribed already. The page has others" in reader.text


async def test_what_goes_to_the_users_own_library_is_fetched_and_said(tmp_path, monkeypatch):
    script = f"""
if words[0] == "add":
    say(url={NEW!r}, title="News of the sea", subscribed=True, articles=3)
else:
    wait()
    end(done=1, new=3)
"""
    play = Play(tmp_path / "play", monkeypatch, script)
    monkeypatch.setattr(Library, "feed_home", None)  # as with the articles that come with it
    async with reading(tmp_path, pieces(), size=NARROW) as reader:
        await reader.press("g", "f", "a")
        await reader.type("example.com")
        await reader.press("enter")
        await reader.until(lambda: play.has("waits"))
        at_home = "News of the sea is in your own library q and start again to read it"
        assert said(reader) == at_home
        assert [json.loads(one) for one in play.words] == [
            ["add", "--yes", "--json", "--", "example.com"],
            ["refresh", "--json", NEW],
        ]
        play.go()
        await reader.until(lambda: "3 articles" in said(reader))
        assert "q and start again to read them" in reader.lines[-1]


async def test_an_address_without_feeds_says_why(tmp_path, monkeypatch):
    script = "print('broadsheet: no feed there', file=sys.stderr); sys.exit(1)"
    Play(tmp_path / "play", monkeypatch, script)
    async with feeds(tmp_path) as reader:
        await reader.press("a")
        await reader.type("example.com")
        await reader.press("enter")
        await reader.until(lambda: said(reader))
        assert said(reader) == "no feed there"


async def test_nothing_is_looked_for_without_an_address(tmp_path):
    async with feeds(tmp_path) as reader:
        await reader.press("a", "enter")
        assert reader.sheet == "LineSheet"
        await reader.press("escape")
        assert reader.sheet == "FeedsScreen"


async def test_r_fetches_the_feed_of_the_cursor(tmp_path, monkeypatch):
    script = 'say(event="start", feeds=1)\nwait()\nend(done=1, new=2)'
    play = Play(tmp_path / "play", monkeypatch, script)
    async with feeds(tmp_path) as reader:
        await reader.press("j", "R")
        await reader.until(lambda: play.has("waits"))
        assert "fetching" in line_of(reader, "Tides")
        assert "fetching" not in line_of(reader, "Ships")
        assert "R stop" in reader.lines[-1]
        assert json.loads(play.words[0])[:3] == [
            "refresh",
            "--json",
            "https://example.com/tides.xml",
        ]
        play.go()
        await reader.until(lambda: said(reader))
        assert said(reader) == "1 feed asked: 2 new"
        await reader.settle()
        assert ("R", "fetch") in reader.app.screen.status_line.hints
        assert "fetching" not in line_of(reader, "Tides")


async def test_without_feeds_it_says_how_to_subscribe(tmp_path):
    async with reading(tmp_path, lone(2)) as reader:
        await reader.press("g", "f")
        assert "No feeds here" in reader.text
        assert "a      subscribes" in reader.text
        await reader.press("j", "enter", "e", "m", "p", "f", "d", "!", "R", "u")
        assert reader.sheet == "FeedsScreen"
        await reader.press("q")
        assert reader.sheet == ""


async def test_what_comes_meanwhile_is_counted(tmp_path):
    async with feeds(tmp_path) as reader:
        write(reader.folder, {"t3.md": piece(TIDES.url, 28)})
        reader.library.start_reading()
        await reader.until(lambda: "6 unread" in reader.text)
        assert at(reader) == "Cranes"


async def test_without_colours_the_selected_feed_is_reversed(tmp_path):
    async with feeds(tmp_path, theme="broadsheet-terminal") as reader:
        reversed_ = [
            segment.text
            for strip in reader.strips()
            for segment in strip
            if segment.style and segment.style.reverse
        ]
        assert reversed_ == ["Cranes"]


async def test_question_mark_shows_the_keys(tmp_path):
    async with feeds(tmp_path) as reader:
        await reader.press("?")
        assert "remove; the articles stay" in reader.text


@pytest.mark.parametrize("size", [(160, 50), (120, 30), (100, 30), (80, 24), (60, 20), (40, 12)])
@pytest.mark.parametrize("theme", ["broadsheet-dark", "broadsheet-light", "broadsheet-terminal"])
async def test_it_can_be_drawn_at_every_size(tmp_path, size, theme):
    async with feeds(tmp_path, size=size, theme=theme) as reader:
        for _ in range(3):
            assert len(reader.lines) == size[1]
            await reader.press("j")
        assert "Ships" in reader.text


async def test_the_first_feed_of_a_folder_is_shown_with_the_folders_name(tmp_path):
    many = [Feed(f"https://example.com/{one}", folder=("Sea",)) for one in range(40)]
    subscribe(tmp_path / "news", *many)
    async with reading(tmp_path, {}, size=NARROW) as reader:
        await reader.press("g", "f", "G", "g")
        assert reader.lines[3].split() == ["Sea", "┃"]
        assert line_of(reader, "example.com/0").startswith("example.com/0")
