import contextlib
import fcntl
import glob
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time

import pytest

from tests.samples import write
from tests.screens import PAPER, file

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
SOME = ENDING if os.environ.get("CI") else (signal.SIGTERM, signal.SIGINT)
"""Those that are tried at any other moment: what handles them is the same for all."""

PATIENCE = 30
READY, ALTERNATE = b"On lead", b"\x1b[?1049h"
TAKEN = {"alternate screen": 1049, "mouse": 1000, "all of the mouse": 1003, "paste": 2004}


class Child:
    """The program on a terminal of its own, whose other end is here."""

    def __init__(self, *arguments, state):
        self.output, self._gone = b"", False
        self.master, self.slave = os.openpty()
        self.resize(80, 24)
        self.before = termios.tcgetattr(self.slave)
        self.place = state.parent
        places = {"XDG_STATE_HOME": str(state), "XDG_CACHE_HOME": str(self.place / "cache")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reader", *map(str, arguments)],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
            env=os.environ | {"TERM": "xterm-256color"} | places,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def resize(self, columns, lines):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def until(self, condition):
        limit = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < limit, self.output[-2000:]
            time.sleep(0.005)

    def shows(self, text):
        """Wait until something was written since the last time that this was asked."""
        at = getattr(self, "_seen", 0)
        self.until(lambda: text in self.output[at:])
        self._seen = len(self.output)

    def press(self, keys):
        os.write(self.master, keys)

    def is_stopped(self):
        """Whether it has been stopped since this was asked last."""
        pid, status = os.waitpid(self.process.pid, os.WUNTRACED | os.WNOHANG)
        return bool(pid) and os.WIFSTOPPED(status)

    def ended(self):
        """Return the exit status; the terminal must be as it was, and nobody left behind."""
        status = self.process.wait(PATIENCE)
        self.until(lambda: not self.left_behind())
        assert termios.tcgetattr(self.slave) == self.before
        for name, mode in TAKEN.items():
            assert self._mode(mode) in (b"l", None), name
        assert self._mode(25) in (b"h", None), "cursor"
        assert self.output.count(b"\x1b[>1u") <= self.output.count(b"\x1b[<u")
        return status

    def left_behind(self):
        """Return the processes that it started and that are still there."""
        found = []
        for path in glob.glob("/proc/[0-9]*/cmdline"):
            with contextlib.suppress(OSError), open(path, "rb") as file:
                if os.fsencode(f"{self.place}/") in (command := file.read()):
                    found.append(command)
        return found

    def _mode(self, number):
        self._drain()
        changes = re.findall(rb"\x1b\[\?%d([hl])" % number, self.output)
        return changes[-1] if changes else None

    def _drain(self):
        """Wait until everything written so far is read."""
        size = -1
        while size != len(self.output):
            size = len(self.output)
            time.sleep(0.02)

    def _read(self):
        with contextlib.suppress(OSError):
            while not self._gone:
                if select.select([self.master], [], [], 0.02)[0]:
                    self.output += os.read(self.master, 65536)

    def hang_up(self):
        """Close the terminal; nobody may be reading it then, or it stays open."""
        if not self._gone:
            self._gone = True
            self._reader.join()
            os.close(self.slave)
            os.close(self.master)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()


@pytest.fixture
def start(tmp_path):
    """Return a function that starts the program on a folder."""
    children = []

    def begin(files=PAPER):
        folder = write(tmp_path / f"news-{len(children)}", files)
        children.append(Child(folder, state=tmp_path / "state"))
        return children[-1]

    yield begin
    for child in children:
        child.close()


@pytest.mark.parametrize("number", ENDING, ids=lambda number: number.name)
def test_a_signal_ends_the_program_and_leaves_the_terminal_as_it_was(start, number):
    child = start()
    child.shows(READY)
    child.process.send_signal(number)
    assert child.ended() == 128 + number


@pytest.mark.parametrize("number", SOME, ids=lambda number: number.name)
def test_a_signal_ends_it_while_a_folder_is_being_read_and_with_a_sheet_open(start, number):
    files = {f"n-{at:04}.md": file(f"n-{at}", at % 100) for at in range(2000)}
    child = start(files)
    child.shows(ALTERNATE)
    child.press(b"?")
    child.process.send_signal(number)
    assert child.ended() == 128 + number


@pytest.mark.parametrize("number", SOME, ids=lambda number: number.name)
def test_a_signal_ends_it_before_there_is_a_screen(start, number):
    child = start()
    child.shows(b"\x1b]11;?")
    child.process.send_signal(number)
    assert child.ended() == 128 + number


def test_a_signal_ends_it_with_a_sheet_open_and_keeps_what_was_marked(start, tmp_path):
    child = start()
    child.shows(READY)
    child.press(b"s:")
    child.shows(b"esc")
    child.press(b"theme")
    child.process.send_signal(signal.SIGTERM)
    assert child.ended() == 128 + signal.SIGTERM
    journals = list((tmp_path / "state").rglob("*.jsonl"))
    assert any('"starred"' in path.read_text() for path in journals)


def test_q_ends_it_with_success(start):
    child = start()
    child.shows(READY)
    child.press(b"q")
    assert child.ended() == 0


@pytest.mark.parametrize(
    ("keys", "shown"),
    [(b"\x1a", READY), (b":\x1a", b"this help"), (b"?\x1a", b"Everywhere")],
    ids=["list", "palette", "help"],
)
def test_ctrl_z_suspends_and_it_comes_back_as_it_was(start, keys, shown):
    child = start()
    child.shows(READY)
    child.press(keys[:-1])
    child.until(lambda: shown in child.output)
    child.press(keys[-1:])
    child.until(child.is_stopped)
    assert termios.tcgetattr(child.slave) == child.before
    assert child._mode(1049) == b"l"
    child.output = b""
    child._seen = 0
    child.process.send_signal(signal.SIGCONT)
    child.shows(ALTERNATE)
    child.until(lambda: shown in child.output)
    child.process.send_signal(signal.SIGTERM)
    assert child.ended() == 128 + signal.SIGTERM


def test_being_stopped_and_continued_from_outside_leaves_the_terminal_to_be_restored(start):
    child = start()
    child.shows(READY)
    child.process.send_signal(signal.SIGSTOP)
    child.until(child.is_stopped)
    child.process.send_signal(signal.SIGCONT)
    child.shows(READY)
    child.press(b"?")
    child.shows(b"Everywhere")
    child.process.send_signal(signal.SIGTERM)
    assert child.ended() == 128 + signal.SIGTERM


def test_a_hundred_new_sizes_in_a_burst_are_no_harm(start):
    child = start()
    child.shows(READY)
    for number in range(100):
        child.resize(20 + number * 37 % 180, 5 + number * 7 % 60)
        child.process.send_signal(signal.SIGWINCH)
    child.resize(80, 24)
    child.process.send_signal(signal.SIGWINCH)
    child.press(b"?")
    child.shows(b"Everywhere")
    child.press(b"qq")
    assert child.ended() == 0


def test_a_terminal_that_closes_ends_it(start):
    child = start()
    child.shows(READY)
    child.hang_up()
    assert child.process.wait(PATIENCE) != 0
    child.until(lambda: not child.left_behind())


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="/proc is needed")
def test_what_it_started_ends_with_it_also_where_it_is_killed(start):
    child = start()
    child.shows(READY)
    child.until(lambda: len(child.left_behind()) > 1)
    child.process.kill()
    assert child.process.wait(PATIENCE) == -signal.SIGKILL
    child.until(lambda: not child.left_behind())
