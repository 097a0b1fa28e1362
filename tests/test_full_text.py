import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Article
from reader.search import needle_of, words_of
from reader.snapshot import filling
from reader.snapshot.damage import Damaged
from reader.snapshot.filling import Filling, _seal
from reader.snapshot.full_text import SUFFIX, open_words
from tests.samples import found_in

PIECES = [
    *("azure", "Azure's", "microsoft", "C#", "C++", "a", "b", "the", "front-end", "12:30"),
    *("snake_x", "ソフト", "ｶﾞ", "か\u3099", "마이크로"),
    *("é", "café", "Straße", "ﬁn", "İ", "云", "微软云计算", "可用"),
    *("สวัสดี", "กำ", "हिन्दी", "क्षि", "عربى", "עברית", "🚀", "👩‍💻", "👍🏽", "é" * 70, "x" * 70),
    *("'", "’", "-", "+", "#", "|", '"', "*", "\n", "\0", "NEAR", "OR", "(", ":", "^", "\u0301"),
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.characters() | st.just(" "), max_size=12).map("".join)
articles = st.builds(
    lambda title, excerpt, provider, topics: Article(
        id="1", key="1", path="a.md", file="a.md", title=title,
        excerpt=excerpt, provider=provider, topics=tuple(topics),
    ),
    texts, texts | st.none(), texts | st.none(), st.lists(texts, max_size=3),
)  # fmt: skip


def words(*titles):
    return [words_of(Article(id="1", key="1", path="a", file="a", title=t)) for t in titles]


def fill(folder, lines, token="t"):
    made = Filling(folder, token)
    made.add((100 * number, line.encode()) for number, line in enumerate(lines))
    for _ in made.finish():
        continue


def found(index, kind, value):
    mask = index.matching(needle_of(kind, value))
    return [number for number, is_there in enumerate(mask) if is_there]


# What is found


def test_words_and_phrases_are_found(tmp_path):
    fill(tmp_path, words("Azure Space", "Azurite", "Space azure", "可用微软"))
    index = open_words(tmp_path, "t")
    assert list(index.offsets) == [0, 100, 200, 300]
    assert found(index, "word", "azur") == [0, 1, 2]
    assert found(index, "phrase", "azure") == [0, 2]
    assert found(index, "phrase", "space azure") == [2]
    assert found(index, "word", "用微") == [3]
    assert found(index, "word", "none") == []


@given(st.lists(articles, min_size=1, max_size=8), st.lists(texts, max_size=8), st.integers(1, 9))
def test_the_index_finds_what_scanning_finds(library, values, few):
    lines = [words_of(article, article.excerpt or "") for article in library]
    parts = [part for line in lines for part in line.split(" ") if part not in ("", "\n", "|")]
    pairs = [" ".join(two) for two in pairwise(parts)]
    cut = [part[: 1 + len(part) // 2] for part in parts + pairs]
    with tempfile.TemporaryDirectory() as folder, patch.object(filling, "_FEW", few):
        fill(Path(folder), lines)
        index = open_words(Path(folder), "t")
        for value in {*values, *parts, *pairs, *cut}:
            for kind in ("word", "phrase"):
                for field in ("", "title", "excerpt", "body"):
                    if needle := needle_of(kind, value, field):
                        plain = bytes(found_in(line, needle) for line in lines)
                        assert index.matching(needle) == plain, (needle, lines)


def test_what_many_have_is_stored_ready(tmp_path):
    lines = words(*(f"Azure space {number}" for number in range(1200)))
    fill(tmp_path, lines)
    index = open_words(tmp_path, "t")
    rows = index._connection.execute("SELECT needle FROM frequent").fetchall()
    stored = {needle for (needle,) in rows}
    assert {" azure ", " a", " azu", " azure", " space "} <= stored
    assert not any(needle.startswith((" 1", " |")) for needle in stored)
    index._connection.execute("PRAGMA query_only = ON")
    assert found(index, "word", "azu") == list(range(1200))


def test_an_empty_segment_has_an_empty_index(tmp_path):
    fill(tmp_path, [])
    assert open_words(tmp_path, "t").matching(needle_of("word", "a")) == b""


def test_an_article_without_words_is_found_by_none(tmp_path):
    fill(tmp_path, ["", *words("-", "a")])
    assert found(open_words(tmp_path, "t"), "word", "a") == [2]


# What goes wrong


def test_no_flipped_byte_is_taken_for_an_answer(tmp_path):
    fill(tmp_path, words("Azure", "Space", "Azurite"))
    path, rng = tmp_path / f"t{SUFFIX}", random.Random(5)
    data = path.read_bytes()
    for at in [*range(100), *(rng.randrange(len(data)) for _ in range(400))]:
        flipped = bytearray(data)
        flipped[at] ^= 1 << rng.randrange(8)
        path.write_bytes(flipped)
        with pytest.raises(Damaged):
            open_words(tmp_path, "t")
    path.write_bytes(data)
    assert open_words(tmp_path, "t")


@pytest.mark.parametrize("data", [b"", b"x", b"SQLite format 3\0" + bytes(84), bytes(5000)])
def test_what_is_no_index_is_damaged(tmp_path, data):
    path = tmp_path / f"t{SUFFIX}"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        open_words(tmp_path, "t")
    if len(data) >= 72:
        _seal(path)
        with pytest.raises(Damaged):
            open_words(tmp_path, "t")


def test_a_torn_index_one_of_another_version_and_none_are_damaged(tmp_path):
    fill(tmp_path, words("Azure"))
    path = tmp_path / f"t{SUFFIX}"
    data = path.read_bytes()
    path.write_bytes(data[:-4096])
    with pytest.raises(Damaged):
        open_words(tmp_path, "t")
    path.write_bytes(data)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    _seal(path)
    with pytest.raises(Damaged, match="version"):
        open_words(tmp_path, "t")
    with pytest.raises(Damaged):
        open_words(tmp_path, "gone")


def test_an_index_of_another_user_is_not_trusted(tmp_path):
    fill(tmp_path, words("Azure"))
    with patch("os.getuid", lambda: os.geteuid() + 1), pytest.raises(Damaged, match="user"):
        open_words(tmp_path, "t")


def test_a_link_is_not_followed(tmp_path):
    fill(tmp_path, words("Azure"))
    (tmp_path / f"link{SUFFIX}").symlink_to(tmp_path / f"t{SUFFIX}")
    with pytest.raises(Damaged):
        open_words(tmp_path, "link")


def test_what_is_broken_while_it_is_open_is_damaged(tmp_path):
    fill(tmp_path, words(*(f"w{number}" for number in range(5000))))
    index = open_words(tmp_path, "t")
    path = tmp_path / f"t{SUFFIX}"
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
    with pytest.raises(Damaged):
        for number in range(5000):
            index.matching(needle_of("phrase", f"w{number}"))


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path):
    schema = ("PRAGMA max_page_count = 20", *filling._SCHEMA)
    with patch.object(filling, "_SCHEMA", schema), pytest.raises(OSError, match="full"):
        fill(tmp_path, words(*(f"w{number}" for number in range(5000))))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        Filling(tmp_path / "gone", "t")


def test_what_is_given_up_leaves_nothing(tmp_path):
    made = Filling(tmp_path, "t")
    made.add([(0, b" a \n\n\n\n")])
    next(steps := made.finish())
    steps.close()
    made.close()
    assert not list(tmp_path.iterdir())


def test_a_killed_process_leaves_no_index(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from reader.snapshot.filling import Filling\n"
        "made = Filling(Path(sys.argv[1]), 't')\n"
        "made.add((n, f' w{n} \\n\\n\\n\\n'.encode()) for n in range(5000))\n"
        "next(made.finish()); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert left.suffix == ".tmp"
    assert left.stat().st_mode & 0o777 == 0o600
    fill(tmp_path, words("Azure"))
    assert found(open_words(tmp_path, "t"), "word", "azure") == [0]


def test_a_path_may_have_any_name(tmp_path):
    folder = tmp_path / "a?b#c %20é"
    folder.mkdir()
    fill(folder, words("Azure"))
    assert found(open_words(folder, "t"), "word", "azure") == [0]
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    Path(strange).mkdir()
    fill(Path(strange), words("Azure"))
    assert found(open_words(Path(strange), "t"), "word", "azure") == [0]
