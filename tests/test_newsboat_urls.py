import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.subscribed.newsboat import read_urls, write_urls
from reader.feeds.subscribed.opml import write_opml
from reader.feeds.subscribed.taking import LEFT, NOTES
from reader.feeds.values import Feed
from reader.text import clean_line
from tests.test_opml import FEEDS

URLS = b"""# my feeds
https://a.example/rss.xml?html interesting news "cool stuff"
https://b.example/news.xml "~The \\"B\\" News" "!hidden" news   # a comment
 "https://c.example/f"\t"a tag"
https://d.example/f#part ~D
https://me:secret@e.example/f
"query:Unread:unread = \\"yes\\"" all
"exec:~/bin/script an argument" scripts
filter:~/bin/filter:https://f.example/f "~F"
file:///var/log/feed.xml
https://a.example/rss.xml?html again
"""


def test_the_first_tag_is_the_folder_and_a_tilde_marks_the_name() -> None:
    assert read_urls(URLS).feeds == (
        Feed("https://a.example/rss.xml?html", folder=("interesting",)),
        Feed("https://b.example/news.xml", 'The "B" News', ("news",)),
        Feed("https://c.example/f", folder=("a tag",)),
        Feed("https://d.example/f#part", "D"),
        Feed("https://e.example/f"),
    )


def test_what_is_not_taken_is_told_by_its_kind() -> None:
    taken = read_urls(URLS)
    assert taken.left == (
        ("queries", "Unread"),
        ("commands", "exec:~/bin/script an argument"),
        ("commands", "filter:~/bin/filter:https://f.example/f"),
        ("files", "file:///var/log/feed.xml"),
    )
    assert taken.notes == (
        ("tags", "news"),
        ("tags", "cool stuff"),
        ("hidden", "https://b.example/news.xml"),
        ("logins", "https://e.example/f"),
        ("twice", "https://a.example/rss.xml?html"),
    )


@given(st.binary(max_size=200) | st.text('"\\~!# \tabhttps:/.?|exec\n', max_size=100))
def test_any_bytes_are_read(body: bytes | str) -> None:
    taken = read_urls(body if isinstance(body, bytes) else body.encode())
    assert {kind for kind, _ in taken.left} <= LEFT.keys()
    assert {kind for kind, _ in taken.notes} <= NOTES.keys()
    for _, what in taken.left + taken.notes:
        assert clean_line(what) == what


@given(FEEDS)
def test_what_is_written_is_read_as_far_as_newsboat_can_say_it(feeds: list[Feed]) -> None:
    read = read_urls(write_urls(feeds)).feeds
    told = [(one.url, one.title) for one in feeds]
    assert [(one.url, one.title) for one in read] == told


def test_no_command_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    read_urls(f'"exec:touch {trap}"\n|touch {trap}\n`touch {trap}`\n$(touch {trap})\n'.encode())
    assert not os.path.exists(trap)


@pytest.mark.skipif(not shutil.which("newsboat"), reason="newsboat is not installed")
def test_newsboat_reads_what_is_written_for_it(tmp_path: Path) -> None:
    feeds = [
        Feed("https://a.example/f?x=1&y=2#z", 'A "quoted" \\ name', ("two words", "inner")),
        Feed("https://b.example/f"),
    ]
    (tmp_path / "urls").write_bytes(write_urls(feeds))
    assert _known_to_newsboat(tmp_path) == [(one.url, one.title) for one in feeds]


@pytest.mark.skipif(not shutil.which("newsboat"), reason="newsboat is not installed")
def test_newsboat_takes_the_opml_that_is_written(tmp_path: Path) -> None:
    feeds = [Feed("https://a.example/f?x=1&y=2", "A", ("x",)), Feed("https://b.example/f", "B")]
    (tmp_path / "feeds.opml").write_bytes(write_opml(feeds))
    (tmp_path / "urls").touch()
    _newsboat(tmp_path, "-i", tmp_path / "feeds.opml")
    assert {url for url, _ in _known_to_newsboat(tmp_path)} == {feed.url for feed in feeds}


def _known_to_newsboat(folder: Path) -> list[tuple[str, str]]:
    told = ET.fromstring(_newsboat(folder, "-e"))
    return [(one.get("xmlUrl", ""), one.get("title", "")) for one in told.iter("outline")]


def _newsboat(folder: Path, *words: str | Path) -> bytes:
    places = ("-u", folder / "urls", "-c", folder / "cache.db", "-C", os.devnull)
    command = ("newsboat", *places, *words)
    environment = os.environ | {"HOME": str(folder)}
    return subprocess.run(
        command, capture_output=True, check=True, timeout=20, env=environment
    ).stdout
