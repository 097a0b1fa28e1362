import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from reader.files import scanner, yaml_map
from reader.files.bounds import MAX_DEPTH, MAX_NODES
from reader.files.frontmatter import FrontMatterError, decode, parse, parse_fields, take_apart
from reader.files.scanner import MAX_INDENT, MAX_LENGTH, MAX_LINES, MAX_STATES, scan_yaml
from reader.files.yaml_map import MAX_FRONT_BYTES, parse_yaml
from tests import yaml_suite
from tests.yaml_writing import counts, verdict

DOCUMENTS = int(os.environ.get("SCANNER_DOCUMENTS", "20000" if os.environ.get("CI") else "3000"))
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

ARTICLE = """category: news
title: "A rocket: \\"cloud\\" # 1\\r\\n"
publishedDateTime: 2020-10-20T13:13:00Z
heat:

provider:
  name: Example Wire
  images:
    - url: "https://example.com/a.jpg"
      width: 50

topics:
- Azure
-
- "#AI: yes"

related:
  - title: "It’s up 🚀"
    images:
      - url: "b"
    quality: -1
  - title: ""
secured: "a;b=="
"""


def test_an_article_is_read_with_all_its_lists_and_maps():
    assert scan_yaml(ARTICLE) == {
        "category": "news",
        "title": 'A rocket: "cloud" # 1\r\n',
        "publishedDateTime": "2020-10-20T13:13:00Z",
        "heat": None,
        "provider": {
            "name": "Example Wire",
            "images": [{"url": "https://example.com/a.jpg", "width": "50"}],
        },
        "topics": ["Azure", None, "#AI: yes"],
        "related": [
            {"title": "It’s up 🚀", "images": [{"url": "b"}], "quality": "-1"},
            {"title": ""},
        ],
        "secured": "a;b==",
    }


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference_to_what_is_accepted(ends):
    text = decode(ARTICLE.replace("\n", ends).encode())
    assert scan_yaml(text) == parse_yaml(ARTICLE)


@pytest.mark.parametrize(
    "text",
    [
        *("a: ~", "a: null", "a:", "a: ", "a:\nb: c", "a:\n\n\n  b: c", "a:\n  - ~\n  -\n  - "),
        *("a: b:c", "a: b#c", "a: b# c", 'a: b "c" d', "a: b\\c", "a: -1", "a: x, [y]", "a: ..."),
        *("a: 1\nb: 2\na: 3", "a:\n  b: 1\nc: 2\na:\n- d"),
        "a:\n- b:\n  - c:\n    - d\n  e: f\n- g",
        *("a:\n- b:\n- c", "a:\n b:\n  c:\n   d: e\n f: g", "", "\n\n", "no: yes"),
        *(r'a: "\u00e9\t\b\f\/"', r'a: "\\"', r'a: "\\\""', r'a: "\u0000"', "a: x\u00a0y"),
        *('a: ": # - {"', 'a: "b"\n\nc: "d"', "a:\n    - b: c\n      d: e\n    - f"),
    ],
)
def test_what_machines_write_is_accepted_and_read_as_by_pyyaml(text):
    assert verdict(text) == "read by both"


@pytest.mark.parametrize(
    "text",
    [
        *("a: 'b'", "a: [b]", "a: {b: c}", "a: |\n  b", "a: >\n  b", "a: !!str b", "a: b # c"),
        *("# a", "a:\n  b", 'a:\n  "b"', "a: b\n  c", 'a: "b\n  c"', "? a\n: b", "a:  b", "a: b "),
        *('"a": b', "a b: c", "1: a", "~: a", "null: a", "Null:\n  a: b", "a :", "  a: b"),
        *("a:\n- - b", "a:\n-   b", "a:\n- ? b", "a:\n-\n  b: c", 'a: "b" # c', r'a: "\x41"'),
        *(r'a: "\U0001F680"', r'a: "\ud83d\ude80"', r'a: "\e\N\_"', "a: x\ty"),
        *('a: "\ufeff"', "a: &b", "a:: b"),
        *('a: "x\u0085"', "a: \u00a0x", "<<: a", "é: a", "a: b\n...", "k" * 101 + ": a"),
    ],
)
def test_what_only_pyyaml_can_judge_is_left_to_it(text):
    assert verdict(text) == "read by PyYAML only"


@pytest.mark.parametrize(
    "text",
    [
        *("a: b: c", "a: b:", "a: @b", "a: `b", "a: %b", "a: *b", "a: -", "a: - b", "a: b\n c: d"),
        *("a:\n  b: c\n d: e", "a: b\n- c", "a:\n- b\nc", "a:\n  - b\n - c", "a: - b", "a: ,b"),
        "a",
        *('a: "b', 'a: "b"c', 'a: "b" c"', 'a: "', 'a:"b"', 'a: ""b""', '"a"', '"', 'a: b\n"c"'),
        *(r'a: "\z"', r'a: "\ud83d"', r'a: "\u12"', 'a: "\\"', "a: \x07", "a: \x7f"),
        *("a: \ud800", "a: \ufffe", "a\n: b", "a: b\n---\nc: d", "a: b\n- ", "a: ~\n  b: c"),
        *("a: ]", "a: }", "a:\n  - b\n  c: d", "a:\n- b\n  c: d", "a: b\n%c: d"),
        *("a: x\u2028y", "- a"),
    ],
)
def test_what_pyyaml_refuses_is_not_accepted(text):
    assert verdict(text) == "refused by both"


def test_bounds_lie_inside_those_of_all_front_matter():
    assert MAX_LINES * 4 <= MAX_NODES
    assert MAX_LENGTH <= MAX_FRONT_BYTES
    deepest = "\n".join(" " * column + "a:" for column in range(MAX_INDENT + 1))
    deepest += "\n" + " " * MAX_INDENT + "- a: b"
    assert verdict(deepest) == "read by both"
    assert MAX_INDENT + 3 <= MAX_DEPTH
    assert scan_yaml(deepest + f"\n{' ' * (MAX_INDENT + 2)}c: d") is None


def test_more_lines_or_letters_than_the_bounds_are_left_to_pyyaml():
    lines = "".join(f"a{number}: b\n" for number in range(MAX_LINES))
    assert scan_yaml(lines) is None
    assert len(scan_yaml(lines.partition("\n")[2])) == MAX_LINES - 1
    assert scan_yaml(f"a: {'b' * MAX_LENGTH}") is None
    assert scan_yaml(f"a: {'b' * (MAX_LENGTH - 3)}")


def test_the_most_values_that_lines_can_hold_are_within_pyyamls_bound():
    text = "\n".join(["a:\n- b: c"] * ((MAX_LINES - 1) // 2))
    assert verdict(text) == "read by both"


@pytest.mark.parametrize("text", ["a: " + "b:" * 300_000, "a: " + "b " * 300_000, "- " * 300_000])
def test_a_long_line_takes_no_longer_than_its_length(text):
    assert verdict(text) != "read by both"


def test_files_that_share_nothing_are_forgotten_and_read_the_same(monkeypatch):
    monkeypatch.setattr(scanner, "MAX_STATES", 2)
    monkeypatch.setattr(scanner, "MAX_KEPT", 2)
    for indent in range(1, 6):
        text = ARTICLE.replace("\n  ", "\n" + " " * (indent + 2)) + f"a{indent}: {indent}"
        assert verdict(text) == "read by both"
    assert len(scanner._states) <= MAX_STATES
    assert verdict(ARTICLE) == "read by both"


@pytest.mark.parametrize("seed", range(2))
def test_generated_and_mutated_documents_are_read_as_by_pyyaml_or_left_to_it(seed):
    found = counts(DOCUMENTS // 2, seed)
    whole, part = DOCUMENTS // 4, DOCUMENTS // 2
    assert found["written"] == Counter({"read by both": whole})
    assert found["strange"]["read by both"] > whole // 4
    assert found["strange"]["refused by both"] > whole // 4
    assert found["mutated"]["read by both"] > part // 8
    assert found["mutated"]["refused by both"] > part // 4


def test_the_slower_loader_of_pyyaml_reads_the_same(monkeypatch):
    monkeypatch.setattr(yaml_map, "_LOADER", yaml.SafeLoader)
    assert counts(60, 7)["written"] == Counter({"read by both": 30})


def test_the_yaml_test_suite_is_read_as_by_pyyaml_or_left_to_it(tmp_path):
    documents = yaml_suite.documents(tmp_path)
    if isinstance(documents, str):
        pytest.skip(documents)
    assert len(documents) == 402
    texts = [decode(text.encode()) for text in documents.values()]
    found = Counter(verdict(text) for one in texts for text in (one, f"a:\n{one}\nb: c"))
    assert found["read by both"] > 20
    assert found["refused by both"] > 90


@pytest.mark.parametrize("name", ["seed", "azure-2020-10", "power-apps"])
def test_every_file_of_a_real_site_is_accepted(name):
    if not (CORPUS / name).is_dir():
        pytest.skip("the corpus is not there")
    files = [path for path in (CORPUS / name).rglob("*") if path.is_file()]
    for path in files:
        text = decode(path.read_bytes())
        assert verdict(take_apart(text).front or text) == "read by both", path.name


def test_what_is_accepted_never_reaches_pyyaml_and_the_rest_does():
    code = (
        "import sys; from reader.files.frontmatter import parse_fields\n"
        "print(parse_fields('a: b'), 'yaml' in sys.modules)\n"
        "print(parse_fields('a: [b]'), 'yaml' in sys.modules)"
    )
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["{'a': 'b'} False", "{'a': ['b']} True"]


def test_front_matter_is_scanned_and_what_is_refused_has_its_place():
    assert parse(f"---\n{ARTICLE}---\nbody".encode()).fields == scan_yaml(ARTICLE)
    with pytest.raises(FrontMatterError, match="line 3, column 5"):
        parse_fields("a: b\nc: d: e", 2)
