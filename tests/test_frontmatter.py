import random
import subprocess
import sys
from time import process_time

import pytest
import yaml

from reader.files import yaml_map
from reader.files.frontmatter import Document, FrontMatterError, decode, parse, split
from reader.files.yaml_map import MAX_DEPTH
from tests.samples import SECRET, SEED_LIKE


def fields(text: str) -> dict:
    return parse(f"---\n{text}\n---\n".encode()).fields


def failure(data: str | bytes) -> FrontMatterError:
    with pytest.raises(FrontMatterError) as caught:
        parse(data.encode() if isinstance(data, str) else data)
    return caught.value


def place(data: str | bytes) -> tuple[int, int]:
    error = failure(data)
    assert str(error) == f"line {error.line}, column {error.column}: {error.reason}"
    return error.line, error.column


def test_a_file_is_taken_apart_into_fields_and_body():
    document = parse(SEED_LIKE.encode())
    assert document.body == "\n"
    assert document.fields["quality"] == "94"
    assert document.fields["provider"]["images"] == [
        {"url": "https://images.example.com/wire-50x50.jpg", "width": "50", "height": "50"}
    ]
    assert document.fields["title"].endswith('cloud: "Azure Space"')
    assert "satellite.\r\nIt goes" in document.fields["excerpt"]


@pytest.mark.parametrize("fence", ["---", "--- ", "---\t ", "...", "... "])
def test_a_fence_is_a_whole_line_blanks_after_it_do_not_count(fence):
    assert parse(f"---  \na: 1\n{fence}\nbody\n".encode()) == Document({"a": "1"}, "body\n")


def test_three_dashes_inside_text_are_no_fence():
    text = "---\ntitle: one --- two\nlist: [a---b]\nb: |\n  ---\n  ...\n---\nbody --- more\n"
    assert parse(text.encode()) == Document(
        {"title": "one --- two", "list": ["a---b"], "b": "---\n...\n"}, "body --- more\n"
    )


def test_the_closing_fence_may_end_the_file():
    assert parse(b"---\na: 1\n---") == Document({"a": "1"}, "")


def test_only_the_first_closing_fence_counts():
    assert parse(b"---\na: 1\n---\n---\nb\n---\n").body == "---\nb\n---\n"


@pytest.mark.parametrize(
    "end", [pytest.param(b"\r\n", id="CRLF"), pytest.param(b"\r", id="CR"), b"\n"]
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(end, mark):
    data = mark + b'---\na: "x"\nb: |\n  y\n  z\n---\n\nText\n'.replace(b"\n", end)
    assert parse(data) == Document({"a": "x", "b": "y\nz\n"}, "\nText\n")


@pytest.mark.parametrize("text", ["", "Text", "# Heading\n---\na: 1\n---\n", " ---\na: 1\n---\n"])
def test_a_file_that_does_not_begin_with_a_fence_has_no_front_matter(text):
    assert parse(text.encode()) == Document(None, text)


@pytest.mark.parametrize("text", ["---\n---\n", "---\n\n# only a comment\n---\n", "---\n~\n---\n"])
def test_empty_front_matter_has_no_fields(text):
    assert parse(text.encode()) == Document({}, "")


@pytest.mark.parametrize(
    "text", ["---", "---\n", "---\na: 1\n", "---\na: 1\n ---\n", "---\na\n----\n"]
)
def test_front_matter_that_is_never_closed_is_an_error_in_line_1(text):
    error = failure(text)
    assert (error.line, error.column) == (1, 1)
    assert error.reason == "the front matter is never closed with a line of ---"


@pytest.mark.parametrize("text", ["- a\n- b", "only text", '"quoted"', "[a, b]"])
def test_front_matter_that_is_no_map_is_an_error(text):
    assert failure(f"---\n{text}\n---\n").reason == "the front matter is not a list of fields"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xff", (1, 1)),
        (b"---\na: 1\nb: \xff\n---\n", (3, 4)),
        ("---\nñé: ".encode() + b"\xff\n---\n", (2, 5)),
        (b"\xef\xbb\xbf\xff", (1, 1)),
        (b"\xef\xbb\xbf---\r\nab\xc3\r\n", (2, 3)),
        (b"---\r\n---\r\nbody\r\n..\xed\xa0\x80", (4, 3)),
    ],
)
def test_what_is_not_utf8_is_found_by_line_and_column_in_characters(data, expected):
    assert place(data) == expected
    assert failure(data).reason == "the file is not UTF-8 text"


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "on", "true", "12:30", "2020-10-20", "2020-10-20T13:13:00Z", "0x10", "1_000"]
    + ["010", "1e3", ".inf", ".nan", "1.10", "=", "<<", "nUll", "-1"],
)
def test_what_yaml_would_turn_into_something_else_stays_text(text):
    assert fields(f"a: {text}\nb:\n- {text}\n{text}: c") == {"a": text, "b": [text], text: "c"}


@pytest.mark.parametrize("text", ["~", "null", "Null", "NULL", "", " # nothing"])
def test_nothing_is_none(text):
    assert fields(f"a: {text}\nb:\n- {text}\n- c") == {"a": None, "b": [None, "c"]}


@pytest.mark.parametrize("text", ['"~"', "'null'", '""', "''", "!!str null"])
def test_a_quoted_nothing_is_text(text):
    assert isinstance(fields(f"a: {text}")["a"], str)


def test_an_empty_name_is_a_name():
    assert fields("~: a\n? \n: b\nc:") == {"": "b", "c": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'it''s \\n'", "it's \\n"),
        (r'"\"\\\r\n\t\u00e9\x41\U0001F600\/"', '"\\\r\n\té' + "A😀/"),
        ('"one\n  two\n\n  three"', "one two\nthree"),
        ("one\n  two\n\n  three # no more", "one two\nthree"),
        ("|\n  one\n   two\n\n  three\n\n", "one\n two\n\nthree\n"),
        ("|-\n  one\n  two\n", "one\ntwo"),
        ("|+\n  one\n\n", "one\n\n\n"),
        (">\n  one\n  two\n\n  three\n", "one two\nthree\n"),
        (">2-\n   one\n  two", " one\ntwo"),
        ("a#b", "a#b"),
        ("http://x.test/?a=b#c", "http://x.test/?a=b#c"),
    ],
)
def test_every_way_to_write_a_text_is_read(text, expected):
    assert fields(f"a: {text}") == {"a": expected}


def test_the_last_of_two_fields_with_one_name_wins():
    assert fields("a: 1\nb: 2\na: [3]") == {"a": ["3"], "b": "2"}


@pytest.mark.parametrize(
    "text",
    [
        'a: !!python/object/apply:os.system ["touch /tmp/never"]',
        "a: !!python/name:os.system x",
        "a: !!int twelve",
        "a: !!timestamp later",
        "a: !!binary '='",
        "a: !own {x: y}",
        "a: !!set {x, y}",
        "a: !!omap [x: y]",
        "a: !<tag:yaml.org,2002:bool> perhaps",
    ],
)
def test_tags_do_nothing_at_all(text):
    (value,) = fields(text).values()
    assert isinstance(value, str | list | dict)


def test_an_anchor_that_nobody_refers_to_changes_nothing():
    assert fields("a: &x 1\nb: &y [2]") == {"a": "1", "b": ["2"]}


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x", "a: *nowhere", "*x : 1", "a: &x [*x]"])
def test_aliases_are_refused(text):
    assert failure(f"---\n{text}\n---\n").reason == "aliases (*name) are not allowed"


def test_a_bomb_of_merge_keys_is_refused_at_once():
    lines = ["a0: &a0 {x: y}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 40)]
    began = process_time()
    assert place("---\n" + "\n".join(lines) + "\n---\n") == (3, 15)
    assert process_time() - began < 2


def nested(depth: int, style: str) -> str:
    if style == "flow":
        return "a: " + "[" * (depth - 1) + "]" * (depth - 1)
    return "\n".join(f"{'  ' * level}a:" for level in range(depth))


@pytest.mark.parametrize("style", ["flow", "block"])
def test_sixteen_levels_are_read_and_seventeen_are_refused(style):
    value, depth = fields(nested(MAX_DEPTH, style)), 0
    while isinstance(value, dict | list):
        value, depth = (
            next(iter(value.values() if isinstance(value, dict) else value), None),
            depth + 1,
        )
    assert depth == MAX_DEPTH == 16
    assert failure(f"---\n{nested(17, style)}\n---\n").reason == "nested deeper than 16 levels"


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "a: " + "[" * 100_000, "- " * 100_000, "{a: " * 50_000, "? " * 100_000]
)
def test_a_hundred_thousand_levels_are_refused(text):
    began = process_time()
    failure(f"---\n{text}\n---\n")
    assert process_time() - began < 2


def test_a_hundred_thousand_brackets_do_not_take_the_process_down():
    code = (
        "from reader.files.frontmatter import parse, FrontMatterError\n"
        "try: parse(b'---\\na: ' + b'[' * 100_000 + b'\\n---\\n')\n"
        "except FrontMatterError as error: print(error.reason)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "nested deeper than 16 levels\n")


def test_twenty_thousand_values_are_read_and_one_more_is_refused():
    most = "a:\n" + "- x\n" * 19_997  # with the map, the name and the list
    assert len(fields(most)["a"]) == 19_997
    error = failure(f"---\n{most}- y\n---\n")
    assert (error.reason, error.line, error.column) == ("more than 20,000 values", 20_000, 3)


def test_more_than_two_megabytes_are_refused_but_a_longer_body_is_not():
    text = "x" * (2 * 1024 * 1024)
    assert failure(f"---\na: {text}\n---\n").reason == "the front matter is larger than 2 MB"
    assert len(parse(f"---\na: b\n---\n{text}".encode()).body) == len(text)


@pytest.mark.parametrize("before", ["", "a: b\n"])
def test_a_flood_of_directives_is_refused_at_once(before):
    flood = "".join(f"%TAG !{n}! tag:example\n" for n in range(60_000))
    began = process_time()
    assert "percent sign" in failure(f"---\n{before}{flood}--- {{}}\n---\n").reason
    assert process_time() - began < 3


def test_text_with_many_percent_signs_is_fine():
    assert fields('a: "' + "%20\n" * 9 + '"\nb: ' + "x%" * 99)["b"] == "x%" * 99


@pytest.mark.parametrize("second", ["--- # again", "--- {b: 2}", "... # over\nb: 2", "--- x"])
def test_a_second_document_is_refused_and_does_not_replace_the_first(second):
    error = failure(f"---\na: 1\n{second}\n---\n")
    assert error.line == 3 + second.count("\n")


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("---\nname: DM: Diablo\n---\n", (2, 9), "a second colon in a line needs quotation marks"),
        ("---\na: 1\nb: \u0097\n---\n", (3, 4), "the character U+0097 is not allowed"),
        ("---\na: \x00\n---\n", (2, 4), "the character U+0000 is not allowed"),
        ("---\na: é\x1b[2J\n---\n", (2, 5), "the character U+001B is not allowed"),
        ('---\na: "open\nb: 1\n---\n', (2, 4), "the quotation mark is never closed"),
        ("---\na: 'open\nb: 1\n---\n", (2, 4), "the quotation mark is never closed"),
        ("---\na: 1\nb 2\nc: 3\n---\n", (4, 1), "a field without its colon"),
        ("---\na: @you\n---\n", (2, 4), "a text that begins like this needs quotation marks"),
        ('---\na: "\\q"\n---\n', (2, 5), "an unknown escape after a backslash"),
        ("---\na: [1, 2\nb: 3\n---\n", (3, 2), "not valid YAML: did not find expected"),
        ('---\na: "x" y\n---\n', (2, 8), "this is neither a field nor part of the one above"),
        ("---\na:\n  - b\n  c: d\n---\n", (4, 3), "this is not part of the list above"),
        ("---\n[a]: b\n---\n", (2, 1), "the name of a field must be a text"),
        ("---\n? {a: b}\n: c\n---\n", (2, 3), "the name of a field must be a text"),
        ('---\na: "\u2028"\nb: @\n---\n', (3, 4), "a text that begins like this"),
        ("\ufeff---\r\na: 1\r\nb: @\r\n---\r\n", (3, 4), "a text that begins like this"),
    ],
)
def test_an_error_is_one_sentence_with_line_and_column_of_the_file(text, expected, words):
    assert place(text) == expected
    assert words in failure(text).reason


BROKEN = (
    "a: @{}",
    "a: {}: b",
    "a: [{}",
    "a: '{}",
    'a: "\\q{}"',
    "a: *{}",
    "? [{}]\n: x",
    "a: !{}!b c",
    "%{} 1\n--- a",
    "%TAG {} x\n--- a",
    "a: b\n{}",
    "a: !<%ff{}> c",
    "a: |{}\n  x",
    "a: &{}; x",
    "&{} &{} a: b",
    "--- {}\n--- {}",
)


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("text", BROKEN)
def test_no_error_says_what_is_in_the_file(text, loader, monkeypatch):
    monkeypatch.setattr(yaml_map, "_LOADER", getattr(yaml, loader))
    word = SECRET.replace(";", "").replace("=", "")
    error = failure(f"---\nsecured: x\n{text.replace('{}', word)}\n---\n")
    assert word[:6] not in str(error)
    assert word[:6] not in repr(error)
    assert "secured" not in str(error)
    assert "\n" not in str(error)
    assert error.reason


class Silent(yaml.SafeLoader):
    error: Exception

    def get_event(self):
        raise self.error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (IndexError("the file's own words"), "not valid YAML (IndexError)"),
        (MemoryError(), "not valid YAML (MemoryError)"),
        (yaml.MarkedYAMLError(), "not valid YAML: not valid YAML"),
        (
            yaml.reader.ReaderError("<file>", 0, 65, "utf-8", "because"),
            "not valid YAML: a character that is not allowed",
        ),
    ],
)
def test_whatever_the_parser_raises_is_the_one_exception(error, reason, monkeypatch):
    monkeypatch.setattr(yaml_map, "_LOADER", Silent)
    monkeypatch.setattr(Silent, "error", error, raising=False)
    caught = failure("---\na: 'b'\n---\n")
    assert caught.reason in (reason, reason.rpartition(": ")[0])
    assert (caught.line, caught.column) == (2, 1)


def test_a_topic_file_without_fences_counts_its_lines_from_1():
    with pytest.raises(FrontMatterError) as caught:
        yaml_map.parse_yaml("a: 1\nb: c: d\n")
    assert (caught.value.line, caught.value.column) == (2, 5)


WELL_FORMED = (
    SEED_LIKE,
    "---\na: {b: [c, {d: e}], 'f': \"g\"}\n---\n",
    "---\na:\n- b\n- - c\n  - d\n-\n  e: f\n---\n",
    "---\n? a\n: b\nlong: >-\n  one\n  two\n\n\n  three\nkeep: |+\n  x\n\n---\n",
    "---\nno: yes\non: 12:30\n2020-10-20: 0x10\n1_000: 010\n<<: {a: b}\n---\n",
    "---\n\"a\\tb\": 'c''d' # comment\n---\n",
    '---\na: é “quoted” — ünïcode 😀\nb: "\\u00e9\\U0001F600"\n---\n',
    "---\na: [\n  b,\n  c # d\n]\n# e\n\nf:   g   \n---\n",
    '---\na: "x\u2028y"\nb: "x\u2029  y"\nc: "x\u0085y"\n---\n',
    "---\n{}\n---\n",
)


@pytest.mark.parametrize("text", WELL_FORMED)
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_well_formed_documents_say_what_pyyaml_reads_in_them(text, loader, monkeypatch):
    monkeypatch.setattr(yaml_map, "_LOADER", getattr(yaml, loader))
    front, _ = split(decode(text.encode()))
    assert parse(text.encode()).fields == yaml.load(front, yaml.BaseLoader)


TOKENS = (
    *(
        "---",
        "...",
        ": ",
        "- ",
        "? ",
        "| ",
        "> ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "*x",
        "&x ",
        "!!x ",
        "!",
    ),
    *("%YAML 1.1", "%TAG ! x", "\n", "\r", "\r\n", "\t", " ", "\x00", "\x1b", "\x85", "\u2028"),
    *(
        '"',
        "'",
        "\\",
        "\\u",
        "\\ud83d",
        "\ufeff",
        "\ufffe",
        "😀",
        "#",
        " #",
        "<<: ",
        "@",
        "`",
        "=",
        "~",
    ),
    *("\n---\n", "\n--- #\n", "\n...\n", "[" * 50, "{a: " * 20, "\n- - - - - - -", "  ", "\n\n"),
)


def mutated(text: str, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(start + chance.choice((0, 1, 2, 5, 40, 400)), len(text))
        match chance.randrange(4):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:start] + chance.choice(TOKENS) + text[start:]
            case 2:
                text = text[:start] + chance.choice(TOKENS) * chance.randint(1, 3) + text[end:]
            case _:
                at = chance.randrange(len(text) + 1)
                text = text[:at] + text[start:end] + text[at:]
    data = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.1 and data:
        at = chance.randrange(len(data))
        data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    return data


def is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(name, str) and is_plain(one) for name, one in value.items())
    return all(map(is_plain, value)) if isinstance(value, list) else isinstance(value, str | None)


@pytest.mark.parametrize("seed", range(4))
def test_five_thousand_mutated_documents_are_read_or_refused(seed):
    chance, refused = random.Random(seed), 0
    for _ in range(5_000):
        data = mutated(SEED_LIKE, chance)
        try:
            document = parse(data)
        except FrontMatterError as error:
            refused += 1
            lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
            assert 1 <= error.line <= len(lines)
            width = len(lines[error.line - 1].decode("utf-8", "replace"))
            assert 1 <= error.column <= width + 1
            assert "\n" not in str(error)
            assert SECRET[:8] not in str(error)
            assert "secured" not in str(error)
        else:
            assert isinstance(document.body, str)
            assert document.fields is None or is_plain(document.fields)
    assert 500 < refused < 4_500


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'"\ud83d\ude80 up"', "🚀 up"),
        (r'"\\\ud83d\ude80"', "\\🚀"),
        (r'"\ud83d\ude80" # \\ud83d', "🚀"),
    ],
)
def test_an_emoji_may_be_written_as_the_two_escapes_of_json(written, read):
    assert parse(f"---\ntitle: {written}\n---\n".encode()).fields == {"title": read}


@pytest.mark.parametrize("written", [r'"\ud83d"', r'"\\ud83d\ude80"', r'"\ude80\ud83d"'])
def test_half_an_emoji_is_a_problem_with_its_place(written):
    assert failure(f"---\ntitle: {written}\n---\n").line == 2


def test_two_escapes_outside_quotes_are_plain_text():
    assert parse(b"---\ntitle: \\ud83d\\ude80\n---\n").fields == {"title": r"\ud83d\ude80"}
