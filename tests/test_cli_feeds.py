import json
from dataclasses import replace

import pytest

from reader.cli import run
from reader.folders import FEEDS_FILE
from tests.feeds import CRANES, NO_HOST, SHIPS, TIDES, pieces, remember, subscribe
from tests.samples import write
from tests.terminals import on_terminal


@pytest.fixture(autouse=True)
def news(tmp_path, own_places):
    """Return a folder with three feeds."""
    folder = write(tmp_path / "news", pieces())
    subscribe(folder)
    remember(folder, tmp_path / "state" / "broadsheet")
    return folder


def feeds(news, *options):
    return run(["feeds", *options, "--library", str(news)])


def test_in_a_pipe_each_feed_is_a_line_with_tabs(news, capsys):
    assert feeds(news) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{CRANES.url}\tCranes\t\t3\t3\t2020-10-28T12:00:00Z\tfine",
        f"{TIDES.url}\tTides\tSea\t2\t2\t2020-10-27T12:00:00Z\tfine",
        f"{SHIPS.url}\tShips\tSea\t0\t0\t\tfailed 3 times: {NO_HOST}",
    ]


def test_as_json_each_feed_is_an_object_with_names_that_stay(news, capsys):
    assert feeds(news, "--json") == 0
    cranes, _, ships = map(json.loads, capsys.readouterr().out.splitlines())
    assert ships == {
        "url": SHIPS.url,
        "name": "Ships",
        "folder": ["Sea"],
        "site": None,
        "unread": 0,
        "count": 0,
        "last": None,
        "per_week": None,
        "next": "2020-10-29T21:00:00Z",
        "health": f"failed 3 times: {NO_HOST}",
        "failing": True,
        "paused": False,
        "error": NO_HOST,
    }
    assert list(cranes) == list(ships)
    assert (cranes["last"], cranes["per_week"]) == ("2020-10-28T12:00:00Z", 0.0)


def test_of_several_folders_each_feed_says_its_own(news, tmp_path, capsys):
    other = write(tmp_path / "other", pieces())
    assert run(["feeds", "--json", "--library", str(news), "--library", str(other)]) == 0
    folders = [json.loads(line)["library"] for line in capsys.readouterr().out.splitlines()]
    assert folders == [str(news)] * 3


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        (120, ["feed", "unread", "latest", "a", "week", "next", "health"]),
        (80, ["feed", "unread", "latest", "a", "week", "health"]),
        (60, ["feed", "unread", "health"]),
    ],
)
def test_a_person_sees_a_table_with_heads(news, columns, names):
    with on_terminal(columns) as terminal:
        assert feeds(news) == 0
    heads, *lines = terminal.shown()
    assert heads.split() == names
    assert [line.split()[0] for line in lines] == ["Cranes", "Tides", "Ships"]
    assert ("failed 3 times" in lines[2]) == ("health" in names)


def test_a_feed_without_a_name_is_told_by_its_short_address(news):
    subscribe(news, replace(CRANES, title=""))
    with on_terminal(120) as terminal:
        assert feeds(news) == 0
    assert terminal.shown()[1].startswith("example.org/cranes.xml ")


def test_without_feeds_it_says_how_to_subscribe(tmp_path, capsys):
    assert feeds(write(tmp_path / "other", pieces())) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        "broadsheet: there are no feeds in other; `broadsheet add URL` subscribes to one\n"
    )


def test_without_a_library_it_says_how_to_subscribe(capsys):
    assert run(["feeds"]) == 0
    assert capsys.readouterr().err == (
        "broadsheet: there are no feeds yet; `broadsheet add URL` subscribes to one\n"
    )


def test_a_file_that_is_damaged_is_wrong_usage(news, capsys):
    (news / FEEDS_FILE).write_text("<opml><body>")
    assert feeds(news) == 2
    assert "feeds.opml" in capsys.readouterr().err
