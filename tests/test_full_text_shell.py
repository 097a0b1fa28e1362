import json
from hashlib import sha256

import pytest

from bench.full_text import page
from reader.cli import full, run
from reader.feeds.filing.ledger import Ledger
from reader.feeds.full_text.extracting import NOTHING
from tests.feed_site import Reply, feed_site
from tests.samples import front, write
from tests.test_imports import RUN, loaded

HTML = {"Content-Type": "text/html; charset=utf-8"}
NETWORK = {"httpx", "httpcore", "trafilatura", "lxml", "feedparser", "markdownify"}


@pytest.fixture
def site():
    with feed_site() as site:
        site.pages["/lists"] = Reply(page("lists"), headers=HTML)
        site.pages["/empty"] = Reply(page("javascript"), headers=HTML)
        site.pages["/login"] = Reply(b"<p>No.</p>", 403, HTML)
        yield site


@pytest.fixture
def news(tmp_path, monkeypatch, site):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write(tmp_path, {"config/broadsheet/config.toml": '[feeds]\nprivate_hosts = ["127.0.0.1"]\n'})
    files = {
        f"{name}.md": front(
            f"title: On {name}",
            f"originalUrl: {site.url('/' + name)}",
            "provider: Footnotes",
            "publishedDateTime: 2020-10-20T12:00:00Z",
            "excerpt: In short.",
            body="What the feed told.\n" if name == "lists" else "",
        )
        for name in ("lists", "empty", "login", "gone")
    }
    return write(tmp_path / "news", files)


@pytest.fixture
def shell(news, capsys):
    def call(*words):
        status = run([*words, "--library", str(news)])
        out, error = capsys.readouterr()
        return status, out, error

    return call


def test_the_full_text_is_got_kept_and_printed(shell, site, news):
    before = (news / "lists.md").read_bytes()
    status, out, error = shell("show", "lists.md", "--full")
    assert (status, error) == (0, "")
    assert out.startswith(
        "On lists\nFootnotes · Tuesday 20 October 2020, 12:00\n\nEverything on this list fits into"
    )
    assert "\n  1. sleeping bag liner\n" in out
    assert "What the feed told" not in out
    assert (news / "lists.md").read_bytes() == before
    assert shell("show", "lists.md", "--full") == (0, out, "")
    assert len(site.asked) == 1
    assert shell("show", "lists.md", "--full", "--fresh")[0] == 0
    assert len(site.asked) == 2


def test_json_has_the_text_and_where_it_is_from(shell, site):
    record = json.loads(shell("show", "lists.md", "--full", "--json")[1])
    assert record["body"].startswith("Everything on this list")
    assert record["full_text"]["url"] == site.url("/lists")
    assert record["excerpt"] == "In short."
    assert json.loads(shell("show", "lists.md", "--json")[1])["body"] == "\nWhat the feed told.\n"


def test_a_file_that_we_wrote_gets_the_text_as_its_body(shell, news, tmp_path):
    path = news / "lists.md"
    sha = sha256(path.read_bytes()).hexdigest()
    Ledger(news, tmp_path / "state" / "broadsheet").rewrote("lists.md", sha)
    record = json.loads(shell("show", "lists.md", "--full", "--json")[1])
    assert path.read_text().endswith(f"---\n\n{record['body']}\n")
    shown = json.loads(shell("show", "lists.md", "--json")[1])
    assert shown["body"].strip() == record["body"]
    assert shown["title"] == "On lists"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("empty", NOTHING),
        ("login", "127.0.0.1 does not give the page to us (status 403): it may need a login"),
        ("gone", "127.0.0.1 no longer has the page (status 404)"),
    ],
)
def test_without_a_text_there_is_the_reason(shell, name, why):
    complaint = f"broadsheet: no full text of Footnotes: {why}\n"
    assert shell("show", f"{name}.md", "--full", "--json") == (1, "", complaint)


def test_a_host_on_a_private_network_is_not_asked_unless_it_was_named(shell, site, tmp_path):
    (tmp_path / "config/broadsheet/config.toml").write_text("")
    status, _, error = shell("show", "lists.md", "--full")
    assert status == 1
    assert "127.0.0.1" in error
    assert not site.asked


def test_settings_with_a_mistake_are_wrong_usage(shell, tmp_path, monkeypatch):
    bad = tmp_path / "bad.toml"
    bad.write_text("[feeds]\nprivate_hosts = 5\n")
    monkeypatch.setattr(full, "config_file", lambda: bad)
    status, _, error = shell("show", "lists.md", "--full")
    assert status == 2
    assert "private_hosts" in error


def test_a_text_that_is_kept_is_shown_without_the_network_being_imported(shell, news):
    assert shell("show", "lists.md", "--full")[0] == 0
    modules = loaded(RUN, "show", "lists.md", "--full", "--library", news)
    assert "reader.kept_texts" in modules
    assert modules.isdisjoint(NETWORK)


def test_nothing_of_it_is_imported_for_the_list_and_for_the_reader(shell, news):
    assert shell("show", "lists.md", "--full")[0] == 0
    assert loaded(RUN, "list", "--library", news).isdisjoint(NETWORK)
    assert loaded("import reader.tui.screens.full_text, reader.tui.child").isdisjoint(NETWORK)
