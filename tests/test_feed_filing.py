"""From entries of feeds to files of articles."""

from pathlib import Path

import frontmatter
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds.filing.article_file import body_of, file_name, file_text, slug, title_of
from reader.feeds.values import Enclosure, Entry, Feed
from reader.files.scan import read_article, read_body
from reader.files.scanner import scan_yaml
from reader.model import Image
from reader.text import clean_block, clean_line

NOW = "2026-11-25T12:00:00Z"
FEED = Feed("https://blog.example/feed.xml", "A blog: of things", ("Tech",))
WHOLE = Entry(
    title='He said "no": 12:30 – C++ \\ 😀',
    url="https://blog.example/one?a=1&utm_source=feed",
    guid="tag:blog.example,2026:1",
    published_at="2026-11-20T08:00:00Z",
    updated_at="2026-11-21T08:00:00Z",
    excerpt="Short, and [not] a list: yes",
    body="# A heading\n\n- one\n- two\n\n```\n---\n  code\n```\n\n[link](https://a.example/)",
    authors=("No", "Zoë"),
    categories=("yes", "a: b", "#c", "1.5", "null", "C++", "~"),
    images=(Image("https://blog.example/i.png", 640, 480, "A picture: big"),),
    enclosures=(Enclosure("https://blog.example/1.mp3", "audio/mpeg", 1234),),
    lang="en",
)


def parts(text: str) -> tuple[str, str]:
    _, front, body = text.split("---\n", 2)
    return front, body.removeprefix("\n")


def test_a_file_has_the_fields_of_the_sites_files_in_their_order() -> None:
    front, body = parts(file_text(WHOLE, FEED, ("AI", ".NET"), NOW))

    assert list(yaml.safe_load(front)) == [
        *("category", "title", "excerpt", "publishedDateTime", "updatedDateTime", "originalUrl"),
        *("webUrl", "type", "provider", "topics", "tags", "authors", "images", "enclosures"),
        *("guid", "feed", "lang"),
    ]
    assert "publishedDateTime: 2026-11-20T08:00:00Z\n" in front
    assert 'topics:\n  - AI\n  - ".NET"\n' in front
    assert "😀" in front
    assert body == body_of(WHOLE)


def test_every_file_is_read_by_the_quick_scanner() -> None:
    front, _ = parts(file_text(WHOLE, FEED, ("AI",), NOW))

    assert scan_yaml(front) is not None


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(file_text(WHOLE, FEED, ("AI",), NOW))

    article = read_article(tmp_path, "a.md")

    assert article is not None
    assert article.title == WHOLE.title
    assert article.excerpt == WHOLE.excerpt
    assert (article.published_at, article.updated_at) == (WHOLE.published_at, WHOLE.updated_at)
    assert article.key == "blog.example/one?a=1"
    assert (article.provider, article.domain) == ("A blog: of things", "blog.example")
    assert article.topics == ("AI",)
    assert article.tags == WHOLE.categories
    assert article.authors == WHOLE.authors
    assert article.images == WHOLE.images
    assert (article.feed, article.lang, article.type) == (FEED.url, "en", "article")
    assert read_body(tmp_path / "a.md").strip("\n") == WHOLE.body


def test_what_others_read_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(file_text(WHOLE, FEED, ("AI",), NOW))

    found = frontmatter.load(str(path))

    assert found["title"] == WHOLE.title
    assert found["tags"] == list(WHOLE.categories)
    assert found["enclosures"][0] == {
        "url": "https://blog.example/1.mp3",
        "type": "audio/mpeg",
        "size": 1234,
    }
    assert found.content == WHOLE.body


def test_what_there_is_not_has_no_field() -> None:
    front, body = parts(file_text(Entry(title="A"), Feed("https://b.example/f"), (), NOW))

    assert yaml.safe_load(front).keys() == {
        *("category", "title", "publishedDateTime", "type", "provider", "feed")
    }
    assert body == ""


def test_a_body_with_tags_of_liquid_is_not_run_by_jekyll() -> None:
    front, _ = parts(file_text(Entry(title="A", body="Use {% raw %} here"), FEED, (), NOW))

    assert yaml.safe_load(front)["render_with_liquid"] is False


def test_a_copy_in_a_cache_of_amp_pages_is_filed_under_its_page() -> None:
    url = "https://www-a-example.cdn.ampproject.org/c/s/www.a.example/x/amp/"
    fields = yaml.safe_load(parts(file_text(Entry(title="A", url=url), FEED, (), NOW))[0])

    assert fields["originalUrl"] == "https://www.a.example/x/amp/"
    assert fields["ampWebUrl"] == url


def test_a_name_is_made_of_day_title_and_address() -> None:
    name = file_name(WHOLE, "blog.example/one?a=1", "2026-11-25")

    assert name == "_news/2026-11-20-he-said-no-12-30-c-70fd10df87.md"
    assert file_name(Entry(title="日本"), "k", "2026-11-25") == "_news/2026-11-25-8254c329a9.md"


def test_a_slug_is_cut_at_a_word() -> None:
    assert slug("Don’t panic: it's Zoë's café") == "dont-panic-its-zoes-cafe"
    assert slug("word " * 40) == "-".join(["word"] * 12)
    assert len(slug("x" * 300)) == 60
    assert slug("...") == ""


def test_an_entry_without_a_title_is_called_by_its_first_words() -> None:
    assert title_of(Entry(excerpt="Just a note")) == "Just a note"
    long = title_of(Entry(excerpt="word " * 40))
    assert long.endswith("word…")
    assert len(long) <= 81
    assert title_of(Entry(url="https://a.example/")) == "https://a.example/"
    assert title_of(Entry()) == "Untitled"


lines = st.text(max_size=80).map(clean_line)
ENTRIES = st.builds(
    Entry,
    **dict.fromkeys(("url", "published_at", "updated_at", "source", "amp"), st.none()),
    **dict.fromkeys(("quality", "heat"), st.none()),
    **dict.fromkeys(("images", "enclosures"), st.just(())),
    type=st.just("article"),
    title=lines,
    excerpt=st.none() | lines,
    body=st.none() | st.text(max_size=300).map(clean_block),
    guid=st.none() | lines,
    authors=st.lists(lines.filter(bool), max_size=3).map(tuple),
    categories=st.lists(lines.filter(bool), max_size=4).map(tuple),
    lang=st.none() | st.sampled_from(["en", "no", "de-CH"]),
)


@given(ENTRIES, lines)
def test_no_text_makes_a_file_say_something_else(entry: Entry, topic: str) -> None:
    text = file_text(entry, FEED, (topic,) if topic else (), NOW)
    front, _ = text.removeprefix("---\n").split("\n---\n", 1)
    fields = yaml.safe_load(front)

    assert fields["title"] == title_of(entry)
    assert fields.get("excerpt", "") == (entry.excerpt or "")
    assert fields.get("guid", "") == (entry.guid or "")
    assert fields.get("tags", []) == list(entry.categories)
    assert fields.get("topics", []) == ([topic] if topic else [])
    assert fields["feed"] == FEED.url
    assert text.endswith(body_of(entry))
