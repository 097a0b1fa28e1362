import json
from contextlib import asynccontextmanager

import pytest

from tests.feeds import CRANES, Play, piece, pieces, remember, subscribe
from tests.samples import front, write
from tests.screens import NARROW, lone, reading

NEWS = """
feed("https://example.org/cranes.xml", "new", 2, 1, 3)
feed("https://example.net/ships.xml", "failed", 0, 2, 3, "no such host")
"""


@asynccontextmanager
async def fetching(tmp_path, monkeypatch, script, files=None, **how):
    """Open a folder with feeds, where a play answers for our own commands."""
    play = Play(tmp_path / "play", monkeypatch, script)
    subscribe(tmp_path / "news")
    async with reading(tmp_path, pieces() if files is None else files, **how) as reader:
        reader.play = play
        yield reader


def activity(reader):
    return reader.screen.status_line.activity


async def test_r_fetches_and_says_live_how_far_it_is(tmp_path, monkeypatch):
    script = f'say(event="start", feeds=3)\n{NEWS}\nwait()\nend(done=3, new=2, failed=1)'
    async with fetching(tmp_path, monkeypatch, script) as reader:
        await reader.press("R")
        await reader.until(lambda: activity(reader) == "Fetching 2 of 3 · 1 failed · 2 new")
        assert reader.lines[-1].rstrip().endswith("Fetching 2 of 3 · 1 failed · 2 new   1 of 6")
        reader.play.go()
        await reader.until(lambda: not activity(reader))
        assert reader.said == "3 feeds asked: 2 new, 1 failed gf shows which"
        words = ["refresh", "--json", "--library", str(reader.folder)]
        assert [json.loads(one) for one in reader.play.words] == [words]


async def test_on_a_narrow_screen_the_line_takes_the_place_of_the_place(tmp_path, monkeypatch):
    script = f'say(event="start", feeds=3)\n{NEWS}\nwait()\nend(done=3)'
    async with fetching(tmp_path, monkeypatch, script, size=NARROW) as reader:
        await reader.press("R")
        await reader.until(lambda: "2 of 3" in activity(reader))
        assert reader.lines[-1].rstrip().endswith("Fetching 2 of 3 · 1 failed · 2 new")
        reader.play.go()
        await reader.until(lambda: not activity(reader))


async def test_r_again_stops_it_and_what_came_is_kept(tmp_path, monkeypatch):
    script = f'say(event="start", feeds=3)\n{NEWS}\nwait()'
    async with fetching(tmp_path, monkeypatch, script) as reader:
        await reader.press("R")
        await reader.until(lambda: reader.play.has("waits") and "2 of 3" in activity(reader))
        assert "R stop   / filter" in reader.lines[-1]
        await reader.press("R")
        await reader.until(lambda: not activity(reader))
        assert reader.play.has("stopped")
        assert reader.said == "Stopped after 1 of 3 feeds: 1 new"


async def test_quitting_stops_it(tmp_path, monkeypatch):
    async with fetching(tmp_path, monkeypatch, "wait()") as reader:
        await reader.press("R")
        await reader.until(lambda: reader.play.has("waits"))
        child = reader.screen._child
        await reader.press("q")
    child._thread.join(20)
    assert (reader.play.has("stopped"), child.status) == (True, 0)


async def test_a_bad_end_says_why(tmp_path, monkeypatch):
    script = "print('broadsheet: the disk is full', file=sys.stderr); sys.exit(1)"
    async with fetching(tmp_path, monkeypatch, script) as reader:
        await reader.press("R")
        await reader.until(lambda: reader.said)
        assert reader.said == "the disk is full"
        assert reader.screen.status_line.notice.failed


async def test_a_bad_end_without_a_word_says_its_status(tmp_path, monkeypatch):
    async with fetching(tmp_path, monkeypatch, "sys.exit(3)") as reader:
        await reader.press("R")
        await reader.until(lambda: reader.said)
        assert reader.said == "Fetching was broken off (status 3)"


async def test_where_nothing_is_due_it_says_so(tmp_path, monkeypatch):
    async with fetching(tmp_path, monkeypatch, 'say(event="start", feeds=0)\nend()') as reader:
        await reader.press("R")
        await reader.until(lambda: reader.said)
        assert reader.said == "No feed is due yet R asks all the same"


async def test_r_asks_all_where_it_was_just_said_that_none_is_due(tmp_path, monkeypatch):
    script = 'say(event="start", feeds=0)\nend(done=3 if "--all" in words else 0)'
    async with fetching(tmp_path, monkeypatch, script) as reader:
        for said in ("No feed is due yet", "3 feeds asked"):
            await reader.press("R")
            await reader.until(lambda said=said: said in (reader.said or ""))
        await reader.press("R")
        await reader.until(lambda: "No feed is due yet" in (reader.said or ""))
        assert ["--all" in one for one in reader.play.words] == [False, True, False]


async def test_without_feeds_one_sentence_says_how_to_subscribe(tmp_path):
    async with reading(tmp_path, lone(3)) as reader:
        await reader.press("R")
        assert reader.said == "No feeds here: `broadsheet add URL` subscribes gf and a do so here"
        assert "Feeds" not in reader.text


async def test_an_empty_folder_says_what_brings_articles(tmp_path, monkeypatch):
    (tmp_path / "none").mkdir()
    async with reading(tmp_path / "none", {}) as reader:
        assert "gf     leads to feeds: a subscribes" in reader.text
    async with fetching(tmp_path, monkeypatch, "", files={}) as reader:
        assert "R      fetches the feeds" in reader.text


async def test_a_list_that_was_empty_stays_at_its_top(tmp_path, monkeypatch):
    async with fetching(tmp_path, monkeypatch, "wait()\nend()", files={}) as reader:
        await reader.press("R")
        await add(reader, low=1)
        await add(reader, high=99)
        assert (reader.at, note(reader)) == ("high", "")
        await reader.press("j")
        await add(reader, higher=100)
        assert (reader.at, reader.screen.list.cursor) == ("low", 2)
        reader.play.go()
        await reader.until(lambda: not activity(reader))


async def test_without_watching_the_folder_is_read_again_at_the_end(tmp_path, monkeypatch):
    new = repr(piece(CRANES.url, 28, quality=99).replace("cranes.xml-28", "new"))
    folder = tmp_path / "news"
    script = (
        f"pathlib.Path({str(folder)!r}, 'new.md').write_text({new})\n"
        'say(event="start", feeds=1)\nend(done=1, new=1)'
    )
    async with fetching(tmp_path, monkeypatch, script) as reader:
        reader.library.watch = False
        await reader.press("R")
        await reader.until(lambda: "new" in reader.rows)
        assert reader.said == "1 feed asked: 1 new"  # and not that the folder has changed


# What is new above


@asynccontextmanager
async def with_more(tmp_path, **how):
    """Open a folder with the cursor far down; what is written then is above."""
    async with reading(tmp_path, lone(40, first=60), **how) as reader:
        await reader.press("G")
        await add(reader, high_1=99, low=1, high_2=98)
        yield reader


async def add(reader, **qualities):
    """Write articles, and let them be read."""
    for name, quality in qualities.items():
        front_matter = front(f"title: On {name}", f"quality: {quality}", "provider: {name: New}")
        write(reader.folder, {f"{name}.md": front_matter})
    before = reader.library.store
    reader.library.start_reading()
    await reader.until(lambda: reader.library.store is not before)
    await reader.until(lambda: not reader.library.is_reading)


def note(reader):
    return reader.screen.list_heading.note


async def test_what_is_new_above_is_counted_beside_the_title(tmp_path):
    async with with_more(tmp_path) as reader:
        assert note(reader) == "2 new ↑"
        assert "Front page  2 new ↑" in reader.text
        assert reader.at == "lone-39"


async def test_gg_goes_there_and_what_was_seen_is_no_longer_new(tmp_path):
    async with with_more(tmp_path) as reader:
        await reader.press("g", "g")
        assert (reader.at, note(reader)) == ("high_1", "")
        await reader.press("G")
        assert note(reader) == ""


async def test_what_was_scrolled_into_view_is_seen(tmp_path):
    async with with_more(tmp_path) as reader:
        reader.screen.list.scroll_to_line(reader.screen.list.row_height)
        await reader.settle()
        assert note(reader) == "1 new ↑"
        await reader.press("G")
        assert note(reader) == "1 new ↑"


async def test_more_that_comes_is_added_to_it(tmp_path):
    async with with_more(tmp_path) as reader:
        await add(reader, high_3=97)
        assert note(reader) == "3 new ↑"


async def test_what_only_changed_is_not_new(tmp_path):
    async with with_more(tmp_path) as reader:
        await add(reader, high_1=96)
        assert note(reader) == "2 new ↑"


async def test_another_list_has_nothing_new(tmp_path):
    async with with_more(tmp_path) as reader:
        await reader.press("3")
        assert note(reader) == ""


async def test_it_stands_beside_the_count_of_a_filter(tmp_path):
    async with reading(tmp_path, lone(40, first=60)) as reader:
        await reader.press("g", "u", "G")
        await add(reader, high_1=99)
        assert note(reader) == "41 of 41 · 1 new ↑"


# The sidebar


async def test_the_sidebar_says_how_many_feeds_fail_and_leads_to_them(tmp_path, monkeypatch):
    subscribe(tmp_path / "news")
    remember(tmp_path / "news", tmp_path / "state")
    async with reading(tmp_path, pieces()) as reader:
        reader.screen.look_at_feeds()
        await reader.until(lambda: "1 failing" in reader.text)
        await reader.press("h")
        while "Feeds" not in reader.screen.sidebar._lines[reader.screen.sidebar.cursor].label:
            await reader.press("j")
        assert reader.screen.view.kind != "feeds"
        reader.screen.show_state()
        assert reader.screen.sidebar.view.kind == "feeds"  # the cursor stays
        await reader.press("enter")
        assert reader.sheet == "FeedsScreen"


async def test_feeds_that_cannot_be_read_are_told_of(tmp_path):
    async with reading(tmp_path, {"feeds.opml": "<opml><body>"} | lone(3)) as reader:
        reader.screen.look_at_feeds()
        await reader.until(lambda: "feeds.opml" in reader.said)
        assert reader.screen.status_line.notice.failed


@pytest.mark.parametrize("key", ["R", "r"])
async def test_keys_work_while_it_fetches(tmp_path, monkeypatch, key):
    async with fetching(tmp_path, monkeypatch, "wait()\nend()") as reader:
        await reader.press("R", "j", "s")
        assert reader.said == "Starred u undoes"
        reader.play.go()
        await reader.until(lambda: not activity(reader))
