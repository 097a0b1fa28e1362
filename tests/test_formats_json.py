"""What JSON says: JSON Feed, and the lists of the seed's sites."""

import json
from typing import Any

from reader.feeds.formats.parse import parse_feed
from reader.feeds.values import Enclosure, Entry, Parsed, parsed_of
from reader.model import Image

URL = "https://site.example/feed.json?lang=en&page=1"

NAMES = (
    "id url external_url title content_html content_text summary image date_published tags"
    " attachments authors author language excerpt publishedDateTime originalUrl provider topics"
    " images type content locale quality heat"
)


def _read(told: Any, mark: bytes = b"") -> Parsed:
    parsed = parse_feed(mark + json.dumps(told).encode(), {"url": URL, "type": "text/html"})
    assert parsed_of(json.loads(json.dumps(parsed))) == parsed
    return parsed


def test_json_feed_is_read():
    told = _read(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Bread",
            "home_page_url": "/",
            "language": "en",
            "authors": [{"name": "Ann"}],
            "next_url": "?page=2",
            "items": [
                {
                    "id": 7,
                    "url": "/a",
                    "title": "Tom &amp; Jerry",
                    "content_html": "<p>One <b>two</b> <a href='b'>three</a></p>",
                    "summary": "One",
                    "date_published": "2020-10-20T15:13:00+02:00",
                    "date_modified": "2020-10-21T00:00:00Z",
                    "image": "/i.png",
                    "banner_image": "javascript:x",
                    "tags": ["x", "x", 3, "y"],
                    "attachments": [
                        {"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12.0},
                        {"mime_type": "audio/mpeg"},
                    ],
                },
                {
                    "id": "https://other.example/9",
                    "content_text": "Plain <b> * text",
                    "author": {"name": "Bob"},
                },
                "no object",
            ],
        }
    )
    assert told == Parsed(
        title="Bread",
        site="https://site.example/",
        next_page="https://site.example/feed.json?page=2",
        entries=(
            Entry(
                title="Tom & Jerry",
                url="https://site.example/a",
                guid="7",
                published_at="2020-10-20T13:13:00Z",
                updated_at="2020-10-21T00:00:00Z",
                excerpt="One",
                body="One **two** [three](https://site.example/b)\n\n"
                "- [Audio](https://site.example/a.mp3)",
                authors=("Ann",),
                categories=("x", "y"),
                images=(Image("https://site.example/i.png"),),
                enclosures=(Enclosure("https://site.example/a.mp3", "audio/mpeg", 12),),
                lang="en",
            ),
            Entry(
                url="https://other.example/9",
                guid="https://other.example/9",
                excerpt="Plain <b> * text",
                authors=("Bob",),
                lang="en",
            ),
        ),
    )


def test_a_list_of_a_site_is_read():
    told = _read(
        {
            "page": 1,
            "value": [
                {
                    "title": "Bread &amp; Butter",
                    "excerpt": "Short&nbsp;text",
                    "publishedDateTime": "2020-10-20T15:13:00+02:00",
                    "updatedDateTime": None,
                    "originalUrl": None,
                    "webUrl": "https://x.example/1",
                    "ampWebUrl": "https://x.example/1.amp",
                    "type": "video",
                    "provider": {"name": "The X", "domain": "x.example"},
                    "topics": ["Bread", None],
                    "tags": None,
                    "categories": ["news", "food"],
                    "images": [{"url": "/p.png", "width": 10, "height": None, "title": "P"}],
                    "locale": "en-us",
                    "content": "<p>Long <i>text</i></p>",
                    "heat": -1,
                },
                {"title": "Empty", "provider": None, "content": None, "images": None},
            ],
            "nextPage": 2,
        },
        mark=b"\xef\xbb\xbf",
    )
    assert told == Parsed(
        next_page="https://site.example/feed.json?lang=en&page=2",
        entries=(
            Entry(
                title="Bread & Butter",
                url="https://x.example/1",
                published_at="2020-10-20T13:13:00Z",
                excerpt="Short text",
                body="Long *text*",
                type="video",
                source="The X",
                categories=("Bread", "food"),
                images=(Image("https://site.example/p.png", 10, None, "P"),),
                lang="en-us",
                amp="https://x.example/1.amp",
                heat=-1,
            ),
            Entry(title="Empty"),
        ),
    )


def test_the_last_page_of_a_list_leads_nowhere():
    for page in (None, 0, "javascript:x", [], {}):
        assert _read({"value": [{"title": "T"}], "nextPage": page}).next_page is None


def test_fields_of_any_kind_do_no_harm():
    odd: list[Any] = [
        None,
        0,
        -1,
        1e400,
        10**30,
        "x",
        "\ud800\x1b",
        [],
        [[]],
        {},
        {"a": None},
        True,
    ]

    for value in odd:
        item = dict.fromkeys(NAMES.split(), value)
        for told in ({"items": [item]}, {"value": [item]}):
            _read(told | {"title": value, "next_url": value, "nextPage": value, "language": value})
