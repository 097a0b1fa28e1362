import contextlib
import os
import pty
import re
import select
import signal
import sys
import termios
import threading
from time import monotonic

import pexpect
import pytest

from reader.cli import screen, terminal
from reader.cli.terminal import Background, has_colours, has_unicode, luminance
from reader.folders import NoFolder
from reader.library import Library
from tests.samples import front, write

QUESTION = b"\x1b]11;?\x1b\\\x1b[c"
LIGHT, DARK = b"\x1b]11;rgb:ffff/ffff/eeee\x1b\\", b"\x1b]11;rgb:1c1c/1b1b/1a1a\x07"
ATTRIBUTES = b"\x1b[?62;22c"


@contextlib.contextmanager
def a_terminal(name="xterm-256color", patience=20.0):
    """Let standard input and output be a terminal that has so many seconds; yield its other end."""
    ours, theirs = pty.openpty()
    with (
        open(theirs, "rb+", buffering=0) as both,
        open(ours, "rb+", buffering=0) as other,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sys, "stdin", both)
        patch.setattr(sys, "stdout", both)
        patch.setenv("TERM", name)
        patch.setattr(terminal, "PATIENCE", patience)
        before = termios.tcgetattr(theirs)
        yield other
        assert termios.tcgetattr(theirs) == before


def waiting(file, seconds=0):
    """Whether there is something to be read."""
    return bool(select.select([file], [], [], seconds)[0])


# The question


@pytest.mark.parametrize(("answer", "light"), [(LIGHT, True), (DARK, False), (b"", False)])
def test_the_background_is_asked_and_the_answer_is_taken_off_the_input(answer, light):
    with a_terminal() as master:
        with Background() as background:
            assert waiting(master, 10)
            assert master.read(100) == QUESTION
            assert not termios.tcgetattr(sys.stdin)[3] & (termios.ECHO | termios.ICANON)
            master.write(answer + ATTRIBUTES)
            assert background.is_light() is light
        assert not waiting(sys.stdin)
        assert not waiting(master)


def test_an_answer_in_pieces_is_put_together():
    answer = LIGHT + ATTRIBUTES
    with a_terminal() as master, Background() as background:
        pieces = (answer[at : at + 1] for at in range(len(answer)))
        thread = threading.Thread(target=lambda: [master.write(piece) for piece in pieces])
        thread.start()
        assert background.is_light()
        thread.join()
        assert not waiting(sys.stdin)


def test_the_answer_is_not_waited_for_after_the_last_one_that_can_come():
    began = monotonic()
    with a_terminal() as master, Background() as background:
        master.write(ATTRIBUTES)
        assert not background.is_light()
    assert monotonic() - began < 10


def test_a_terminal_that_says_nothing_is_dark_and_costs_a_tenth_of_a_second():
    assert terminal.PATIENCE == 0.1
    began = monotonic()
    with a_terminal(patience=0.1), Background() as background:
        assert not background.is_light()
    assert 0.09 < monotonic() - began < 5


def test_a_late_answer_finds_the_terminal_as_it_was():
    with a_terminal(patience=0) as master:
        with Background() as background:
            assert not background.is_light()
        assert termios.tcgetattr(sys.stdin)[3] & termios.ICANON
        master.write(LIGHT + ATTRIBUTES)


def test_a_terminal_that_goes_away_is_not_waited_for():
    began = monotonic()
    ours, theirs = pty.openpty()
    with a_terminal(), Background() as background:
        before, background._handle = background._handle, theirs
        os.close(ours)
        assert not background.is_light()
        background._handle = before
    os.close(theirs)
    assert monotonic() - began < 10


def test_an_input_that_ends_is_not_waited_for():
    began = monotonic()
    with a_terminal(), Background() as background, open(os.devnull, "rb") as nothing:
        before, background._handle = background._handle, nothing.fileno()
        assert not background.is_light()
        background._handle = before
    assert monotonic() - began < 10


@pytest.mark.parametrize("name", ["linux", "dumb"])
def test_terminals_that_cannot_answer_are_not_asked(name):
    with a_terminal(name) as master:
        with Background() as background:
            assert not background.is_light()
        assert not waiting(master)


def test_what_is_no_terminal_is_not_asked(monkeypatch, tmp_path):
    monkeypatch.setenv("TERM", "xterm-256color")
    with open(tmp_path / "file", "w+") as file:
        monkeypatch.setattr(sys, "stdin", file)
        monkeypatch.setattr(sys, "stdout", file)
        with Background() as background:
            assert not background.is_light()
    assert (tmp_path / "file").read_bytes() == b""


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", 1),
        (b"\x1b]11;rgb:ff/ff/ff\x07", 1),
        (b"\x1b]11;rgb:f/f/f\x07", 1),
        (b"\x1b]11;rgb:0000/0000/0000\x07", 0),
        (b"typed\x1b]11;rgb:0000/ffff/0000\x07\x1b[?1c", 0.7152),
        (b"", 0),
        (b"\x1b[?62;c", 0),
        (b"\x1b]11;rgb:zz/ff/ff\x07", 0),
        (b"\x1b]10;rgb:ff/ff/ff\x07", 0),
    ],
)
def test_the_brightness_of_an_answer(answer, expected):
    assert luminance(answer) == pytest.approx(expected)


# The environment


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, True),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, True),
        ({"TERM": "xterm-direct"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm"}, False),
        ({"TERM": "linux"}, False),
        ({}, False),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_used_where_there_are_enough_and_they_are_wanted(environment, expected):
    assert has_colours(environment) is expected


@pytest.mark.parametrize(
    ("encoding", "name", "expected"),
    [
        ("utf-8", "xterm", True),
        ("UTF8", "xterm", True),
        ("utf-8", "linux", False),
        ("latin-1", "xterm", False),
        ("ascii", "xterm", False),
    ],
)
def test_glyphs_beyond_ascii_are_used_where_they_are_shown(
    monkeypatch, tmp_path, encoding, name, expected
):
    with open(tmp_path / "out", "w", encoding=encoding) as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert has_unicode({"TERM": name}) is expected


def test_an_output_without_an_encoding_gets_ascii(monkeypatch):
    class Output:
        encoding = None

    monkeypatch.setattr(sys, "stdout", Output())
    assert not has_unicode({})


# Starting the screen


class Asked:
    """A terminal that was asked already."""

    def __init__(self, *, light=False):
        self.light = light

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def is_light(self):
        return self.light


class App:
    """An application that ends at once; it keeps how it was made."""

    return_code = 5

    def __init__(self, first, *, theme, glyphs):
        self.first, self.theme, self.glyphs = first, theme, glyphs

    async def run_async(self):
        App.last = self

    def leave(self, status):
        App.return_code = status


@pytest.fixture
def started(tmp_path, monkeypatch):
    """Return a function that starts the screen with an application that ends at once."""
    from reader.tui import app

    monkeypatch.setattr(app, "Broadsheet", App)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def start(*paths, light=False):
        monkeypatch.setattr(screen, "Background", lambda: Asked(light=light))
        before = {number: signal.getsignal(number) for number in screen.ENDING}
        try:
            return screen.start(
                lambda some: Library(some, tmp_path / "state", tmp_path / "cache"), paths
            )
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    return start


def test_the_screen_starts_with_the_theme_of_the_terminal(started, tmp_path, monkeypatch):
    news = write(tmp_path / "news", {"a.md": front("title: A")})
    assert started(news) == 5
    assert App.last.theme == "broadsheet-dark"
    started(news, light=True)
    assert App.last.theme == "broadsheet-light"
    monkeypatch.setenv("NO_COLOR", "1")
    started(news, light=True)
    assert App.last.theme == "broadsheet-terminal"


def test_a_folder_that_is_not_there_is_a_screen_and_no_error(started, tmp_path):
    from reader.tui.screens.missing import MissingScreen

    assert started(tmp_path / "nothing") == 5
    assert isinstance(App.last.first(), MissingScreen)


def test_a_library_is_closed_whatever_ends_the_screen(started, tmp_path, monkeypatch):
    closed = []
    monkeypatch.setattr(Library, "close", lambda library: closed.append(library))
    monkeypatch.setattr(screen, "_application", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        started(write(tmp_path / "news", {"a.md": front("title: A")}))
    assert len(closed) == 1


def test_a_signal_before_there_is_a_screen_ends_with_its_number():
    with pytest.raises(SystemExit) as left:
        screen._end(signal.SIGTERM, None)
    assert left.value.code == 128 + 15


def test_opening_tells_what_is_not_there(tmp_path):
    from reader.cli.naming import open_library

    with pytest.raises(NoFolder):
        open_library((tmp_path / "nothing",))


# The program on a real terminal


def spawn(tmp_path, *arguments, **environment):
    places = {"XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    variables = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC"}
    variables |= places | environment
    return pexpect.spawn(
        *(sys.executable, ["-m", "reader", *map(str, arguments)]),
        dimensions=(24, 80),
        env={name: value for name, value in variables.items() if name != "NO_COLOR"},
        timeout=30,
    )


def ended(child):
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus


@pytest.mark.parametrize(("answer", "light"), [(LIGHT + ATTRIBUTES, True), (b"", False)])
def test_the_theme_is_that_of_the_terminal_and_no_answer_becomes_a_key(tmp_path, answer, light):
    news = write(tmp_path / "news", {"a.md": front("title: Rockets")})
    child = spawn(tmp_path, news)
    child.send(answer)
    child.expect_exact(QUESTION)
    child.expect_exact("Rockets")
    red, green, blue = map(int, re.search(rb"48;2;(\d+);(\d+);(\d+)m", child.before).groups())
    assert (red + green + blue > 3 * 128) is light
    child.send("q")
    assert ended(child) == 0


def test_a_missing_folder_is_told_on_the_screen_with_the_nearest_name(tmp_path):
    write(tmp_path / "news", {"a.md": front("title: Rockets")})
    child = spawn(tmp_path, tmp_path / "new")
    child.expect_exact("There is no folder")
    child.expect_exact("Did you mean")
    child.send("q")
    assert ended(child) == 0


@pytest.mark.parametrize("name", ["dumb", ""])
def test_on_a_dumb_terminal_there_is_a_prompt_and_no_escape_sequence(tmp_path, name):
    news = write(tmp_path / "news", {"a.md": front("title: Rockets")})
    child = spawn(tmp_path, news, TERM=name)
    child.expect_exact("1. Rockets")
    before = child.before
    child.expect_exact("> ")
    child.sendline("1")
    child.expect_exact("> ")
    child.sendeof()
    child.expect(pexpect.EOF)
    assert b"\x1b" not in before + child.before
    child.close()
    assert child.exitstatus == 0
