import os

import pytest

from reader.files.facts import MAX_ROWS, read_facts
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable
from reader.library import Library
from reader.views import ALL
from tests.samples import SECRET, SEED_LIKE, front, write


def facts(tmp_path, text: str, name: str = "a.md") -> list[tuple[str, str]]:
    return read_facts(write(tmp_path, {name: text}) / name)


def test_everything_that_a_file_says_is_in_the_table_in_its_order(tmp_path):
    text = front("title: A", "odd: no", "map:", "  b: {c: 12:30}", "list: [x, y]", "empty:")
    assert facts(tmp_path, text) == [
        ("title", "A"),
        ("odd", "no"),
        ("map.b.c", "12:30"),
        ("list", "x, y"),
        ("empty", ""),
    ]


def test_a_list_of_maps_is_numbered_from_1(tmp_path):
    text = '+++\n[[related]]\ntitle = "A"\n[[related]]\ntitle = "B"\nn = [[1], [2]]\n+++\n'
    assert facts(tmp_path, text) == [
        ("related[1].title", "A"),
        ("related[2].title", "B"),
        ("related[2].n[1]", "1"),
        ("related[2].n[2]", "2"),
    ]


def test_a_file_without_front_matter_says_nothing(tmp_path):
    assert facts(tmp_path, "# Text") == []


def test_secured_is_in_no_row_at_any_depth(tmp_path):
    found = facts(tmp_path, SEED_LIKE)
    assert ("provider.images[1].width", "50") in found
    deep = facts(
        tmp_path, front(f"a: {{b: [{{Secured: '{SECRET}', c: d}}]}}", f"SECURED: {SECRET}")
    )
    assert deep == [("a.b[1].c", "d")]
    assert SECRET[:8] not in repr([*found, *deep])
    assert "secured" not in repr([*found, *deep]).lower()


def test_names_and_values_are_clean_lines(tmp_path):
    text = front('"a\\e[2J\\u202e": "b\\e]52;c;x\\a\\nc <i>"', '"": x')
    assert facts(tmp_path, text) == [("a[2J", "b]52;c;x c <i>"), ("", "x")]


def test_a_long_table_says_how_much_more_there_is(tmp_path):
    found = facts(tmp_path, front(*(f"f{n}: {'x' * 9}" for n in range(MAX_ROWS + 5))))
    assert (len(found), found[-1]) == (MAX_ROWS + 1, ("…", "and 5 more"))
    assert facts(tmp_path, front(f"a: {'x' * 9_000}"))[0][1] == "x" * 4_000


def test_what_cannot_be_read_raises_what_a_body_raises(tmp_path):
    with pytest.raises(FrontMatterError):
        facts(tmp_path, front("a: b: c"))
    with pytest.raises(Unreadable):
        read_facts(tmp_path / "gone.md")
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(Unreadable):
        read_facts(tmp_path / "pipe.md")


def test_the_library_tells_the_facts_of_an_article_as_the_file_is_now(tmp_path):
    root = write(tmp_path / "a", {"a.md": front("title: A", "mood: grey")})
    library = Library([root], tmp_path / "state", tmp_path / "cache")
    library.load()
    (article,) = library.listing(ALL).articles
    assert library.facts(article) == [("title", "A"), ("mood", "grey")]
    write(root, {"a.md": front("title: B")})
    assert library.facts(article) == [("title", "B")]
