import os
from pathlib import Path

import pytest

from reader.files.walk import passed_over, walk
from tests.samples import write


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("2020-10-20-a.md", None),
        ("_news/deep/er/a.MARKDOWN", None),
        ("a.html", None),
        ("seed.txt", None),
        ("_data/topics/01-ai.yaml", "topic file"),
        ("sub/_data/topics/ai.YML", "topic file"),
        ("_data/topics/ai.md", "data"),
        ("_data/organizations/paper.md", "data"),
        ("_data/people.yaml", "data"),
        ("_layouts/news.html", "template"),
        ("_includes/sub/a.md", "template"),
        ("themes/x/a.md", "template"),
        ("archetypes/default.md", "template"),
        ("README.md", "about the folder itself"),
        ("sub/readme.txt", "about the folder itself"),
        ("LICENSE.txt", "about the folder itself"),
        ("photo.jpg", "another kind of file"),
        ("LICENSE", "another kind of file"),
        ("md", "another kind of file"),
        (".hidden.md", "another kind of file"),
        ("_news/a.sync-conflict-20261125-120000-ABCDEFG.md", "copy of a conflict"),
        ("feeds.opml", "list of feeds"),
    ],
)
def test_every_file_that_is_no_article_is_passed_over_for_a_reason(path, why):
    assert passed_over(path) == why
    assert passed_over(path, is_link=True) == "link"


def test_a_walk_passes_over_what_is_passed_over_by_its_name(tmp_path):
    folders = ("", "src/", "content/", "a/", "_layouts/", "_data/", "_data/topics/")
    names = ("index.md", "Index.html", "404.md", "a.md", "A.MD", "readme.txt", "License.md", "x.js")
    names += ("a.sync-conflict-20261125-120000-ABCDEFG.md",)
    paths = [folder + name for folder in folders for name in names]
    walked = walk(write(tmp_path, dict.fromkeys(paths, "")))
    assert walked.files == sorted(path for path in paths if passed_over(path) is None)


def test_folders_are_walked_to_their_depths_in_sorted_order(tmp_path):
    names = ["b.md", "a/z.md", "a/b/c/d.txt", "a.md", "Z.html", "_news/2020-10-20-x.md"]
    walked = walk(write(tmp_path, dict.fromkeys(names, "")))
    assert walked.files == sorted(names)
    assert not walked.passed_over
    assert not walked.unreadable


def test_hidden_and_built_folders_are_not_entered(tmp_path):
    folders = (".git", ".broadsheet/state", "_site", "node_modules/x", "__pycache__", "a/.cache")
    walked = walk(write(tmp_path, {f"{folder}/a.md": "" for folder in folders} | {"b.md": ""}))
    assert walked.files == ["b.md"]
    assert not walked.passed_over


def test_what_is_passed_over_is_counted_by_the_reason(tmp_path):
    names = ("README.md", "_data/topics/2.yaml", "_data/topics/1.yaml", "_data/x.md", "a.css")
    walked = walk(write(tmp_path, dict.fromkeys((*names, "_layouts/a.html", "a.md"), "")))
    assert walked.files == ["a.md"]
    assert walked.topics == ["_data/topics/1.yaml", "_data/topics/2.yaml"]
    assert walked.passed_over == {
        "about the folder itself": 1,
        "topic file": 2,
        "data": 1,
        "another kind of file": 1,
        "template": 1,
    }


def test_links_are_counted_and_never_followed(tmp_path):
    outside = write(tmp_path / "outside", {"secret.md": "", "sub/b.md": ""})
    root = write(tmp_path / "root", {"a.md": ""})
    (root / "file.md").symlink_to(outside / "secret.md")
    (root / "folder").symlink_to(outside)
    (root / "loop").symlink_to(root)
    (root / "broken.md").symlink_to(root / "nowhere")
    (root / "_data").mkdir()
    (root / "_data" / "topics").symlink_to(outside)
    walked = walk(root)
    assert walked.files == ["a.md"]
    assert walked.topics == []
    assert walked.passed_over == {"link": 5}


def test_a_folder_that_cannot_be_listed_is_reported_and_the_others_are_read(tmp_path, monkeypatch):
    write(tmp_path, {"a.md": "", "closed/b.md": "", "open/c.md": ""})
    scandir = os.scandir

    def refusing(path: Path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    walked = walk(tmp_path)
    assert walked.files == ["a.md", "open/c.md"]
    assert walked.unreadable == [("closed/", "the folder cannot be read: permission denied")]


def test_a_folder_that_is_gone_is_unreadable_itself(tmp_path):
    walked = walk(tmp_path / "gone")
    assert walked.unreadable == [("./", "the folder cannot be read: no such file or directory")]


def test_names_that_are_not_utf8_are_kept_as_the_disk_spells_them(tmp_path):
    raw = os.path.join(os.fsencode(tmp_path), b"caf\xe9.md")
    with open(raw, "wb"):
        pass
    (name,) = walk(tmp_path).files
    assert os.fsencode(name) == b"caf\xe9.md"
