import io
import json
import sys

import pytest

from reader.cli import run
from reader.feeds.subscribed.subscriptions import change_feeds, read_feeds
from reader.feeds.values import Feed
from reader.folders import FEEDS_FILE
from tests.terminals import on_terminal

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>{}</title>
<link>https://site.example/</link>{}</channel></rss>"""
ITEM = """<item><title>Article {0}</title><link>https://site.example/{0}</link>
<pubDate>Tue, {0:02} Oct 2020 12:00:00 GMT</pubDate></item>"""
ITEMS = "".join(ITEM.format(day) for day in (5, 9, 1, 7))


pytestmark = pytest.mark.usefixtures("own_places")


@pytest.fixture
def own(tmp_path):
    return tmp_path / "data" / "broadsheet"


@pytest.fixture
def site(httpserver):
    """A server with a page that offers a feed, another that is broken, and one of comments."""
    link = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
    page = link.format("n", "/news.xml") + link.format("Gone", "/gone.xml")
    page += link.format("Comments", "/comments.xml")
    for path, body, type_ in (
        ("/", f"<!doctype html><html><head>{page}</head></html>", "text/html"),
        ("/empty", "<!doctype html><html></html>", "text/html"),
        ("/news.xml", RSS.format("Local \u202e news", ITEMS), "text/xml"),
        ("/comments.xml", RSS.format("Comments", ""), "text/xml"),
    ):
        httpserver.expect_request(path).respond_with_data(body, content_type=type_)
    return httpserver.url_for("").rstrip("/")


@pytest.fixture
def typing(monkeypatch):
    """Let a person type lines at a terminal; returns what is shown."""

    class Keyboard(io.StringIO):
        def isatty(self):
            return True

    def typed(words, lines):
        monkeypatch.setattr(sys, "stdin", Keyboard(lines))
        with on_terminal(100) as terminal:
            status = run(words)
        return status, terminal.shown()

    return typed


def test_a_feed_is_shown_with_its_newest_three_and_then_subscribed(site, own, typing):
    url = f"{site}/news.xml"
    status, shown = typing(["add", url], "\n")
    assert status == 0
    assert shown == [
        f"Asking {url} ...",
        "Local news · 4 articles",
        url,
        "  2020-10-09  Article 9",
        "  2020-10-07  Article 7",
        "  2020-10-05  Article 5",
        "Subscribe? [Y/n] Local news is subscribed",
        "Local news: 4 new",
    ]
    assert len(list(own.glob("_news/*.md"))) == 4
    assert read_feeds(own) == (Feed(url, "Local news", site="https://site.example/"),)
    assert (own / ".broadsheet" / "state").is_dir()


@pytest.mark.parametrize("answer", ["n\n", "no\n", "what\n", ""])
def test_no_is_no(answer, site, own, typing):
    assert typing(["add", f"{site}/news.xml"], answer)[0] == 0
    assert not (own / FEEDS_FILE).exists()


def test_of_a_page_the_numbers_are_subscribed(site, own, typing):
    words = ["add", f"{site}/", "--folder", "Here/Mine"]
    status, shown = typing(words, "7\n2 x\n3, 1 1\n")
    assert status == 0
    assert f"{site}/ has 3 feeds:" in shown
    assert "  1  Local news · 4 articles" in shown
    assert "       2020-10-09  Article 9" in shown
    assert "  2  Gone" in shown
    assert "     it answered 500 (internal server error)" in shown
    assert "  3  Comments · 0 articles" in shown
    assert shown.count("Which? [numbers, or nothing] Type numbers from 1 to 3, or nothing.") == 2
    found = [(feed.title, feed.folder) for feed in read_feeds(own)]
    assert found == [("Comments", ("Here", "Mine")), ("Local news", ("Here", "Mine"))]


@pytest.mark.parametrize("answer", ["\n", ""])
def test_of_a_page_nothing_may_be_wanted(answer, site, own, typing):
    assert typing(["add", f"{site}/"], answer)[0] == 0
    assert not (own / FEEDS_FILE).exists()


def test_without_a_terminal_the_first_is_taken_and_the_others_are_named(site, own, capsys):
    assert run(["add", f"{site}/", "--title", " My  news"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "My news is subscribed",
        "My news: 4 new",
        "The page has others:",
        f"  {site}/gone.xml  it answered 500 (internal server error)",
        f"  {site}/comments.xml  Comments",
    ]
    assert [feed.title for feed in read_feeds(own)] == ["My news"]


def test_yes_asks_nothing(site, own, typing):
    status, shown = typing(["add", "--yes", f"{site}/news.xml"], "n\n")
    assert (status, shown) == (0, ["Local news is subscribed", "Local news: 4 new"])


def test_a_feed_that_is_there_is_not_asked_again(own, capsys):
    own.mkdir(parents=True)
    there = Feed("https://a.example/f", "A", formerly=("https://old.example/f",))
    change_feeds(own, lambda _: [there])
    for text in ("http://www.a.example/f/", "a.example/f", "https://old.example/f"):
        assert run(["add", text]) == 0
        assert capsys.readouterr().out == "A is there already\n"
    assert read_feeds(own) == (there,)


def test_what_a_page_offers_may_be_there_already(site, own, typing):
    run(["add", f"{site}/news.xml"])
    status, shown = typing(["add", f"{site}/"], "1\n")
    assert status == 0
    assert "  1  Local news · 4 articles · subscribed already" in shown
    assert shown[-1].endswith("Local news is there already")


def test_json_tells_what_was_found_and_what_is_subscribed(site, own, capsys):
    assert run(["add", f"{site}/", "--json"]) == 0
    first, gone, comments = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "url": f"{site}/news.xml",
        "title": "Local news",
        "folder": [],
        "site": "https://site.example/",
        "subscribed": True,
        "articles": 4,
        "newest": [
            {
                "title": f"Article {day}",
                "published_at": f"2020-10-0{day}T12:00:00Z",
                "url": f"https://site.example/{day}",
            }
            for day in (9, 7, 5)
        ],
        "error": None,
    }
    assert gone["error"] == "it answered 500 (internal server error)"
    assert (comments["subscribed"], comments["articles"]) == (False, 0)
    run(["add", f"{site}/news.xml", "--json"])
    assert json.loads(capsys.readouterr().out)["subscribed"]


def test_what_has_no_feed_is_one_sentence_and_the_others_are_added(site, own, capsys, httpserver):
    httpserver.expect_request("/feed").respond_with_data("no", status=404)
    words = ["add", f"{site}/empty", f"{site}/missing", "two words", f"{site}/news.xml"]
    assert run(words) == 1
    errors = capsys.readouterr().err.splitlines()
    assert errors == [
        f"broadsheet: {site}/empty is a page that offers no feed",
        f"broadsheet: {site}/missing: it answered 500 (internal server error)",
        "broadsheet: this is no address of the web",
    ]
    assert [feed.title for feed in read_feeds(own)] == ["Local news"]


@pytest.mark.parametrize("text", ["https://me:secret@a.example/f", "me:secret@a.example", "me@a"])
def test_a_password_in_an_address_is_refused_and_not_printed(text, own, capsys):
    assert run(["add", text]) == 1
    out, err = capsys.readouterr()
    assert "[[access]]" in err
    assert "secret" not in out + err
    assert not (own / FEEDS_FILE).exists()


def test_an_address_without_a_scheme_is_asked_by_http_only_where_https_is_not_there(site, capsys):
    address = site.removeprefix("http://")
    assert run(["add", f"{address}/news.xml"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == f"{site}/news.xml: https did not answer: this is http, which others can read"


def test_a_host_that_was_typed_may_be_private_but_not_those_that_its_page_offers(
    site, httpserver, own, capsys
):
    link = '<link rel="alternate" type="application/rss+xml" href="http://127.0.0.2:9/f">'
    httpserver.expect_request("/trap").respond_with_data(link, content_type="text/html")
    assert run(["add", f"{site}/trap"]) == 1
    assert capsys.readouterr().err.startswith("broadsheet: ")
    assert not (own / FEEDS_FILE).exists()


def test_wrong_settings_and_feeds_that_cannot_be_read_are_told(site, own, tmp_path, capsys):
    (tmp_path / "config/broadsheet/config.toml").write_text("[feeds]\nproxy = 1\n")
    assert run(["add", f"{site}/news.xml"]) == 2
    assert "proxy" in capsys.readouterr().err
    (own / FEEDS_FILE).write_text("<opml>")
    assert run(["add", f"{site}/news.xml"]) == 1
    assert f"{own / FEEDS_FILE}: line 1" in capsys.readouterr().err


def test_one_title_is_for_one_feed(site, own, typing, capsys):
    assert run(["add", "--title", "x", "a.example", "b.example"]) == 2
    assert typing(["add", f"{site}/", "--title", "x"], "1 3\n")[0] == 0
    assert "keep their own names" in capsys.readouterr().err
    assert [feed.title for feed in read_feeds(own)] == ["Local news", "Comments"]
