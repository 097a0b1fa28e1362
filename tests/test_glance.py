import os

import pytest

from reader.files.recognition import site_of
from reader.files.site import NO_SITE
from reader.files.walk import walk
from reader.snapshot.glance import glance
from reader.snapshot.looking import base_of
from reader.snapshot.reading import Base
from tests.samples import write

FILES = {"a.md": "A", "sub/b.md": "B", "_data/topics/1.yaml": "name: AI", "pictures/c.jpg": ""}


@pytest.fixture
def root(tmp_path):
    return write(tmp_path / "news", FILES)


def seen(root, *paths, folders=("", "sub/", "pictures/", "_data/", "_data/topics/")):
    return glance(base_of(root, 0), folders, paths)


def test_what_is_at_a_path_is_what_a_walk_finds_there(root):
    news, gone = seen(root, "a.md", "sub/b.md", "sub/gone.md")
    assert sorted(news) == sorted(walk(root).found)
    assert gone == ["sub/gone.md"]


def test_a_link_in_place_of_a_file_is_no_article(root):
    (root / "a.md").unlink()
    (root / "a.md").symlink_to(root / "sub" / "b.md")
    assert seen(root, "a.md") == ([], ["a.md"])


@pytest.mark.parametrize(
    "path",
    [
        *(".a.md.swp", "sub/.b.md", ".git/x.md", ".broadsheet/state/x.jsonl", "a.md~", "4913"),
        *("node_modules/x/a.md", "_site/a.md", "pictures/c.jpg", "pictures/new.jpg", "README.md"),
    ],
)
def test_what_no_article_comes_of_is_not_looked_at(root, path):
    write(root, {path: "text"})
    assert seen(root, path) == ([], [])


@pytest.mark.parametrize(
    "path",
    [
        *("sub", "new", "new/a.md", "_data/topics/2.yaml", "_data/topics/1.yaml"),
        *("_config.yml", "hugo.toml", ".obsidian"),
    ],
)
def test_what_says_more_than_its_path_wants_a_walk(root, path):
    (root / "new").mkdir()
    assert seen(root, "a.md", path) is None


def test_a_folder_that_is_gone_wants_a_walk(root):
    base, folders = Base(root, 0, NO_SITE), {"", "sub/"}
    os.rename(root / "sub", root / ".away")
    assert glance(base, folders, ["sub"]) is None


def test_a_folder_that_is_named_like_an_article_wants_a_walk(root):
    (root / "folder.md").mkdir()
    assert seen(root, "folder.md") is None


def test_where_files_belong_to_others_a_walk_has_to_tell(tmp_path):
    root = write(tmp_path, {"hugo.toml": "", "content/a/index.md": "", "content/a/part.md": ""})
    assert site_of(root).row.bundles
    folders = ("", "content/", "content/a/")
    assert seen(root, "content/a/part.md", folders=folders) is None
