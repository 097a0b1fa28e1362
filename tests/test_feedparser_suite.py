"""feedparser's own feeds, whole and broken, through the worker and into files."""

import asyncio
import io
import json
import random
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import feedparser
import pytest

from reader.feeds.filing.article_file import body_of, file_text, title_of
from reader.feeds.filing.sameness import uncached
from reader.feeds.formats import bounded_parser, pieces
from reader.feeds.formats.markdown import to_markdown
from reader.feeds.formats.parse import parse_feed
from reader.feeds.values import Entry, Feed, Parsed, parsed_of
from reader.feeds.workers import WorkError, Workers
from reader.files.scan import read_article, read_body
from reader.text import plain
from tests import feedparser_suite
from tests.feedparser_suite import Case

URL = "https://site.example/feed"
NOW = "2026-01-01T00:00:00Z"

OWN = [
    b"<rss version='2.0'><channel><title>F</title><item><title>A</title><link>/a</link>"
    b"<description>&lt;p&gt;B &lt;b&gt;c&lt;/b&gt;&lt;/p&gt;</description></item></channel></rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title><id>1</id><link href='/a'/>"
    b"<updated>2020-10-20T13:13:00Z</updated><content type='html'>&lt;hr&gt;---</content>"
    b"</entry></feed>",
    b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "content_html": "<p>"}]}',
    b'{"page": 1, "value": [{"title": "A", "publishedDateTime": null}], "nextPage": 2}',
]


def mutations(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """Yield the data truncated, with bytes turned, a part twice, a part gone, a part put in."""
    size = max(len(data), 1)
    start, length = chance.randrange(size), chance.randrange(1, 200)
    yield data[:start]
    turned = bytearray(data)
    for _ in range(chance.randrange(1, 9)):
        turned[chance.randrange(size) : chance.randrange(size) + 1] = chance.randbytes(1)
    yield bytes(turned)
    yield data[: start + length] + data[start:]
    yield data[:start] + data[start + length :]
    yield data[:start] + chance.choice((bytes(length), chance.randbytes(length))) + data[start:]


async def test_own_feeds_whole_and_broken_come_through(tmp_path: Path):
    await _all_come_through([("own", body) for body in OWN], tmp_path)


async def test_feeds_of_feedparser_whole_and_broken_come_through(tmp_path: Path):
    told = await _all_come_through([(case.name, case.data) for case in _cases()], tmp_path)
    print(told)  # noqa: T201


async def _all_come_through(feeds: list[tuple[str, bytes]], folder: Path) -> Counter[str]:
    chance, counts = random.Random(8), Counter[str]()
    bodies = [one for _, body in feeds for one in (body, *mutations(body, chance))]
    async with Workers() as pool:
        places = asyncio.Semaphore(8)

        async def read(body: bytes) -> None:
            async with places:
                await _comes_through(pool, body, folder, counts)

        await asyncio.gather(*(read(body) for body in bodies))
        counts["lost"] = pool.lost
        assert (await pool.do("parse", OWN[0], url=URL))[0] == "F"
    assert counts["feeds"] == len(bodies)
    return counts


async def _comes_through(pool: Workers, body: bytes, folder: Path, counts: Counter[str]) -> None:
    counts["feeds"] += 1
    try:
        told = parsed_of(await pool.do("parse", body, url=URL, type="text/xml", charset=None))
    except WorkError as error:
        counts[str(error)] += 1
        return
    assert parsed_of(json.loads(json.dumps(told))) == told
    counts["wrong"] += told.wrong is not None
    counts["not understood"] += (told.wrong or "").startswith("this could not be understood")
    for entry in told.entries:
        counts["articles"] += 1
        _is_filed(entry, folder, counts)


def _is_filed(entry: Entry, folder: Path, counts: Counter[str]) -> None:
    """Check that the file of an article says what its entry said."""
    path = folder / "a.md"
    path.write_text(file_text(entry, Feed(URL), (), NOW), encoding="utf-8", newline="")
    article = read_article(folder, "a.md")
    assert article.problem is None
    assert article.title == title_of(entry)
    assert article.excerpt == entry.excerpt or entry.excerpt is None  # then it is the body's
    assert article.published_at == (entry.published_at or NOW)
    assert article.updated_at == entry.updated_at
    assert (article.authors, article.tags) == (entry.authors, entry.categories)
    assert article.images == entry.images
    assert article.urls.original == (uncached(entry.url) if entry.url else None)
    assert (article.type, article.lang) == (entry.type, entry.lang)
    assert article.feed == URL
    assert read_body(path).strip("\n") == body_of(entry).strip("\n")


def _cases() -> list[Case]:
    cases = feedparser_suite.cases()
    if isinstance(cases, str):
        pytest.skip(cases)
    return cases


SHOWN = re.compile(
    r"entries\[0\]\.?\[?'?(title|title_detail|link|links|updated|updated_parsed|published"
    r"|published_parsed|date|date_parsed|modified|modified_parsed|issued|issued_parsed|summary"
    r"|summary_detail|description|description_detail|content|author|authors|author_detail|tags"
    r"|category|categories|enclosures|id|guid)\b|feed\.?\[?'?(title|title_detail|link|links)\b"
)

# There feedparser shows words of scripts and comments, which we do not; and it makes an address of
# an id, which would be another one as soon as the feed moves.
OTHERWISE = re.compile(
    r"wellformed/(?:sanitize/(?:\w+_(?:crazy|iframe|nested_cdata)|xml_malicious_comment)"
    r"|base/http_entry_id_base_\w+)\.xml"
)


def test_what_feedparser_expects_holds_in_what_is_shown(monkeypatch: pytest.MonkeyPatch):
    """Each expectation of what we show that feedparser meets by default is met by what we show.

    What it meets as we call it is counted too: it does not clean HTML then, which we do.
    """
    monkeypatch.setattr(pieces, "readable", tuple)  # its articles have one field each
    counts, missed = Counter[str](), []
    for case in _cases():
        if not SHOWN.search(case.expect):
            continue
        counts["all"] += 1
        counts["as called"] += _holds(case.expect, _ours(case))
        if _holds(case.expect, usual := _usual(case)):
            counts["by default"] += 1
            if _shows(case.expect, usual, parse_feed(case.data, _facts(case))):
                counts["shown"] += 1
            else:
                missed.append(case.name)
    print(counts, *missed, sep="\n")  # noqa: T201
    assert [name for name in missed if not OTHERWISE.fullmatch(name)] == []


def _facts(case: Case) -> dict[str, Any]:
    kind, _, rest = case.headers.get("content-type", "").partition(";")
    charset = re.search(r"charset=[\"']?([^\"';\s]+)", rest)
    return {
        "url": case.headers.get("content-location", ""),
        "type": kind,
        "charset": charset and charset[1],
    }


def _usual(case: Case) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return feedparser.parse(io.BytesIO(case.data), response_headers=case.headers)


def _ours(case: Case) -> Any:
    facts = _facts(case)
    try:
        return bounded_parser.parse(case.data, url=facts["url"], charset=facts["charset"])
    except Exception:
        return feedparser.util.FeedParserDict(entries=[], feed={})


def _holds(expect: str, told: Any) -> bool:
    """Tell whether an expectation holds, whether or not it is said that something was wrong."""
    text = re.sub(r"^(?:not )?bozo and ", "", expect)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return bool(eval(text, {"feedparser": feedparser}, told))
        except Exception:
            return False


def _shows(expect: str, usual: Any, told: Parsed) -> bool:
    """Tell whether we show what feedparser has in the field that an expectation is about."""
    name = next(filter(None, SHOWN.search(expect).groups()))
    if expect[SHOWN.search(expect).start() :].startswith("feed"):
        feed = usual["feed"]
        if name.startswith("title"):
            return _same_title(feed, told)
        return pieces.address(feed.get("link"), "") == told.site
    if not usual["entries"]:
        return True
    entry, first = usual["entries"][0], (told.entries or (Entry(),))[0]
    return _FIELDS[name.partition("_")[0]](entry, first)


def _words(text: str | None) -> str:
    return re.sub(r"\W+", "", plain(text or ""))


def _same_title(usual: Any, ours: Entry | Parsed) -> bool:
    return _words(usual.get("title")) in (_words(ours.title), re.sub(r"\W+", "", ours.title))


def _same_texts(entry: Any, first: Entry) -> bool:
    """Tell whether the words of what feedparser deems the fullest text are in ours."""
    texts = [one["value"] for one in entry.get("content", ()) if "html" in one["type"]]
    texts += [one for one in (entry.get("summary"),) if one]
    wanted = {_words(plain(to_markdown(text, ""))) for text in texts}
    wanted |= {re.sub(r"\W+", "", text) for text in texts}
    found = (
        _words(plain(first.body or "")),
        _words(first.excerpt),
        re.sub(r"\W+", "", first.excerpt or ""),
    )
    return any(words in one for words in wanted for one in found) or not texts


def _same_moment(entry: Any, first: Entry) -> bool:
    wanted = [
        dict.get(entry, name) for name in ("published_parsed", "updated_parsed", "created_parsed")
    ]
    times = ["{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*one[:6]) for one in wanted if one]
    ours = [
        when if len(when) > 10 else f"{when}T00:00:00Z"
        for when in (first.published_at, first.updated_at)
        if when
    ]
    return not times or any(when in times for when in ours)


_FIELDS: dict[str, Callable[[Any, Entry], bool]] = {
    "title": _same_title,
    "link": lambda entry, first: pieces.address(entry.get("link"), "") in (None, first.url),
    "links": lambda entry, first: pieces.address(entry.get("link"), "") in (None, first.url),
    **dict.fromkeys(("updated", "published", "date", "modified", "issued"), _same_moment),
    **dict.fromkeys(("summary", "description", "content"), _same_texts),
    **dict.fromkeys(
        ("author", "authors"),
        lambda entry, first: all(
            pieces.line(one["name"]) in first.authors
            for one in entry.get("authors", ())
            if one.get("name")
        ),
    ),
    **dict.fromkeys(
        ("tags", "category", "categories"),
        lambda entry, first: all(
            (tag.get("label") or tag["term"]) in first.categories
            for tag in entry.get("tags", ())
            if tag.get("label") or tag.get("term")
        ),
    ),
    "enclosures": lambda entry, first: (
        {
            place
            for one in entry.get("enclosures", ())
            if (place := pieces.address(one.get("href"), ""))
        }
        <= {one.url for one in (*first.enclosures, *first.images)}
    ),
    **dict.fromkeys(
        ("id", "guid"), lambda entry, first: pieces.guid(entry.get("id")) == first.guid
    ),
}
