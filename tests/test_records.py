import json

import pytest

from reader.cli.records import record, related_record, whole_record
from reader.library import Library
from reader.views import ALL, HIDDEN
from tests.samples import SECRET, SEED_LIKE, front, write

NAMES = [
    "id",
    "path",
    "title",
    "excerpt",
    "published_at",
    "updated_at",
    "url",
    "urls",
    "provider",
    "domain",
    "authors",
    "topics",
    "tags",
    "type",
    "lang",
    "feed",
    "quality",
    "heat",
    "picked",
    "covered",
    "images",
    "related",
    "leader",
    "story",
    "front",
    "read",
    "starred",
    "dismissed",
    "problem",
]


def opened(tmp_path, *folders):
    library = Library(folders, tmp_path / "state", tmp_path / "cache")
    library.load()
    return library


def one_record(tmp_path, *lines, body=""):
    """Return the record of a file with these lines of front matter."""
    library = opened(tmp_path, write(tmp_path / "news", {"a.md": front(*lines, body=body)}))
    (article,) = (*library.listing(ALL).articles, *library.listing(HIDDEN).articles)
    return record(library, article)


def records(library):
    return {one.path: record(library, one) for one in library.listing(ALL).articles}


def test_the_names_are_these_in_this_order_for_good(tmp_path):
    assert list(one_record(tmp_path, "title: A")) == NAMES


def test_every_field_of_the_known_format_is_in_the_record(tmp_path):
    library = opened(tmp_path, write(tmp_path / "news", {"_news/space.txt": SEED_LIKE}))
    (article,) = library.listing(ALL).articles
    url = "https://www.example.com/2020/azure-space/"
    amp = f"{url}amp/"
    assert record(library, article) == {
        "id": article.id,
        "path": "_news/space.txt",
        "title": 'A rocket company’s satellites will carry a cloud: "Azure Space"',
        "excerpt": "A data centre in a box, linked by satellite. It goes where no cable does.",
        "published_at": "2020-10-20T13:13:00Z",
        "updated_at": None,
        "url": url,
        "urls": {
            "original": url,
            "web": url,
            "amp": amp,
            "cdn_amp": "https://www-example-com.cdn.ampproject.org/c/s/" + amp[8:],
        },
        "provider": "Example Wire",
        "domain": "example.com",
        "authors": [],
        "topics": ["Azure", "AI"],
        "tags": [],
        "type": "article",
        "lang": None,
        "feed": None,
        "quality": 94,
        "heat": -1,
        "picked": False,
        "covered": True,
        "images": [
            {
                "url": "https://images.example.com/space.png",
                "width": 630,
                "height": 479,
                "title": None,
            }
        ],
        "related": [
            {
                "id": None,
                "url": "https://www.example.org/cloud-in-space/",
                "title": "A cloud goes to space",
            }
        ],
        "leader": None,
        "story": None,
        "front": {"points": 25.0, "quality": 25.0, "coverage": 0.0, "age": 0.0, "boost": 0.0},
        "read": False,
        "starred": False,
        "dismissed": False,
        "problem": None,
    }


def test_what_is_secured_is_in_no_record(tmp_path):
    library = opened(tmp_path, write(tmp_path / "news", {"a.txt": SEED_LIKE}))
    (article,) = library.listing(ALL).articles
    printed = json.dumps(whole_record(library, article))
    assert SECRET not in printed
    assert "secured" not in printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("2020-10-20T13:13:00Z", "2020-10-20T13:13:00Z"),
        ("2020-10-20T13:13:00+02:00", "2020-10-20T11:13:00Z"),
        ("2020-10-20", "2020-10-20T00:00:00Z"),
    ],
)
def test_times_have_one_form(tmp_path, written, printed):
    found = one_record(tmp_path, f"date: {written}", f"updated: {written}")
    assert (found["published_at"], found["updated_at"]) == (printed, printed)


@pytest.mark.parametrize(
    ("lines", "picked", "covered"),
    [
        (["quality: 5", "heat: -1", "published: true"], True, True),
        (["quality: 5", "heat: 0", "published: false"], False, False),
        (["quality: 5", "heat: 900"], True, False),
        (["quality: 5"], True, None),
        (["heat: -1"], True, True),
        (["heat:", "quality:"], None, None),
        (["published: true"], True, None),
        (["published: false"], False, None),
        ([], None, None),
    ],
)
def test_picked_and_covered_are_as_the_file_says_them(tmp_path, lines, picked, covered):
    found = one_record(tmp_path, "title: A", *lines)
    assert (found["picked"], found["covered"]) == (picked, covered)


def test_what_is_missing_is_null_and_a_list_of_nothing_is_empty(tmp_path):
    found = one_record(tmp_path, "title: A", "date: 2020-10-20")
    lists = {name: value for name, value in found.items() if value == []}
    assert sorted(lists) == ["authors", "images", "related", "tags", "topics"]
    nulls = [name for name, value in found.items() if value is None]
    assert nulls == [
        *("excerpt", "updated_at", "url", "provider", "domain", "type", "lang", "feed"),
        *("quality", "heat"),
        *("picked", "covered", "leader", "story", "problem"),
    ]
    assert found["urls"] == dict.fromkeys(("original", "web", "amp", "cdn_amp"))


def test_a_file_with_a_problem_has_its_name_and_the_problem_and_nothing_else(tmp_path):
    library = opened(tmp_path, write(tmp_path / "news", {"_news/bad.md": "---\na: b: c\n---\n"}))
    (article,) = library.listing(ALL).articles
    for found in (record(library, article), whole_record(library, article)):
        filled = {name: value for name, value in found.items() if value is not None}
        assert filled == {
            "id": article.id,
            "path": "_news/bad.md",
            "title": "bad.md",
            "problem": article.problem,
        }
        assert set(found) >= set(NAMES)


STORY = {
    "lead.md": front(
        "title: Lead",
        "originalUrl: https://example.com/lead",
        "quality: 90",
        "heat: 110",
        "related:",
        "  - title: Follow as it was",
        "    webUrl: https://example.com/follow",
        "    publishedDateTime: 2020-10-20",
        "    provider: {name: Wire, domain: example.com}",
        "    quality: 7",
        "  - title: Elsewhere",
        "    webUrl: https://example.org/else",
        "    excerpt: Not here.",
        "    type: video",
        "    images: [{url: https://example.org/a.png, width: 5}]",
        "  - title: Bare",
    ),
    "follow.md": front(
        "title: Follow",
        "originalUrl: https://example.com/follow",
        "heat: -1",
        "related: [{title: Lead, webUrl: https://example.com/lead}]",
    ),
    "lone.md": front("title: Lone", "heat: 50", "quality: 50"),
}


def test_the_leader_is_the_one_of_the_story_and_null_for_a_lone_article(tmp_path):
    found = records(opened(tmp_path, write(tmp_path / "news", STORY)))
    lead = found["lead.md"]["id"]
    leaders = [found[name]["leader"] for name in ("lead.md", "follow.md", "lone.md")]
    assert leaders == [lead, lead, None]


def test_related_shows_the_article_that_is_here_and_the_copy_of_one_that_is_not(tmp_path):
    found = records(opened(tmp_path, write(tmp_path / "news", STORY)))
    assert found["lead.md"]["related"] == [
        {
            "id": found["follow.md"]["id"],
            "url": "https://example.com/follow",
            "title": "Follow",
        },
        {"id": None, "url": "https://example.org/else", "title": "Elsewhere"},
        {"id": None, "url": None, "title": "Bare"},
    ]


def test_an_article_without_an_address_is_related_by_the_address_of_its_copy(tmp_path):
    files = {
        "a.md": front("title: A", "related: [{title: B, webUrl: https://example.com/b}]"),
        "b.md": front("title: B", "provider: example.com"),
    }
    found = records(opened(tmp_path, write(tmp_path / "news", files)))
    assert found["a.md"]["related"] == [
        {"id": found["b.md"]["id"], "url": "https://example.com/b", "title": "B"}
    ]


def test_a_related_item_whole_has_all_that_the_file_says_of_it(tmp_path):
    library = opened(tmp_path, write(tmp_path / "news", STORY))
    (lead,) = library.find("lead.md")
    follow, elsewhere, bare = map(related_record, library.near(lead))
    assert follow | {"id": "x"} == {
        "id": "x",
        "url": "https://example.com/follow",
        "title": "Follow",
        "excerpt": None,
        "published_at": "2020-10-20T00:00:00Z",
        "urls": {
            "original": None,
            "web": "https://example.com/follow",
            "amp": None,
            "cdn_amp": None,
        },
        "type": None,
        "provider": "Wire",
        "domain": "example.com",
        "quality": 7,
        "images": [],
    }
    assert (elsewhere["excerpt"], elsewhere["type"]) == ("Not here.", "video")
    assert elsewhere["images"] == [
        {"url": "https://example.org/a.png", "width": 5, "height": None, "title": None}
    ]
    assert (bare["id"], bare["url"], bare["published_at"]) == (None, None, None)
    assert whole_record(library, lead)["related"] == [follow, elsewhere, bare]


def test_show_adds_the_body_as_the_file_has_it(tmp_path):
    files = {
        "a.md": front("title: A", body="# Heading\n\nText with *stars*.\n"),
        "b.md": front("title: B"),
    }
    library = opened(tmp_path, write(tmp_path / "news", files))
    bodies = {one.path: whole_record(library, one)["body"] for one in library.listing(ALL).articles}
    assert bodies["a.md"].strip() == "# Heading\n\nText with *stars*."
    assert bodies["b.md"] is None


def test_marks_are_in_the_record(tmp_path):
    library = opened(tmp_path, write(tmp_path / "news", STORY))
    (lone,) = library.find("lone.md")
    library.mark_read([lone])
    library.star(lone, starred=True)
    library.dismiss([lone])
    found = record(library, lone)
    assert (found["read"], found["starred"], found["dismissed"]) == (True, True, True)
    library.close()


def test_the_library_is_named_only_where_there_are_several(tmp_path):
    one = write(tmp_path / "one", {"a.md": front("title: A"), "bad.md": "---\n"})
    two = write(tmp_path / "two", {"a.md": front("title: B")})
    assert not any("library" in found for found in records(opened(tmp_path, one)).values())
    library = opened(tmp_path, one, two)
    found = [(item["title"], item["library"]) for item in
             (record(library, article) for article in library.listing(ALL).articles)]  # fmt: skip
    assert sorted(found) == [("A", str(one)), ("B", str(two)), ("bad.md", str(one))]
