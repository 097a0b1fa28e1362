import errno
import json
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli import run
from reader.feeds.subscribed.opml import write_opml
from reader.feeds.subscribed.subscriptions import read_feeds
from reader.feeds.values import Feed
from reader.folders import FEEDS_FILE

A = Feed("https://a.example/f", "A", ("News",))
B = Feed("http://nas.local/f", "B", paused=True)


pytestmark = pytest.mark.usefixtures("own_places")


@pytest.fixture
def own(tmp_path):
    return tmp_path / "data" / "broadsheet"


@pytest.fixture
def file(tmp_path):
    def written(body):
        path = tmp_path / "file"
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        return str(path)

    return written


def test_opml_is_taken_into_the_users_own_library_which_keeps_its_own_marks(
    file, own, tmp_path, capsys
):
    settings = tmp_path / "config/broadsheet/config.toml"
    assert run(["import", file(write_opml([A, B]))]) == 0
    assert read_feeds(own) == (A, B)
    assert (own / ".broadsheet" / "state").is_dir()
    assert capsys.readouterr().out.splitlines() == [
        f"2 feeds taken into {own / FEEDS_FILE}",
        f"Hosts of your own network are asked only if {settings} names them:",
        "  [feeds]",
        '  private_hosts = ["nas.local"]',
        "`broadsheet refresh` asks them, and R in the reader",
    ]


def test_what_is_there_already_stays_as_it_is(file, own, capsys):
    run(["import", file(write_opml([A]))])
    capsys.readouterr()
    assert run(["import", file('http://www.a.example/f/ other "~Other"\n')]) == 0
    assert read_feeds(own) == (A,)
    out = capsys.readouterr().out.splitlines()
    assert out == [f"0 feeds taken into {own / FEEDS_FILE}", "1 there already"]


def test_urls_of_newsboat_are_taken_and_what_is_not_is_told(file, own, capsys):
    urls = 'https://a.example/f News x "~A"\n"query:Q:unread = \\"yes\\""\nexec:rm "!h"\n'
    assert run(["import", file(urls)]) == 0
    assert read_feeds(own) == (A,)
    out = capsys.readouterr().out.splitlines()
    assert out[1:-1] == [
        "1 not taken: commands, for nothing is run that a file names",
        "  exec:rm",
        "1 not taken: query feeds, for saved filters do that",
        "  Q",
        "1 not taken: further tags, for a feed is in one folder",
        "  x",
    ]


def test_of_many_of_a_kind_some_are_named(file, capsys):
    run(["import", file("https://a.example\n" + "".join(f"exec:{n}\n" for n in range(30)))])
    assert "  and 20 more" in capsys.readouterr().out.splitlines()


def test_what_occurs_often_is_named_once(file, capsys):
    run(["import", file("https://a.example News x\nhttps://b.example News x\n")])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:3] == ["2 not taken: further tags, for a feed is in one folder", "  x (2 times)"]


def test_a_private_host_that_is_named_in_the_settings_is_not_told(file, tmp_path, capsys):
    (tmp_path / "config/broadsheet/config.toml").write_text(
        '[feeds]\nprivate_hosts = ["nas.local"]\n'
    )
    urls = "http://nas.local/f\nhttp://10.0.0.3/f\nhttp://localhost:81/\nhttp://[::1]/\n"
    run(["import", file(urls + "http://93.184.216.34/f\n")])
    assert '  private_hosts = ["10.0.0.3", "::1", "localhost"]' in capsys.readouterr().out


def test_an_import_is_one_json_object(file, own, capsys):
    assert run(["import", "--json", file("https://a.example/f\nexec:x\n")]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "library": str(own),
        "format": "urls",
        "taken": ["https://a.example/f"],
        "there": [],
        "not_taken": {
            "commands": ["exec:x"],
            "queries": [],
            "files": [],
            "lists": [],
            "addresses": [],
        },
        "notes": {"twice": [], "logins": [], "hidden": [], "tags": []},
        "own_network": [],
    }


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "has no feeds that can be taken"),
        ("exec:x", "has no feeds that can be taken"),
        ("<opml>\n<body>", "line 2: no element found"),
        ("\ufeff<html></html>", "it is no OPML: its first element is <html>"),
        ('<!DOCTYPE o [<!ENTITY e "x">]><opml/>', "line 1: it declares entities"),
    ],
)
def test_where_nothing_can_be_taken_the_exit_status_is_1(body, sentence, file, capsys):
    assert run(["import", file(body)]) == 1
    assert sentence in capsys.readouterr().err


def test_a_file_that_is_not_there_a_pipe_and_a_folder_are_refused(tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe")
    for name in ("missing", "pipe", "."):
        assert run(["import", str(tmp_path / name)]) == 1
        assert str(tmp_path) in capsys.readouterr().err


def test_a_file_of_feeds_that_is_broken_is_named_and_left(file, own, capsys):
    own.mkdir(parents=True)
    (own / FEEDS_FILE).write_text("<opml>")
    for words in (["import", file("https://a.example")], ["export"]):
        assert run(words) == 1
        assert f"{own / FEEDS_FILE}: line 1" in capsys.readouterr().err
    assert (own / FEEDS_FILE).read_text() == "<opml>"


def test_wrong_settings_are_told_before_anything_is_taken(file, own, tmp_path, capsys):
    (tmp_path / "config/broadsheet/config.toml").write_text("[feeds]\nproxy = 1\n")
    assert run(["import", file("https://a.example")]) == 2
    assert "`feeds.proxy` has to be an address" in capsys.readouterr().err
    assert read_feeds(own) == ()


def test_a_disk_that_refuses_is_told_and_nothing_is_lost(file, own, capsys, monkeypatch):
    run(["import", file("https://a.example")])
    before = (own / FEEDS_FILE).read_bytes()

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert run(["import", file("https://b.example")]) == 1
    told = f"broadsheet: {own / FEEDS_FILE}: no space left on device\n"
    assert capsys.readouterr().err == told
    assert (own / FEEDS_FILE).read_bytes() == before
    assert sorted(os.listdir(own)) == [".broadsheet", FEEDS_FILE]


def test_feeds_are_printed_for_other_readers(file, own, capsys):
    run(["import", file(write_opml([A, B]))])
    capsys.readouterr()
    assert run(["export"]) == 0
    assert capsys.readouterr().out == (own / FEEDS_FILE).read_text()
    assert run(["export", "urls"]) == 0
    assert capsys.readouterr().out == ('https://a.example/f "News" "~A"\nhttp://nas.local/f "~B"\n')
    assert run(["export", "--json"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (first["url"], first["folder"]) == (A.url, ["News"])


def test_a_named_folder_has_feeds_of_its_own(tmp_path, file, own, capsys):
    (tmp_path / "news").mkdir()
    library = ["--library", str(tmp_path / "news")]
    assert run(["import", file("https://a.example"), *library]) == 0
    assert not own.exists()
    assert os.listdir(tmp_path / "news") == [FEEDS_FILE]
    capsys.readouterr()
    assert run(["export", "urls", *library]) == 0
    assert capsys.readouterr().out == "https://a.example\n"
    assert run(["export", "--library", str(tmp_path / "nowhere")]) == 2


def test_where_there_are_no_feeds_nothing_is_printed_or_made(own, capsys):
    assert run(["export"]) == 1
    assert capsys.readouterr() == ("", f"broadsheet: there are no feeds in {own}\n")
    assert not own.exists()
    assert run(["export", "pdf"]) == 2
    assert "opml and urls" in capsys.readouterr().err


def test_commands_in_files_are_never_run(tmp_path, file):
    trap, watching = tmp_path / "ran", True

    def hook(event, _):
        assert not (watching and event in ("subprocess.Popen", "os.system", "os.exec", "os.fork"))

    sys.addaudithook(hook)
    for command in (
        "exec:touch {}",
        "|touch {}",
        "`touch {}`",
        "filter:touch {}:https://a.example",
    ):
        line = command.format(trap)
        run(["import", file(f'"{line}"\n')])
        run(["import", file(f'<opml><body><outline xmlUrl="{line}"/></body></opml>')])
    watching = False
    assert not trap.exists()


@given(st.binary(max_size=100))
def test_any_file_ends_in_an_exit_status(tmp_path_factory, body):
    folder = tmp_path_factory.mktemp("any")
    (folder / "file").write_bytes(body)
    assert run(["import", str(folder / "file"), "--library", str(folder)]) in (0, 1)
