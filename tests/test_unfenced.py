"""Front matter in other languages than YAML, and without a fence."""

import random
from time import process_time

import pytest

from reader.files.bounds import MAX_NODES
from reader.files.frontmatter import Document, FrontMatterError, parse
from tests.samples import SECRET
from tests.test_frontmatter import is_plain


def fields(text: str, file: str = "a.md") -> dict:
    return parse(text.encode(), file).fields


def failure(text: str, file: str = "a.md") -> FrontMatterError:
    with pytest.raises(FrontMatterError) as caught:
        parse(text.encode(), file)
    error = caught.value
    assert str(error) == f"line {error.line}, column {error.column}: {error.reason}"
    assert "\n" not in str(error)
    return error


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('+++\ntitle = "A"\n+++\nbody\n', Document({"title": "A"}, "body\n")),
        ('+++ \ntitle = "A"\n+++', Document({"title": "A"}, "")),
        ('---toml\ntitle = "A"\n---\nbody', Document({"title": "A"}, "body")),
        ('---json\n{"title": "A"}\n---\nbody', Document({"title": "A"}, "body")),
        ("---yaml\ntitle: A\n---\nbody", Document({"title": "A"}, "body")),
        (';;;\n"title": "A"\n;;;\nbody', Document({"title": "A"}, "body")),
        ('{"title": "A"}\nbody', Document({"title": "A"}, "body")),
        ('{\n  "title": "A"\n}\n\nbody', Document({"title": "A"}, "\nbody")),
        ("{}\nbody", Document({}, "body")),
        ("Title: A\n\nbody", Document({"title": "A"}, "\nbody")),
        ("Title: A", Document({"title": "A"}, "")),
        ("Title: A\n", Document({"title": "A"}, "")),
        ("title: A\n---\nbody", Document({"title": "A"}, "body")),
        ('"title": "A",\n"b": 1\n;;;\nbody', Document({"title": "A", "b": "1"}, "body")),
        ("+++\n+++\nbody", Document({}, "body")),
        ("\ufeff+++\r\na = 1\r\n+++\r\nb", Document({"a": "1"}, "b")),
    ],
)
def test_every_fence_says_its_language(text, expected):
    assert parse(text.encode(), "a.md") == expected


@pytest.mark.parametrize(
    "text",
    [
        "{% include x %}\n",
        "{{< x >}}\n",
        "{: .class}\n",
        "{#id}\n",
        "{not json}\n",
        "Note: this is a sentence.\n\nText.",
        "Title: A\nbut this line is a sentence\n\nText.",
        "Summary: only this\n\nText.",
        "\nTitle: A\n\nText.",
        "Text.\n\nTitle: A\n",
        "    Title: A\n\nText.",
        "https://example.com\n",
        "",
    ],
)
def test_what_only_looks_like_front_matter_is_text(text):
    assert parse(text.encode(), "a.md") == Document(None, text)


@pytest.mark.parametrize("text", ['{"title": "A"}\n', "Title: A\n\nText."])
@pytest.mark.parametrize("file", ["a.txt", "a.html", ""])
def test_front_matter_without_a_fence_is_looked_for_in_markdown_only(text, file):
    assert parse(text.encode(), file).fields is None


@pytest.mark.parametrize(
    ("toml", "text"),
    [
        ("2020-10-20T13:13:00Z", "2020-10-20T13:13:00Z"),
        ("2020-10-20 13:13:00+02:00", "2020-10-20T13:13:00+02:00"),
        ("2020-10-20T13:13:00", "2020-10-20T13:13:00"),
        ("2020-10-20", "2020-10-20"),
        ("13:13:00", "13:13:00"),
        ("true", "true"),
        ("false", "false"),
        ("1_000", "1000"),
        ("0x10", "16"),
        ("1.10", "1.10"),
        ("-inf", "-inf"),
        ("'no'", "no"),
        ('"""a\nb"""', "a\nb"),
    ],
)
def test_toml_s_values_are_the_texts_that_yaml_would_have(toml, text):
    assert fields(f"+++\na = {toml}\n+++\n") == {"a": text}


def test_toml_s_tables_are_maps_and_lists():
    text = "+++\nb.c = 1\n[taxonomies]\ntags = ['x', {name = 'y'}]\n[[r]]\na = 1\n[[r]]\n+++\n"
    assert fields(text) == {
        "b": {"c": "1"},
        "taxonomies": {"tags": ["x", {"name": "y"}]},
        "r": [{"a": "1"}, {}],
    }


def test_json_s_values_are_texts_as_they_are_written():
    text = '{"a": 1.10, "b": true, "c": null, "d": [1e3, "\\ud83d\\ude80"], "e": NaN, "f": {}}\n'
    assert fields(text) == {
        "a": "1.10",
        "b": "true",
        "c": None,
        "d": ["1e3", "🚀"],
        "e": "NaN",
        "f": {},
    }


def test_header_lines_go_on_where_they_are_indented():
    text = "Title: One:\n    two\n\tthree\nTAGS:\n\nBody: no\n"
    assert parse(text.encode(), "a.md") == Document(
        {"title": "One: two three", "tags": None}, "\nBody: no\n"
    )


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("+++\na = 1\n", (1, 1), "never closed with a line of +++"),
        ("---toml\na = 1\n+++\n", (1, 1), "never closed with a line of ---"),
        ("+++\na = 1\nb 2\n+++\n", (3, 3), "a field without its equals sign"),
        ("+++\na = 1\na = 2\n+++\n", (3, 6), "a field is set twice"),
        ('+++\na = "open\n+++\n', (2, 10), "a character that is not allowed"),
        ("+++\na = b\n+++\n", (2, 5), "a text needs quotation marks"),
        ("+++\na = [1,\n+++\n", (3, 1), "a value is missing"),
        ("+++\na = 1 2\n+++\n", (2, 7), "more text than one value in a line"),
        ("+++\na = 2020-02-31\n+++\n", (2, 5), "a date that is in no calendar"),
        ('{"a": 1,}\n', (1, 9), "a name needs double quotation marks"),
        ('{"a" 1}\n', (1, 6), "a field without its colon"),
        ('{"a": 1\n"b": 2}\n', (2, 1), "a comma is missing"),
        ('{"a": "open\n', (1, 7), "the quotation mark is never closed"),
        ("---json\n[1]\n---\n", (2, 1), "a name needs double quotation marks"),
        ('---json\n{"a": 1} x\n---\n', (2, 10), "more text after the closing brace"),
        ("---js\n{a: 1}\n---\n", (1, 1), "programs are not run here"),
    ],
)
def test_an_error_is_a_sentence_of_ours_with_line_and_column(text, place, words):
    error = failure(text)
    assert words in error.reason
    assert (error.line, error.column) == place


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000])
def test_numbers_beyond_all_bounds_are_refused_or_text(number):
    assert "TOML" in failure(f"+++\na = {number}\n+++\n").reason
    if number[1] != "x":
        assert fields(f'{{"a": {number}}}\n') == {"a": number}


def nested(depth: int) -> dict[str, str]:
    inner = depth - 1
    return {
        "toml": f"+++\na = {'[' * inner}{']' * inner}\n+++\n",
        "dotted": f"+++\n{'.'.join('a' * depth)} = 1\n+++\n",
        "tables": f"+++\n[{'.'.join('a' * inner)}]\n+++\n",
        "inline": f"+++\na = {'{a = ' * inner}1{'}' * inner}\n+++\n",
        "json": f'{{"a": {"[" * inner}{"]" * inner}}}\n',
    }


@pytest.mark.parametrize("style", ["toml", "dotted", "tables", "inline", "json"])
def test_sixteen_levels_are_read_and_more_are_refused_at_once(style):
    assert fields(nested(16)[style])
    for depth in (17, 2_000, 20_000):
        began = process_time()
        assert failure(nested(depth)[style]).reason in ("nested deeper than 16 levels", TOO_LONG)
        assert process_time() - began < 2


TOO_LONG = "the front matter is larger than 256 KB"


def test_twenty_thousand_values_are_read_and_one_more_is_refused():
    for begin, end in (("+++\na = [", "]\n+++\n"), ('{"a": [', "]}\n")):
        most = MAX_NODES - 3
        assert len(fields(begin + "1," * (most - 1) + "1" + end)["a"]) == most
        assert failure(begin + "1," * most + "1" + end).reason == "more than 20,000 values"


def test_more_than_the_bounds_of_size_are_refused_at_once():
    began = process_time()
    assert failure(f"+++\na = '{'x' * 300_000}'\n+++\n").reason == TOO_LONG
    large = "x" * (3 * 1024 * 1024)
    assert failure(f'{{"a": "{large}"}}\n').reason == "the front matter is larger than 2 MB"
    assert fields(f'{{"a": "b"}}\n{large}') == {"a": "b"}
    assert fields("Title: A\n" + "x: y\n" * 60_000) is None
    assert failure("Title: A\n" + "x: \n" * 15_000).reason == "more than 20,000 values"
    assert process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        "+++\nsecured = '{}'\nb = \n+++\n",
        "+++\n{} {}\n+++\n",
        "+++\n{} = 1\n{} = 1\n+++\n",
        "+++\n[{}]\n[{}]\n+++\n",
        "+++\na = {}\n+++\n",
        '+++\na = "\\q{}"\n+++\n',
        '{"secured": "{}", }\n',
        '{"{}" "{}"}\n',
        '{"a": {}}\n',
        '{"a": "\\q{}"}\n',
    ],
)
def test_no_error_says_what_is_in_the_file(text):
    word = SECRET.replace(";", "").replace("=", "")
    error = failure(text.replace("{}", word))
    assert word[:6] not in repr(error)
    assert "secured" not in repr(error)


SAMPLES = (
    '+++\ntitle = "A hill"\ndate = 2020-10-20T13:13:00+02:00\ntags = ["a", "b"]\ndraft = false\n'
    "[extra]\nwide = 1.5\n[[r]]\nx = {y = [1, {z = 2}]}\n+++\nbody\n",
    '{\n"title": "A hill",\n"n": [1, 2.5e3, true, null],\n"m": {"a": {"b": "\\u00e9"}}\n}\nbody\n',
    "Title: A hill\nDate: 2020-10-20 13:13\nTags: a, b; c\nSummary: one\n    two\n\nbody\n",
    ';;;\n"title": "A hill",\n"date": "2020"\n;;;\nbody\n',
    '---toml\na.b.c = """x\ny"""\n---\nbody\n',
    "title: A hill\ntags:\n- a\n---\nbody\n",
)
TOKENS = (
    *("+++", "---", ";;;", "{", "}", "[", "]", "[[", "]]", "=", ":", ",", '"', "'", '"""', "\\"),
    *("\n", "\n\n", "\r", "\t", " ", "\x00", "\x1b", "\u2028", "\\u", "\\ud83d", "😀", "#", "."),
    *("[" * 300, "a." * 100, '{"a":' * 300, "1_", "0x", "9" * 5000, "nan", "null", "Title:"),
    *("2020-02-31", "25:61:61", "true", "\n+++\n", "\n---\n", "\n;;;\n", "{a=", "x = ", "'''"),
)


def mutated(text: str, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(start + chance.choice((0, 1, 2, 5, 40)), len(text))
        token = chance.choice(TOKENS) * chance.choice((1, 1, 2))
        text = text[:start] + chance.choice(("", token, text[start:end] * 2)) + text[end:]
    data = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.1 and data:
        at = chance.randrange(len(data))
        data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    return data


@pytest.mark.parametrize("seed", range(4))
def test_five_thousand_mutated_documents_are_read_or_refused(seed):
    chance, refused, understood = random.Random(seed), 0, 0
    for number in range(5_000):
        data = mutated(SAMPLES[number % len(SAMPLES)], chance)
        try:
            document = parse(data, "a.md")
        except FrontMatterError as error:
            refused += 1
            assert error.line >= 1 <= error.column
            assert error.line <= data.replace(b"\r", b"\n").count(b"\n") + 1
            assert str(error).isprintable()
        else:
            understood += document.fields is not None
            assert isinstance(document.body, str)
            assert document.fields is None or is_plain(document.fields)
    assert refused > 500 < understood
