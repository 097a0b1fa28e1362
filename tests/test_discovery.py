import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.finding.discovery import NotFound, discover, typed_urls
from reader.feeds.finding.pages import MAX_OFFERS, find_offers
from reader.feeds.finding.usual import MAX_PLACES, known_places, usual_places
from reader.feeds.values import Entry, Offer, Parsed
from reader.feeds.web.access import Access
from reader.feeds.web.http import Answer, Fetcher, Refused
from reader.feeds.workers import Workers
from reader.text import clean_line
from reader.urls import safe_url

SITE = "https://site.example/blog/"


def offers(html, url=SITE, charset=None):
    body = html if isinstance(html, bytes) else html.encode()
    return find_offers(body, {"url": url, "charset": charset})


# What a page offers


def test_declared_feeds_come_first_and_those_of_comments_last():
    found = offers(
        """<html><head>
        <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
        <link rel="alternate" type="application/rss+xml" title="News &amp; more" href="feed.xml">
        <LINK REL="Alternate x" TYPE="application/atom+xml;charset=utf-8" HREF="//b.example/a">
        <link rel="alternate" type="application/feed+json" href="?feed=json">
        <link rel="alternate" type="text/html" hreflang="de" href="/de">
        <link rel="stylesheet" type="text/css" href="/x.css">
        <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
        </head><body><a href="/rss.xml"> All <b>news</b></a></body></html>"""
    )
    assert found == [
        Offer("https://site.example/blog/feed.xml", "News & more"),
        Offer("https://b.example/a", ""),
        Offer("https://site.example/blog/?feed=json", ""),
        Offer("https://site.example/rss.xml", "All news"),
        Offer("https://site.example/comments/feed", "Comments"),
    ]


def test_links_are_relative_to_the_base_of_the_page():
    html = '<base href="/other/"><link rel=alternate type=application/rss+xml href=f>'
    assert offers(html) == [Offer("https://site.example/other/f")]
    hostile = '<base href="javascript:x"><link rel=feed href=f>'
    assert offers(hostile) == [Offer("https://site.example/blog/f")]


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("/feed", True),
        ("/blog/feed/", True),
        ("/rss", True),
        ("/news.rss", True),
        ("/atom.xml", True),
        ("/index.xml", True),
        ("/feed.json", True),
        ("/feeds-of-cattle", False),
        ("/sitemap.xml", False),
        ("/about", False),
        ("/data.json", False),
        ("/press", False),
    ],
)
def test_links_in_the_text_are_offered_if_they_look_like_feeds(path, is_one):
    assert bool(offers(f'<p><a href="{path}">x</a>')) == is_one


def test_a_feed_is_offered_once_and_pages_without_end_are_bounded():
    link = '<link rel=alternate type=application/rss+xml href="{}">'
    assert len(offers(link.format("/f") + link.format("https://www.site.example/f/"))) == 1
    assert len(offers("".join(link.format(f"/{n}") for n in range(1000)))) == MAX_OFFERS
    assert offers("<div>" * 100_000 + link.format("/f")) == []


def test_titles_are_cleaned_and_addresses_are_safe():
    html = (
        '<link rel=alternate type=application/rss+xml href="javascript:1" title=a>'
        '<link rel=alternate type=application/rss+xml href="https://me:x@a.example" title=b>'
        '<link rel=alternate type=application/rss+xml href="file:///etc/passwd" title=c>'
        '<link rel=alternate type=application/rss+xml href="http://[" title=d>'
        '<link rel=alternate type=application/rss+xml href="/f" title="e&#x202e;\x1b[31mf">'
    )
    assert offers(html) == [Offer("https://site.example/f", "e[31mf")]


def test_pages_in_any_encoding_are_read():
    html = '<link rel=alternate type=application/rss+xml href=f title="Bücher">'
    for encoding, named in (("utf-8", None), ("iso-8859-1", "iso-8859-1"), ("utf-8", "nonsense")):
        assert offers(html.encode(encoding), charset=named)[0].title[:1] == "B"
    assert offers(html)[0].title == "Bücher"
    assert offers(html.encode("iso-8859-1"), charset="iso-8859-1")[0].title == "Bücher"


@given(st.binary(max_size=200) | st.text("<>/=\"' abelinkhrefrssfed:?#&;", max_size=100))
def test_any_bytes_give_offers_that_are_safe(body):
    for offer in offers(body):
        assert safe_url(offer.url) == offer.url
        assert clean_line(offer.title) == offer.title


# Where feeds usually are


def test_usual_places_are_few_and_begin_with_the_folder_of_the_page():
    assert usual_places("https://site.example")[:2] == (
        "https://site.example/feed",
        "https://site.example/atom.xml",
    )
    places = usual_places("https://site.example/~me/?page=2#top")
    assert places[:2] == ("https://site.example/~me/feed", "https://site.example/feed")
    assert len(places) == len(set(places)) == MAX_PLACES


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (
            "https://www.youtube.com/channel/UC123/videos",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UC123",
        ),
        (
            "https://m.youtube.com/playlist?list=PL1%262",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1%262",
        ),
        ("https://old.reddit.com/r/news/top", "https://www.reddit.com/r/news/.rss"),
        ("https://github.com/a/b/issues", "https://github.com/a/b/releases.atom"),
    ],
)
def test_some_places_are_known_by_the_address(url, place):
    assert known_places(url)[0] == place
    assert known_places("https://site.example/r/news") == ()


@given(st.text(max_size=50))
def test_places_of_any_address_are_addresses(text):
    url = safe_url(f"https://site.example/{text}")
    for place in usual_places(url) if url else ():
        assert safe_url(place)


# From what was typed to feeds


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("https://a.example/f", ("https://a.example/f",)),
        (" a.example:8080/f ", ("https://a.example:8080/f", "http://a.example:8080/f")),
        ("localhost", ("https://localhost", "http://localhost")),
        ("feed://a.example", ("https://a.example",)),
        ("ftp://a.example", ()),
        ("javascript:alert(1)", ()),
        ("two words", ()),
    ],
)
def test_an_address_may_be_typed_without_its_scheme(text, urls):
    assert typed_urls(text) == urls


class Web:
    """A fetcher and its workers that know some pages; `asked` are the addresses that were."""

    def __init__(self, pages):
        self.pages, self.asked = pages, []

    async def get(self, url, **_):
        self.asked.append(url)
        page = self.pages.get(url, 404)
        if isinstance(page, Refused):
            raise page
        if isinstance(page, Answer):
            return page
        return Answer(page, url) if isinstance(page, int) else Answer(200, url, page.encode())

    async def do(self, job, body, **facts):
        if job == "offers":
            return [list(one) for one in find_offers(body, facts)]
        if not body.startswith(b"FEED "):
            return list(Parsed(wrong="this is no feed"))
        return list(Parsed(body[5:].decode(), entries=(Entry("Hello"),)))

    def discover(self, text):
        return asyncio.run(discover(typed_urls(text), self, self))


def named(discovery):
    return [(one.feed.url, one.feed.title) for one in discovery.found]


def test_the_address_of_a_feed_is_that_feed():
    web = Web({"https://a.example/f": "FEED News"})
    found = web.discover("https://a.example/f")
    assert (found.is_feed, named(found)) == (True, [("https://a.example/f", "News")])
    assert found.found[0].parsed.entries == (Entry("Hello"),)
    assert web.asked == ["https://a.example/f"]


def test_a_feed_that_moved_for_good_is_taken_where_it_is_now():
    answer = Answer(200, "https://b.example", b"FEED B", moved_to="https://b.example")
    found = Web({"https://a.example": answer}).discover("https://a.example")
    assert named(found) == [("https://b.example", "B")]


def test_a_page_has_the_feeds_that_it_offers_with_what_was_wrong_with_them():
    link = '<link rel=alternate type=application/rss+xml title={} href="{}">'
    html = link.format("one", "/1") + link.format("two", "/2") + link.format("three", "/3")
    refused = Refused("it took too long", "timeout")
    web = Web({SITE: html, "https://site.example/1": "FEED One", "https://site.example/2": refused})
    found = web.discover(SITE)
    assert not found.is_feed
    assert named(found) == [
        ("https://site.example/1", "One"),
        ("https://site.example/2", "two"),
        ("https://site.example/3", "three"),
    ]
    errors = [one.error for one in found.found]
    assert errors == [None, "it took too long", "it answered 404 (not found)"]


def test_of_many_offers_only_the_first_are_looked_at():
    links = "".join(f'<a href="/{n}/feed">x</a>' for n in range(20))
    web = Web({SITE: links})
    assert len(web.discover(SITE).found) == 20
    assert len(web.asked) == 1 + MAX_PLACES


def test_a_page_without_offers_is_asked_in_the_usual_places():
    web = Web({SITE: "<p>", "https://site.example/atom.xml": "FEED Atom"})
    assert named(web.discover(SITE)) == [("https://site.example/atom.xml", "Atom")]
    web = Web({SITE: "<p>"})
    with pytest.raises(NotFound, match="is a page that offers no feed"):
        web.discover(SITE)
    assert len(web.asked) == 1 + MAX_PLACES


def test_a_known_place_is_found_although_its_page_is_refused():
    place = "https://www.reddit.com/r/news/.rss"
    web = Web({"https://www.reddit.com/r/news": 403, place: "FEED r/news"})
    assert named(web.discover("https://www.reddit.com/r/news")) == [(place, "r/news")]
    with pytest.raises(NotFound, match=r"answered 403 \(forbidden\)"):
        Web({"https://www.reddit.com/r/news": 403}).discover("https://www.reddit.com/r/news")


def test_http_is_tried_where_no_scheme_was_typed_and_https_is_not_there():
    no_tls = Refused("it does not speak TLS", "tls")
    web = Web({"https://a.example": no_tls, "http://a.example": "FEED A"})
    found = web.discover("a.example")
    assert named(found) == [("http://a.example", "A")]
    assert "https did not answer" in found.note
    with pytest.raises(NotFound, match="does not speak TLS"):
        web.discover("https://a.example")


def test_what_was_refused_for_other_reasons_is_not_tried_without_encryption():
    for kind in ("not allowed", "dns", "redirects", "too large"):
        web = Web({"https://a.example": Refused("no", kind), "http://a.example": "FEED A"})
        with pytest.raises(NotFound):
            web.discover("a.example")
        assert web.asked == ["https://a.example"]


def test_nonsense_is_no_address():
    with pytest.raises(NotFound, match="no address of the web"):
        Web({}).discover("two words")


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Local news</title>
<item><title>One</title><link>http://127.0.0.1/1</link></item></channel></rss>"""


async def test_a_page_of_a_real_server_is_read_in_real_workers(httpserver):
    page = '<link rel="alternate" type="application/rss+xml" href="/f.xml">'
    httpserver.expect_request("/").respond_with_data(page, content_type="text/html")
    httpserver.expect_request("/f.xml").respond_with_data(RSS, content_type="text/xml")
    access = Access(private_hosts=frozenset(("localhost",)))
    async with Fetcher(access) as fetcher, Workers(1) as workers:
        found = await discover((httpserver.url_for("/"),), fetcher, workers)
        typed = typed_urls(httpserver.url_for("/f.xml").removeprefix("http://"))
        without_scheme = await discover(typed, fetcher, workers)
    assert named(found) == [(httpserver.url_for("/f.xml"), "Local news")]
    assert named(without_scheme) == named(found)
    assert without_scheme.note
