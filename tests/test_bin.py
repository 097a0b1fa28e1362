"""The bin of a folder: files go there, come back, and are never lost between."""

import errno
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from reader.feeds.filing.bin import BIN, Back, put_in_bin, take_back
from tests.samples import write

NOW = datetime(2020, 10, 28, 20, tzinfo=UTC)
FILES = {"_news/a.md": "a", "_news/b.md": "b", "c.md": "c"}
KILLS = int(os.environ.get("BROADSHEET_KILLS", "6"))


def contents(folder):
    """Return the text of each file by its path, of what is in the bin and of what is not."""
    found, binned = {}, {}
    for path in sorted(folder.rglob("*.md")):
        where = path.relative_to(folder)
        in_bin = where.is_relative_to(BIN)
        name = "/".join(where.parts[3 if in_bin else 0 :])
        (binned if in_bin else found)[name] = path.read_text()
    return found, binned


def test_what_is_moved_comes_back_as_it_was(tmp_path):
    folder = write(tmp_path, FILES)
    os.utime(folder / "c.md", (1, 1))
    assert put_in_bin(folder, ["_news/a.md", "c.md"], NOW) == {"_news/a.md", "c.md"}
    assert contents(folder) == ({"_news/b.md": "b"}, {"_news/a.md": "a", "c.md": "c"})
    assert (folder / BIN / "20201028T200000Z" / "c.md").read_text() == "c"
    assert take_back(folder) == Back(2, 0)
    assert contents(folder) == (FILES, {})
    assert (folder / "c.md").stat().st_mtime == 1
    assert list((folder / BIN).iterdir()) == []


def test_batches_come_back_the_last_one_first_whatever_the_clock_says(tmp_path):
    folder = write(tmp_path, FILES)
    for file, when in zip(FILES, (NOW, NOW, NOW - timedelta(days=1)), strict=True):
        put_in_bin(folder, [file], when)
    for file in reversed(FILES):
        assert take_back(folder) == Back(1, 0)
        assert contents(folder)[0].keys() >= {file}
    assert contents(folder) == (FILES, {})
    assert take_back(folder) == Back(0, 0)


def test_a_name_that_was_taken_meanwhile_keeps_its_file(tmp_path):
    folder = write(tmp_path, FILES)
    put_in_bin(folder, ["c.md"], NOW)
    put_in_bin(folder, ["_news/a.md", "_news/b.md"], NOW)
    write(folder, {"_news/a.md": "another"})
    assert take_back(folder) == Back(1, 1)
    assert contents(folder) == (
        {"_news/a.md": "another", "_news/b.md": "b"},
        {"_news/a.md": "a", "c.md": "c"},
    )
    assert take_back(folder) == Back(1, 1)
    assert contents(folder)[1] == {"_news/a.md": "a"}
    (folder / "_news/a.md").unlink()
    assert take_back(folder) == Back(1, 0)
    assert contents(folder) == (FILES, {})


def test_a_folder_that_is_gone_is_made_again(tmp_path):
    folder = write(tmp_path, FILES)
    put_in_bin(folder, ["_news/a.md", "_news/b.md"], NOW)
    (folder / "_news").rmdir()
    assert take_back(folder) == Back(2, 0)
    assert contents(folder) == (FILES, {})


def test_what_is_gone_already_is_not_counted(tmp_path):
    folder = write(tmp_path, FILES)
    assert put_in_bin(folder, ["gone.md", "c.md"], NOW) == {"c.md"}


@pytest.mark.parametrize("name", [".broadsheet", ".broadsheet/bin"])
def test_nothing_is_moved_through_a_link(tmp_path, name):
    folder, elsewhere = write(tmp_path / "news", FILES), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).symlink_to(elsewhere)
    with pytest.raises(OSError, match="link"):
        put_in_bin(folder, ["c.md"], NOW)
    with pytest.raises(OSError, match="link"):
        take_back(folder)
    assert contents(folder)[0] == FILES
    assert list(elsewhere.iterdir()) == []


def test_a_batch_that_is_a_link_is_not_followed(tmp_path):
    mine = write(tmp_path / "mine", {"diary.md": "of mine"})
    folder = write(tmp_path / "folder", FILES)
    (folder / BIN).mkdir(parents=True)
    (folder / BIN / "20301028T200000Z").symlink_to(mine, target_is_directory=True)

    assert take_back(folder) == Back(0, 0)
    assert (mine / "diary.md").read_text() == "of mine"


@pytest.mark.parametrize("name", ["99991231T235959Z", "20261399T999999Z", "20261125T120000Z.old"])
def test_a_folder_in_the_bin_of_no_time_is_passed_over(tmp_path, name):
    folder = write(tmp_path, FILES)
    (folder / BIN / name).mkdir(parents=True)

    put_in_bin(folder, ["c.md"], NOW)

    assert take_back(folder) == Back(1, 0)


def test_a_disk_that_refuses_leaves_each_file_in_one_place(tmp_path):
    folder, rename = write(tmp_path, FILES), os.rename

    def refusing(source, target):
        if source.name == "b.md":
            raise OSError(errno.EXDEV, "another device")
        rename(source, target)

    with patch("os.rename", refusing), pytest.raises(OSError, match="device"):
        put_in_bin(folder, FILES, NOW)
    found, binned = contents(folder)
    assert (found | binned, found.keys() & binned.keys()) == (FILES, set())
    assert take_back(folder) == Back(1, 0)


def test_without_hard_links_files_come_back_too(tmp_path):
    folder = write(tmp_path, FILES)
    put_in_bin(folder, FILES, NOW)
    write(folder, {"c.md": "another"})
    with patch("os.link", side_effect=OSError(errno.EPERM, "no links")):
        assert take_back(folder) == Back(2, 1)
    assert contents(folder) == (FILES | {"c.md": "another"}, {"c.md": "c"})


_WORK = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from reader.feeds.filing.bin import put_in_bin, take_back
folder = Path(sys.argv[1])
names = [f"{path.relative_to(folder)}" for path in sorted(folder.glob("_news/*.md"))]
print("go", flush=True)
if sys.argv[2] == "put":
    put_in_bin(folder, names, datetime.now(UTC))
else:
    take_back(folder)
"""


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_at_any_moment_it_loses_no_file(tmp_path, seed):
    files = {f"_news/{number:03}.md": f"{number}" for number in range(400)}
    folder = write(tmp_path, files)
    for way in ("put", "back"):
        command = [sys.executable, "-c", _WORK, str(folder), way]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout.readline() == b"go\n"
            time.sleep((seed + 0.5) * 0.06 / KILLS)
            process.send_signal(signal.SIGKILL)
        found, binned = contents(folder)
        assert found | binned == files
        assert all(found[name] == binned[name] for name in found.keys() & binned.keys())
    while take_back(folder).moved:
        pass
    assert contents(folder) == (files, {})
