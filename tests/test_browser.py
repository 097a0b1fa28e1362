import os
import subprocess
import sys
from time import monotonic, sleep

import pytest

from reader import browser
from reader.browser import NoBrowser, commands, open_in_browser

URL = "https://www.example.com/a?b=1&c=2"


@pytest.fixture
def recorder(tmp_path):
    """Return a browser that records each of its arguments in a line, and the file of them."""
    return program(tmp_path, 'printf "%s\\n" "$@" >part; mv part opened'), tmp_path / "opened"


def program(folder, command, name="browser"):
    path = folder / name
    path.write_text(f"#!/bin/sh\ncd '{folder}'\n{command}\n")
    path.chmod(0o755)
    return path


def written(path):
    until = monotonic() + 10
    while not path.exists() and monotonic() < until:
        sleep(0.005)
    return path.read_text().splitlines()


def test_the_browser_gets_the_address_as_one_argument(recorder):
    path, opened = recorder
    open_in_browser(URL, {"BROWSER": str(path)})
    assert written(opened) == [URL]


def test_the_address_stands_where_the_command_wants_it(recorder):
    path, opened = recorder
    open_in_browser(URL, {"BROWSER": f"{path} --new-tab 'url=%s' --quiet"})
    assert written(opened) == ["--new-tab", f"url={URL}", "--quiet"]


def test_no_shell_reads_the_address(recorder, tmp_path):
    path, opened = recorder
    url = "https://example.com/$(touch$IFS*stolen);touch"
    open_in_browser(url, {"BROWSER": f"{path} %s"})
    assert written(opened) == [url]
    assert not (tmp_path / "stolen").exists()


def test_the_next_browser_is_tried_where_one_is_missing_or_does_not_start(recorder, tmp_path):
    path, opened = recorder
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o755)
    open_in_browser(URL, {"BROWSER": os.pathsep.join(["no-such-browser", str(broken), str(path)])})
    assert written(opened) == [URL]


@pytest.mark.parametrize("named", ["no-such-browser", "'unclosed", "''", ":"])
def test_a_browser_that_cannot_be_started_is_none(named):
    with pytest.raises(NoBrowser):
        open_in_browser(URL, {"BROWSER": named})


def test_without_a_desktop_there_is_no_browser(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(NoBrowser):
        open_in_browser(URL, {})


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"DISPLAY": ":0"}, [["xdg-open"]]),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, [["xdg-open"]]),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, [["wslview"]]),
        ("linux", {}, []),
        ("darwin", {}, [["open"]]),
        ("darwin", {"SSH_CONNECTION": "a b"}, []),
        ("linux", {"DISPLAY": ":0", "SSH_TTY": "/dev/pts/1"}, []),
        ("linux", {"DISPLAY": ":0", "BROWSER": "  "}, [["xdg-open"]]),
        ("linux", {"SSH_TTY": "/dev/pts/1", "BROWSER": "lynx -x"}, [["lynx", "-x"]]),
        ("linux", {"BROWSER": f"a{os.pathsep}'b{os.pathsep}c 'd e'"}, [["a"], ["c", "d e"]]),
    ],
)
def test_the_environment_says_which_browser(monkeypatch, platform, environment, expected):
    monkeypatch.setattr(sys, "platform", platform)
    assert commands(environment) == expected


@pytest.mark.parametrize(
    "url",
    [
        *("", "--help", "javascript:alert(1)", "file:///etc/passwd", "ssh://-oProxyCommand=x"),
        *("https://user@example.com/", "https://example.com/a b", "https://example.com/\x1b"),
        *("//example.com", "mailto:a@example.com", " https://example.com/"),
    ],
)
def test_nothing_else_than_a_safe_address_reaches_a_browser(recorder, url):
    path, opened = recorder
    with pytest.raises(ValueError, match="cannot be opened"):
        open_in_browser(url, {"BROWSER": str(path)})
    assert not opened.exists()


def test_nobody_waits_for_the_browser_and_it_outlives_the_terminal(tmp_path):
    path = program(tmp_path, "sleep 0.5; echo done >part; mv part opened")
    began = monotonic()
    open_in_browser(URL, {"BROWSER": str(path)})
    assert monotonic() - began < 0.4
    assert written(tmp_path / "opened") == ["done"]


def test_the_browser_has_a_session_of_its_own_and_its_words_go_nowhere(tmp_path):
    path = program(
        tmp_path,
        "echo noise; echo noise >&2; cat; ps -o pid= -o sid= -p $$ >part; mv part opened",
    )
    code = f"from reader.browser import *; open_in_browser({URL!r}, {{'BROWSER': {str(path)!r}}})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=20, input=b"typed"
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    pid, session = written(tmp_path / "opened")[0].split()
    assert pid == session


def test_a_browser_that_ends_leaves_no_dead_process_behind(recorder, monkeypatch):
    started = []

    class Popen(subprocess.Popen):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            started.append(self)

    monkeypatch.setattr(browser.subprocess, "Popen", Popen)
    path, opened = recorder
    open_in_browser(URL, {"BROWSER": str(path)})
    written(opened)
    until = monotonic() + 10
    while started[0].returncode is None and monotonic() < until:
        sleep(0.005)
    assert started[0].returncode == 0
