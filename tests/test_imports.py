import os
import subprocess
import sys

import pytest

from tests.samples import front, write

HEAVY = ("textual", "rich", "httpcore")
LATER = (
    *("httpcore", "feedparser", "trafilatura", "lxml", "markdown_it", "PIL", "watchfiles"),
    *("sqlite3", "markdownify"),
)
OF_FEEDS = (
    *("reader.feeds", "reader.feed_tally", "reader.tui.screens.feeds", "reader.tui.child"),
    *("reader.tui.fetch", "xml"),
)
"""What is loaded only where there are feeds, or they are asked for."""
PLACES = ("XDG_STATE_HOME", "XDG_CACHE_HOME")


def loaded(code, *arguments, cwd=None):
    """Return the names of all modules that a Python has after it ran some code."""
    code += "\nimport sys; print('\\n', *sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=cwd,
        env=os.environ | (dict.fromkeys(PLACES, str(cwd)) if cwd else {}),
    )
    return set(done.stderr.rpartition("\n ")[2].split())


RUN = "import sys\nfrom reader.__main__ import main\ntry: main()\nexcept SystemExit: pass"


@pytest.fixture
def news(tmp_path):
    """Return a folder of articles with and without a body, and with topics."""
    files = {
        "a.md": front("title: A", body="*Text*"),
        "b.md": front("title: B", "originalUrl: https://example.com/b", "quality: 5"),
        "_data/topics/1.yaml": "name: AI",
    }
    return write(tmp_path, files)


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["list", "--json", "topic:AI", "sort:newest"],
        ["topics"],
        ["check"],
        ["show", "b.md"],
        ["related", "b.md"],
        ["feeds"],
    ],
)
def test_a_command_imports_neither_the_screen_nor_the_network(news, arguments):
    modules = loaded(RUN, *arguments, "--library", news, cwd=news)
    assert "reader" in modules
    assert modules.isdisjoint({*HEAVY, *LATER} - {"markdown_it"})


def test_articles_without_a_body_are_listed_without_the_markdown_parser(news):
    (news / "a.md").unlink()
    assert "markdown_it" not in loaded(RUN, "list", "--json", "--library", news, cwd=news)


@pytest.mark.parametrize("argument", ["--version", "--help", "list --help", "--bogus"])
def test_help_and_version_import_next_to_nothing(argument):
    modules = loaded(RUN, *argument.split())
    assert modules.isdisjoint({"yaml", "reader.library", *HEAVY, *LATER})


def test_the_screen_imports_nothing_that_only_feeds_and_full_text_will_need():
    screens = "reader.tui.screens.reader, reader.tui.screens.missing"
    modules = loaded(f"import reader.cli.screen, reader.tui.app, {screens}")
    assert "textual" in modules
    assert modules.isdisjoint({*LATER, *OF_FEEDS})


def test_an_article_is_read_without_anything_of_feeds(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n")
    read = (
        "import sys; from pathlib import Path; from reader.library import Library\n"
        "from reader.views import ALL; news = Path(sys.argv[1])\n"
        "library = Library([news], news / 'state', news / 'cache'); library.load()\n"
        "(article,) = library.listing(ALL).articles; library.sidebar(); library.has_text(article)\n"
        "library.with_body(library.page(article))"
    )
    assert loaded(read, tmp_path).isdisjoint(OF_FEEDS)


@pytest.mark.parametrize(
    "module", ["reader.library", "reader.cli", "reader.cli.screen", "reader.snapshot.serving"]
)
def test_what_is_below_the_screen_does_without_it(module):
    assert loaded(f"import {module}").isdisjoint({*HEAVY, *LATER})


def test_the_process_that_reads_folders_imports_no_more_than_it_needs():
    modules = loaded("import reader.snapshot.serving")
    assert modules.isdisjoint({"argparse", "markdown_it", "platformdirs", "asyncio"})


def test_what_watches_folders_is_imported_before_its_threads_begin():
    watching = "from reader.snapshot.watching import watch; watch([], print)"
    assert "watchfiles" in loaded(watching)
