"""Refreshing a library from a site on loopback: what is filed, remembered, and said."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from reader.cli import run
from reader.feeds.pipeline import in_batches
from reader.feeds.records import read_records
from reader.feeds.subscribed.outlines import NAMESPACE
from reader.feeds.subscribed.subscriptions import read_feeds
from reader.feeds.web.http import Fetcher, Refused
from reader.files.scan import read_article
from reader.library import Library
from reader.views import ALL
from tests.feed_site import FeedSite, Reply, feed_site, rss

Told = list[dict[str, Any]]


@pytest.fixture
def site() -> Iterator[FeedSite]:
    with feed_site() as site:
        yield site


class Desk:
    """A library with its feeds, and the home of whoever reads it."""

    def __init__(self, home: Path) -> None:
        self.folder, self.state = home / "news", home / "state" / "broadsheet"
        self.folder.mkdir()

    def subscribe(self, *urls: str, more: str = "") -> None:
        outlines = "".join(f"<outline type='rss' xmlUrl={quoteattr(url)} {more}/>" for url in urls)
        own = f"xmlns:own='{NAMESPACE}'"
        text = f"<opml version='2.0' {own}><head/><body>{outlines}</body></opml>"
        (self.folder / "feeds.opml").write_text(text)

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("_news/*"))

    @property
    def titles(self) -> list[str]:
        found = (read_article(self.folder, f"_news/{name}") for name in self.files)
        return sorted(article.title for article in found if article)

    def refresh(self, *words: str) -> int:
        return run(["refresh", "--library", str(self.folder), *words])


@pytest.fixture
def desk(tmp_path: Path, own_places: None) -> Desk:
    config = tmp_path / "config" / "broadsheet" / "config.toml"
    config.write_text('[feeds]\nprivate_hosts = ["127.0.0.1"]\n')
    return Desk(tmp_path)


@pytest.fixture
def refresh(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Refresh, and return the events that are told, the first and the last one left out."""

    def told(*words: str) -> Told:
        desk.refresh("--json", *words)
        events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert (events[0]["event"], events[-1]["event"]) == ("start", "end")
        return events[1:-1]

    return told


def test_every_article_of_a_feed_becomes_a_file(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    desk.subscribe(site.feed("/feed", "One", "Two", "Three"))

    (told,) = refresh()

    assert (told["result"], told["new"], told["done"], told["of"]) == ("new", 3, 1, 1)
    assert desk.titles == ["One", "Three", "Two"]
    assert read_feeds(desk.folder)[0].title == "A feed"


def test_a_second_refresh_asks_only_what_is_due_unless_all_are_wanted(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    desk.subscribe(site.feed("/feed", "One"))
    refresh()

    assert refresh() == []
    assert refresh("--all")[0]["result"] == "unchanged"
    assert refresh("a fee")[0]["result"] == "unchanged"
    assert len(site.asked) == 3


def test_a_feed_that_has_not_changed_is_asked_with_what_it_said(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    desk.subscribe(site.feed("/feed", "One", etag='"1"'))
    refresh()

    assert refresh("--all")[0]["result"] == "unchanged"
    assert site.asked[1][1]["if-none-match"] == '"1"'
    assert read_records(desk.folder, desk.state)[site.url()].status == 304


def test_new_articles_and_changed_ones_are_counted(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    desk.subscribe(site.feed("/feed", "One"))
    refresh()
    site.feed("/feed", "One, really", "Two")

    (told,) = refresh("--all")

    assert (told["new"], told["versions"]) == (1, 1)
    assert [name for name in desk.files if name.endswith("-2.md")]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"no", 500), "the server answered 500 (internal server error)"),
        (Reply(b"no", 404), "the server answered 404 (not found)"),
        (Reply(b"no", 799), "the server answered 799"),
        (Reply(b"<html><body>Hello", 200, {"Content-Type": "text/html"}), "page"),
    ],
)
def test_a_feed_that_fails_says_why_and_is_asked_later(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told], reply: Reply, said: str
) -> None:
    desk.subscribe(site.url("/bad"), site.feed("/good", "One"))
    site.pages["/bad"] = reply

    told = {one["url"]: one for one in refresh()}

    assert said in told[site.url("/bad")]["error"]
    assert told[site.url("/good")]["new"] == 1
    record = read_records(desk.folder, desk.state)[site.url("/bad")]
    assert record.failures == 1
    assert record.head == reply.body.decode()
    for _ in range(2):
        refresh("--all")
    assert read_records(desk.folder, desk.state)[site.url("/bad")].is_failing


def test_a_feed_that_comes_back_is_well_again(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    desk.subscribe(site.url())
    refresh()
    site.feed("/feed", "One")
    refresh("--all")

    record = read_records(desk.folder, desk.state)[site.url()]
    assert (record.failures, record.error, record.head) == (0, None, None)


def test_a_broken_feed_gives_what_can_be_had(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    whole = rss(("One", "Two", "Three"))
    site.pages["/feed"] = Reply(whole[: whole.index(b"Three")])
    desk.subscribe(site.url())

    assert refresh()[0]["new"] >= 2
    assert read_records(desk.folder, desk.state)[site.url()].wrong


def test_a_busy_server_is_left_alone_for_as_long_as_it_says(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    desk.subscribe(site.url())
    site.pages["/feed"] = Reply(b"", 429, {"Retry-After": "7200"})
    refresh()

    record = read_records(desk.folder, desk.state)[site.url()]
    assert record.asked_at is not None
    assert record.due_at - record.asked_at == 7200


def test_a_feed_that_is_gone_is_never_asked_again_but_by_name(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    desk.subscribe(site.url())
    site.pages["/feed"] = Reply(b"", 410)

    assert refresh()[0]["result"] == "gone"
    assert refresh("--all") == []
    assert len(refresh(site.url())) == 1


def test_a_feed_that_fails_and_is_gone_then_is_gone(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    desk.subscribe(site.url())
    assert refresh()[0]["result"] == "failed"
    site.pages["/feed"] = Reply(b"", 410)

    assert refresh("--all")[0]["result"] == "gone"


def test_a_feed_that_has_moved_twice_in_a_row_is_followed(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    new = site.feed("/new", "One")
    site.pages["/old"] = Reply(b"", 301, {"Location": "/new"})
    desk.subscribe(site.url("/old"))

    assert refresh("--all")[0]["result"] == "new"
    assert read_feeds(desk.folder)[0].url == site.url("/old")
    assert refresh("--all")[0]["result"] == "moved"
    (feed,) = read_feeds(desk.folder)
    assert (feed.url, feed.formerly) == (new, (site.url("/old"),))
    assert refresh("--all")[0]["result"] == "unchanged"
    assert site.asked[-1][0] == "/new"


def test_a_feed_that_moves_for_now_is_not_followed(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    site.feed("/new", "One")
    site.pages["/old"] = Reply(b"", 302, {"Location": "/new"})
    desk.subscribe(site.url("/old"))
    for _ in range(3):
        refresh("--all")

    assert read_feeds(desk.folder)[0].url == site.url("/old")


def test_a_paused_feed_is_not_asked(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    desk.subscribe(site.feed("/feed", "One"), more="own:paused='true'")

    assert refresh("--all") == []


def test_lists_of_the_sites_themselves_are_followed_from_page_to_page(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    def page(number: int, following: int | None) -> Reply:
        value = {
            "title": f"Article {number}",
            "excerpt": "It is so.",
            "publishedDateTime": f"2026-11-0{number}T08:00:00+02:00",
            "originalUrl": f"https://a.example/{number}",
            "provider": {"name": "A Paper", "domain": "a.example"},
            "topics": ["AI"],
        }
        told = {"page": number, "value": [value], "nextPage": following}
        return Reply(
            b"\xef\xbb\xbf" + json.dumps(told).encode(), 200, {"Content-Type": "application/json"}
        )

    site.pages |= {"/list": page(1, 2), "/list?page=2": page(2, 3), "/list?page=3": page(3, None)}
    desk.subscribe(site.url("/list"))

    assert refresh()[0]["new"] == 3
    assert desk.titles == ["Article 1", "Article 2", "Article 3"]


def test_a_page_that_fails_takes_nothing_away_from_those_before(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    value = {"title": "One", "excerpt": "So.", "originalUrl": "https://a.example/1"}
    value |= {"publishedDateTime": "2026-11-01T08:00:00Z"}
    told = {"page": 1, "value": [value], "nextPage": 2}
    site.pages["/list"] = Reply(
        json.dumps(told).encode(), headers={"Content-Type": "application/json"}
    )
    desk.subscribe(site.url("/list"))

    assert refresh()[0]["new"] == 1
    wrong = read_records(desk.folder, desk.state)[site.url("/list")].wrong
    assert wrong == "a further page of it: the server answered 404 (not found)"


def test_without_json_what_happened_is_said_in_sentences(
    desk: Desk, site: FeedSite, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.subscribe(site.feed("/feed", "One", "Two"), site.url("/bad"))

    assert desk.refresh() == 0

    out = capsys.readouterr().out
    assert "A feed: 2 new" in out or "/feed: 2 new" in out
    assert "/bad: the server answered 404 (not found)\n" in out
    assert "2 of 2 feeds · 2 new · 1 failed" in out
    assert desk.refresh() == 0
    assert "No feed is due before" in capsys.readouterr().out


def test_without_feeds_it_is_said_how_to_subscribe(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.refresh() == 2
    assert "`broadsheet add URL` subscribes" in capsys.readouterr().err
    desk.subscribe("https://a.example/")
    assert desk.refresh("nosuch") == 2
    assert "no feed has such an address or name" in capsys.readouterr().err


def test_only_one_refresh_is_at_work_in_a_folder(
    desk: Desk, site: FeedSite, capsys: pytest.CaptureFixture[str]
) -> None:
    import fcntl

    desk.subscribe(site.feed("/feed", "One"))
    lock = desk.folder / ".broadsheet" / "feeds" / "lock"
    lock.parent.mkdir(parents=True)
    with open(lock, "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert desk.refresh() == 1
    assert "another refresh" in capsys.readouterr().err
    assert desk.files == []


def test_a_folder_that_cannot_be_written_is_said(
    desk: Desk, site: FeedSite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe(site.feed("/feed", "One"))
    real = os.link

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert desk.refresh() == 1
    assert "no space left on device" in capsys.readouterr().err
    assert desk.files == []
    monkeypatch.undo()
    assert real is os.link


def test_the_folder_is_one_like_any_other(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told], tmp_path: Path
) -> None:
    desk.subscribe(site.feed("/feed", "One", "Two"), site.feed("/other", "Three"))
    refresh()

    library = Library([desk.folder], tmp_path / "others-state", tmp_path / "others-cache")
    library.load()

    assert [article.problem for article in library.listing(ALL).articles] == [None] * 3
    assert {article.provider for article in library.listing(ALL).articles} == {"A feed"}
    assert library.counts.hidden == 0
    (third,) = library.listing(ALL, text=f'feed:"{site.url("/other")}"').articles
    assert third.title == "Three"


def test_the_pages_of_a_feed_that_wants_full_texts_are_read(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    words = " ".join(f"Sentence {number} says what there is to say of it." for number in range(40))
    page = f"<html><body><article><h1>One</h1><p>{words}</p></article></body></html>"
    site.pages["/0"] = Reply(page.encode(), headers={"Content-Type": "text/html"})
    site.pages["/feed"] = Reply(rss(("One", "Two"), site=site.url("")))
    desk.subscribe(site.url(), more="own:fullText='true'")

    assert refresh()[0]["new"] == 2

    one, two = (desk.folder / "_news" / name for name in desk.files[::-1])
    assert "Sentence 39 says" in one.read_text()
    assert "Sentence" not in two.read_text()
    assert refresh("--all")[0]["result"] == "unchanged"


def test_full_texts_that_a_refresh_did_not_reach_come_with_the_next_one(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(f"Sentence {number} says what there is to say of it." for number in range(40))
    page = f"<html><body><article><h1>One</h1><p>{words}</p></article></body></html>"
    site.pages["/0"] = Reply(page.encode(), headers={"Content-Type": "text/html"})
    site.pages["/feed"] = Reply(rss(("One",), site=site.url("")))
    desk.subscribe(site.url(), more="own:fullText='true'")
    with monkeypatch.context() as patch:
        patch.setattr("reader.feeds.refresh.LONGEST", 0.0)
        patch.setattr("reader.feeds.refresh.in_batches", _without_end)
        refresh()
    (name,) = desk.files
    assert "Sentence" not in (desk.folder / "_news" / name).read_text()

    refresh("--all")

    assert "Sentence 39 says" in (desk.folder / "_news" / name).read_text()
    asked = len(site.asked)
    refresh("--all")
    assert len(site.asked) == asked + 1


async def _without_end(*arguments: Any, **named: Any) -> None:
    await in_batches(*arguments, **named | {"seconds": 60.0})


def test_without_a_network_no_feed_is_blamed(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe(site.feed("/feed", "One"))
    refresh()
    known = read_records(desk.folder, desk.state)

    async def offline(*_: object, **__: object) -> None:
        raise Refused("127.0.0.1 could not be looked up; is this machine online?", "offline")

    monkeypatch.setattr(Fetcher, "get", offline)
    for _ in range(3):
        assert refresh("--all")[0]["result"] == "offline"
    assert read_records(desk.folder, desk.state) == known


def test_without_a_network_that_is_said_once(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.subscribe("https://a.example/", "https://b.example/")

    async def offline(*_: object, **__: object) -> None:
        raise Refused("a.example could not be looked up; is this machine online?", "offline")

    monkeypatch.setattr(Fetcher, "get", offline)
    assert desk.refresh() == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == (
        "Nothing can be reached: a.example could not be looked up; is this machine online?"
    )
    assert len(said) == 2


def test_nothing_is_said_where_nobody_listens_any_more(desk: Desk, site: FeedSite) -> None:
    desk.subscribe(site.feed("/feed", "One"))
    command = [sys.executable, "-m", "reader", "refresh", "--json", "--library", str(desk.folder)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as child:  # type: ignore[call-overload]
        child.stdout.close()
        assert child.stderr.read() == b""


def test_an_address_means_its_feed_and_a_part_all_that_have_it(
    desk: Desk, site: FeedSite, refresh: Callable[..., Told]
) -> None:
    one, two = site.feed("/one", "One"), site.feed("/one-more", "Two")
    desk.subscribe(one, two)

    assert [told["url"] for told in refresh(one)] == [one]
    assert len(refresh("/ONE")) == 2
