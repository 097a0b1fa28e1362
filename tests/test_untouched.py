"""A folder that is not ours is the same after long use, byte for byte."""

import os
import random
import stat
from hashlib import sha256

import pytest

from reader.library import Library
from reader.memory import Memory
from reader.state.journal import StateError
from reader.views import ALL, FRONT, STARRED
from tests.samples import SEED_LIKE, front, write

FILES = {
    "_news/seed.md": SEED_LIKE,
    "_news/lead.md": front(
        "title: Lead",
        "originalUrl: https://example.com/lead",
        "heat: 9",
        "related: [{title: Second, webUrl: https://example.com/second}]",
        body="A *text*.",
    ),
    "_news/second.md": front(
        "title: Second", "originalUrl: https://example.com/second", "heat: -1"
    ),
    "_news/bad.md": "---\na: b: c\n---\n",
    "_data/topics/1.yaml": "name: AI",
    "no-time.md": front("title: No address"),
    "latin.md": b"---\ntitle: caf\xe9\n---\n",
    ".memory.json.0a1b2c3d": "looks like one of ours",
    ".own.jsonl.0a1b2c3d": "and this",
    "state/machine.jsonl": '{"at":"019a1b2c3d4e-0000-a","key":"no-time.md","field":"read"}',
    ".gitattributes": "* text=auto\n",
    "feeds.opml": "<opml/>",
    "empty.md": "",
}


def fingerprint(folder):
    """Return a hash of every path with its kind, its rights, its time, and its bytes."""
    total = sha256()
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.lstat()
        kind = f"{path} {status.st_mode:o} {status.st_size} {status.st_mtime_ns} {status.st_ino}"
        total.update(os.fsencode(kind))
        if stat.S_ISREG(status.st_mode):
            total.update(path.read_bytes())
    return total.hexdigest()


@pytest.fixture
def folder(tmp_path):
    """Return somebody's folder, all of it from long ago."""
    folder = write(tmp_path / "news", FILES)
    (folder / "link.md").symlink_to("no-time.md")
    os.mkfifo(folder / "pipe.md")
    for path in folder.rglob("*"):
        if not path.is_symlink():
            os.utime(path, (1_600_000_000, 1_600_000_000))
    return folder


def use(library, chance):
    """Do one thing that a reader can do."""
    articles = list(library.listing(ALL).articles)
    article = chance.choice(articles)
    yes = chance.random() < 0.5
    acts = {
        "read": lambda: library.mark_read([article], read=yes),
        "read all": lambda: library.mark_read(articles, read=yes),
        "star": lambda: library.star(article, starred=yes),
        "dismiss": lambda: library.dismiss([article], dismissed=yes),
        "copy": lambda: library.mark_copy_read("example.com/elsewhere", 0),
        "scroll": lambda: library.remember_position(article, chance.randrange(99)),
        "undo": library.undo,
        "redo": library.redo,
        "follow": library.follow,
        "try again": library.try_again,
        "page": lambda: library.with_body(library.page(article)),
        "list": lambda: library.listing(chance.choice([ALL, FRONT, STARRED]), "heat", "the"),
        "leave": lambda: library.remember(Memory(STARRED, "newest", article.id)),
        "read again": library.load,
    }
    acts[chance.choice(list(acts))]()


def test_a_folder_that_is_not_ours_is_the_same_after_two_thousand_acts(folder, tmp_path):
    chance, before = random.Random(6), fingerprint(folder)
    libraries = []
    for number in range(2000):
        if number % 100 == 0:
            libraries = [Library([folder], tmp_path / "state", tmp_path / "cache") for _ in "12"]
            for library in libraries:
                library.load()
        use(chance.choice(libraries), chance)
        if number % 100 == 99:
            assert [library.close() for library in libraries] == [None, None]
    assert fingerprint(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "news", "state"]
    assert any((tmp_path / "state").rglob("*.jsonl"))


def test_nothing_is_written_into_it_either_where_our_own_place_refuses(folder, tmp_path):
    write(tmp_path, {"state": "a file in the way"})
    chance, before = random.Random(7), fingerprint(folder)
    library = Library([folder], tmp_path / "state", tmp_path / "cache")
    library.load()
    for _ in range(300):
        try:
            use(library, chance)
        except StateError:
            continue
    assert library.close().startswith(("1", "2", "3", "4", "5", "6", "7", "8", "9"))
    assert fingerprint(folder) == before


@pytest.mark.parametrize("way", [".broadsheet", ".broadsheet/state"])
def test_an_init_that_is_refused_writes_nothing(folder, tmp_path, way):
    (folder / way).parent.mkdir(exist_ok=True)
    (folder / way).symlink_to(tmp_path)
    before = fingerprint(folder)
    library = Library([folder], tmp_path / "state", tmp_path / "cache")
    library.load()
    library.mark_read(library.listing(ALL).articles)
    with pytest.raises(StateError):
        library.init()
    assert library.undo().label == "read"
    library.close()
    assert fingerprint(folder) == before
