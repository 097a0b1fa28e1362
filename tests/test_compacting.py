import random

import pytest

from reader.snapshot.compacting import is_due
from reader.snapshot.index import NAME, read_index
from reader.snapshot.keeper import Keeper
from reader.snapshot.segments import DiskRecords
from reader.store import Store
from tests.samples import front, write


def keeper(root):
    return Keeper([root], root.parent / "cache", lambda _: None)


def text(number, version=0):
    return front(
        f"title: Number {number} {version}",
        f"originalUrl: https://example.com/{number}",
        f"provider:\n  name: Provider {number % 7}",
        f"topics:\n  - T{number % 3}",
        f"quality: {number}",
        "excerpt: Words",
        f"related:\n  - title: Next\n    webUrl: https://example.com/{number + 1}",
        body=f"Body {number}",
    )


def picture(place):
    """Return all that an index shows."""
    index = read_index(place / NAME)
    store = Store(index, DiskRecords(place, index.tables.segments), place)
    return [
        (store.article(row), store.near(row), [store.id(one) for one in store.story(row)])
        for name in ("quality", "newest")
        for row in store.order(name)
    ]


@pytest.fixture
def root(tmp_path):
    """A folder that was read in many sessions, in each of which something changed."""
    root = write(tmp_path / "news", {f"{n:03}.md": text(n) for n in range(40)})
    chance = random.Random(3)
    for version in range(9):
        keeper(root).compare()
        for number in chance.sample(range(40), 5):
            write(root, {f"{number:03}.md": text(number, version)})
        (root / f"{chance.randrange(40):03}.md").unlink(missing_ok=True)
    keeper(root).compare()
    return root


def test_nothing_is_shown_another_way_when_segments_were_put_together(root):
    kept = keeper(root)
    before = picture(kept.place)
    assert is_due(kept.index)
    kept.compact()
    kept.compare()
    assert picture(kept.place) == before
    index = read_index(kept.place / NAME)
    assert len(index) == len(index.by_quality)
    assert len(index.tables.segments) <= 4
    assert not is_due(keeper(root).index)


def test_a_large_segment_stays_as_it_is(tmp_path):
    root = write(tmp_path / "news", {f"{n:03}.md": text(n) for n in range(100)})
    kept = keeper(root)
    kept.compare()
    (first,) = kept.index.tables.segments
    for version in range(8):
        write(root, {f"{version:03}.md": text(version, 1)})
        kept = keeper(root)
        kept.compare()
    kept = keeper(root)
    assert len(kept.index.tables.segments) == 9
    before = picture(kept.place)
    kept.compact()
    kept.compare()
    assert picture(kept.place) == before
    assert kept.index.tables.segments == [first, kept.writer.name]


def test_rows_of_what_is_gone_go_when_they_are_the_most(tmp_path):
    root = write(tmp_path / "news", {f"{n:03}.md": text(n) for n in range(10)})
    keeper(root).compare()
    for number in range(6):
        (root / f"{number:03}.md").unlink()
    keeper(root).compare()
    kept = keeper(root)
    kept.compact()
    kept.compare()
    assert len(kept.index) == 4


def test_what_is_damaged_is_read_again(root):
    kept = keeper(root)
    before = picture(kept.place)
    path = kept.place / f"{kept.index.tables.segments[-1]}.records"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    kept = keeper(root)
    kept.compact()
    kept.compare()
    assert picture(kept.place) == before


def test_a_cache_that_takes_nothing_more_stays_as_it_is(root, monkeypatch):
    kept = keeper(root)
    before, segments = picture(kept.place), list(kept.index.tables.segments)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(kept.writer, "append", full)
        kept.compact()
    assert kept.index.tables.segments == segments
    kept.compare()
    assert picture(kept.place) == before
