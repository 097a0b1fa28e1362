import json
import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.cli import naming, run
from reader.cli.edition import WIDTH, escaped
from reader.cli.output import cells
from reader.dates import long_date
from tests.samples import front, write

LEAD = front(
    "title: The tunnel below the harbour is flooded again",
    "originalUrl: https://example.com/tunnel?a=1&copy=2",
    "publishedDateTime: 2020-10-27T12:00:00Z",
    "provider: Example Wire",
    "quality: 90",
    "heat: 10",
    "excerpt: Nobody was hurt when the water came, and the trains will not run until it is gone.",
    "related: [{title: x, webUrl: https://example.com/more}]",
)
MORE = front(
    "title: More on it",
    "originalUrl: https://example.com/more",
    "publishedDateTime: 2020-10-27T13:00:00Z",
    "provider: Example Post",
    "heat: -1",
    "related: [{title: x, webUrl: https://example.com/tunnel?a=1&copy=2}]",
)
SHORT = front("title: A short note", "date: 2020-10-21")
NEWS = {"lead.md": LEAD, "more.md": MORE, "short.md": SHORT}
DAY = long_date(date.today().isoformat(), None)


@pytest.fixture(autouse=True)
def own_places(tmp_path, monkeypatch):
    """Keep the state and the cache of the user out of the tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(naming, "state_dir", lambda: tmp_path / "state")
    monkeypatch.setattr(naming, "config_file", lambda: tmp_path / "config.toml")
    write(tmp_path / "news", NEWS)


@pytest.fixture
def printed(tmp_path, capsys):
    """Return a function that runs `edition` with some options, and returns what it prints."""

    def print_it(*options, status=0):
        assert run(["edition", *options, "--library", str(tmp_path / "news")]) == status
        return capsys.readouterr().out

    return print_it


def test_an_edition_is_printed_as_text_that_can_be_mailed(printed):
    assert (
        printed()
        == f"""\
Edition of {DAY} · 2 stories · 2 min

 1  The tunnel below the harbour is flooded again
    Example Wire · Tue 27 Oct 2020 · 2 articles · 2 providers · 1 min
    Nobody was hurt when the water came, and the trains will not run
    until it is gone.
    https://example.com/tunnel?a=1&copy=2

 2  A short note
    Wed 21 Oct 2020 · 1 min

The end.
"""
    )


def test_an_edition_of_a_filter_is_printed_and_not_kept(printed):
    assert f"Edition of {DAY} · 1 story · 1 min\n\n 1  A short note\n" in printed("short")
    assert printed("lost", "note") == "Nothing unread is left for an edition.\n"
    assert "2 stories" in printed()
    assert json.loads(printed("short", "--json"))["title"] == "A short note"


@pytest.mark.parametrize("words", [("a", "--next"), ("sort:newest",), ("a", "limit:3")])
def test_an_edition_of_a_filter_has_no_next_one_and_its_own_order(printed, words):
    assert printed(*words, status=2) == ""


def test_printed_again_it_is_the_same(printed):
    assert printed() == printed()


def test_the_next_one_has_what_this_one_had_not(printed):
    assert " 1  The tunnel" in printed("--minutes", "1")
    assert " 1  A short note" in printed("--next", "--minutes", "1")
    assert printed("--next") == "Nothing unread is left for an edition.\n"


def test_another_length_is_another_edition(printed):
    assert "· 1 story · 1 min" in printed("--minutes", "1")
    assert "The tunnel" in printed("--minutes", "1")
    assert "A short note" in printed("--minutes", "2")
    assert "A short note" in printed()


def test_what_is_read_says_so(printed, tmp_path):
    printed()
    run(["open", "lead.md", "--library", str(tmp_path / "news")])
    assert "2 providers · 1 min ·\n    read\n" in printed()


def test_markdown_has_titles_that_are_links(printed):
    assert (
        printed("--markdown")
        == f"""\
# Edition of {DAY}

2 stories · 2 min

## 1. [The tunnel below the harbour is flooded again](<https://example.com/tunnel?a=1&amp;copy=2>)

Example Wire · Tue 27 Oct 2020 · 2 articles · 2 providers · 1 min

Nobody was hurt when the water came, and the trains will not run until it is gone.

## 2. A short note

Wed 21 Oct 2020 · 1 min

---

The end.
"""
    )


def test_json_is_one_object_a_story(printed):
    first, second = map(json.loads, printed("--json").splitlines())
    assert (first["number"], first["minutes"], first["title"][:10]) == (1, 1, "The tunnel")
    assert first["story"]["id"] == first["id"]
    assert (second["number"], second["story"]) == (2, None)


def test_where_nothing_is_unread_the_text_says_so_and_json_is_empty(printed, tmp_path, capsys):
    (tmp_path / "news" / "short.md").unlink()
    run(["open", "lead.md", "--library", str(tmp_path / "news")])
    capsys.readouterr()
    assert printed("--json") == ""
    assert "Nothing unread is left" in printed()
    assert "Nothing unread is left" in printed("--markdown")


@pytest.mark.parametrize("minutes", ["0", "601", "-5", "ten", "1.5", "9" * 5000, "000100", "٣", ""])
def test_a_number_of_minutes_that_makes_no_sense_is_wrong_usage(printed, minutes):
    assert printed(f"--minutes={minutes}", status=2) == ""


def test_it_is_one_form_or_the_other(printed):
    assert printed("--json", "--markdown", status=2) == ""


def test_an_edition_that_cannot_be_kept_is_printed_and_that_is_told(printed, tmp_path, capsys):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "folders").write_text("in the way")
    assert run(["edition", "--library", str(tmp_path / "news")]) == 1
    found = capsys.readouterr()
    assert " 2  A short note" in found.out
    assert found.err.startswith("broadsheet: the edition cannot be kept in ")


# Hostile text

HOSTILE = (
    "[click](http://evil.example) <http://evil.example> http://evil.example www.evil.example",
    "<script>alert(1)</script> <b>bold</b> <!-- -->",
    "# A heading",
    "- an item",
    "1. an item",
    "> a quote",
    "---",
    "===",
    "    code",
    "```",
    "`code` **bold** _em_ ~~gone~~ $x$ :smile: &copy; &#42;",
    "![picture](http://evil.example/p.png)",
    "[ref]: http://evil.example",
    "a | b",
    "| --- | --- |",
    "\\[not escaped\\](x)",
    "trailing \\",
    "[x]",
)
INERT = {"paragraph_open", "paragraph_close", "inline"}


@given(st.text(st.characters(exclude_categories=["C"]), max_size=60))
@pytest.mark.parametrize(
    "parser",
    [MarkdownIt("commonmark"), MarkdownIt("gfm-like", {"linkify": False})],
    ids=["plain", "tables"],
)
def test_no_text_is_markup_and_all_of_it_is_shown(parser, text):
    line = " ".join(text.split())
    tokens = parser.parse(escaped(text))
    assert {token.type for token in tokens} <= INERT
    children = [one for token in tokens for one in token.children or ()]
    assert {one.type for one in children} <= {"text", "text_special"}
    assert "".join(one.content for one in children) == line


for text in HOSTILE:
    test_no_text_is_markup_and_all_of_it_is_shown = example(text=text)(
        test_no_text_is_markup_and_all_of_it_is_shown
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_has_nothing_that_programs_make_links_of(text):
    assert re.search(r"https?://|www\.|\w@\w", escaped(text)) is None


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_one_heading_with_one_link(printed, tmp_path, title):
    facts = (f"title: {json.dumps(title)}", f"excerpt: {json.dumps(title)}")
    provider = f"provider: {json.dumps(title)}"
    hostile = front(*facts, provider, "originalUrl: https://example.com/a(b)_*c*")
    for name in NEWS:
        (tmp_path / "news" / name).unlink()
    write(tmp_path / "news", {"hostile.md": hostile})
    tokens = MarkdownIt("commonmark").parse(printed("--markdown"))
    links = [one.attrs["href"] for token in tokens for one in token.children or () if one.attrs]
    assert links == ["https://example.com/a(b)_*c*"]
    kinds = [token.type for token in tokens if token.type not in INERT]
    assert kinds == ["heading_open", "heading_close"] * 2 + ["hr"]


def test_text_of_any_kind_is_without_escapes_and_lines_are_short(printed, tmp_path):
    title = "\\u001b[31mred " + "word " * 30 + "x" * 100 + " \\u202eabc"
    hostile = front(f'title: "{title}"', f'excerpt: "{title}"', f'provider: "{title}"')
    write(tmp_path / "news", {"hostile.md": hostile})
    text = printed()
    assert "\x1b" not in text
    assert max(map(cells, text.splitlines())) <= WIDTH
