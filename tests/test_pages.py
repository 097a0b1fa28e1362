import os
from dataclasses import replace

import pytest

from reader.body.plain import plain_text
from reader.library import Library
from reader.model import NO_STATUS, Status, Urls
from reader.pages import Page
from reader.views import ALL
from tests.samples import front, write

FILES = {
    "_data/topics/1.yaml": "name: Science",
    "_data/topics/2.yaml": "name: Space\nparent: Science",
    "lead.md": front(
        "title: The lead",
        "originalUrl: https://example.com/lead",
        "excerpt: In few words.",
        "publishedDateTime: 2020-10-20T13:13:00Z",
        "quality: 90",
        "heat: 50",
        "provider: {name: Example Wire, domain: example.com}",
        "topics: [Space, AI]",
        "related:",
        "  - {title: An old title, webUrl: http://www.example.com/second/?utm_source=x}",
        "  - {title: ON PAPER, webUrl: https://amp.example.org/p, provider: {name: example post}}",
        "  - {title: On paper, webUrl: https://example.org/q, provider: {name: Another}}",
        "  - title: Elsewhere",
        "    webUrl: https://example.net/elsewhere",
        "    excerpt: What the copy says.",
        "    publishedDateTime: 2020-10-19T08:00:00Z",
        "    provider: {name: Example Far}",
        "    quality: 40",
        "  - {title: The lead, webUrl: https://example.com/lead}",
        "  - {title: Elsewhere again, webUrl: https://www.example.net/elsewhere#top}",
        "  - {title: Without an address, provider: {name: Example Far}}",
        "  - {title: without an ADDRESS, provider: {name: Example Far}}",
        body="Read [this](/more) and [that](https://example.org/that).\n",
    ),
    "second.md": front(
        "title: The second",
        "originalUrl: https://example.com/second",
        "heat: -1",
        "provider: Example Post",
        "related: [{title: The lead, webUrl: https://example.com/lead}]",
    ),
    "paper.md": front("title: On paper", "provider: Example Post"),
    "page.html": front("title: In HTML", body="<p>First.</p><p>Second &amp; last.</p>"),
    "bad.md": "---\na: b: c\n---\n",
}


@pytest.fixture
def library(tmp_path):
    write(tmp_path / "news", FILES)
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    library.load()
    return library


def page(library, title="The lead"):
    return library.page(find(library, title))


def find(library, title):
    return next(one for one in library.listing(ALL).articles if one.title == title)


def test_a_page_has_all_that_is_known_but_the_body(library):
    shown, article = page(library), find(library, "The lead")
    assert shown == replace(shown, article=article, urls=article.urls, status=NO_STATUS)
    assert (shown.title, shown.provider, shown.quality) == ("The lead", "Example Wire", 90)
    assert (shown.published_at, shown.excerpt) == ("2020-10-20T13:13:00Z", "In few words.")
    assert shown.sections == (("Science", "Space"), ("AI",))
    assert (shown.body, shown.links, shown.problem, shown.item) == (None, (), None, None)


def test_related_items_are_found_by_address_and_then_by_title_and_provider(library):
    near = page(library).near
    assert [(one.title, one.article and one.article.path) for one in near] == [
        ("The second", "second.md"),
        ("On paper", "paper.md"),
        ("On paper", None),
        ("Elsewhere", None),
        ("Without an address", None),
    ]


def test_a_neighbour_that_is_here_shows_what_its_own_file_says(library):
    second = page(library).near[0]
    assert (second.provider, second.status) == ("Example Post", NO_STATUS)
    library.mark_read([second.article])
    assert page(library).near[0].status == Status(read=True)


def test_a_covered_article_names_the_provider_of_its_leader(library):
    assert page(library, "The second").covered_by == "Example Wire"
    assert page(library).covered_by is None
    assert page(library, "On paper").covered_by is None


def test_what_is_not_here_is_shown_from_its_copy_and_can_be_marked(library):
    copy = page(library).near[3]
    shown = library.copy_page(copy.item, 0)
    assert (shown.title, shown.provider, shown.quality) == ("Elsewhere", "Example Far", 40)
    assert (shown.excerpt, shown.published_at) == ("What the copy says.", "2020-10-19T08:00:00Z")
    assert shown.urls.best == "https://example.net/elsewhere"
    assert (shown.article, shown.near, shown.status) == (None, (), NO_STATUS)
    library.mark_copy_read(copy.item.key, 0)
    assert page(library).near[3].status == library.refreshed(shown).status == Status(read=True)
    assert library.undo().label == "read"
    assert library.refreshed(shown).status == NO_STATUS


def test_a_copy_without_an_address_is_shown_and_never_read(library):
    shown = library.copy_page(page(library).near[4].item, 0)
    assert (shown.title, shown.urls, shown.status) == ("Without an address", Urls(), NO_STATUS)
    assert library.with_body(shown) is shown


def test_what_was_read_as_a_copy_is_read_once_its_file_is_there(library, tmp_path):
    library.mark_copy_read("example.net/elsewhere", 0)
    write(
        tmp_path / "news",
        {"e.md": front("title: Elsewhere", "webUrl: https://example.net/elsewhere")},
    )
    library.load()
    assert library.status(find(library, "Elsewhere")) == Status(read=True)
    assert page(library).near[3].article == find(library, "Elsewhere")


def test_a_body_is_read_when_it_is_asked_for_and_its_links_are_whole(library):
    whole = library.with_body(page(library))
    assert plain_text(whole.body).startswith("Read this")
    assert whole.links == ("https://example.com/more", "https://example.org/that")
    assert whole == replace(page(library), body=whole.body)


def test_a_body_in_html_is_read_as_such(library):
    whole = library.with_body(page(library, "In HTML"))
    assert plain_text(whole.body).split("\n\n") == ["First.", "Second & last."]


def test_an_article_without_a_body_is_not_read_again(library, tmp_path):
    shown = page(library, "On paper")
    (tmp_path / "news" / "paper.md").unlink()
    assert library.with_body(shown) is shown


def test_a_body_that_cannot_be_read_any_more_is_a_problem_on_the_page(library, tmp_path):
    shown, path = page(library), tmp_path / "news" / "lead.md"
    path.unlink()
    assert library.with_body(shown).problem == (
        "the file cannot be opened: no such file or directory"
    )
    os.mkfifo(path)
    assert library.with_body(shown).problem == "it is not a regular file"
    path.unlink()
    path.write_text("---\ntitle: \x1b[2Jno end\n")
    problem = library.with_body(shown).problem
    assert problem
    assert problem.isprintable()


def test_a_page_is_brought_up_to_date_and_keeps_its_body(library, tmp_path):
    whole = library.with_body(page(library))
    library.star(whole.article, starred=True)
    assert library.refreshed(whole) == replace(whole, status=Status(starred=True))
    path = tmp_path / "news" / "lead.md"
    path.write_text(path.read_text().replace("The lead", "Renamed", 1))
    library.load()
    assert library.refreshed(whole).title == "Renamed"


def test_a_page_whose_file_is_gone_stays_and_can_still_be_marked(library, tmp_path):
    whole = library.with_body(page(library))
    (tmp_path / "news" / "lead.md").unlink()
    library.load()
    library.star(whole.article, starred=True)
    shown = library.refreshed(whole)
    assert (shown.title, shown.body, shown.status) == (
        *("The lead", whole.body, Status(starred=True)),
    )


def test_a_page_of_nothing_stays_as_it_is(library):
    nothing = Page("Nothing", 0, Urls())
    assert library.refreshed(nothing) is nothing
    assert library.with_body(nothing) is nothing


def test_a_file_with_a_problem_has_a_page_that_says_it(library):
    shown = page(library, "bad.md")
    assert shown.problem.startswith("line 2, column 5: ")
    assert (shown.near, shown.sections, shown.urls) == ((), (), Urls())
    assert library.with_body(shown) == shown


def test_a_page_is_the_same_one_after_a_mark_and_not_another_one(library):
    shown = page(library)
    library.star(shown.article, starred=True)
    assert shown.is_same(library.refreshed(shown))
    assert not shown.is_same(page(library, "The second"))
    assert not shown.is_same(None)
    copies = [library.copy_page(one.item, 0) for one in shown.near[3:]]
    assert copies[0].is_same(library.copy_page(shown.near[3].item, 0))
    assert not copies[0].is_same(copies[1])
    assert not copies[0].is_same(shown)


def test_two_copies_without_an_address_are_not_the_same_page(library):
    item = page(library).near[4].item
    one, two = (library.copy_page(item._replace(title=title), 0) for title in ("One", "Two"))
    assert one.is_same(library.copy_page(one.item, 0))
    assert not one.is_same(two)
