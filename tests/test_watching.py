"""The keeper's process while others change the files: what it publishes, and how soon."""

import os
import shutil
import subprocess
import sys
import time
from queue import SimpleQueue

import pytest

from reader.snapshot.client import KeeperProcess
from reader.snapshot.index import NAME, read_index
from reader.snapshot.watching import Changed, Unwatched, Watched, is_over_a_network, watch
from tests.samples import front, write

SECONDS = 20  # that a busy machine may take


@pytest.fixture
def root(tmp_path):
    return write(tmp_path / "news", {f"{n}.md": front(f"title: Number {n}") for n in range(5)})


@pytest.fixture
def keeper(root, tmp_path):
    process = KeeperProcess([root], tmp_path / "cache", lambda: None)
    until(process, lambda came: came[-1].complete)
    time.sleep(0.3)  # until the watch is set up
    yield process
    process.stop()


def until(process, is_it):
    """Return all that is published until something is so."""
    came, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        came += process.take(0.05)
        assert process.failed is None
        if came and is_it(came):
            return came
    raise AssertionError(came)


def counts(came):
    return tuple(
        sum(getattr(one, name) for one in came) for name in ("added", "changed", "removed")
    )


def test_what_others_do_is_published(keeper, root):
    write(root, {"new.md": front("title: New")})
    until(keeper, lambda came: counts(came) == (1, 0, 0))
    write(root, {"new.md": front("title: Another")})
    until(keeper, lambda came: counts(came) == (0, 1, 0))
    (root / "new.md").unlink()
    came = until(keeper, lambda came: counts(came) == (0, 0, 1))
    assert len(read_index(came[-1].place / NAME).by_quality) == 5


def test_a_folder_that_comes_goes_and_is_renamed_brings_its_files_along(keeper, root, tmp_path):
    write(tmp_path / "elsewhere", {"a.md": "A", "deep/b.md": "B"})
    os.rename(tmp_path / "elsewhere", root / "sub")
    until(keeper, lambda came: counts(came) == (2, 0, 0))
    os.rename(root / "sub", root / "other")
    came = until(keeper, lambda came: counts(came) == (0, 2, 0))
    renamed = {(one.before, one.now) for one in came[-1].renamed}
    assert renamed == {("sub/a.md", "other/a.md"), ("sub/deep/b.md", "other/deep/b.md")}
    shutil.rmtree(root / "other")
    until(keeper, lambda came: counts(came) == (0, 0, 2))


def test_many_files_at_once_are_few_publications(keeper, root):
    write(root, {f"many/{n}.md": f"# Number {n}" for n in range(1000)})
    came = until(keeper, lambda came: counts(came) == (1000, 0, 0))
    assert len(came) < 10


def test_what_makes_another_site_of_a_folder_reads_it_again(keeper, root):
    (root / "_posts").mkdir()
    write(root, {"_config.yml": "title: Site\n"})
    until(keeper, lambda came: read_index(came[-1].place / NAME).tables.sites[0][0] == "jekyll")


def test_a_file_that_is_being_written_is_no_problem_until_it_stays_so(keeper, root):
    began = time.monotonic()
    write(root, {"0.md": "---\ntitle: Half", "1.md": ""})
    came = until(keeper, lambda came: counts(came) == (0, 2, 0))
    assert time.monotonic() - began > 1.5
    assert sum(flags >> 2 & 1 for flags in read_index(came[-1].place / NAME).flags) == 1


def test_a_file_that_is_written_in_two_steps_comes_once(keeper, root):
    with open(root / "new.md", "w") as file:
        file.write("---\ntitle: Slowly")
        file.flush()
        time.sleep(0.5)
        file.write(" written\n---\nText")
    assert len(until(keeper, lambda came: counts(came) == (1, 0, 0))) == 1


def test_a_folder_that_is_put_in_place_of_another_is_seen(keeper, root, tmp_path):
    write(tmp_path / "elsewhere", {"only.md": "Text"})
    os.rename(root, tmp_path / "away")
    os.rename(tmp_path / "elsewhere", root)
    until(keeper, lambda came: read_index(came[-1].place / NAME).tables.read == 1)
    time.sleep(2.5)
    keeper.take()
    write(root, {"second.md": "Text"})
    until(keeper, lambda came: counts(came) == (1, 0, 0))


def test_a_single_file_is_watched_too(root, tmp_path):
    process = KeeperProcess([root / "0.md"], tmp_path / "cache", lambda: None)
    until(process, lambda came: came[-1].complete)
    time.sleep(0.3)
    write(root, {"1.md": "# Of no interest", "new.md": front("title: New")})
    os.replace(root / "new.md", root / "0.md")
    assert counts(until(process, lambda came: counts(came) != (0, 0, 0))) == (0, 1, 0)
    process.stop()


def test_without_watching_nothing_is_published_until_it_is_asked_for(root, tmp_path):
    process = KeeperProcess([root], tmp_path / "cache", lambda: None, watch=False)
    until(process, lambda came: came[-1].complete)
    write(root, {"new.md": front("title: New")})
    assert process.take(0.8) == []
    process.ask("rescan")
    until(process, lambda came: counts(came) == (1, 0, 0))
    process.stop()


def test_a_loop_of_links_is_watched_like_any_folder(root, tmp_path):
    (root / "loop").symlink_to(root)
    process = KeeperProcess([root], tmp_path / "cache", lambda: None)
    until(process, lambda came: came[-1].complete)
    time.sleep(0.3)
    write(root, {"new.md": front("title: New")})
    until(process, lambda came: counts(came) == (1, 0, 0))
    process.stop()


def handed_on(root, monkeypatch, error):
    """Return what is handed on first, where watching raises something."""
    from reader.snapshot import watching

    def refuse(*_):
        raise error

    monkeypatch.setattr(watching, "_hand_on", refuse)
    monkeypatch.setattr(watching, "AGAIN", 0.01)
    came = SimpleQueue()
    watch([root], came.put)
    return came.get(timeout=SECONDS)


def test_a_folder_that_cannot_be_watched_is_told_of_with_the_reason(root, monkeypatch):
    assert handed_on(root, monkeypatch, OSError("limit")) == Unwatched(root, "limit")


LIMITED = """
import sys
from pathlib import Path
from queue import SimpleQueue
from reader.snapshot.watching import watch

Path("/proc/sys/user/max_inotify_watches").write_text("3")
came = SimpleQueue()
watch([Path(sys.argv[1])], came.put)
print(came.get(timeout=10).why)
"""


IMPORTS = """
import sys
from pathlib import Path
from queue import SimpleQueue
from reader.snapshot.watching import Changed, Watched, watch

came, root = SimpleQueue(), Path(sys.argv[1])
watch([root], came.put)
before = set(sys.modules)
assert came.get(timeout=10) == Watched(root)
(root / "new.md").touch()
assert isinstance(came.get(timeout=10), Changed)
print(sorted(set(sys.modules) - before))
"""


def test_no_thread_imports_what_a_forked_process_would_wait_for(root):
    command = [sys.executable, "-c", IMPORTS, str(root)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_more_folders_than_the_system_lets_one_watch_are_told_of(root):
    write(root, {f"{n}/a.md": "" for n in range(5)})
    command = ["unshare", "-Ur", sys.executable, "-c", LIMITED, str(root)]
    if not shutil.which("unshare") or subprocess.run([*command[:2], "true"]).returncode:
        pytest.skip("only a user namespace can set a limit")
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    assert done.stdout.strip().startswith("OS file watch limit reached")


def test_a_folder_that_is_gone_is_watched_when_it_is_back(root, monkeypatch):
    monkeypatch.setattr("reader.snapshot.watching.AGAIN", 0.1)
    came = SimpleQueue()
    os.rename(root, root.with_name("away"))
    watch([root], came.put)
    assert came.get(timeout=SECONDS) == Unwatched(root)
    os.rename(root.with_name("away"), root)
    assert came.get(timeout=SECONDS) == Watched(root)
    write(root, {"new.md": ""})
    changed = came.get(timeout=SECONDS)
    assert changed == Changed(frozenset([str(root / "new.md")]))
    os.rename(root, root.with_name("away"))
    assert came.get(timeout=SECONDS)


@pytest.mark.parametrize(
    ("place", "is_it"),
    [("/", False), ("/home/me", False), ("/mnt/a b/news", True), ("/mnt/a", False), ("/x/y", True)],
)
def test_network_drives_are_known_by_the_mounts(tmp_path, place, is_it):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/vda / ext4 rw 0 0\nhost:/a /mnt/a\\040b nfs4 rw 0 0\n"
        "/dev/vdb /mnt/a ext4 rw 0 0\nme@host: /x fuse.sshfs rw 0 0\n"
    )
    assert is_over_a_network(type(tmp_path)(place), mounts) is is_it


def test_without_a_table_of_mounts_nothing_is_over_a_network(tmp_path):
    assert not is_over_a_network(tmp_path, tmp_path / "none")
