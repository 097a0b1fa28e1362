"""`prune`: articles that came from feeds go to the bin, and come back."""

import io
import json
import sys

import pytest

from reader.cli import pruning, run
from reader.feeds.filing.bin import BIN
from reader.feeds.filing.ledger import Ledger, Line, digest
from reader.library import Library
from reader.places import cache_dir, state_dir
from tests.samples import front, write


def filed(name, *, topic="Tides", title=None):
    return front(
        f"title: {title or f'On {name}'}",
        f"originalUrl: https://example.com/{name}",
        "publishedDateTime: 2020-10-26T08:00:00Z",
        f"topics: [{topic}]",
        "feed: https://example.com/feed",
    )


FILES = {
    "_news/ebb.md": filed("ebb"),
    "_news/flood.md": filed("flood"),
    "_news/flood-2.md": filed("flood", title="Flood comes"),
    "_news/flood-3.md": filed("flood", title="Flood is here"),
    "_news/ship.md": filed("ship", topic="Ships"),
    "own.md": filed("own"),
}


pytestmark = pytest.mark.usefixtures("own_places")


@pytest.fixture
def folder(tmp_path):
    """Return a folder whose articles in `_news` came from feeds."""
    folder = write(tmp_path / "news", FILES)
    Ledger(folder, state_dir()).add(
        Line(f"{number:016}", "", "", file, "", digest(text.encode()))
        for number, (file, text) in enumerate(FILES.items())
        if file.startswith("_news")
    )
    return folder


@pytest.fixture
def shell(folder, capsys):
    """Return a function that prunes: the status, the lines printed, the errors."""

    def run_line(*arguments):
        status = run(["prune", "--library", str(folder), *arguments])
        printed = capsys.readouterr()
        return status, printed.out.splitlines(), printed.err

    return run_line


@pytest.fixture
def terminal(monkeypatch):
    """Return a function that lets somebody at a terminal answer."""

    def answering(answer):
        stdin = io.StringIO(f"{answer}\n")
        stdin.isatty = lambda: True
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setattr(pruning, "is_terminal", lambda: True)

    return answering


def left(folder):
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*.md")
        if not path.is_relative_to(folder / BIN)
    )


def test_what_came_from_feeds_is_moved_with_its_versions_and_comes_back(shell, folder):
    stays = "1 of 3 articles is not from a feed and stays"
    done = "2 articles with 4 files moved to the bin; `broadsheet prune --undo` undoes it"
    assert shell("topic:Tides", "--yes") == (0, [stays, done], "")
    assert left(folder) == ["_news/ship.md", "own.md"]
    (batch,) = (folder / BIN).iterdir()
    assert len(list((batch / "_news").iterdir())) == 4
    assert shell("--undo") == (0, ["4 files put back"], "")
    assert left(folder) == sorted(FILES)
    assert {name: (folder / name).read_text() for name in FILES} == FILES
    assert shell("--undo") == (0, ["There is nothing in the bin"], "")


def test_the_bin_is_not_looked_into(shell, folder, capsys):
    shell("topic:Tides", "--yes")
    assert run(["check", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("2 files: 2 articles,")


def test_a_dry_run_moves_nothing(shell, folder):
    assert shell("topic:Ships", "--dry-run") == (0, ["1 article would be moved to the bin"], "")
    assert left(folder) == sorted(FILES)
    assert not (folder / BIN).exists()


def test_json_has_the_articles(shell, folder):
    status, lines, _ = shell("topic:Tides", "--yes", "--json")
    assert (status, [json.loads(line)["path"] for line in lines]) == (
        0,
        ["_news/ebb.md", "_news/flood-3.md"],
    )
    write(folder, {"_news/ebb.md": "another"})
    assert json.loads(shell("--undo", "--json")[1][0]) == {"moved": 3, "left": 1}


@pytest.mark.parametrize(("answer", "count"), [("y", 2), ("YES", 2), ("n", 6), ("", 6), ("yn", 6)])
def test_at_a_terminal_it_asks_first(shell, folder, terminal, answer, count):
    with_marks = Library([folder], state_dir(), cache_dir())
    with_marks.load()
    with_marks.star(*with_marks.find("https://example.com/ebb"), starred=True)
    with_marks.close()
    terminal(answer)
    status, lines, _ = shell("topic:Tides")
    assert status == 0
    assert lines[1].startswith("Move 2 articles (1 of them starred) to the bin? [y/N] ")
    assert ("Nothing was moved" in lines[1]) == (count == 6)
    assert len(left(folder)) == count


def test_without_a_terminal_it_has_to_be_told(shell, folder):
    status, _, error = shell("topic:Tides")
    assert (status, error) == (
        2,
        "broadsheet: `prune` moves files only with --yes; --dry-run says how many\n",
    )
    assert shell("topic:Tides", "--json")[0] == 2
    assert left(folder) == sorted(FILES)


def test_nothing_is_asked_where_nothing_would_be_moved(shell, terminal):
    terminal("y")
    assert shell("title:own") == (
        0,
        ["1 of 1 article is not from a feed and stays", "0 articles would be moved to the bin"],
        "",
    )
    assert shell("title:nowhere") == (0, ["0 articles would be moved to the bin"], "")


@pytest.mark.parametrize("words", [(), ("",), (" ", "--yes"), ("--yes",), ("--undo", "title:x")])
def test_a_filter_is_needed_but_to_undo(shell, folder, words):
    status, lines, error = shell(*words)
    assert (status, lines, "filter" in error) == (2, [], True)
    assert left(folder) == sorted(FILES)


def test_a_mistake_in_the_filter_is_told(shell):
    assert shell("nope:x", "--yes")[0] == 2


def test_two_folders_are_one_too_many(shell, tmp_path):
    assert shell("title:x", "--library", str(tmp_path), "--yes")[0] == 2


def test_a_file_that_is_gone_meanwhile_is_not_counted(shell, folder, monkeypatch):
    real = pruning.put_in_bin

    def late(place, files, now):
        (folder / "_news/ebb.md").unlink()
        return real(place, files, now)

    monkeypatch.setattr(pruning, "put_in_bin", late)
    assert shell("topic:Tides", "--yes")[1][1].startswith("1 article with 3 files moved")


def test_without_any_folder_there_is_nothing_to_prune(capsys):
    assert run(["prune", "title:x", "--yes"]) == 2
    assert "nothing to prune" in capsys.readouterr().err
    assert run(["prune", "--undo"]) == 0
