import itertools
import re
import unicodedata
from dataclasses import fields as parts_of
from dataclasses import is_dataclass
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.files import names as fields
from reader.files.fields import to_article, to_problem, to_topic
from reader.files.frontmatter import Document, parse
from reader.files.values import boolean, number
from reader.model import Image, Topic, Urls
from reader.urls import article_id, safe_url
from tests.samples import SECRET, SEED_LIKE, from_fields

A, B = "https://a.example.com/one", "https://b.example.com/two"


def test_the_seed_s_format_is_understood_in_every_field():
    found = to_article(parse(SEED_LIKE.encode()), "_news/2020-10-21-azure-space.md", 0.0, 2)
    assert found.title == 'A rocket company’s satellites will carry a cloud: "Azure Space"'
    assert found.excerpt == (
        "A data centre in a box, linked by satellite. It goes where no cable does."
    )
    assert found.published_at == "2020-10-20T13:13:00Z"
    assert found.urls.original == found.urls.web == "https://www.example.com/2020/azure-space/"
    assert found.urls.amp.endswith("/amp/")
    assert found.urls.cdn_amp.startswith("https://www-example-com.cdn.ampproject.org/c/s/")
    assert (found.provider, found.domain) == ("Example Wire", "example.com")
    assert (found.type, found.quality, found.heat, found.picked) == ("article", 94, -1, False)
    assert (found.covered, found.is_video, found.has_body, found.hidden) == (
        True,
        False,
        False,
        None,
    )
    assert found.topics == ("Azure", "AI")
    assert found.images == (Image("https://images.example.com/space.png", 630, 479),)
    assert (found.library, found.file) == (2, "_news/2020-10-21-azure-space.md")
    (near,) = found.related
    assert (near.title, near.key) == ("A cloud goes to space", "example.org/cloud-in-space")
    assert (near.quality, near.provider, near.domain) == (104, "Example Post", "example.org")
    assert near.urls == Urls(web="https://www.example.org/cloud-in-space/")


def test_secured_is_nowhere_in_the_model():
    found = repr(to_article(parse(SEED_LIKE.encode()), "a.md", 0.0))
    assert "secured" not in found
    assert SECRET[:8] not in found


def test_the_spelling_of_2019_means_the_same():
    old = from_fields(
        {
            "title": "Old",
            "abstract": "What it says.",
            "sourceUrl": A,
            "ampUrl": f"{A}/amp",
            "cdnAmpUrl": "https://cdn.example.org/c/s/amp",
            "score": "17",
            "provider": {"name": "Paper", "id": "paper.example"},
        }
    )
    new = from_fields(
        {
            "title": "Old",
            "excerpt": "What it says.",
            "webUrl": A,
            "ampWebUrl": f"{A}/amp",
            "cdnAmpWebUrl": "https://cdn.example.org/c/s/amp",
            "heat": "17",
            "provider": {"name": "Paper", "domain": "paper.example"},
        }
    )
    assert old == new
    assert (old.excerpt, old.urls.web, old.heat, old.domain) == (
        *("What it says.", A, 17, "paper.example"),
    )


ORDER = {
    "title": (fields.TITLE, "one", "two"),
    "excerpt": (fields.EXCERPT, "one", "two"),
    "published_at": (fields.PUBLISHED_AT, "2020-10-20T01:00:00Z", "2020-10-21"),
    "updated_at": (fields.UPDATED_AT, "2020-10-20T01:00:00Z", "2020-10-21"),
    "topics": (fields.TOPICS, ["one"], ["two"]),
    "provider": (fields.PROVIDER, "one", "two"),
    "heat": (fields.HEAT, "1", "2"),
    "images": (fields.IMAGES, A, B),
}
PAIRS = [
    (field, *pair, *values)
    for field, (names, *values) in ORDER.items()
    for pair in itertools.pairwise(names)
]


@pytest.mark.parametrize(("field", "first", "second", "one", "two"), PAIRS)
def test_of_two_names_the_first_wins_and_a_useless_one_is_passed_by(field, first, second, one, two):
    wanted = getattr(from_fields({first: one}), field)
    assert wanted
    assert getattr(from_fields({second: two, first: one}), field) == wanted
    other = getattr(from_fields({second: two}), field)
    assert other != wanted
    for useless in (None, "", " \u200b", [], {}, [None], [[]]):
        assert getattr(from_fields({first: useless, second: two}), field) == other


URL_NAMES = ("originalUrl", "webUrl", "sourceUrl", *fields.OTHER_URL)


@pytest.mark.parametrize(("first", "second"), list(itertools.pairwise(URL_NAMES)))
def test_the_first_safe_address_is_the_article_s_key(first, second):
    assert from_fields({second: B, first: A}).key == "a.example.com/one"
    for unsafe in ("javascript:alert(1)", "/relative", "https://u:p@a.example.com/", "", None, [A]):
        found = from_fields({second: B, first: unsafe})
        assert found.key == "b.example.com/two"
        assert found.urls.best == B


def test_without_an_address_the_key_is_the_path():
    found = from_fields({"webUrl": "ftp://a.example.com/", "ampWebUrl": A}, "sub/\u202eb\x1b.md")
    assert found.key == found.path == "sub/b.md"
    assert found.file == "sub/\u202eb\x1b.md"
    assert found.id == article_id("sub/b.md")
    assert found.urls.best == A


def test_key_and_id_do_not_depend_on_how_an_address_was_shared():
    keys = {
        (one.key, one.id)
        for url in (
            "https://www.Example.com/a/",
            "http://example.com/a#top",
            "https://example.com/a?utm_source=x&fbclid=y",
        )
        for one in [from_fields({"originalUrl": url})]
    }
    assert keys == {("example.com/a", article_id("example.com/a"))}
    assert re.fullmatch("[0-9a-f]{10}", article_id("example.com/a"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom &amp; Jerry&#039;s&nbsp;day", "Tom & Jerry's day"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("Shares of <MSFT.O> and a List<string>", "Shares of <MSFT.O> and a List<string>"),
        ("<b>Bold</b> <i>news</i>", "Bold news"),
        ("one\r\ntwo\u00a0three\u200b", "one two three"),
        ("\x1b]52;c;x\x07safe\u202e", "]52;c;xsafe"),
    ],
)
def test_titles_and_excerpts_are_plain_lines_entities_decoded_once(text, expected):
    found = from_fields({"title": text, "excerpt": text})
    assert found.title == found.excerpt == expected


@pytest.mark.parametrize("text", ["", None, " ", "&nbsp;", "<p></p>", "\u200b", []])
def test_an_empty_excerpt_is_none(text):
    assert from_fields({"excerpt": text}).excerpt is None


def test_without_an_excerpt_the_first_paragraph_stands_for_it():
    assert (
        from_fields({}, body="# Head\n\nThe *first* words.\n\nMore.").excerpt == "The first words."
    )
    found = from_fields({}, "a.HTML", body="<div><p>The first words.</p></div>")
    assert found.excerpt == "The first words."
    assert found.has_body


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *(("0", 0), ("94", 94), ("-1", -1), ("+7", 7), ("3.9", 3), ("12.", 12), ("-1.0", -1)),
        *(("999999999", 999999999), ("9" * 10, None), ("9" * 5000, None), ("1e5", None)),
        *(("", None), (None, None), ("high", None), ("0x10", None), ("1_000", None)),
        *((["1"], None), ({"a": "1"}, None), ("1\n", None), (" 1", None), (".nan", None)),
    ],
)
def test_a_number_is_whole_and_short_and_missing_is_not_nought(value, expected):
    assert number(value) == expected
    found = from_fields({"quality": value, "heat": value})
    assert (found.quality, found.heat) == (expected, expected)
    assert found.covered is (None if expected is None else expected == -1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", True), ("Yes", True), ("ON", True), ("false", False), ("no", False), ("Off", False)]
    + [("", None), (None, None), ("maybe", None), (["true"], None), ({}, None)],
)
def test_a_boolean_is_what_yaml_calls_one(value, expected):
    assert boolean(value) is expected


@pytest.mark.parametrize(
    ("values", "picked"),
    [
        ({"published": "true"}, True),
        ({"published": "false", "quality": "200"}, False),
        ({"quality": "0"}, True),
        ({"heat": "-1"}, True),
        ({"published": None, "heat": "5"}, True),
        ({}, None),
        ({"quality": "much"}, None),
        ({"published": "2020-10-20"}, None),
        ({"published": "2020-10-20", "quality": "1"}, True),
    ],
)
def test_picked_is_what_published_says_and_true_where_only_that_is_missing(values, picked):
    assert from_fields(values).picked is picked


def test_published_is_a_time_where_it_holds_one():
    assert from_fields({"published": "2019-05-06"}).published_at == "2019-05-06"
    assert from_fields({"published": "true", "created": "2019-05-06"}).published_at == "2019-05-06"


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ({"removed": "true"}, "withdrawn"),
        ({"removed": "true", "draft": "true"}, "withdrawn"),
        ({"draft": "yes"}, "draft"),
        ({"removed": "false", "draft": "false"}, None),
        ({"published": "false"}, None),
    ],
)
def test_what_was_withdrawn_is_hidden_and_says_why(values, hidden):
    assert from_fields(values).hidden == hidden


@pytest.mark.parametrize(
    ("file", "values", "expected"),
    [
        ("2020-10-21-a.md", {"publishedDateTime": "2020-10-20T23:00:00Z"}, "2020-10-20T23:00:00Z"),
        ("2020-10-21-a.md", {"publishedDateTime": "soon", "date": "2020-10-19"}, "2020-10-19"),
        ("2020-10-21-a.md", {}, "2020-10-21"),
        ("_news/2020-10-21.md", {}, "2020-10-21"),
        ("2020-10-21 A note.md", {}, "2020-10-21"),
        ("2020/10/21/a.md", {}, "2020-10-21"),
        ("2019-01-01-old/2020-10-21-a.md", {}, "2020-10-21"),
        ("2019-01-01-old/2020-13-45-a.md", {}, "2019-01-01"),
        ("2020-02-31-a.md", {}, "1970-01-01T00:00:00Z"),
        ("12020-10-211-a.md", {}, "1970-01-01T00:00:00Z"),
    ],
)
def test_the_field_wins_over_the_name_and_the_name_over_the_clock(file, values, expected):
    assert from_fields(values, file).published_at == expected


@pytest.mark.parametrize("mtime", [1e18, -1e18, float("inf"), 1e12])
def test_a_clock_beyond_all_calendars_dates_nothing(mtime):
    assert to_article(Document({}, ""), "a.md", mtime).published_at is None


def test_the_clock_s_fractions_are_dropped():
    assert to_article(Document({}, ""), "a.md", 0.75).published_at == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("file", "body", "title"),
    [
        ("a.md", "text\n# The *head* ##\n", "The head"),
        ("_news/2020-10-21-two-words_here.md", "", "two words here"),
        ("2020-10-21.md", "", "2020-10-21"),
        ("---.md", "", "---"),
        ("\u200b.md", "", ".md"),
        ("a.md", "#\n", "a"),
    ],
)
def test_a_title_comes_from_the_first_heading_or_the_name_of_the_file(file, body, title):
    assert from_fields({"title": [], "name": ""}, file, body).title == title


def test_topics_lose_nulls_and_doubles():
    found = from_fields(
        {"topics": ["AI", None, "", "AI", {"name": "Space"}, ["x"], " Azure\u00a0"]}
    )
    assert found.topics == ("AI", "Space", "Azure")
    assert from_fields({"topics": "AI, Space,,"}).topics == ("AI", "Space")
    assert from_fields({"topics": ["AI"], "tags": ["en-gb", "free text"]}).tags == (
        *("en-gb", "free text"),
    )


def test_authors_are_apart_from_the_provider():
    found = from_fields({"author": {"name": "x"}, "authors": [{"name": "Ann"}, "Bob"], "webUrl": A})
    assert found.authors == ("Ann", "Bob")
    assert (found.provider, found.domain) == ("a.example.com", "a.example.com")
    assert from_fields({"author": "Cid"}).authors == ("Cid",)


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        ({"name": "Paper", "domain": "paper.example"}, ("Paper", "paper.example")),
        ({"domain": "paper.example"}, ("paper.example", "paper.example")),
        ({"name": None}, ("a.example.com", "a.example.com")),
        ("Paper", ("Paper", "a.example.com")),
        (["Paper"], ("a.example.com", "a.example.com")),
    ],
)
def test_a_provider_has_a_name_and_a_domain(provider, expected):
    found = from_fields({"provider": provider, "webUrl": A})
    assert (found.provider, found.domain) == expected


def test_a_video_without_a_web_address_is_known_by_its_original():
    found = from_fields({"type": "video", "originalUrl": "https://www.youtube.com/watch?v=abc"})
    assert found.is_video
    assert found.key == "youtube.com/watch?v=abc"


def test_an_iframe_gives_its_address_and_nothing_else():
    frame = '<iframe width="5" src = "https://www.youtube.com/embed/abc" onload="steal()"></iframe>'
    found = from_fields({"featuredContent": frame})
    assert found.urls == Urls(web="https://www.youtube.com/embed/abc")
    assert "steal" not in repr(found)
    assert from_fields({"featuredContent": frame, "webUrl": A}).urls == Urls(web=A)


@pytest.mark.parametrize(
    "html", ['<iframe src="javascript:x">', "<iframe>", "<img src='https://a.example/'>", None, [1]]
)
def test_an_iframe_without_a_safe_address_gives_none(html):
    assert from_fields({"featuredContent": html}).urls == Urls()


def test_images_need_an_absolute_address():
    images = [
        {"url": "/assets/a.png", "width": "1"},
        {"url": A, "width": "wide", "height": "20.5", "title": "A <b>view</b>"},
        B,
        None,
        [A],
    ]
    assert from_fields({"images": images}).images == (Image(A, None, 20, "A view"), Image(B))
    assert from_fields({"images": [{"url": "//x"}], "cover": A}).images == (Image(A),)


def test_related_items_without_title_and_address_are_left_out():
    items = [{"title": "Only a title"}, {"webUrl": A}, {"excerpt": "nothing"}, None, "text", [{}]]
    first, second = from_fields({"related": items}).related
    assert (first.title, first.key, first.urls) == ("Only a title", None, Urls())
    assert (second.title, second.key) == (A, "a.example.com/one")
    assert from_fields({"related": "text"}).related == ()


def test_a_related_item_with_only_an_amp_page_has_no_key_and_still_opens():
    (item,) = from_fields({"related": [{"title": "t", "ampWebUrl": A}]}).related
    assert item.key is None
    assert item.urls.best == A


def test_a_problem_has_a_title_and_a_problem_and_nothing_else():
    found = to_problem("sub/\x1b[2Jbad.md", "line 1, column 1: \x1bno", 3)
    assert (found.title, found.path) == ("[2Jbad.md", "sub/[2Jbad.md")
    assert found.file == "sub/\x1b[2Jbad.md"
    assert (found.problem, found.library) == ("line 1, column 1: no", 3)
    rest = {part.name: getattr(found, part.name) for part in parts_of(found)}
    for name in ("id", "key", "path", "file", "title", "library", "problem"):
        del rest[name]
    assert set(map(repr, rest.values())) == {"None", "()", "False", repr(Urls())}
    assert to_problem("sub/", "closed").title == "sub/"


def test_a_topic_needs_a_name():
    assert to_topic({"name": "AI", "parent": "IT", "description": "d"}) == Topic("AI", "IT")
    assert to_topic({"name": ["AI"]}) is None


NAMES = sorted(
    {name for names, *_ in ORDER.values() for name in names}
    | set(URL_NAMES + fields.AMP + fields.CDN_AMP)
    | {"related", "quality", "featuredContent", "removed", "draft", "type", "author", "authors"}
    | {"domain", "id", "url", "width", "height", "secured"}
)
NASTY = ("\x1b[2J", "\x9b", "\u202e\u2066", "a\r\nb\tc", "\ud800", "<script>", "&#27;", "&#8238;")
NASTY += (
    "javascript:x",
    A,
    "http://ü.example/ä?b\u2028",
    "//x",
    "-1",
    "2020-10-20",
    "<iframe src='",
)
texts = st.sampled_from(NASTY) | st.text(max_size=12)
scalars = st.none() | texts | st.builds("".join, st.lists(texts, max_size=3))
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=8,
)


def texts_in(value: object, name: str = "") -> list[tuple[str, str]]:
    if is_dataclass(value):
        parts = [(part.name, getattr(value, part.name)) for part in parts_of(value)]
        return [found for part, inner in parts for found in texts_in(inner, part)]
    if isinstance(value, tuple):
        return [found for inner in value for found in texts_in(inner, name)]
    return [(name, value)] if isinstance(value, str) else []


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(NAMES), values, max_size=12), texts, texts)
def test_whatever_the_fields_hold_the_article_is_clean(some, file, body):
    found = from_fields(some, f"{file.replace('/', '')}.md", body)
    for name, text in texts_in(found):
        if name == "file":
            continue
        assert text
        unseen = {char for char in text if unicodedata.category(char) in ("Cc", "Cs")}
        assert not unseen
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", text)
        if name in ("original", "web", "amp", "cdn_amp", "url"):
            assert safe_url(text) == text
        if name in ("published_at", "updated_at"):
            datetime.fromisoformat(text)
    assert found.id == article_id(found.key)
