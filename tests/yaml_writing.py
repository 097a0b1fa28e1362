"""YAML as machines write it, the same with something wrong, and what becomes of it.

`uv run python -m tests.yaml_writing 200000` compares that many of each kind and prints counts.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable

from reader.files.frontmatter import FrontMatterError
from reader.files.scanner import scan_yaml
from reader.files.yaml_map import parse_yaml

KEYS = (
    *("title", "excerpt", "webUrl", "quality", "provider", "name", "images", "related", "a", "B"),
    *("_id", "x-y", "no", "true", "y", "Nulls", "null_", "e1", "x--", "_"),
)
PLAIN = (
    *("article", "94", "-1", "true", "no", "12:30", "2020-10-20T13:13:00Z", "0x10", "1_000"),
    *("https://x.test/?a=b#c", "C#", "R&D", "a:b", "-x", "Quiet Post", "5.5", "=", "<<", "a, b"),
    *('say "so" twice', "x\\y", "é", "日本語", "a]b}", "a'b", "x-", "x- y", "50%", "$38", "nULL"),
    *(".", "...", "e\u0301", "\u00e4 b", "(a)", "/a/b", "a@b", "a|b > c", "null", "~", "Null x"),
)
QUOTED = (
    *("", " ", "a: b", "a #b", "- a", "~", "null", "it’s", "x\u00a0y", "\u200b", "🚀 up"),
    *("[a", "{", "…", "&nbsp;", "%", "`"),
    *("\\r\\n", '\\"', "\\\\", "\\/", "\\t", "\\u00e9", "\\u0041", '\\\\\\"'),
    *("The quick brown fox", "https://x.test/a", "'", "---", "العربية", "C:\\\\x", "end\\\\"),
)
STRANGE = (
    *("\t", " ", "  ", "\n", "\n\n", "\r", "\0", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\xa0"),
    *("\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\ud800", "\U0001fffe", "🚀", "\u3000"),
    *(":", ": ", " :", "::", "#", " #", "# ", "-", "- ", "- - ", "--", "\n---\n", "---", "..."),
    "\n...",
    *('"', '""', "'", "''", '" ', '" "', '\\"', "\\", "\\\\", "\\x41", "\\e", "\\ ", "\\u12"),
    "\\z",
    *("\\ud83d\\ude80", "\\ud83d", "\\uDE80", "\\U0001F680", "\\N", "\\0", "\\u0000", "\\b", "\\L"),
    *("?", "? ", "|", "| ", "|-\n", ">", ">\n", "[", "]", "{", "}", "[]", "{}", ",", "&", "&a "),
    "*",
    *("*a", "!", "!!str ", "%", "%YAML 1.1", "@", "`", "~", "null", "null:", "Null: ", "NULL"),
    "<<: ",
    *("=", "=: ", "a: ", "\na: ", "\n  a: ", "\n    a: b", "\n- ", "\n-", "\n  - ", "a" * 130),
    "a" * 1100,
    *("\n          - ", "\n           a: b", "\n# x\n", "\n a:", "\n  x", '\n  "x"', ":\n", ": \n"),
    "-\n",
)


def scalar(chance: random.Random) -> str:
    """Return one text, plain or quoted."""
    if chance.random() < 0.5:
        return chance.choice(PLAIN)
    return '"' + chance.choice(("", " ")).join(chance.choices(QUOTED, k=chance.randint(1, 3))) + '"'


def written(chance: random.Random, text_of: Callable[[random.Random], str] = scalar) -> str:
    """Return a document as a machine writes it, with indents of its own."""
    step, under = chance.choice((2, 2, 2, 1, 4)), chance.choice((2, 2, 0, 1))
    lines: list[str] = []

    def fields(indent: int, depth: int, first: str = "") -> None:
        for number in range(chance.randint(1, 5)):
            if depth == 0 and chance.random() < 0.15:
                lines.append("")
            before = first if number == 0 and first else " " * indent
            field(before + chance.choice(KEYS) + ":", indent, depth)

    def field(name: str, indent: int, depth: int) -> None:
        kind = chance.random() if depth < 3 and indent < 6 else 1.0
        if kind < 0.12:
            lines.append(name)
            fields(indent + step, depth + 1)
        elif kind < 0.35:
            lines.append(name)
            items(indent + under, depth + 1)
        else:
            lines.append(f"{name} {text_of(chance)}" if chance.random() < 0.95 else name)

    def items(indent: int, depth: int) -> None:
        maps = chance.random() < 0.5
        for _ in range(chance.randint(1, 4)):
            dash = " " * indent + "- "
            if maps:
                fields(indent + 2, depth, dash)
            else:
                lines.append(dash + text_of(chance) if chance.random() < 0.95 else dash[:-1])

    fields(0, 0)
    return "\n".join(lines) + chance.choice(("", "\n", "\n\n"))


def strange(chance: random.Random) -> str:
    """Return a text that may mean something else than it says, or nothing."""
    text = scalar(chance)
    if chance.random() < 0.7:
        return text
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(STRANGE) + text[at:]


def mutated(text: str, chance: random.Random) -> str:
    """Return a text with a few characters or lines put in, taken out, moved or repeated."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        text = chance.choice((_characters, _characters, _characters, _lines))(text, chance)
    return text


def _characters(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    end = at + chance.choice((0, 0, 0, 1, 1, 2, 5, 40))
    put = chance.choice((*STRANGE, "", text[at : at + 3]))
    return text[:at] + put + text[end:] if chance.random() < 0.97 else text[:at]


def _lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(6):
        case 0:
            lines[at], lines[other] = lines[other], lines[at]
        case 1:
            lines.insert(at, lines[other])
        case 2:
            del lines[at]
        case 3:
            lines[at] = " " * chance.randint(1, 4) + lines[at]
        case 4:
            lines[at] = lines[at][chance.randint(1, 4) :]
        case _:
            lines[at] += chance.choice(STRANGE)
    return "\n".join(lines)


def verdict(text: str) -> str:
    """Return who reads a document; where both do, they must read the same."""
    found = scan_yaml(text)
    try:
        expected = parse_yaml(text)
    except FrontMatterError as error:
        assert found is None, (text, str(error), found)
        return "refused by both"
    if found is None:
        return "read by PyYAML only"
    assert repr(found) == repr(expected), (text, found, expected)
    return "read by both"


def counts(number: int, seed: int = 0) -> dict[str, Counter[str]]:
    """Return the verdicts on that many documents of each kind. Raises AssertionError."""
    chance = random.Random(seed)
    found: dict[str, Counter[str]] = {
        "written": Counter(),
        "strange": Counter(),
        "mutated": Counter(),
    }
    for _ in range(number // 2):
        whole = written(chance)
        found["written"][verdict(whole)] += 1
        found["strange"][verdict(written(chance, strange))] += 1
        found["mutated"][verdict(mutated(whole, chance))] += 1
        found["mutated"][verdict(mutated(written(chance), chance))] += 1
    return found


if __name__ == "__main__":
    for kind, verdicts in counts(int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 0).items():
        sys.stdout.write(f"{kind} {dict(sorted(verdicts.items()))}\n")
