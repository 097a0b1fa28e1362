import io
import json
import sys

import pytest

from reader.browser import NoBrowser
from reader.cli import naming, plain, run
from reader.cli.plain import Plain
from reader.library import Library


def front(**fields):
    return (
        "---\n"
        + "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
        + "---\n"
    )


def at(path):
    return f"https://example.com/{path}"


FILES = {
    "lead.md": front(
        title="The lead",
        originalUrl=at("lead"),
        quality=90,
        heat=50,
        provider={"name": "Example Wire"},
        publishedDateTime="2020-10-20T13:13:00Z",
        excerpt="What happened.",
        related=[
            {"title": "The second", "webUrl": at("second")},
            {"title": "Elsewhere", "webUrl": at("elsewhere"), "excerpt": "Told far away."},
        ],
    ),
    "second.md": front(
        title="The second",
        originalUrl=at("second"),
        quality=80,
        heat=-1,
        related=[{"title": "The lead", "webUrl": at("lead")}],
    ),
    "film.md": front(title="A film", originalUrl=at("film"), quality=9, type="video"),
    "bad.md": "---\na: b: c\n---\n",
}


@pytest.fixture
def read(tmp_path, capsys, monkeypatch):
    """Return what is said after each of the lines that are typed, the first list left out."""
    monkeypatch.setattr(plain, "age", lambda *_: "20 Oct")
    for name, text in FILES.items():
        (tmp_path / "news").mkdir(exist_ok=True)
        (tmp_path / "news" / name).write_text(text)

    def read(*lines):
        library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
        library.load()
        said = []

        def typed():
            for line in lines:
                said.append(capsys.readouterr().out)
                yield line

        Plain(library).run(typed())
        said.append(capsys.readouterr().out)
        library.close()
        return said

    return read


def test_the_front_page_is_said_first_one_line_a_story(read):
    assert read() == [
        "2 stories.\n"
        "1. The lead. Example Wire. 20 Oct. 2 articles. unread.\n"
        "2. A film. example.com. 20 Oct. video. unread.\n"
    ]


def test_a_number_reads_the_article_and_marks_its_story(read):
    said = read("1", "list is:unread")
    assert said[1].startswith("The lead\nExample Wire · Tuesday 20 October 2020, ")
    assert said[1].endswith(
        "quality 90 · heat 50\n\nWhat happened.\n\nhttps://example.com/lead\n\n"
        "2 related; related names them.\n"
    )
    assert said[2] == "1 article.\n1. A film. example.com. 20 Oct. video. unread.\n"


def test_related_names_them_and_goes_there_and_back(read):
    said = read("1", "related", "r 1", "related 1", "b", "back", "back")
    assert said[2] == (
        "1. The second. example.com.\n2. Elsewhere. example.com. unread. not in this folder.\n"
    )
    assert said[3].startswith("The second\n")
    assert "quality 80 · covered" in said[3]
    assert said[4].startswith("The lead\n")
    assert said[5].startswith("The second\n")
    assert said[6].startswith("The lead\n")
    assert said[7] == "This is where you began.\n"


def test_a_copy_of_what_is_not_in_the_folder_is_read_too(read):
    said = read("1", "related 2", "star", "open", "back", "related")
    assert said[2] == (
        "Elsewhere\nexample.com. not in this folder.\n\nTold far away.\n\n"
        "https://example.com/elsewhere\n"
    )
    assert said[3] == "No article of this folder is read.\n"
    assert said[6].endswith("2. Elsewhere. example.com. not in this folder.\n")


def test_next_goes_through_what_is_unread(read):
    said = read("next", "n", "next")
    assert said[1].startswith("The lead\n")
    assert said[2].startswith("A film\n")
    assert said[3] == "Nothing more is unread here.\n"


def test_open_starts_the_browser_or_says_the_address(read, monkeypatch):
    opened = []
    monkeypatch.setattr(plain, "open_in_browser", opened.append)
    assert read("open", "1", "open")[3] == "Opened in the browser.\n"
    assert opened == [at("lead")]

    def refuse(_):
        raise NoBrowser

    monkeypatch.setattr(plain, "open_in_browser", refuse)
    assert read("o", "1", "o")[3] == f"No browser here: {at('lead')}\n"


def test_a_star_can_be_undone(read):
    said = read(
        "star", "2", "star", "list is:starred", "undo", "list is:starred", "2", "undo", "u", "u"
    )
    assert said[1] == "No article of this folder is read.\n"
    assert said[3] == "Starred.\n"
    assert said[4].startswith("1 article.\n")
    assert said[5] == "Undone: star.\n"
    assert said[6] == "Nothing matches all of this.\n"


def test_a_long_list_comes_in_parts(read, monkeypatch):
    monkeypatch.setattr(plain, "SCREENFUL", 1)
    said = read("more", "more")
    assert said[0].endswith("more says the next of 1.\n")
    assert said[1] == "2. A film. example.com. 20 Oct. video. unread.\n"
    assert said[2] == "The list ends here.\n"


def test_a_problem_is_said_with_its_file(read):
    assert read("list sort:quality")[1].endswith(
        "4. bad.md. line 2, column 5: a second colon in a line needs quotation marks "
        "around the text.\n"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("dance", "There is no command dance; help names them.\n"),
        ("9", "The list has no number 9.\n"),
        ("0", "The list has no number 0.\n"),
        ("9" * 5000, f"The list has no number {'9' * 9}.\n"),
        ("0000000001", "The list has no number 000000000.\n"),
        ("related", "No article is read.\n"),
        ("open", "No article is read.\n"),
        ("undo", "Nothing to undo.\n"),
        ("list nowhere", "Nothing matches all of this.\n"),
        ("list is:x", None),
        ("   ", ""),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(read, line, said):
    heard = read(line)[1]
    assert heard == said or (said is None and heard.startswith("unknown `is:x`"))


def test_related_without_such_a_number_says_how_many_there_are(read):
    assert read("1", "related 7", "related x")[2:] == [
        "There is no related 7; there are 2.\n",
        "There is no related x; there are 2.\n",
    ]
    assert read("2", "related")[2] == "Nothing is related.\n"


def test_help_names_every_command_and_quit_leaves(read):
    said = read("help", "quit", "1")
    assert len(said) == 3
    assert said[1].count("\n") == len(plain.COMMANDS) + 1


def test_the_input_is_read_to_its_end(tmp_path, monkeypatch, capsys):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "film.md").write_text(FILES["film.md"])
    library = Library([tmp_path / "news"], tmp_path / "state", tmp_path / "cache")
    library.load()
    lines = iter(["1"])

    def typed(prompt):
        assert prompt == "> "
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", typed)
    assert plain.start(library) == 0
    assert "A film\n" in capsys.readouterr().out


def test_the_shell_reads_at_a_prompt_when_asked_to(tmp_path, monkeypatch, capsys):
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "film.md").write_text(FILES["film.md"])
    monkeypatch.setattr(naming, "state_dir", lambda: tmp_path / "state")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n"))
    assert run(["--plain", str(tmp_path / "news")]) == 0
    assert "> A film\n" in capsys.readouterr().out
