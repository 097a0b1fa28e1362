import os
import shutil
import stat
import time
from pathlib import Path

import pytest

from reader.files.reading import MAX_BYTES
from reader.snapshot import cache, keeper, reading
from reader.snapshot.cache import make_place, sweep, temporary_place
from reader.snapshot.columns import NONE
from reader.snapshot.index import NAME, read_index
from reader.snapshot.keeper import Keeper
from reader.snapshot.refreshing import refresh
from tests.samples import front, write

pytestmark = pytest.mark.usefixtures("in_processes")

LONG_AGO = 1_600_000_000


def files(count):
    return {f"{number:04}.md": front(f"title: Number {number}") for number in range(count)}


class Kept:
    """Folders with a keeper, and what it told of."""

    def __init__(self, *roots, patience=0.0):
        self.roots, self.came = roots, []
        self.keeper = Keeper(roots, roots[0].parent / "cache", self.came.append, patience)

    def compare(self, *, quietly=False):
        self.came.clear()
        self.keeper.compare(quietly=quietly)
        return [(one.added, one.changed, one.removed) for one in self.came]

    def notice(self, *paths):
        self.came.clear()
        self.keeper.take_notice([str(path) for path in paths])
        return [(one.added, one.changed, one.removed) for one in self.came]

    @property
    def index(self):
        return read_index(self.keeper.place / NAME, whole=True)

    @property
    def paths(self):
        index = self.index
        return sorted(path for path, row in zip(index.paths, index.file_row, strict=True)
                      if row != NONE)  # fmt: skip


@pytest.fixture
def root(tmp_path):
    return write(tmp_path / "news", files(5))


def test_what_is_added_changed_and_removed_is_counted(root):
    kept = Kept(root)
    assert kept.compare()[-1] == (5, 0, 0)
    write(root, {"0000.md": front("title: Another"), "new.md": front("title: New"), "x.txt": "x"})
    (root / "0001.md").unlink()
    assert kept.compare() == [(1, 1, 1)]
    assert kept.paths == ["0000.md", "0002.md", "0003.md", "0004.md", "new.md"]
    assert kept.index.tables.passed_over == {"no front matter": 1}
    write(root, {"x.txt": front("title: Now it has"), "new.md": front("title: Again")})
    assert kept.compare() == [(1, 1, 0)]


def test_where_nothing_has_changed_nothing_is_written(root):
    kept = Kept(root)
    kept.compare()
    before = os.stat(kept.keeper.place / NAME).st_mtime_ns
    assert kept.compare() == [(0, 0, 0)]
    assert kept.compare(quietly=True) == []
    assert Kept(root).compare() == [(0, 0, 0)]
    assert os.stat(kept.keeper.place / NAME).st_mtime_ns == before


def test_the_first_files_are_shown_before_all_are_read(root):
    write(root, files(700))
    kept = Kept(root)
    kept.compare()
    assert [one.complete for one in kept.came] == [False, False, True]
    assert kept.came[0].read == keeper.FIRST
    assert (kept.came[-1].files, kept.came[-1].read, kept.came[-1].added) == (700, 700, 700)


def test_what_was_read_before_the_end_is_not_read_again(root, monkeypatch):
    write(root, files(700))
    kept = Kept(root)
    monkeypatch.setattr(kept.keeper, "_show_some", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        kept.compare()
    again = Kept(root)
    assert len(again.keeper.index) == keeper.FIRST
    assert again.compare()[-1] == (700 - keeper.FIRST, 0, 0)


def test_another_kind_of_site_is_read_again(root):
    kept = Kept(root)
    kept.compare()
    write(root, {"_config.yml": "title: A site", "_posts/2020-10-20-a.md": front("title: A")})
    assert kept.compare() == [(1, 5, 0)]


def test_an_article_that_is_not_out_yet_is_read_again_each_time(tmp_path):
    root = write(
        tmp_path / "news", {"_config.yml": "title: A", "_posts/2999-01-01-a.md": "---\n---"}
    )
    kept = Kept(root)
    kept.compare()
    assert kept.compare() == [(0, 1, 0)]


def test_a_file_with_the_oldest_of_times_is_read_once(root):
    os.utime(root / "0000.md", (0, 0))
    kept = Kept(root)
    kept.compare()
    assert kept.compare() == [(0, 0, 0)]


def test_folders_are_kept_apart_and_single_files_are_folders_of_one(root, tmp_path):
    other = write(tmp_path / "other", {"0000.md": "# Other", "1.md": "# One"})
    kept = Kept(root, other / "0000.md")
    assert kept.compare()[-1] == (6, 0, 0)
    assert sorted(zip(kept.index.file_library, kept.index.paths, strict=True))[-1] == (1, "0000.md")
    write(other, {"0000.md": "# Another", "1.md": "# Of no interest"})
    assert kept.notice(other / "0000.md", other / "1.md") == [(0, 1, 0)]


def test_a_rename_is_known_by_the_file_or_by_what_is_in_it(root):
    kept = Kept(root)
    kept.compare()
    (root / "0000.md").rename(root / "moved.md")
    shutil.copy(root / "0001.md", root / "copied.md")
    (root / "0001.md").unlink()
    write(root, {"0002.md": front("originalUrl: https://example.com/2")})
    assert kept.compare() == [(0, 3, 0)]
    assert {tuple(one) for one in kept.came[0].renamed} == {
        (0, "0000.md", "moved.md"),
        (0, "0001.md", "copied.md"),
    }
    (root / "0002.md").rename(root / "with-address.md")
    write(root, {"another.md": front("title: Numbex 3")})
    (root / "0003.md").unlink()
    assert kept.compare() == [(2, 0, 2)]


# Single paths


def test_only_what_has_changed_is_looked_at(root, monkeypatch):
    kept = Kept(root)
    kept.compare()
    monkeypatch.setattr(keeper, "look_at", None)
    write(root, {"0000.md": front("title: Another"), "new.md": front("title: New")})
    (root / "0001.md").unlink()
    paths = [root / name for name in ("0000.md", "new.md", "0001.md", "0002.md", "none.md")]
    assert kept.notice(*paths) == [(1, 1, 1)]
    assert kept.notice(*paths) == []
    assert kept.notice(root / ".hidden.md", root.parent / "elsewhere.md") == []


def test_what_says_more_than_its_path_compares_all(root):
    kept = Kept(root)
    kept.compare()
    write(root, {"sub/a.md": "# A", "sub/deep/b.md": "# B", "_data/topics/ai.yaml": "name: AI"})
    assert kept.notice(root / "sub") == [(2, 0, 0)]
    assert kept.index.tables.listed == [["AI", None]]
    write(root, {"_data/topics/ai.yaml": "name: Art"})
    assert kept.notice(root / "_data" / "topics" / "ai.yaml") == [(0, 0, 0)]
    assert kept.index.tables.listed == [["Art", None]]


def test_after_a_rest_it_goes_on_where_it_was(root):
    kept = Kept(root)
    kept.compare()
    kept.keeper.rest()
    assert len(kept.keeper.index) == 0
    write(root, {"new.md": front("title: New")})
    assert kept.notice(root / "new.md") == [(1, 0, 0)]
    kept.keeper.rest()
    assert kept.compare() == [(0, 0, 0)]


def test_after_a_rest_it_goes_on_with_what_another_has_written(root):
    kept, other = Kept(root), Kept(root)
    kept.compare()
    kept.keeper.rest()
    other.compare()
    write(root, {"new.md": front("title: New")})
    other.compare()
    assert kept.notice(root / "new.md") == []
    assert len(kept.keeper.index.paths) == 6


def test_a_file_that_may_be_unfinished_is_left_as_it_was_for_a_while(root):
    kept = Kept(root, patience=0.4)
    kept.compare()
    write(root, {"0000.md": "---\ntitle: Half", "new.md": ""})
    assert kept.notice(root / "0000.md", root / "new.md") == []
    assert kept.keeper.inventory.unfinished == {(0, "0000.md"), (0, "new.md")}
    assert kept.compare() == [(0, 0, 0)]
    time.sleep(0.5)
    assert kept.notice() == [(1, 1, 0)]
    assert not kept.keeper.inventory.unfinished


# What cannot be read


def test_what_cannot_be_seen_just_now_stays_as_it_was(root, monkeypatch):
    write(root, {"closed/a.md": "# A", "closed/b.md": "# B", "open/c.md": "# C"})
    kept = Kept(root)
    kept.compare()
    scandir = os.scandir

    def refusing(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refusing)
        assert kept.compare() == [(1, 0, 0)]
        assert {"closed/", "closed/a.md", "closed/b.md"} < set(kept.paths)
        assert kept.compare() == [(0, 0, 0)]
    assert kept.compare() == [(0, 0, 1)]


def test_a_folder_that_vanishes_is_a_problem_and_nothing_is_read_again_when_it_is_back(root):
    kept = Kept(root)
    kept.compare()
    root.rename(root.with_name("away"))
    assert kept.compare() == [(1, 0, 0)]
    assert len(kept.paths) == 6
    root.with_name("away").rename(root)
    assert kept.compare() == [(0, 0, 1)]


def test_odd_files_are_problems_and_hold_nothing_up(root):
    os.mkfifo(root / "pipe.md")
    (root / "loop").symlink_to(root)
    write(root, {"x" * 252 + ".md": "---\n---", "large.md": b"x" * (MAX_BYTES + 1)})
    kept = Kept(root)
    kept.compare()
    assert (kept.came[-1].read, kept.index.tables.passed_over) == (8, {"link": 1})


def test_a_file_that_ends_whoever_reads_it_is_a_problem_alone(root, monkeypatch):
    write(root, files(300))
    read = reading.read_file

    def deadly(base, path, *others):
        if path in ("0007.md", "0200.md"):
            os.kill(os.getpid(), 9)
        return read(base, path, *others)

    monkeypatch.setattr(reading, "read_file", deadly)
    kept = Kept(root)
    kept.compare()
    problems = [row for row in kept.index.by_quality if kept.index.flags[row] & 4]
    assert (kept.came[-1].read, len(problems)) == (300, 2)


# The cache


def full(*_, **__):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("what", ["write", "replace", "open"])
def test_where_the_cache_takes_no_more_all_is_read_elsewhere_and_that_is_said_once(
    root, monkeypatch, what
):
    kept = Kept(root)
    place, real = kept.keeper.place, getattr(os, what)

    def refusing(target, *others, **options):
        name = os.readlink(f"/proc/self/fd/{target}") if isinstance(target, int) else str(target)
        if name.startswith(str(place)):
            full()
        return real(target, *others, **options)

    monkeypatch.setattr(os, what, refusing)
    kept.compare()
    assert [one.note for one in kept.came if one.note] == [
        keeper.NO_CACHE.format("no space left on device")
    ]
    assert kept.keeper.place != place
    assert len(kept.index.by_quality) == 5
    write(root, {"new.md": "# New"})
    assert kept.compare() == [(1, 0, 0)]
    assert kept.came[0].note == ""
    shutil.rmtree(kept.keeper.place)


def test_segments_that_another_has_taken_away_are_written_again(root):
    kept = Kept(root)
    kept.compare()
    for path in kept.keeper.place.glob("*.records"):
        path.unlink()
    write(root, {"new.md": "# New"})
    kept.compare()
    index = kept.index
    assert len(index.by_quality) == 6
    assert all((kept.keeper.place / f"{name}.records").exists() for name in index.tables.segments)


def test_an_index_of_other_folders_is_not_taken(root):
    kept = Kept(root)
    kept.compare()
    index = kept.index
    index.tables.folders = ["/elsewhere"]
    index.write(kept.keeper.place / NAME)
    assert len(Kept(root).keeper.index) == 0


def test_a_place_is_private_and_no_link(tmp_path):
    make_place(tmp_path / "a" / "b")
    assert stat.S_IMODE(os.stat(tmp_path / "a" / "b").st_mode) == 0o700
    (tmp_path / "link").symlink_to(tmp_path / "a")
    with pytest.raises(OSError, match="another user"):
        make_place(tmp_path / "link")


def test_leftovers_are_swept_when_nobody_can_be_writing_them(root):
    kept = Kept(root)
    kept.compare()
    place = kept.keeper.place
    old = ("index.1234.tmp", "feed.records", "feed.words", "feed.words.1.tmp")
    write(place, dict.fromkeys((*old, "new.records", "new.tmp"), ""))
    for name in (*old, NAME, *(path.name for path in place.glob("*.records"))):
        if name != "new.records":
            os.utime(place / name, (LONG_AGO, LONG_AGO))
    needed = {f"{name}.records" for name in kept.index.tables.segments}
    sweep(place)
    assert {path.name for path in place.iterdir()} == {NAME, "new.records", "new.tmp", *needed}


def test_temporary_places_of_programs_that_are_gone_are_swept(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "SHARED_MEMORY", tmp_path)
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    write(tmp_path, {f"broadsheet-{child}-x/index": "", "broadsheet-tests-1/a": ""})
    place = temporary_place()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {path.name for path in tmp_path.iterdir()} == {place.name, "broadsheet-tests-1"}
    assert temporary_place() != place
    assert place.exists()


def test_without_any_place_there_is_an_error(monkeypatch):
    monkeypatch.setattr(cache.tempfile, "mkdtemp", full)
    with pytest.raises(OSError, match="no place"):
        temporary_place()


# For the shell


def test_a_folder_of_many_files_is_taken_as_it_is_where_no_folder_has_changed(root, monkeypatch):
    monkeypatch.setattr("reader.snapshot.refreshing.FEW", 4)
    cache_dir = root.parent / "cache"
    assert refresh([root], cache_dir).added == 5
    stamp = os.stat(root)
    write(root, {"0000.md": front("title: In place")})
    assert refresh([root], cache_dir).changed == 0
    assert refresh([root], cache_dir, thorough=True).changed == 1
    write(root, {"new.md": front("title: New")})
    assert stamp.st_mtime_ns != os.stat(root).st_mtime_ns
    assert refresh([root], cache_dir).added == 1


def test_a_folder_of_few_files_is_looked_at_each_time(root):
    cache_dir = root.parent / "cache"
    refresh([root], cache_dir)
    write(root, {"0000.md": front("title: In place")})
    assert refresh([root], cache_dir).changed == 1
