import os
import socket

import pytest

from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable, read_regular
from reader.files.scan import read_article, read_body, read_file
from reader.files.site import NO_SITE
from reader.files.walk import walk
from reader.model import Topic
from tests.samples import SEED_LIKE, Contents, front, listed, scanned, write


def test_an_empty_folder_has_nothing(tmp_path):
    assert scanned(tmp_path) == (Contents(0, {}, (), NO_SITE), [], 0)


def test_every_file_is_counted_once(tmp_path):
    write(
        tmp_path,
        {
            "good.md": front("title: Good"),
            "hidden.md": front("removed: true"),
            "bad.md": "---\na: b: c\n---\n",
            "plain.md": "# Only Markdown",
            "plain.txt": "no front matter",
            "page.html": "<p>no front matter</p>",
            "README.md": "",
            "photo.jpg": b"\xff\xd8",
            "_data/topics/1.yaml": "name: AI",
            "_data/topics/2.yaml": "name: [",
            "_data/topics/3.yaml": "text",
            "_data/topics/4.yaml": "parent: AI",
            ".git/ignored.md": "",
        },
    )
    (tmp_path / "link.md").symlink_to(tmp_path / "good.md")
    os.mkfifo(tmp_path / "pipe.md")
    contents, articles, late = scanned(tmp_path)
    problems = {one.path: one.problem for one in articles if one.problem}
    hidden = [one.path for one in articles if one.hidden]
    sound = [one.path for one in articles if not one.problem and not one.hidden]
    assert sound == ["good.md", "plain.md"]
    assert hidden == ["hidden.md"]
    assert problems == {
        "bad.md": "line 2, column 5: a second colon in a line needs quotation marks "
        "around the text",
        "pipe.md": "it is not a regular file",
    }
    assert contents.topics == (Topic("AI"),)
    passed_over = sum(contents.passed_over.values()) + late
    assert late == 2
    assert contents.files == len(articles) + late
    assert len(sound) + len(hidden) + len(problems) + passed_over == 14


def test_pipes_and_sockets_do_not_hang_the_reading_of_topics_either(tmp_path):
    (tmp_path / "_data" / "topics").mkdir(parents=True)
    os.mkfifo(tmp_path / "_data" / "topics" / "1.yaml")
    os.mkfifo(tmp_path / "a.md")
    with socket.socket(socket.AF_UNIX) as one:
        here = os.getcwd()
        os.chdir(tmp_path)  # the name of a socket is short
        try:
            one.bind("b.md")
        finally:
            os.chdir(here)
    contents, articles, _ = scanned(tmp_path)
    assert contents.topics == ()
    assert [bool(one.problem) for one in articles] == [True, True]


def test_a_folder_that_cannot_be_listed_is_a_problem_in_the_list(tmp_path, monkeypatch):
    walked = walk(write(tmp_path, {"a.md": front("title: A")}))
    walked.unreadable.append(("closed/", "the folder cannot be read: permission denied"))
    monkeypatch.setattr("reader.snapshot.looking.walk", lambda *_: walked)
    contents, articles, _ = scanned(tmp_path)
    assert contents.files == len(articles) == 2
    assert (articles[1].title, articles[1].problem) == (
        *("closed/", "the folder cannot be read: permission denied"),
    )


@pytest.mark.parametrize("name", ["seed.txt", "seed.md", "seed.news"])
def test_a_single_file_is_a_library_of_one(tmp_path, name):
    write(tmp_path, {name: SEED_LIKE, "other.md": SEED_LIKE})
    contents, (article,), late = scanned(tmp_path / name)
    assert contents == Contents(1, {}, (), NO_SITE)
    assert (article.path, article.quality, late) == (name, 94, 0)


def test_a_file_that_is_not_there_is_a_problem(tmp_path):
    _, (article,), _ = scanned(tmp_path / "gone.md")
    assert article.problem == "the folder cannot be read: no such file or directory"


def test_a_file_that_vanishes_before_it_is_read_is_a_problem(tmp_path):
    write(tmp_path, {"a.md": front("title: A"), "b.md": front("title: B")})
    reading = listed(tmp_path)
    next(reading)
    (tmp_path / "a.md").unlink()
    assert [(one.title, bool(one.problem)) for one in next(reading)] == [
        ("a.md", True),
        ("B", False),
    ]


def test_a_file_that_becomes_a_link_is_not_followed(tmp_path):
    write(tmp_path, {"a.md": front("title: A"), "b.md": front("title: B")})
    reading = listed(tmp_path)
    next(reading)
    (tmp_path / "a.md").unlink()
    (tmp_path / "a.md").symlink_to(tmp_path / "b.md")
    assert next(reading)[0].problem.startswith("the file cannot be opened: ")


def test_an_article_that_vanishes_while_it_is_read_has_the_time_of_the_file_that_was_opened(
    tmp_path, monkeypatch
):
    path = write(tmp_path, {"a.md": "# Words"}) / "a.md"
    os.utime(path, (0, 86400))
    read = os.read
    monkeypatch.setattr(os, "read", lambda *how: (path.unlink(missing_ok=True), read(*how))[1])
    assert read_article(tmp_path, "a.md").published_at == "1970-01-02T00:00:00Z"


def test_a_file_is_read_for_its_article_and_its_body_at_once(tmp_path):
    files = {"a.md": front("title: A", body="Text"), "b.md": "---\n", "c.html": "<p>Text"}
    write(tmp_path, files)
    assert read_file(tmp_path, "a.md") == (read_article(tmp_path, "a.md"), "\nText")
    problem, body = read_file(tmp_path, "b.md")
    assert (problem, body) == (read_article(tmp_path, "b.md"), "")
    assert read_file(tmp_path, "c.html") is None


def test_a_file_larger_than_the_limit_is_a_problem(tmp_path):
    write(
        tmp_path, {"a.md": b"x" * (8 * 1024 * 1024 + 1), "b.md": b"---\n---\n" + b"x" * 8_000_000}
    )
    _, (large, most), _ = scanned(tmp_path)
    assert large.problem == "the file is larger than 8 MB"
    assert most.problem is None


def test_reading_stops_at_the_limit_and_not_before(tmp_path):
    write(tmp_path, {"a": b"x" * 100, "empty": b""})
    assert read_regular(tmp_path / "a", limit=100) == b"x" * 100
    assert read_regular(tmp_path / "empty") == b""
    with pytest.raises(Unreadable, match="larger"):
        read_regular(tmp_path / "a", limit=99)


def test_a_folder_is_no_regular_file(tmp_path):
    with pytest.raises(Unreadable, match="not a regular file"):
        read_regular(tmp_path)


def test_a_disk_that_refuses_is_unreadable_and_leaves_no_file_open(tmp_path, monkeypatch):
    write(tmp_path, {"a.md": "x"})
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0

    def refuse(*_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", refuse)
        with pytest.raises(Unreadable) as caught:
            read_regular(tmp_path / "a.md")
    assert str(caught.value) == "the file cannot be read: input/output error"
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)


def test_the_body_is_read_on_its_own(tmp_path):
    write(tmp_path, {"a.md": front("a: b: c", body="Text"), "b.md": "---\n", "c.md": "Text"})
    assert read_body(tmp_path / "a.md") == "\nText"
    assert read_body(tmp_path / "c.md") == "Text"
    with pytest.raises(FrontMatterError):
        read_body(tmp_path / "b.md")
    with pytest.raises(Unreadable):
        read_body(tmp_path / "d.md")


def test_a_file_with_old_line_ends_does_not_show_its_front_matter_as_text(tmp_path):
    write(tmp_path, {"a.md": SEED_LIKE.replace("\n", "\r")})
    assert read_body(tmp_path / "a.md").strip() == ""


def test_a_name_that_is_not_utf8_is_read_and_shown_clean(tmp_path):
    with open(os.path.join(os.fsencode(tmp_path), b"caf\xe9.md"), "wb") as file:
        file.write(b"---\nquality: 5\n---\n")
    _, (article,), _ = scanned(tmp_path)
    assert article.quality == 5
    assert article.path.isprintable()
    article.path.encode()


def test_what_holds_no_article_is_passed_over(tmp_path):
    write(tmp_path, {"a.txt": "x", "b.txt": SEED_LIKE, "c.html": "x"})
    _, articles, late = scanned(tmp_path)
    assert (len(articles), late) == (1, 2)
