"""A folder whose every field is an attack, through every command of the shell."""

import io
import json
import sys
import unicodedata

import pytest

from reader.cli import naming, run
from tests.samples import SECRET
from tests.strange import PAYLOADS

FIELDS = (
    "title",
    "excerpt",
    "originalUrl",
    "webUrl",
    "type",
    "quality",
    "provider",
    "tags",
    "date",
)


def hostile(payload):
    fields = dict.fromkeys(FIELDS, payload)
    fields |= {"topics": [payload], "authors": [{"name": payload}], "secured": SECRET}
    fields["related"] = [dict.fromkeys(FIELDS, payload)]
    lines = [f"{json.dumps(name)}: {json.dumps(value)}\n" for name, value in fields.items()]
    return f"---\n{''.join(lines)}---\n\n{payload}\n".encode("utf-8", "replace")


@pytest.fixture
def library(tmp_path, monkeypatch):
    folder = tmp_path / "news"
    folder.mkdir()
    for number, payload in enumerate(PAYLOADS.values()):
        (folder / f"{number}.md").write_bytes(hostile(payload))
    (folder / "bad\x1b]2;x\x07.md").write_text("---\na: b: c\n---\n")
    monkeypatch.setattr(naming, "state_dir", lambda: tmp_path / "state\x1b[c")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache\x1b[c"))
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["list", "--json"],
        *(
            [name, "0.md", *more]
            for name in ("show", "related", "open")
            for more in ([], ["--json"])
        ),
        ["topics"],
        ["topics", "--json"],
        *(["edition", *more] for more in ([], ["--json"], ["--markdown"])),
        ["check"],
        ["check", "--json"],
        ["show", "\x1b]52;c;x\x07"],
        ["--plain"],
        ["init"],
    ],
    ids=" ".join,
)
def test_no_command_prints_what_a_terminal_obeys(library, command, monkeypatch, capsys):
    typed = "1\nrelated\nrelated 1\n2\n3\nlist \x1b[c\n\x07\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("BROWSER", "")
    run([*command, "--library", str(library)])
    printed = capsys.readouterr()
    said = printed.out + printed.err
    assert said or command[0] == "related"
    assert SECRET[:8] not in said
    assert {one for one in said if unicodedata.category(one) in ("Cc", "Cs")} <= {"\n", "\t"}
