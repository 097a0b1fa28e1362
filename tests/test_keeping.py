"""A keeper that only hears of what has changed, against a first reading of the same folder.

KEEPER_STEPS in the environment makes longer runs.
"""

import os
import random
import shutil

import pytest

import reader.body.markdown  # here once, not in each process that reads
import reader.files.yaml_map  # noqa: F401
from reader.snapshot.index import NAME, read_index
from reader.snapshot.keeper import Keeper
from reader.snapshot.segments import DiskRecords
from reader.store import Store
from tests.samples import front, write

STEPS = int(os.environ.get("KEEPER_STEPS", "20"))
FOLDERS = ("", "a/", "a/b/", "_data/topics/", ".hidden/", "_drafts/", "content/x/", "c/d.md/")
NAMES = ("1.md", "2.html", "x.txt", "README.md", "index.md", "2020-10-20-a.md", "t.yaml", "p.jpg")
SITES = {"plain": "notes.txt", "jekyll": "_config.yml", "hugo": "hugo.toml"}


def text(chance):
    number = chance.randrange(12)
    related = f"related:\n  - title: Next\n    webUrl: https://example.com/{number + 1}"
    lines = ["excerpt: Words", f"originalUrl: https://example.com/{number}", related, "draft: true"]
    whole = front(f"title: Number {number}", *chance.sample(lines, 2), f"quality: {number}")
    return chance.choice([whole] * 5 + ["name: A", "", "---\ntitle: Half", "Only text"])


def change(root, chance):
    """Do something to the folder; returns the paths that a watcher tells of."""
    found = [path for path in root.rglob("*") if not path.is_symlink()]
    files, folders = ([path for path in found if path.is_dir() == is_it] for is_it in (False, True))
    new = root / (chance.choice(FOLDERS) + chance.choice(NAMES))
    if chance.random() < 0.4 or not (files and folders):
        missing = [path for path in new.parents if not path.exists()]
        write(root, {str(new.relative_to(root)): text(chance)})
        return [new, *missing]
    what, folder, other = chance.choice(files), chance.choice(folders), root / chance.choice(NAMES)
    kind = chance.randrange(5)
    if kind == 0:
        what.unlink()
    elif kind == 1:
        what.replace(other)
    elif kind == 2:
        folder.rename(other := root / f"moved{chance.random()}")
    elif kind == 3:
        shutil.rmtree(folder)
    else:
        what.unlink()
        what.symlink_to("/etc/hostname")
    return [what, folder, other]


def picture(keeper):
    """Return all that the index says of the folder, but how much was passed over by its name."""
    index = read_index(keeper.place / NAME, whole=True)
    store = Store(index, DiskRecords(keeper.place, index.tables.segments), keeper.place)
    rows, tables = store.order("quality"), index.tables
    articles = [(store.article(n), store.near(n), map(store.id, store.story(n))) for n in rows]
    shown = sorted(repr((one, sorted(map(repr, near)), sorted(ids))) for one, near, ids in articles)
    return shown, tables.sites, tables.listed, tables.read, sorted(index.paths)


@pytest.mark.parametrize("site", SITES)
def test_whatever_happens_all_is_as_a_first_reading_shows(tmp_path, site):
    root = write(tmp_path / "news", {SITES[site]: "title: x", "_posts/a.txt": ""})
    chance = random.Random(site)
    keeper = Keeper([root], tmp_path / "cache", lambda _: None)
    keeper.compare()
    for step in range(STEPS):
        paths = [str(path) for _ in range(chance.randint(1, 3)) for path in change(root, chance)]
        if step % 7 == 3:
            keeper.rest()
        if step % 10 == 6:
            keeper = Keeper([root], tmp_path / "cache", lambda _: None)
            keeper.compact()
            keeper.compare()
        keeper.take_notice(paths)
        fresh = Keeper([root], tmp_path / str(step), lambda _: None)
        fresh.compare()
        assert picture(keeper) == picture(fresh), (step, paths)
