"""Files that change, vanish, or become something else while a folder is being read."""

import os
import shutil
import threading
from pathlib import Path
from time import process_time

import pytest

from reader.files import reading
from reader.files.facts import read_facts
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable, read_regular
from reader.files.scan import read_article, read_body
from reader.files.walk import walk
from reader.snapshot.looking import look_at
from tests import sites
from tests.samples import front, listed, scanned, write

MEGABYTE = 1024 * 1024


def vanish(path: Path) -> None:
    path.unlink()


def become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def become_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


def become_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def become_large(path: Path) -> None:
    os.truncate(path, 50 * MEGABYTE)


def become_empty(path: Path) -> None:
    os.truncate(path, 0)


def become_another(path: Path) -> None:
    path.write_text(front("title: [", "quality: 9"))


def become_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


CHANGES = [
    *(vanish, become_folder, become_link, become_pipe, become_large, become_empty),
    *(become_another, become_loop),
]
PROBLEMS = {
    vanish: "the file cannot be opened: no such file or directory",
    become_folder: "it is not a regular file",
    become_link: "the file cannot be opened: too many levels of symbolic links",
    become_pipe: "it is not a regular file",
    become_large: "the file is larger than 8 MB",
    become_empty: None,
    become_another: "line 4, column 1: ",
    become_loop: "the file cannot be opened: too many levels of symbolic links",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_after_it_was_listed_is_told_as_it_is(change, tmp_path):
    write(tmp_path, {"a.md": front("title: A"), "b.md": front("title: B")})
    found = listed(tmp_path)
    next(found)
    began = process_time()
    change(tmp_path / "a.md")
    one, two = next(found)
    expected = PROBLEMS[change]
    assert (one.problem or "").startswith(expected or "")
    assert (one.problem is None) == (expected is None)
    assert (two.title, two.problem) == ("B", None)
    assert process_time() - began < 2


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_between_two_reads_of_its_bytes_ends_as_one_answer(
    change, tmp_path, monkeypatch
):
    path = write(tmp_path, {"a.md": front("title: A", body="x" * 200_000)}) / "a.md"
    read, done = os.read, []

    def changing(handle: int, size: int) -> bytes:
        data = read(handle, min(size, 1000))
        if not done:
            done.append(change(path))
        return data

    monkeypatch.setattr(os, "read", changing)
    article = read_article(tmp_path, "a.md")
    assert done
    assert article.title in ("A", "a.md")
    assert article.published_at or article.problem


@pytest.mark.parametrize("change", CHANGES)
def test_a_body_and_a_table_of_a_file_that_changed_are_read_or_refused(change, tmp_path):
    path = write(tmp_path, {"a.md": front("title: A", body="Text")}) / "a.md"
    change(path)
    for read in (read_body, read_facts):
        try:
            read(path)
        except (Unreadable, FrontMatterError) as error:
            assert str(error).isprintable()


def test_a_file_that_grows_for_ever_is_read_to_the_limit_only(tmp_path, monkeypatch):
    path = write(tmp_path, {"a.md": "x"}) / "a.md"
    taken = []

    def endless(handle: int, size: int) -> bytes:
        taken.append(min(size, MEGABYTE))
        return b"x" * taken[-1]

    monkeypatch.setattr(reading.os, "read", endless)
    with pytest.raises(Unreadable, match="larger than 8 MB"):
        read_regular(path)
    assert sum(taken) <= 8 * MEGABYTE + 1


@pytest.mark.parametrize("kind", sites.ALL)
def test_a_site_that_is_taken_away_while_it_is_read_leaves_problems_and_no_exception(
    kind, tmp_path
):
    root = write(tmp_path / "site", sites.ALL[kind])
    files = look_at(root, 0)[1].files
    found = listed(root)
    next(found)
    shutil.rmtree(root)
    articles = next(found)
    assert len(articles) == len(files) > 0
    assert all(one.problem for one in articles)


def test_a_configuration_that_becomes_a_folder_is_none(tmp_path):
    write(tmp_path, {"_config.yml/inside.md": front("title: A"), "hugo.toml/b.md": ""})
    contents, _, _ = scanned(tmp_path)
    assert contents.site.kind == "plain"


def test_loops_of_folders_by_links_end(tmp_path):
    root = write(tmp_path / "a", {"b/c/one.md": front("title: One")})
    (root / "b" / "c" / "up").symlink_to(root)
    (root / "b" / "self").symlink_to("self")
    (root / "left").symlink_to(root / "right")
    (root / "right").symlink_to(root / "left")
    (root / "source").symlink_to(root)
    (root / "content").symlink_to(root)
    contents, (article,), _ = scanned(root)
    assert article.title == "One"
    assert contents.passed_over == {"link": 6}


def test_a_link_as_the_root_itself_is_opened(tmp_path):
    write(tmp_path / "a", sites.HUGO)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    contents, _, _ = scanned(tmp_path / "b")
    assert contents.site.kind == "hugo"


NAMES = [b"caf\xe9.md", b"\xff\xfe.md", b"a\nb.md", b"\x1b[2J.md", b"-rf.md", b"\xe2\x80\xae.md"]


@pytest.mark.parametrize("home", ["", "content", "_posts"])
def test_names_that_are_not_utf8_are_read_in_any_kind_of_site(home, tmp_path):
    write(tmp_path, {"hugo.toml": "baseURL = 'https://a.example/'"} if home == "content" else {})
    folder = os.path.join(os.fsencode(tmp_path), home.encode(), b"d\xe9p")
    os.makedirs(folder)
    for name in NAMES:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(b"---\npermalink: /x/\n---\n[[a]] {{ b }}\n")
    _, articles, _ = scanned(tmp_path)
    assert len(articles) == len(NAMES)
    for article in articles:
        assert article.problem is None
        assert article.path.isprintable()
        assert article.title.isprintable()
        article.path.encode()
        assert read_body(tmp_path / article.file).startswith("[[a]]")
        assert read_facts(tmp_path / article.file) == [("permalink", "/x/")]


def test_folders_nested_beyond_the_longest_path_are_told(tmp_path):
    deep = tmp_path
    here = os.getcwd()
    try:
        for _ in range(30):
            os.chdir(deep)
            deep = Path("d" * 200)
            deep.mkdir()
    finally:
        os.chdir(here)
    walked = walk(tmp_path)
    assert walked.files == []
    assert len(walked.unreadable) == 1
    assert "name too long" in walked.unreadable[0][1]


def test_a_folder_that_is_written_to_while_it_is_read_gives_whole_answers(tmp_path):
    names = [f"{number:03}.md" for number in range(150)]
    write(tmp_path, dict.fromkeys(names, front("title: Old", "quality: 5")))
    stop = threading.Event()

    def rewrite() -> None:
        while not stop.is_set():
            for name in names[::7]:
                other = tmp_path / "other"
                other.write_text(front("title: New", "quality: 6"))
                other.replace(tmp_path / name)

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        for _ in range(5):
            _, articles, _ = scanned(tmp_path)
            assert {(one.title, one.quality) for one in articles} <= {("Old", 5), ("New", 6)}
            assert len(articles) == len(names)
    finally:
        stop.set()
        writer.join()
