"""Feeds in the shapes that engines give them, and the files that become of them.

Each feed in `engines/` is invented, and beside it, as `.md`, stand the files that it is to become.
"""

import time
from pathlib import Path

import pytest

from reader.feeds.filing.article_file import file_text
from reader.feeds.formats.parse import parse_feed
from reader.feeds.formats.texts import Text, excerpt_and_body
from reader.feeds.values import Entry, Feed, Parsed
from reader.files.scan import read_article
from tests.filing import Desk

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


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            '<p>Words.</p><p>Der Beitrag <a href="https://site.example/a/">A <em>b</em></a>'
            ' erschien zuerst auf <a href="https://site.example">S</a>.</p>',
            "Words.",
        ),
        ('<p>Words <a href="/a/#more-1">Continue reading <span>A</span></a></p>', "Words"),
        ('<p>Words <a href="/b/">Read more</a></p>', "Words Read more"),
        ('<p>A <a href="#x">b</a> of the <a href="/a/">page</a>.</p>', "A b of the page."),
        ("&lt;p&gt; begins a paragraph of HTML", "<p> begins a paragraph of HTML"),
        ('<div class="sharedaddy-notes">a</div><div class="x sharedaddy">b</div>c', "a c"),
        ("<h2>Only a heading</h2>", "Only a heading"),
        ("<p>x<sup>2</sup></p>", "x2"),
        ("Words [&#8230;]", "Words…"),
        ("Title", None),
    ],
)
def test_only_what_is_surely_not_of_an_article_is_taken_off(html: str, shown: str | None) -> None:
    own = "https://site.example/a/"
    assert excerpt_and_body([Text(html, True, own)], "Title", own)[0] == shown


CHANGES = {
    "bbc": (("c1#0", "c1#3"), ("at_campaign=rss", "at_campaign=app")),
    "bing-news": (("tid=65a", "tid=99f"), ("c=123", "c=999")),
    "blogger": (("thr:total>3", "thr:total>5"), ("3 Comments", "5 Comments"), ("-24T2", "-25T2")),
    "discourse": (("7 posts - 5 part", "19 posts - 11 part"),),
    "feedburner": (("abc:def:", "xyz:qrs:"),),
    "google-news": (("oc=5", "oc=7"),),
    "hnrss": (("Points: 104", "Points: 210"), ("# Comments: 33", "# Comments: 99")),
    "medium": (("rss-1f2e------2", "rss-9f2e------4"),),
    "newspaper": (("KARANGA", "OTHER"), ("width=140&amp;s=a", "width=140&amp;s=z")),
    "podcast": (("mp3?src=rss", "mp3?src=rss&amp;ad=9"), ("40483840", "40999999")),
    "reddit": (("smart&amp;amp;s=1", "smart&amp;amp;s=2"),),
    "stackexchange": ((">3</re:rank", ">8</re:rank"), ("25T08:59", "25T09:59")),
    "substack": (("action=share", "action=share&amp;token=1"), ("06:01:00", "07:01:00")),
    "wordpress": (("comments>12<", "comments>14<"), ("08:12:44", "09:12:44")),
    "wordpress-com": (("Loading...", "Loading…"), ("post=88", "post=88&#038;r=2")),
    "youtube": (('views="20417"', 'views="99417"'), ("11-24T02", "11-25T02")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changes_by_itself_makes_no_new_article_and_no_version(
    name: str, tmp_path: Path
) -> None:
    text = (ENGINES / f"{name}.xml").read_text()
    changed = text
    for before, after in CHANGES[name]:
        assert before in changed
        changed = changed.replace(before, after)
    feed, desk = Feed(f"https://{name}.example/feed", "F"), Desk(tmp_path)
    first, then = (parse_feed(body.encode(), {"url": feed.url}).entries for body in (text, changed))

    assert len(desk.file(*first, feed=feed)) == len(first)
    choice = desk.choose(*then, feed=feed)
    assert (choice.new, choice.versions) == (0, 0)


@pytest.mark.parametrize(
    "html",
    [
        "<div class='sharedaddy'>" * 20_000 + "words",
        "<p class='feedflare'>" * 20_000 + "words",
        "<div class='x'>" * 20_000 + "words",
        "<pre>" * 20_000 + "words",
        "words" + "<a href='https://site.example/'>" * 20_000,
        "words" + "<p>a <a href='/'>b</a> " * 20_000,
        "words" + "<p> <br>" * 20_000 + "<a href='/x'>Read more</a>" + "<br>" * 700 + ".",
        "words submitted by " + "<a href='/'>" * 500 + "[comments]</a>",
        '<div class="meta">' * 20_000 + "words",
        "words<a href='/x'>Read more</a>" + "<img width='1' height='1'>" * 100 + ".",
        '<p class="button-wrapper"><a href="/subscribe?">' * 9_000 + "words",
        "words" + "<p>Comments URL: <a" * 20_000,
        "words" + "<hr>" * 900 + "was originally published in " * 60,
    ],
    ids=range(13),
)
def test_hostile_html_is_trimmed_in_little_time(html: str) -> None:
    start = time.process_time()
    excerpt_and_body([Text(html, True, "https://site.example/")], "", "https://site.example/x")
    assert time.process_time() - start < 3
