import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader import __main__ as program
from reader.bundled import bundled
from reader.cli import bulk, commands, naming, run, start
from reader.library import Library
from reader.views import ALL
from tests.samples import SEED_LIKE, front, write
from tests.terminals import on_terminal

NEWS = {
    "_data/topics/1.yaml": "name: Cloud",
    "_data/topics/2.yaml": "name: Azure\nparent: Cloud",
    "lead.md": front(
        "title: A cloud for rockets",
        "originalUrl: https://www.example.com/lead/",
        "webUrl: https://www.example.com/lead-on-the-web/",
        "publishedDateTime: 2020-10-20T13:13:00Z",
        "provider: {name: Example Wire, domain: example.com}",
        "topics: [Azure]",
        "quality: 90",
        "heat: 100",
        "published: true",
        "excerpt: It goes where no cable does.",
        "related:",
        "  - {title: Rockets, webUrl: https://example.org/follow, provider: {name: Post}}",
        "  - {title: Elsewhere, webUrl: https://example.net/else}",
    ),
    "follow.md": front(
        "title: Rockets take a cloud along",
        "originalUrl: https://example.org/follow",
        "publishedDateTime: 2020-10-21T08:00:00Z",
        "provider: Post",
        "topics: [Cloud]",
        "quality: 95",
        "heat: -1",
        "related: [{title: x, webUrl: https://www.example.com/lead/}]",
    ),
    "long.md": front("title: Notes", "date: 2020-10-19", body="# Notes\n\nSome *words* here.\n"),
    "draft.md": front("title: Unripe", "draft: true", "topics: [Azure]"),
}
BROKEN = NEWS | {"broken.md": "---\na: b: c\n---\n"}
WHY = "line 2, column 5: a second colon in a line needs quotation marks around the text"


@pytest.fixture(autouse=True)
def own_places(tmp_path, monkeypatch):
    """Keep the marks, the library, the cache and the browser of the user out of the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(naming, "state_dir", lambda: tmp_path / "state")
    monkeypatch.setattr(naming, "default_library", lambda: tmp_path / "own")
    monkeypatch.setattr(naming, "config_file", lambda: tmp_path / "config.toml")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.fixture
def news(tmp_path):
    return write(tmp_path / "news", NEWS)


@pytest.fixture
def shell(capsys):
    """Return a function that runs a command line: the status, the lines printed, the errors."""

    def run_line(*arguments):
        status = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return status, printed.out.splitlines(), printed.err

    return run_line


@pytest.fixture
def lines(shell):
    """Return a function that runs a command line that succeeds, and returns what it prints."""

    def run_line(*arguments):
        status, printed, errors = shell(*arguments)
        assert (status, errors) == (0, "")
        return printed

    return run_line


@pytest.fixture
def records(lines):
    """Return a function that runs a command line with --json, and returns the objects."""
    return lambda *arguments: [json.loads(line) for line in lines(*arguments, "--json")]


def titles(printed):
    return [line.split("\t")[4] for line in printed]


# list


def test_list_prints_every_article_but_hidden_ones_by_quality_then_date(lines, news):
    assert titles(lines("list", "--library", news)) == [
        *("Rockets take a cloud along", "A cloud for rockets", "Notes"),
    ]


def test_in_a_pipe_a_line_has_id_day_quality_provider_title_and_address(lines, news, records):
    found = records("list", "--library", news)[1]
    assert lines("list", "wire", "--library", news) == [
        "\t".join(
            [
                *(found["id"], "2020-10-20", "90", "Example Wire", "A cloud for rockets"),
                "https://www.example.com/lead/",
            ]
        )
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["cloud"], "Rockets take a cloud along, A cloud for rockets"),
        (["cloud", "cable"], "A cloud for rockets"),
        (["loud"], ""),
        (["-rockets"], "Notes"),
        (["--", "-rockets"], "Notes"),
        (["topic:Cloud"], "Rockets take a cloud along, A cloud for rockets"),
        (["topic:Azure"], "A cloud for rockets"),
        (["provider:Example Wire"], "A cloud for rockets"),
        (["is:covered"], "Rockets take a cloud along"),
        (["is:picked", "sort:oldest"], "A cloud for rockets, Rockets take a cloud along"),
        (["sort:newest"], "Rockets take a cloud along, A cloud for rockets, Notes"),
        (["is:read"], ""),
        (["is:hidden"], "Unripe"),
        (["is:hidden OR notes"], "Unripe, Notes"),
        (["-is:hidden", "notes"], "Notes"),
    ],
)
def test_list_takes_words_and_terms(lines, news, words, expected):
    found = titles(lines("list", "--library", news, *words))
    assert ", ".join(found) == expected


@pytest.mark.parametrize(
    "command", [("list",), ("mark", "read"), ("open", "--filter"), ("edition",)]
)
@pytest.mark.parametrize("words", [["foo:bar"], ["is:lost"], ["sort:beauty"], ['"open']])
def test_a_filter_that_makes_no_sense_is_wrong_usage(shell, news, command, words):
    status, printed, errors = shell(*command, "--library", news, *words)
    assert (status, printed, errors.count("\n")) == (2, [], 3)


@pytest.mark.parametrize(
    ("words", "shown", "column"),
    [
        (["wire", "provder:Wire"], "wire provder:Wire", 5),
        (["topic:Azur"], "topic:Azur", 0),
        (["topic:Power Apps", "is:lost"], 'topic:"Power Apps" is:lost', 19),
        (["\u6f22\u5b57\tis:lost"], "\u6f22\u5b57 is:lost", 5),
        (["\x1b[31m", "is:lost"], "[31m is:lost", 5),
        (["a" * 100, "is:lost"], "a" * 39 + " is:lost", 40),
    ],
)
def test_a_caret_stands_under_the_mistake_of_a_filter(shell, news, words, shown, column):
    status, _, errors = shell("list", "--library", news, *words)
    sentence, line, caret = errors.splitlines()
    assert status == 2
    assert sentence.startswith("broadsheet: ")
    assert (line, caret) == (f"  {shown}", " " * (2 + column) + "^")


@pytest.mark.parametrize(
    "command", [("list",), ("mark", "read"), ("open", "--filter"), ("edition",)]
)
def test_where_nothing_matches_the_status_is_1_if_that_is_asked_for(shell, news, command):
    line = (*command, "--library", news)
    assert shell(*line, "lost")[0] == 0
    assert shell(*line, "lost", "--fail-empty")[0] == 1
    assert shell(*line, "rockets", "--fail-empty")[0] == 0


def test_a_file_with_a_problem_is_listed_last_by_its_name(lines, records, tmp_path):
    news = write(tmp_path / "news", BROKEN)
    for order in ("quality", "newest", "oldest", "heat", "related"):
        assert lines("list", f"sort:{order}", "--library", news)[-1].split("\t")[1:] == [
            *("", "", "", "broken.md", WHY),
        ]
    assert records("list", "--library", news)[-1]["problem"] == WHY


def test_a_file_is_a_library_too(records, tmp_path):
    write(tmp_path / "news", {"seed.txt": SEED_LIKE, "other.md": SEED_LIKE})
    (found,) = records("list", "--library", tmp_path / "news" / "seed.txt")
    assert (found["path"], found["quality"]) == ("seed.txt", 94)


def test_several_folders_are_one_list_and_json_says_which(records, news, tmp_path):
    other = write(tmp_path / "other", {"lead.md": NEWS["lead.md"], "new.md": front("title: New")})
    found = records("--library", news, "list", "--library", other)
    assert sorted((Path(one["library"]).name, one["path"]) for one in found) == [
        *(("news", "follow.md"), ("news", "lead.md"), ("news", "long.md"), ("other", "new.md")),
    ]


def test_a_folder_that_is_named_twice_is_read_once(records, news):
    assert len(records("list", "--library", news, "--library", f"{news}/")) == 3


def test_an_empty_folder_is_no_error_and_says_what_to_do(shell, tmp_path):
    write(tmp_path / "news", {"photo.jpg": b""})
    status, printed, errors = shell("list", "--library", tmp_path / "news")
    assert (status, printed) == (0, [])
    assert errors.startswith("broadsheet: news has no article files; 1 other file ")
    assert errors.endswith(
        "; name another folder, or none for the articles that come with the program\n"
    )
    assert errors.count("\n") == 1


def test_a_folder_that_is_not_there_is_wrong_usage_and_the_nearest_name_is_told(shell, news):
    status, printed, errors = shell("list", "--library", f"{news}s")
    assert (status, printed) == (2, [])
    assert errors == f"broadsheet: there is no folder {news}s; did you mean {news}?\n"


def test_without_a_nearest_name_it_says_what_else_can_be_opened(shell, tmp_path):
    status, _, errors = shell("check", tmp_path / "zzz")
    assert status == 2
    assert errors.endswith("or none for the articles that come with the program\n")
    assert errors.count("\n") == 1


def test_a_folder_that_the_system_refuses_is_told_in_one_line(shell, news, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", "secret")

    monkeypatch.setattr(naming, "Library", refuse)
    status, _, errors = shell("list", "--library", news)
    assert (status, errors) == (2, "broadsheet: Permission denied: secret\n")


def test_names_that_speak_to_the_terminal_are_shown_clean(shell, lines, tmp_path):
    hostile = "bad\x1b]2;x\x07\u202e.md"
    news = write(tmp_path / "a\x1b[31mb", {hostile: "---\n", "n.md": front("title: Title \\e[c")})
    for arguments in (["list"], ["topics"], ["show", "n.md"], ["related", "n.md"]):
        printed = "".join(lines(*arguments, "--library", news))
        assert printed.replace("\t", "").isprintable()
    for arguments in (["check", news], ["check", f"{news}x"], ["init", news]):
        _, printed, errors = shell(*arguments)
        assert ("".join(printed) + errors.removesuffix("\n")).isprintable()


# The library without a name


def test_without_a_library_the_articles_of_the_program_are_listed(records):
    first = records("list")[0]
    assert (bundled("data") / first["path"]).is_file()


def test_ones_own_library_comes_first_when_it_holds_something(records, tmp_path):
    write(tmp_path / "own", {"mine.md": front("title: Mine")})
    assert [one["title"] for one in records("list")] == ["Mine"]


def test_what_is_named_for_the_reader_is_listed_where_there_is_no_terminal(lines, news):
    assert lines(news) == lines("list", "--library", news)
    assert lines("--library", news) == lines(news)
    assert lines(news / "lead.md", news / "long.md") == [
        *lines("list", "--library", news / "lead.md"),
        *lines("list", "--library", news / "long.md"),
    ]


def test_the_bare_command_prints_json_where_it_is_asked_to(records, news):
    assert records(news) == records("list", "--library", news)


# show, related


def test_show_prints_the_article_with_its_related_ones(lines, news, monkeypatch):
    found = lines("show", "https://example.com/lead", "--library", news)
    assert found[0] == "A cloud for rockets"
    assert found[1].startswith("Example Wire · Tuesday 20 October 2020, ")
    assert found[2:-2] == [
        "quality 90 · heat 100 · Azure",
        "",
        "It goes where no cable does.",
        "",
        "https://www.example.com/lead/",
        "",
        "https://www.example.com/lead-on-the-web/",
        "",
        "Related",
    ]
    assert [line.split("\t") for line in found[-2:]] == [
        ["  1", found[-2].split("\t")[1], "2020-10-21", "Post", "Rockets take a cloud along"],
        ["  2", "not here", "", "example.net", "Elsewhere"],
    ]


def test_show_prints_the_body_as_text(lines, news):
    assert lines("show", "long.md", "--library", news) == [
        *("Notes", "Monday 19 October 2020", "", "Notes", "", "Some words here."),
    ]


def test_show_prints_what_is_wrong_with_a_file(lines, tmp_path):
    news = write(tmp_path / "news", BROKEN)
    assert lines("show", "broken.md", "--library", news) == ["broken.md", "", WHY]


def test_show_says_so_when_the_file_is_gone_by_now(shell, lines, news, monkeypatch):
    gone = "long.md: the file cannot be opened: no such file or directory"
    found = Library.find

    def find_and_lose(library, text):
        (news / text).unlink()
        return found(library, text)

    monkeypatch.setattr(Library, "find", find_and_lose)
    assert lines("show", "long.md", "--library", news)[2:] == ["", gone]
    write(news, NEWS)
    assert shell("show", "long.md", "--library", news, "--json") == (1, [], f"broadsheet: {gone}\n")


def test_show_json_is_the_record_with_body_and_whole_related(records, news):
    (found,) = records("show", "long.md", "--library", news)
    assert found["body"].strip() == "# Notes\n\nSome *words* here."
    (lead,) = records("show", "lead.md", "--library", news)
    assert lead["body"] is None
    assert lead["related"] == records("related", "lead.md", "--library", news)
    assert [one["provider"] for one in lead["related"]] == ["Post", "example.net"]


def test_an_article_is_named_by_address_path_file_or_part_of_an_id(records, news, monkeypatch):
    found = records("list", "Notes", "--library", news)[0]
    monkeypatch.chdir(news.parent)
    for name in ("long.md", "./long.md", "news/long.md", news / "long.md", found["id"][2:8]):
        (shown,) = records("show", name, "--library", news)
        assert shown["id"] == found["id"]


def test_an_article_that_is_not_there_is_wrong_usage(shell, news):
    for command in ("show", "open", "related"):
        assert shell(command, "zzz", "--library", news) == (
            *(2, [], "broadsheet: no article has the address, path or id zzz\n"),
        )


def test_a_name_that_means_several_articles_is_wrong_usage(shell, news):
    write(news, {"twin.md": NEWS["lead.md"]})
    status, _, errors = shell("show", "example.com/lead", "--library", news)
    assert status == 2
    assert errors.startswith("broadsheet: example.com/lead means 2 articles: ")


def test_related_prints_what_is_related_and_nothing_where_there_is_none(lines, news):
    assert len(lines("related", "lead.md", "--library", news)) == 2
    assert lines("related", "long.md", "--library", news) == []


STORY = {
    **NEWS,
    "third.md": front(
        "title: Rockets take a cloud along | Third",
        "originalUrl: https://example.net/third",
        "publishedDateTime: 2020-10-22T09:00:00Z",
        "provider: Third",
        "heat: -1",
        "related: [{title: x, webUrl: https://www.example.com/lead/}]",
    ),
}


def test_related_goes_on_with_what_no_file_names_and_says_why(lines, records, tmp_path):
    news = write(tmp_path / "told", STORY)
    related = lines("related", "lead.md", "--computed", "--library", news)
    assert len(related) == 3
    assert related[2].split("\t")[1:] == [
        *("2020-10-22", "Third", "Rockets take a cloud along | Third", "same event"),
    ]
    found = records("related", "lead.md", "--computed", "--library", news)
    assert [one.get("why") for one in found] == [None, None, "same event"]
    assert found[2]["url"] == "https://example.net/third"


def test_a_story_is_printed_in_the_order_of_time_with_its_copies(lines, records, tmp_path):
    news = write(tmp_path / "told", STORY)
    found = [line.split("\t") for line in lines("story", "third.md", "--library", news)]
    assert [(when, provider, title) for when, _, provider, title in found] == [
        ("2020-10-20 13:13", "Example Wire", "A cloud for rockets"),
        ("2020-10-21 08:00", "Post", "Rockets take a cloud along"),
        ("2020-10-22 09:00", "Third", "Rockets take a cloud along | Third (copy of Post)"),
    ]
    told = records("story", "follow.md", "--library", news)
    assert [one["path"] for one in told] == ["lead.md", "follow.md", "third.md"]
    assert {json.dumps(one["story"]) for one in told} == {
        json.dumps(
            {
                "id": told[0]["id"],
                "title": "A cloud for rockets",
                "size": 3,
                "providers": ["Example Wire", "Post", "Third"],
                "first": "2020-10-20T13:13:00Z",
                "latest": "2020-10-22T09:00:00Z",
            }
        )
    }


def test_a_lone_article_is_a_story_of_one(records, news):
    (alone,) = records("story", "long.md", "--library", news)
    assert (alone["path"], alone["story"]) == ("long.md", None)


def test_list_can_show_each_story_once(records, news):
    once = records("list", "--stories", "--library", news)
    assert [one["path"] for one in once] == ["lead.md", "long.md"]
    assert [
        one["path"] for one in records("list", "take along", "--stories", "--library", news)
    ] == ["follow.md"]


def test_a_mistake_in_the_settings_is_wrong_usage(shell, news, tmp_path):
    (tmp_path / "config.toml").write_text("[front]\nhalf_life_hours = 0")
    status, printed, errors = shell("list", "--library", news)
    assert (status, printed) == (2, [])
    assert errors.startswith(f"broadsheet: {tmp_path / 'config.toml'}: `front.half_life_hours`")


def test_the_half_life_of_the_settings_orders_what_is_important(records, news, tmp_path):
    ages = {}
    for hours in (24, 3):
        (tmp_path / "config.toml").write_text(f"[front]\nhalf_life_hours = {hours}")
        found = records("list", "sort:front", "--library", news)
        ages[hours] = [one["front"]["age"] for one in found]
    assert ages == {24: [0.0, -7.8, -23.3], 3: [0.0, -62.6, -186.6]}


# mark


@pytest.mark.parametrize(
    ("state", "counter", "before"),
    [
        ("read", "unread", "is:unread"),
        ("starred", "unstarred", "-is:starred"),
        ("dismissed", "undismissed", "-is:dismissed"),
    ],
)
def test_mark_changes_what_matches_and_says_how_many(lines, news, state, counter, before):
    def found(text):
        return titles(lines("list", text, "--library", news))

    assert lines("mark", state, "topic:Cloud", "--library", news) == [
        f"2 articles marked as {state}; u in the reader undoes it"
    ]
    assert found(before) == ["Notes"]
    assert len(found(f"is:{state}")) == 2
    assert lines("mark", state, "topic:Azure", "--library", news) == [
        f"1 article found, none of them to be marked as {state}"
    ]
    assert lines("mark", counter, "-notes", "topic:Azure", "--library", news) == [
        f"1 article marked as {counter}; u in the reader undoes it"
    ]
    assert len(found(f"is:{state}")) == 1


def test_what_mark_did_is_undone_in_one_step(lines, news, tmp_path):
    for state in ("read", "starred", "dismissed"):
        lines("mark", state, "topic:Cloud", "--library", news)
    library = Library([news], tmp_path / "state", tmp_path / "cache")
    library.load()
    for flag in ("dismissed", "starred", "read"):
        assert library.count(ALL, f"is:{flag}") == 2
        library.undo()
        assert library.count(ALL, f"is:{flag}") == 0
    library.close()


def test_a_dry_run_changes_nothing(lines, records, news):
    lines("mark", "starred", "rockets", "topic:Azure", "--library", news)
    assert lines("mark", "starred", "rockets", "--dry-run", "--library", news) == [
        "2 articles found, 1 of them would be marked as starred"
    ]
    (would,) = records("mark", "starred", "rockets", "--dry-run", "--library", news)
    assert (would["title"], would["starred"]) == ("Rockets take a cloud along", False)
    (now,) = records("mark", "starred", "rockets", "--library", news)
    assert (now["id"], now["starred"]) == (would["id"], True)


def test_files_with_problems_are_not_marked(lines, tmp_path):
    news = write(tmp_path / "news", BROKEN)
    told = ["0 articles found, none of them to be marked as read"]
    assert lines("mark", "read", "broken", "--library", news) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lost", "x"], "argument STATE: invalid choice: 'lost' (choose from 'read', 'unread', "
                        "'starred', 'unstarred', 'dismissed', 'undismissed'); "
                        "`broadsheet mark --help` explains"),
        (["read"], "the following arguments are required: FILTER; `broadsheet mark --help` "
                   "explains"),
        (["read", " "], "`mark read` needs a filter; `broadsheet help filters` explains"),
    ],
)  # fmt: skip
def test_mark_needs_a_state_and_a_filter(shell, news, words, told):
    assert shell("mark", *words, "--library", news) == (2, [], f"broadsheet: {told}\n")


def test_mark_says_when_the_marks_cannot_be_kept(shell, news, tmp_path):
    (tmp_path / "state").write_text("a file, no folder")
    status, _, errors = shell("mark", "read", "rockets", "--library", news)
    assert (status, errors[:26]) == (1, "broadsheet: 2 marks lost: ")


# open


@pytest.fixture
def opened(monkeypatch):
    """Return the addresses that the browser is given."""
    found = []
    monkeypatch.setattr(bulk, "open_in_browser", found.append)
    return found


def test_open_takes_a_filter_too(lines, news, opened):
    assert lines("open", "--filter", "topic:Cloud", "sort:oldest", "--library", news) == []
    assert opened == ["https://www.example.com/lead/", "https://example.org/follow"]
    assert titles(lines("list", "is:unread", "--library", news)) == ["Notes"]


def test_of_many_ten_are_opened_unless_all_are_asked_for(shell, tmp_path, opened):
    many = {f"{n}.md": front(f"title: N {n}", f"webUrl: https://e.com/{n}") for n in range(12)}
    news = write(tmp_path / "news", many)
    line = ("open", "--filter", "is:unread", "--library", news)
    assert shell(*line) == (0, [], "broadsheet: 10 of 12 are opened; --yes opens them all\n")
    assert len(opened) == 10
    assert shell(*line) == (0, [], "")
    assert len(set(opened)) == 12
    assert shell("open", "--filter", "n", "--yes", "--library", news) == (0, [], "")
    assert len(opened) == 24


def test_open_with_a_filter_prints_addresses_where_there_is_no_browser(lines, records, news):
    line = ("open", "--filter", "topic:Azure", "--library", news)
    assert lines(*line) == ["https://www.example.com/lead/"]
    assert [one["read"] for one in records(*line)] == [True]


def test_open_starts_the_browser_and_marks_the_story_read(lines, records, news, monkeypatch):
    opened = []
    monkeypatch.setattr(commands, "open_in_browser", opened.append)
    assert lines("open", "lead.md", "--library", news) == []
    assert opened == ["https://www.example.com/lead/"]
    assert [one["read"] for one in records("list", "is:read", "--library", news)] == [True]
    assert [one["path"] for one in records("list", "is:unread", "--library", news)] == ["long.md"]


def test_open_prints_the_address_where_there_is_no_browser(lines, news):
    assert lines("open", "lead.md", "--library", news) == ["https://www.example.com/lead/"]


def test_open_json_prints_the_record(records, news):
    (found,) = records("open", "lead.md", "--library", news)
    assert (found["url"], found["read"]) == ("https://www.example.com/lead/", True)


def test_an_article_without_an_address_cannot_be_opened(shell, news):
    assert shell("open", "long.md", "--library", news) == (
        *(2, [], "broadsheet: long.md gives no address that can be opened\n"),
    )


def test_open_says_when_the_mark_cannot_be_kept(shell, news, tmp_path):
    (tmp_path / "state").write_text("not a folder")
    status, printed, errors = shell("open", "lead.md", "--library", news)
    assert (status, printed) == (1, ["https://www.example.com/lead/"])
    assert errors.startswith("broadsheet: 2 marks lost: marks cannot be written to ")
    assert errors.count("\n") == 1


# topics


def test_topics_are_printed_as_a_tree_with_unread_and_all_articles(lines, news):
    assert lines("topics", "--library", news) == [
        "Cloud\t2 unread\t2 in all",
        "  Azure\t1 unread\t1 in all",
    ]


def test_topics_count_what_their_filter_lists(records, news):
    for topic in records("topics", "--library", news):
        found = records("list", f"topic:{topic['name']}", "--library", news)
        assert topic["articles"] == len(found)
    assert records("topics", "--library", news) == [
        {"name": "Cloud", "parent": None, "articles": 2, "unread": 2},
        {"name": "Azure", "parent": "Cloud", "articles": 1, "unread": 1},
    ]


# check


def test_check_accounts_for_every_file(lines, news):
    write(news, {"README.md": "", "photo.jpg": b"", "plain.txt": "no front matter"})
    assert lines("check", news) == [
        "9 files: 3 articles, 1 hidden, 0 with problems, 5 passed over",
        "  passed over: 1 × about the folder itself",
        "  passed over: 1 × another kind of file",
        "  passed over: 1 × no front matter",
        "  passed over: 2 × topic file",
    ]
    assert lines("check", "--library", news) == lines("check", news)


def test_check_names_the_files_with_problems_and_only_check_exits_with_1(shell, lines, tmp_path):
    news = write(tmp_path / "news", BROKEN)
    status, printed, errors = shell("check", news)
    assert (status, errors) == (1, "")
    assert printed[:2] == [
        f"broken.md: {WHY}",
        "7 files: 3 articles, 1 hidden, 1 with problems, 2 passed over",
    ]
    for command in (["list"], ["topics"], ["show", "broken.md"], ["related", "broken.md"]):
        lines(*command, "--library", news)


def test_check_json_is_the_records_with_problems_and_then_the_counts(shell, tmp_path):
    news = write(tmp_path / "news", BROKEN)
    status, printed, _ = shell("check", news, "--json")
    broken, counts = map(json.loads, printed)
    assert status == 1
    assert (broken["path"], broken["title"], broken["problem"]) == ("broken.md", "broken.md", WHY)
    assert counts == {
        "seen": 7,
        "articles": 3,
        "hidden": 1,
        "problems": 1,
        "passed_over": 2,
        "passed_over_by_reason": {"topic file": 2},
        "folders": [{"folder": str(news), "kind": "plain", "address": None, "decided": []}],
    }


def test_check_takes_folders_as_words_and_as_libraries(records, news, tmp_path):
    other = write(tmp_path / "other", {"a.md": front("title: A")})
    for arguments in ((news, other), (news, "--library", other)):
        (counts,) = records("check", *arguments)
        assert (counts["seen"], counts["articles"]) == (7, 4)


def test_check_of_an_empty_folder_finds_nothing_wrong(lines, tmp_path):
    (tmp_path / "news").mkdir()
    assert lines("check", tmp_path / "news") == [
        "0 files: 0 articles, 0 hidden, 0 with problems, 0 passed over"
    ]


# init


def test_init_lets_a_folder_keep_its_own_marks(lines, records, news, monkeypatch):
    monkeypatch.setattr(commands, "open_in_browser", lambda _: None)
    lines("open", "lead.md", "--library", news)
    assert not (news / ".broadsheet").exists()
    place = news / ".broadsheet" / "state"
    assert lines("init", news) == [f"Marks are kept in {place}"]
    assert place.is_dir()
    assert len(records("list", "is:read", "--library", news)) == 1
    assert records("init", news) == [{"library": str(news), "marks": str(place)}]


def test_init_without_a_folder_is_for_the_one_that_one_is_in(lines, news, monkeypatch):
    monkeypatch.chdir(news)
    lines("init")
    assert (news / ".broadsheet" / "state").is_dir()


def test_init_says_when_it_cannot(shell, news):
    (news / ".broadsheet").write_text("")
    status, printed, errors = shell("init", news)
    assert (status, printed) == (1, [])
    assert errors.startswith("broadsheet: marks cannot be kept in ")


def test_nothing_but_init_writes_into_a_folder(lines, shell, news, tmp_path):
    before = sorted(news.rglob("*"))
    lines("open", "lead.md", "--library", news)
    lines("list", "--library", news)
    shell("check", news)
    assert sorted(news.rglob("*")) == before
    assert (tmp_path / "state").is_dir()


# On a terminal


@pytest.mark.parametrize("columns", [30, 60, 80, 120])
def test_tables_fit_the_terminal(news, columns):
    write(news, {"wide.md": front(f"title: {'寬' * 100}", f"provider: {'報' * 40}", "quality: 99")})
    write(news, {"broken.md": "---\na: b: c\n---\n"})
    for arguments in (["list"], ["topics"], ["related", "lead.md"]):
        with on_terminal(columns) as terminal:
            assert run([*arguments, "--library", str(news)]) == 0
        written = terminal.output.decode().splitlines()
        assert len(terminal.shown()) == len(written)


def test_a_table_shows_mark_quality_title_provider_and_age(news, monkeypatch):
    monkeypatch.setattr(commands, "age", lambda *_: "3 h")
    write(news, {"broken.md": "---\na: b: c\n---\n"})
    with on_terminal(80) as terminal:
        run(["open", "lead.md", "--library", str(news)])
        run(["list", "--library", str(news)])
    assert terminal.shown()[1:] == [
        "    95  Rockets take a cloud along           Post                    3 h",
        "    90  A cloud for rockets                  Example Wire            3 h",
        "•       Notes                                                        3 h",
        "!       broken.md                            line 2, column 5: a s…",
    ]


def test_on_a_dumb_terminal_the_bare_command_lists_and_asks_line_by_line(news, monkeypatch, lines):
    class Typing:
        def isatty(self):
            return True

    def ended(prompt):
        raise EOFError

    monkeypatch.setattr("builtins.input", ended)
    for name in ("dumb", "", None):
        monkeypatch.setattr(sys, "stdin", Typing())
        monkeypatch.delenv("TERM", raising=False)
        if name is not None:
            monkeypatch.setenv("TERM", name)
        with on_terminal(80) as terminal:
            assert run([str(news)]) == 0
        assert terminal.shown()[0] == "2 stories."
        assert terminal.shown()[1].startswith("1. A cloud for rockets.")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert len(lines(news)) == 3
    monkeypatch.setattr(sys, "stdin", None)
    assert len(lines(news)) == 3


def test_on_a_terminal_the_bare_command_starts_the_screen(news, monkeypatch):
    from reader.cli import screen

    started = []
    monkeypatch.setattr(screen, "start", lambda _, paths: started.append(paths) or 7)
    monkeypatch.setattr(start, "_is_typing", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert run([str(news), "--library", "more"]) == 7
    assert started == [(news, Path("more"))]


# The process


def process(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "reader", *map(str, arguments)],
        capture_output="stdout" not in options,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def test_the_program_is_started_by_its_module(news):
    done = process("list", "--library", news, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "", 3)


def test_main_hands_over_the_words_and_returns_the_status(monkeypatch, capsys, news):
    monkeypatch.setattr(sys, "argv", ["broadsheet", "show", "zzz", "--library", str(news)])
    assert program.main() == 2
    assert capsys.readouterr().err.startswith("broadsheet: no article ")


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["--help"], ["check"]])
def test_a_closed_pipe_is_no_error(tmp_path, arguments):
    news = write(
        tmp_path / "news", {f"{n:04}.md": front(f"title: {'Long ' * 60}") for n in range(400)}
    )
    if arguments != ["--help"]:
        arguments = [*arguments, "--library", str(news)]
    reading, writing = os.pipe()
    with open(reading, "rb") as pipe:
        child = subprocess.Popen(
            [sys.executable, "-m", "reader", *arguments],
            stdout=writing,
            stderr=subprocess.PIPE,
        )
        os.close(writing)
        if arguments[0] == "list":
            assert pipe.readline()
    with child.stderr:
        assert child.stderr.read() == b""
    assert child.wait(30) == 0


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (BrokenPipeError(), 0, ""),
        (OSError(28, "No space left on device"), 1, "broadsheet: No space left on device\n"),
    ],
)
def test_when_printing_fails_the_rest_goes_nowhere(monkeypatch, capfd, error, status, told):
    def fail(_):
        raise error

    monkeypatch.setitem(commands.COMMANDS, "topics", fail)
    with open(os.dup(1), "w") as out, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        assert run(["topics"]) == status
        print("more", file=out, flush=True)
    assert capfd.readouterr() == ("", told)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_in_one_line(news):
    with open("/dev/full", "w") as full:
        done = process("list", "--library", news, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr == "broadsheet: No space left on device\n"


def test_closed_standard_streams_are_no_error(news):
    command = f"'{sys.executable}' -m reader '{news}' <&- >&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_interrupted_command_ends_with_130(monkeypatch, shell):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setitem(commands.COMMANDS, "topics", interrupt)
    assert shell("topics")[0] == 130
