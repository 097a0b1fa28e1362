"""Feeds in the shapes that engines give them, and the files that become of them.

Each feed in `engines/` is invented, and beside it, as `.md`, stand the files that it is to become.
"""

from pathlib import Path

import pytest

from reader.feeds.filing.article_file import file_text
from reader.feeds.formats.parse import parse_feed
from reader.feeds.values import Entry, Feed, Parsed
from reader.files.scan import read_article

ENGINES = Path(__file__).parent / "engines"
FEEDS = sorted(path for path in ENGINES.iterdir() if path.suffix != ".md")
NOW = "2026-11-25T12:00:00Z"


def read(path: Path) -> tuple[Parsed, Feed]:
    url = f"https://{path.stem}.example/feed"
    told = parse_feed(path.read_bytes(), {"url": url})
    return told, Feed(url, told.title, site=told.site)


def rss(inner: str, **facts: str) -> Entry:
    text = f"<rss version='2.0'><channel><title>T</title><item>{inner}</item></channel></rss>"
    (entry,) = parse_feed(text.encode(), {"url": "https://site.example/feed", **facts}).entries
    return entry


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.stem)
def test_a_feed_of_an_engine_becomes_these_files(path: Path) -> None:
    told, feed = read(path)

    assert told.wrong is None
    files = [file_text(entry, feed, (), NOW) for entry in told.entries]
    assert "\n".join(files) == path.with_suffix(".md").read_text()


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.stem)
def test_a_file_of_an_engine_is_read_as_it_was_told(path: Path, tmp_path: Path) -> None:
    told, feed = read(path)
    for entry in told.entries:
        (tmp_path / "a.md").write_text(file_text(entry, feed, (), NOW))
        article = read_article(tmp_path, "a.md")

        assert article is not None
        assert article.problem is None
        assert article.title == entry.title or not entry.title
        assert article.excerpt == entry.excerpt
        assert (article.authors, article.tags) == (entry.authors, entry.categories)
        assert article.images == entry.images


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("Mon, 02 Jan 2026 24:00:00 EST", "2026-01-03T05:00:00Z"),
        ("31 Dec 9999 24:00:00 GMT", None),
        ("2026-11-24T10:00:00", "2026-11-24T10:00:00Z"),
        ("1795860000", "2026-11-28T10:00:00Z"),
        ("1795860000000", "2026-11-28T10:00:00Z"),
        ("Di., 24 Okt 2026 10:00:00 +0200", "2026-10-24T08:00:00Z"),
        ("mar., 24 déc. 2026 10:00:00 +0100", "2026-12-24T09:00:00Z"),
        ("24 de noviembre de 2026", "2026-11-24"),
        ("вт, 24 ноя 2026 10:00:00 +0300", "2026-11-24T07:00:00Z"),
        ("2026年11月24日 10:00", "2026-11-24T10:00:00Z"),
        ("24.11.2026 10:00", "2026-11-24T10:00:00Z"),
        ("Tue, 24 Nov 2026 10:00:00 CET", "2026-11-24T09:00:00Z"),
        ("Nov 24, 2026 12:05 AM", "2026-11-24T00:05:00Z"),
        ("Tue, 24 Nov 2026 10:00 PM", "2026-11-24T22:00:00Z"),
        ("24 nothing 2026", None),
    ],
)
def test_times_are_read_in_odd_spellings(written: str, when: str | None) -> None:
    assert rss(f"<title>x</title><pubDate>{written}</pubDate>").published_at == when


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("shift_jis", "日本語の題名"),
        ("iso-2022-jp", "日本語の題名"),
        ("euc-kr", "한국어 제목"),
        ("gb18030", "中文标题"),
        ("big5", "中文標題"),
        ("windows-1251", "Русский"),
    ],
)
def test_feeds_are_read_in_the_encodings_of_the_east(encoding: str, title: str) -> None:
    head = f"<?xml version='1.0' encoding='{encoding}'?>"
    text = f"{head}<rss><channel><title>{title}</title></channel></rss>"
    assert parse_feed(text.encode(encoding), {"url": "https://a.example/"}).title == title


FRENCH = (
    "<?xml version='1.0' encoding='utf-8'?>\n"
    "<rss><channel><title>Café “déjà”</title>%s</channel></rss>"
)


@pytest.mark.parametrize(
    "body",
    [
        (FRENCH % "").encode("windows-1252"),
        b"\xef\xbb\xbf\n\n  " + (FRENCH % "").encode(),
        b"\n\n\xef\xbb\xbf" + (FRENCH % "").encode(),
        (FRENCH % "<!--é-->").encode().replace("<!--é".encode(), b"<!--\xe9"),
    ],
    ids=["mislabelled", "blank lines after the mark", "before it", "one odd byte"],
)
def test_what_feeds_say_of_their_encoding_is_not_always_so(body: bytes) -> None:
    told = parse_feed(body, {"url": "https://a.example/"})
    assert (told.title, told.wrong) == ("Café “déjà”", None)
