"""The keeper and its cache when something goes wrong: what is shown next is what the files say.

KEEPER_ROUNDS and KEEPER_FLIPS in the environment make longer runs.
"""

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.library import Library
from reader.snapshot.client import _import_path
from reader.snapshot.keeper import NO_CACHE
from reader.views import ALL, HIDDEN
from tests.samples import front, write

ROUNDS = int(os.environ.get("KEEPER_ROUNDS", "8"))
FLIPS = int(os.environ.get("KEEPER_FLIPS", "200"))


def files(count, start=0):
    """Return articles, each of which names the next one."""
    return {
        f"{number:04}.md": front(
            f"title: Number {number}",
            f"originalUrl: https://example.com/{number}",
            f"quality: {number % 90}",
            "excerpt: Words",
            f"related:\n  - title: Next\n    webUrl: https://example.com/{number + 1}",
        )
        for number in range(start, start + count)
    }


def opened(root, cache="cache"):
    library = Library([root / "news"], root / "state", root / cache)
    library.load()
    return library


def shown(library):
    """Return all that the screen would show: the articles in order, and what is related."""
    articles = [*library.listing(ALL).articles, *library.listing(HIDDEN).articles]
    near = [[(one.title, one.article) for one in library.near(article)] for article in articles]
    return articles, near, library.counts, library.sidebar()


def truth(root):
    """Return what a first reading shows."""
    return shown(opened(root, f"cache-{random.random()}"))


def test_killed_at_any_moment_the_next_start_is_right(tmp_path):
    chance = random.Random(5)
    write(tmp_path / "news", files(300))
    command = [sys.executable, "-P", "-m", "reader.snapshot.serving", "--no-watch"]
    environment = os.environ | {"PYTHONPATH": _import_path()}
    for number in range(ROUNDS):
        write(tmp_path / "news", files(40, start=chance.randrange(400)))
        (tmp_path / "news" / f"{chance.randrange(300):04}.md").unlink(missing_ok=True)
        child = subprocess.Popen(
            [*command, str(tmp_path / "cache"), str(tmp_path / "news")],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.random() * 0.5)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        child.stdin.close()
        if number % 3 == 0:
            assert shown(opened(tmp_path)) == truth(tmp_path)
    assert shown(opened(tmp_path)) == truth(tmp_path)


def test_no_flipped_byte_is_ever_believed(tmp_path):
    chance = random.Random(7)
    write(tmp_path / "news", files(12))
    expected = shown(opened(tmp_path))
    (place,) = (tmp_path / "cache").glob("*[0-9a-f]")
    kept = {path: path.read_bytes() for path in place.iterdir()}
    for _ in range(FLIPS):
        path = chance.choice([path for path in kept if path.suffix in ("", ".records")])
        data = bytearray(kept[path])
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        else:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
        if library.open_cache():
            articles, near, *rest = shown(library)
            assert (articles, rest) == (expected[0], [*expected[2:]])
            assert library.store.is_damaged or near == expected[1]
        for other, content in kept.items():
            other.write_bytes(content)


def test_two_keepers_of_one_folder_both_show_what_it_holds(tmp_path):
    write(tmp_path / "news", files(80))
    one, two = (Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache") for _ in "12")
    for number in range(3):
        write(tmp_path / "news", files(10, start=100 * number))
        for library in (one, two):
            library.start_reading()
        for library in (one, two):
            came = []
            while library.is_reading:
                came += library.take_what_came(30)
            library.show(library.prepare(came[-1]))
            assert shown(library) == truth(tmp_path)
    one.close()
    two.close()


def test_without_a_cache_it_works_and_says_so_once(tmp_path):
    write(tmp_path / "news", files(5))
    (tmp_path / "cache").write_text("no folder")
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    library.start_reading()
    came = []
    while library.is_reading:
        came += library.take_what_came(30)
    library.show(library.prepare(came[-1]))
    notes = [one.note for one in came if one.note]
    assert notes == [NO_CACHE.format("not a directory")]
    assert shown(library) == truth(tmp_path)
    place = came[-1].place
    library.close()
    for _ in range(100):
        if not place.exists():
            break
        time.sleep(0.02)


def test_a_cache_of_another_user_is_not_opened(tmp_path, monkeypatch):
    write(tmp_path / "news", files(5))
    opened(tmp_path)
    mine = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: mine + 1)
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    assert not library.open_cache()


def test_the_cache_is_for_its_user_only(tmp_path):
    write(tmp_path / "news", files(5))
    opened(tmp_path)
    for path in [*(tmp_path / "cache").rglob("*")]:
        assert not stat.S_IMODE(path.lstat().st_mode) & 0o077, path


def test_a_renamed_file_keeps_its_marks(tmp_path):
    write(tmp_path / "news", {"a.md": front("title: On tides"), "b.md": front("title: On cranes")})
    library = opened(tmp_path)
    (tide,) = [one for one in library.listing(ALL).articles if one.title == "On tides"]
    library.star(tide, starred=True)
    (tmp_path / "news" / "a.md").rename(tmp_path / "news" / "moved.md")
    library.start_reading()
    came = []
    while library.is_reading:
        came += library.take_what_came(30)
    assert [tuple(one) for one in came[-1].renamed] == [(0, "a.md", "moved.md")]
    assert (came[-1].added, came[-1].changed, came[-1].removed) == (0, 1, 0)
    library.carry(came[-1].renamed)
    library.show(library.prepare(came[-1]))
    (tide,) = [one for one in library.listing(ALL).articles if one.title == "On tides"]
    assert (tide.path, library.status(tide).starred) == ("moved.md", True)
    library.close()


@pytest.mark.parametrize("name", [b"caf\xe9.md", b"x" * 252 + b".md", b"\x1b[2J.md"])
def test_odd_names_come_through_the_cache(tmp_path, name):
    (tmp_path / "news").mkdir()
    with open(os.path.join(os.fsencode(tmp_path / "news"), name), "wb") as file:
        file.write(b"---\ntitle: Odd\n---\nText\n")
    opened(tmp_path)
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    assert library.open_cache()
    (article,) = library.listing(ALL).articles
    assert os.fsencode(library.path(article).name) == name
    assert library.source(article).strip() == "Text"


def test_a_folder_that_is_gone_is_told_and_comes_back(tmp_path):
    write(tmp_path / "news", files(3))
    library = opened(tmp_path)
    away: Path = (tmp_path / "news").rename(tmp_path / "away")
    library.load()
    assert library.counts.problems == 1
    away.rename(tmp_path / "news")
    library.load()
    assert (library.counts.articles, library.counts.problems) == (3, 0)
