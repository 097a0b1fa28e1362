"""Writing the files of articles into folders that somebody else may have changed."""

from pathlib import Path

import pytest

from reader.feeds.filing.ledger import Line
from reader.feeds.filing.writing import NewFile, sweep, write_files

NEW = NewFile("_news/a.md", b"text", Line("k", "", "f", "_news/a.md", "t", ""))


@pytest.mark.parametrize("is_there", [True, False])
def test_nothing_is_written_through_a_link(tmp_path: Path, is_there: bool) -> None:
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir()
    if is_there:
        elsewhere.mkdir()
    (folder / "_news").symlink_to(elsewhere, target_is_directory=True)

    with pytest.raises(OSError, match="through a link"):
        write_files(folder, [NEW])

    assert list(tmp_path.rglob("*.md")) == []


@pytest.mark.parametrize("file", ["../a.md", "/a.md"])
def test_nothing_is_written_outside_of_the_folder(tmp_path: Path, file: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="not in the folder"):
        write_files(tmp_path / "folder", [NEW._replace(file=file)])


def test_only_what_a_refresh_left_is_swept(tmp_path: Path) -> None:
    folder, left = tmp_path / "folder", f".refresh-{'0' * 16}"
    (folder / "_news").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (folder / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    places = (folder / "_news", tmp_path / "elsewhere", tmp_path)
    for place in places:
        for name in (left, ".refresh-notes", f"{left}.md"):
            (place / name).write_text("")

    sweep(folder, ["_news/a.md", "linked/a.md", "../a.md"])

    assert [(place / left).exists() for place in places] == [False, True, True]
    assert sorted(path.name for path in (folder / "_news").iterdir()) == [
        f"{left}.md",
        ".refresh-notes",
    ]
