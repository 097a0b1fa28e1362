"""What holds for the stories of real folders, which are not in the repository."""

import re
from collections import Counter
from pathlib import Path

import pytest

from reader.grouping import MAX_JOINED
from reader.library import Library
from reader.model import COVERED
from reader.snapshot.columns import NONE

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")

_HIDDEN = re.compile(
    r"^(?:heat|published):.*\n|^related:\n(?:[ \t].*\n|\n(?=[ \t]))*", re.MULTILINE
)


def store_of(folder, tmp_path):
    library = Library([folder], tmp_path / "state", tmp_path / "cache")
    library.load()
    return library.store


def sizes(store):
    return Counter(leader for leader in store.index.leader if leader != NONE)


def silent(folder, to):
    """Copy a folder without what its files say of stories."""
    for path in (folder / "_news").iterdir():
        (to / path.name).write_text(_HIDDEN.sub("", path.read_text("utf-8")), "utf-8")
    return to


@pytest.mark.parametrize(("name", "followers"), [("azure-2020-10", 138), ("power-apps", 0)])
def test_every_follower_is_led_by_the_leader_of_its_file(name, followers, tmp_path):
    store = store_of(CORPUS / name, tmp_path)
    index, led = store.index, 0
    for row in index.by_quality:
        if not index.flags[row] & COVERED:
            continue
        first = next(iter(store.near(row)), None)
        if first and first.article and first.article.heat >= 0:
            assert store.article(index.leader[row]) == first.article
            led += 1
    assert led == followers
    assert max(sizes(store).values(), default=0) <= MAX_JOINED


def test_stories_of_a_real_month_are_found_where_its_files_say_nothing(tmp_path):
    (tmp_path / "news").mkdir()
    store = store_of(silent(CORPUS / "azure-2020-10", tmp_path / "news"), tmp_path)
    assert not any(store.copies(row) for row in store.order("quality"))
    found = sizes(store)
    assert max(found.values()) == 15
    assert 10 <= len(found) <= 20
    assert store.article(found.most_common(1)[0][0]).title.startswith("Microsoft launches Azure")


def test_articles_without_related_ones_have_kin(tmp_path):
    store = store_of(CORPUS / "power-apps", tmp_path)
    having = [row for row in store.order("quality") if store.kin(row)]
    assert len(having) > len(store) // 2
