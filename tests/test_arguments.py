from pathlib import Path

import pytest

from reader.cli.arguments import NAMES, Options, UsageError, parse, quoted


def understood(line):
    """Return what words without blanks in them mean."""
    return parse(line.split())


def usage_error(line):
    with pytest.raises(UsageError) as caught:
        understood(line)
    return str(caught.value)


# Commands


def test_without_a_command_the_words_are_what_to_read():
    assert understood("") == Options("read")
    assert understood("news seed.txt") == Options("read", ("news", "seed.txt"))


WITH_A_WORD = ("show", "open", "related", "story", "add", "import")
NEEDED = {name: ["x"] for name in WITH_A_WORD} | {"mark": ["read", "x"]}


@pytest.mark.parametrize("command", NAMES)
def test_a_first_word_that_names_a_command_is_one(command):
    assert parse([command, *NEEDED.get(command, ())]).command == command


@pytest.mark.parametrize(
    "line", ["./list", "news list", "-- list", "--json -- list", "List", "lis"]
)
def test_any_other_word_is_a_folder(line):
    assert understood(line).command == "read"


def test_after_two_dashes_a_folder_may_have_any_name():
    assert understood("-- list --json -x") == Options("read", ("list", "--json", "-x"))


# Options


@pytest.mark.parametrize(
    "line",
    [
        *("list a --library one --library two --json", "--library one --library two --json list a"),
        *("--json list --library=one a --library=two", "--library one list --library two a --json"),
    ],
)
def test_options_stand_before_the_command_and_anywhere_after_it(line):
    libraries = (Path("one"), Path("two"))
    assert understood(line) == Options("list", ("a",), libraries, json=True)


def test_the_name_of_a_command_may_be_the_value_of_an_option():
    assert understood("--library list") == Options("read", (), (Path("list"),))
    assert understood("--library show list x") == Options("list", ("x",), (Path("show"),))


@pytest.mark.parametrize("command", ["read", "check", "init"])
def test_folders_and_options_may_be_mixed(command):
    line = f"{command} one --json two --library three four".removeprefix("read ")
    expected = Options(command, ("one", "two", "four"), (Path("three"),), json=True)
    assert understood(line) == expected


def test_json_and_library_go_with_every_command():
    for command in NAMES:
        assert parse([command, *NEEDED.get(command, ()), "--json", "--library", "l"]).json


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("--bogus", "unrecognized arguments: --bogus; `broadsheet --help` explains"),
        ("-x", "unrecognized arguments: -x; `broadsheet --help` explains"),
        ("list --bogus", "unrecognized arguments: --bogus; `broadsheet list --help` explains"),
        ("list --jso", "unrecognized arguments: --jso; `broadsheet list --help` explains"),
        ("list --json=1", "argument --json: ignored explicit argument '1'"),
        ("list --library", "argument --library: expected one argument"),
        ("--library", "argument --library: expected one argument"),
        ("list --library --json", "argument --library: expected one argument"),
        ("show", "the following arguments are required: ARTICLE"),
        ("show one two", "unrecognized arguments: two"),
        ("mark", "the following arguments are required: STATE, FILTER"),
        ("edition --minutes", "argument --minutes: expected one argument"),
        ("related", "the following arguments are required: ARTICLE"),
        ("topics azure", "unrecognized arguments: azure"),
        ("check -x", "unrecognized arguments: -x"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_told_in_one_sentence(line, what):
    message = usage_error(line)
    assert message.startswith(what)
    assert message.endswith("--help` explains")


# The filter


def test_words_that_begin_with_a_dash_and_are_no_option_belong_to_the_filter():
    assert understood("list azure -starlink -topic:AI -").words == (
        *("azure", "-starlink", "-topic:AI", "-"),
    )
    assert understood("list -azure --json") == Options("list", ("-azure",), json=True)


def test_two_dashes_end_the_options_of_a_filter():
    words = ("a", "--json", "-h", "--library", "--")
    assert understood("list a -- --json -h --library --") == Options("list", words)


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("topic:Power Apps", 'topic:"Power Apps"'),
        ("-topic:Power Apps", '-topic:"Power Apps"'),
        ("Provider:The Verge", 'Provider:"The Verge"'),
        ('topic:"Power Apps"', 'topic:"Power Apps"'),
        ("topic:Azure", "topic:Azure"),
        ("azure space", "azure space"),
        ("is:unread azure", "is:unread azure"),
        ("sort:newest azure", "sort:newest azure"),
        ("topic:Power Apps is:picked", "topic:Power Apps is:picked"),
        ("note: read this", "note: read this"),
        ("topic:=Power Apps", 'topic:"=Power Apps"'),
        ("author:Ada L*", 'author:"Ada L*"'),
        ("title:general availability", 'title:"general availability"'),
        ("not:title:general availability", 'not:title:"general availability"'),
        ("topic:R - D", 'topic:"R - D"'),
        ("topic:a\\b c", 'topic:"a\\\\b c"'),
        ("topic:AI -video", "topic:AI -video"),
        ("topic:AI OR video", "topic:AI OR video"),
        ("topic:AI /a|b/ c", "topic:AI /a|b/ c"),
        ("title:/a b/", "title:/a b/"),
        ("author:/^a d/", "author:/^a d/"),
        ("path:my notes/2020", 'path:"my notes/2020"'),
    ],
)
def test_a_term_gets_back_the_quotes_that_the_shell_took(word, term):
    assert quoted(word) == term
    assert parse(["list", word]).words == (term,)
    assert parse(["show", word]).words == (word,)


def test_the_words_of_mark_open_and_edition_are_terms_too():
    term = "topic:Power Apps"
    mark = parse(["mark", "read", term, "-x"])
    assert (mark.state, mark.words) == ("read", ('topic:"Power Apps"', "-x"))
    assert parse(["open", "-x", "--filter", term]).words == ("-x", 'topic:"Power Apps"')
    words = ["edition", term, "--minutes", "5", "-x"]
    assert parse(words) == Options("edition", ('topic:"Power Apps"', "-x"), minutes=5)


def test_one_article_is_opened_unless_a_filter_says_which():
    with pytest.raises(UsageError, match="one article is opened, or with --filter all that match"):
        understood("open one two")
    assert understood("open --filter one two --yes") == Options(
        "open", ("one", "two"), filter=True, yes=True
    )


# Help


@pytest.mark.parametrize("line", ["--help", "-h", "--json -h"])
def test_the_help_names_every_command(line, capsys):
    with pytest.raises(SystemExit) as left:
        understood(line)
    assert not left.value.code
    told = capsys.readouterr().out
    assert all(f"\n  {name} " in told for name in NAMES)
    assert all(option in told for option in ("--library", "--json", "--version"))


@pytest.mark.parametrize("command", NAMES)
def test_each_command_explains_itself_and_fits_80_columns(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for line in (f"{command} --help", f"--help {command}"):
        with pytest.raises(SystemExit) as left:
            understood(line)
        assert not left.value.code
        told = capsys.readouterr().out
        assert told.startswith(f"usage: broadsheet {command} ")
        assert max(map(len, told.splitlines())) <= 80


def test_the_help_of_list_explains_the_terms(capsys):
    with pytest.raises(SystemExit):
        understood("list --help")
    told = capsys.readouterr().out
    for term in ("topic:AI", "provider:ZDNet", "is:picked", "sort:newest", '"a phrase"', "date:7d"):
        assert term in told


@pytest.mark.parametrize("line", ["--version", "list --version", "--version show"])
def test_the_version_is_printed_wherever_it_is_asked_for(line, capsys):
    with pytest.raises(SystemExit) as left:
        understood(line)
    assert not left.value.code
    assert capsys.readouterr().out.startswith("broadsheet 0.")


@pytest.mark.parametrize(
    ("line", "beginning"),
    [
        (["help"], "usage: broadsheet [-h]"),
        (["help", "list"], "usage: broadsheet list "),
        (["help", "filters"], "usage: broadsheet list "),
        (["help", "nonsense"], "usage: broadsheet [-h]"),
    ],
)
def test_help_may_be_asked_for_in_a_word(line, beginning, capsys):
    with pytest.raises(SystemExit) as ended:
        parse(line)
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(beginning)
