import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reader.feeds.subscribed.changes import NotChanged, added, find, keys_of, moved, named
from reader.feeds.subscribed.subscriptions import SubscriptionError, change_feeds, read_feeds
from reader.feeds.values import Feed
from reader.folders import FEEDS_FILE

A = Feed("https://a.example/f", "A", ("News",))
B = Feed("https://b.example/f", "B")
BOTH = (A, B)


def test_a_folder_without_a_file_has_no_feeds(tmp_path: Path) -> None:
    assert read_feeds(tmp_path) == ()
    (tmp_path / FEEDS_FILE).touch()
    assert read_feeds(tmp_path) == ()


def test_a_feed_that_was_added_is_there(tmp_path: Path) -> None:
    assert change_feeds(tmp_path, lambda feeds: added(feeds, A)) == (A,)
    assert change_feeds(tmp_path, lambda feeds: added(feeds, B)) == BOTH
    assert read_feeds(tmp_path) == BOTH
    assert os.listdir(tmp_path) == [FEEDS_FILE]
    assert stat.S_IMODE((tmp_path / FEEDS_FILE).stat().st_mode) == 0o644


def test_a_file_keeps_who_may_read_it_and_is_not_written_without_need(tmp_path: Path) -> None:
    change_feeds(tmp_path, lambda _: BOTH)
    path = tmp_path / FEEDS_FILE
    path.chmod(0o600)
    before = path.stat()
    change_feeds(tmp_path, lambda feeds: feeds)
    assert path.stat().st_ino == before.st_ino
    change_feeds(tmp_path, lambda _: [B])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_change_that_is_refused_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    change_feeds(tmp_path, lambda _: BOTH)
    before = (tmp_path / FEEDS_FILE).read_bytes()
    with pytest.raises(NotChanged, match="A is there already"):
        change_feeds(tmp_path, lambda feeds: added(feeds, A))
    assert (tmp_path / FEEDS_FILE).read_bytes() == before


def test_a_file_that_cannot_be_understood_is_named_with_its_line_and_never_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / FEEDS_FILE
    path.write_text("<opml>\n<body>\n<outline>\n</body></opml>")
    for act in (read_feeds, lambda folder: change_feeds(folder, lambda _: BOTH)):
        with pytest.raises(SubscriptionError, match=f"{FEEDS_FILE}: line 4: mismatched tag"):
            act(tmp_path)
    assert path.read_text().startswith("<opml>\n<body>\n<outline>")


def test_a_link_is_neither_read_nor_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("mine")
    (tmp_path / FEEDS_FILE).symlink_to(tmp_path / "elsewhere")
    for act in (read_feeds, lambda folder: change_feeds(folder, lambda _: BOTH)):
        with pytest.raises(SubscriptionError):
            act(tmp_path)
    assert (tmp_path / "elsewhere").read_text() == "mine"


def test_a_pipe_does_not_keep_it_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FEEDS_FILE)
    with pytest.raises(SubscriptionError, match="not a regular file"):
        read_feeds(tmp_path)


def test_what_processes_add_at_once_is_all_there(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from reader.feeds.subscribed.changes import added\n"
        "from reader.feeds.subscribed.subscriptions import change_feeds\n"
        "from reader.feeds.values import Feed\n"
        "for n in range(10):\n"
        "    feed = Feed(f'https://{sys.argv[2]}.example/{n}')\n"
        "    change_feeds(Path(sys.argv[1]), lambda feeds: added(feeds, feed))\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path, name]) for name in ("a", "b", "c")
    ]
    assert [one.wait(60) for one in started] == [0, 0, 0]
    assert len(read_feeds(tmp_path)) == 30


def test_a_feed_is_found_by_how_its_address_is_shared() -> None:
    was = Feed("https://new.example", formerly=("https://old.example/f",))
    assert find((A, was), "http://www.a.example/f/") is A
    assert find((A, was), "https://old.example/f") is was
    assert find((A, was), "https://other.example") is None
    with pytest.raises(NotChanged, match="is there already"):
        added((was,), Feed("http://old.example/f"))


def test_feeds_are_known_by_all_their_addresses() -> None:
    was = Feed("https://new.example", formerly=("https://www.old.example/f/",))
    assert keys_of((A, was)) == {"a.example/f", "new.example", "old.example/f"}


def test_only_a_feed_without_a_title_is_given_one() -> None:
    bare = Feed("https://c.example")
    assert named((*BOTH, bare), bare.url, "C") == (*BOTH, Feed(bare.url, "C"))
    assert named(BOTH, A.url, "Other") == BOTH
    assert named(BOTH, "https://c.example", "C") == BOTH


def test_a_feed_that_moved_remembers_where_it_was() -> None:
    first = moved(BOTH, A.url, "https://c.example")
    assert first[0] == Feed("https://c.example", "A", ("News",), formerly=(A.url,))
    assert moved(BOTH, "https://gone.example", "https://c.example") == BOTH
    second = moved(first, "https://c.example", "https://d.example")
    assert second[0].formerly == (A.url, "https://c.example")
    assert moved(second, "https://d.example", A.url)[0].formerly == (
        "https://c.example",
        "https://d.example",
    )


def test_a_feed_that_moved_to_another_one_is_one_with_it() -> None:
    assert moved(BOTH, A.url, B.url) == (Feed(B.url, "B", formerly=(A.url,)),)


def test_a_feed_that_moved_is_the_same_outline_on_the_disk(tmp_path: Path) -> None:
    change_feeds(tmp_path, lambda _: BOTH)
    path = tmp_path / FEEDS_FILE
    path.write_text(path.read_text().replace('title="A"', 'title="A" mine="kept"'))
    change_feeds(tmp_path, lambda feeds: moved(feeds, A.url, "https://c.example"))
    assert 'xmlUrl="https://c.example" htmlUrl' not in path.read_text()
    assert path.read_text().count('mine="kept"') == 1
    assert find(read_feeds(tmp_path), A.url) == Feed(
        "https://c.example", "A", ("News",), formerly=(A.url,)
    )


def test_a_feed_that_is_put_back_as_the_first_is_the_first(tmp_path):
    feeds = tuple(Feed(f"https://{name}.example/feed", name) for name in "abc")
    change_feeds(tmp_path, lambda _: feeds)
    change_feeds(tmp_path, lambda now: now[1:])

    assert change_feeds(tmp_path, lambda now: (feeds[0], *now)) == feeds
    assert read_feeds(tmp_path) == feeds
