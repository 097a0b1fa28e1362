"""What docs/filters.md shows is so: each filter in it is one, and means what is said of it."""

import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.cli import arguments
from reader.filters import FIELDS, FLAGS, SORTS, FilterError, parse
from reader.filters.fields import NAME, PARTS
from reader.matching import Asked, matching
from reader.model import Image, Status
from tests.samples import article, store_of

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "filters.md").read_text(encoding="utf-8")
NOW = datetime(2020, 10, 28, 20, tzinfo=UTC)


def cells(text, *wanted):
    """Yield the cells of the columns of these names, of all tables."""
    names = []
    for line in text.splitlines():
        row = re.split(r"(?<!\\)\|", line)[1:-1] if line.startswith("|") else []
        row = [cell.strip().replace(r"\|", "|") for cell in row]
        if names and row:
            yield from (cell for name, cell in zip(names, row, strict=True) if name in wanted)
        names = names or row if row else []


def blocks(kind):
    """Return the lines of all blocks of a kind."""
    return [
        line
        for block in re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)
        for line in block.splitlines()
    ]


def shown():
    """Return each filter of ours that is shown."""
    own = [*cells(TEXT, "filter")]
    own += [cell for cell in cells(TEXT, "Broadsheet") if not cell.startswith("no:")]
    return [*(one for cell in own for one in re.findall("`([^`]*)`", cell)), *blocks("filter")]


def days_ago(days):
    return f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"


STORE = store_of(
    [
        article(
            "a",
            title="Azure gets space",
            provider="ZDNet",
            authors=("Ada Lovelace",),
            topics=("AI", "Databases"),
            quality=90,
            published_at=days_ago(4),
        ),
        article(
            "b",
            title="Café of things",
            excerpt="It is in general availability.",
            topics=("IoT",),
            images=(Image("https://example.com/b.png"),),
            published_at=days_ago(40),
        ),
        article("c", title="Go slow", provider="Microsoft"),
        article("d", title="On tides"),
    ],
    {"example.com/c": Status(read=True, starred=True)},
)


def found(text):
    """Return the names of the articles that a filter finds."""
    mask = matching(STORE, parse(text), Asked(NOW, UTC, dict, lambda: tuple("abcd")))
    return "".join(name for name, holds in zip("abcd", mask, strict=True) if holds)


def test_every_filter_that_is_shown_is_one():
    assert len(shown()) > 120
    for text in shown():
        parse(text)


@pytest.mark.parametrize("text", blocks("filter"))
def test_the_lines_of_examples_find_something(text):
    assert found(text)


def test_what_is_said_of_them_is_so():
    first, second, *_ = (line for line in blocks("filter") if "topic:IoT" in line)
    assert found(first) == found(second) == "ab"
    assert found("cafe") == found('"CAFÉ"') == "b"
    assert found("provider:micro*") == found("provider:/soft$/") == "c"
    assert (found("/go/"), found("/(?-i:go)/")) == ("c", "")
    assert (found("author:/./"), found("-author:/./")) == ("a", "bcd")
    assert found("-quality:>=80") == "bcd"
    assert found("is:leader OR is:lone") == "abcd"


@pytest.mark.parametrize("line", blocks("mistake"))
def test_the_mistakes_are_told_in_these_words(line):
    text, sentence = re.split(" {2,}", line, maxsplit=1)
    with pytest.raises(FilterError) as caught:
        parse(text)
    assert str(caught.value) == sentence


def test_every_field_flag_and_order_is_explained():
    known = {f"{name}:" for name in FIELDS} | {f"sort:{name}" for name in SORTS}
    known |= {f"is:{name}" for name in FLAGS} | {f"has:{name}" for name in PARTS}
    explained = "\n".join(cells(TEXT, "filter"))
    assert [one for one in known if f"`{one}" not in explained] == []


def test_the_grammar_has_every_field():
    grammar = "\n".join(blocks("ebnf"))
    rules = dict(re.findall(r"^(\w[\w ]*?) *=(.*?);", grammar, re.DOTALL | re.MULTILINE))
    names, fields = (set(re.findall('"([a-z]+)"', rules[key])) for key in ("name field", "field"))
    assert names == {name for name, field in FIELDS.items() if field.takes == NAME}
    assert fields | names | {"title", "excerpt", "body", "sort", "limit"} == set(FIELDS)


@pytest.mark.parametrize("file", ["README.md", "docs/filters.md"])
def test_the_command_lines_with_filters_are_some(file):
    command = r"^ {4,}broadsheet ((?:list|mark|open|edition) .*)"
    lines = re.findall(command, (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
    lines = [line.partition(" | ")[0] for line in lines if "  " not in line]
    assert len(lines) >= 2
    for line in lines:
        options = arguments.parse(shlex.split(line))
        parse(" ".join(options.words))
