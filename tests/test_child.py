import os
import time
from threading import Event

import pytest

from reader.tui.child import LONGEST_LINE, Child
from tests.feeds import Play

PATIENCE = 20


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a script as a child to its end; return it, what it told, and the play."""

    def run(script, *words, meanwhile=lambda child, play: None):
        play, told, over = Play(tmp_path / "play", monkeypatch, script), [], Event()
        child = Child(words, told.append, over.set)
        meanwhile(child, play)
        assert over.wait(PATIENCE)
        return child, told, play

    return run


def wait_for(play, name):
    """Wait until a play has got as far as that."""
    until = time.monotonic() + PATIENCE
    while not play.has(name) and time.monotonic() < until:
        time.sleep(0.005)
    assert play.has(name)


def test_what_it_tells_arrives_object_by_object(run):
    child, told, play = run("say(a=1)\nsay(b=[2])", "refresh", "--json")
    assert (told, child.status, child.complaint) == ([{"a": 1}, {"b": [2]}], 0, "")
    assert play.words == ['["refresh", "--json"]']


def test_what_is_no_object_is_passed_over(run):
    script = "print('x'); print('[1]'); print('{'); print('[' * 9000); say(a=1)"
    assert run(script)[1] == [{"a": 1}]


def test_a_line_without_an_end_takes_no_memory(run):
    script = f"sys.stdout.write('x' * {3 * LONGEST_LINE}); print(); say(a=1)"
    assert run(script)[1] == [{"a": 1}]


def test_the_last_line_that_it_complains_is_kept(run):
    script = (
        "print('Warning: x', file=sys.stderr)\n"
        "print('broadsheet: no\\x1b such folder\\n', file=sys.stderr)\nsys.exit(2)"
    )
    child, _, _ = run(script)
    assert (child.status, child.complaint) == (2, "no such folder")


def test_of_much_that_it_complains_the_end_is_kept(run):
    child, _, _ = run("sys.stderr.write('x' * 1000000 + '\\nthe end\\n')\nsys.exit(1)")
    assert child.complaint == "the end"


def test_it_can_be_asked_to_stop(run):
    def stop(child, play):
        wait_for(play, "waits")
        child.stop()

    child, told, play = run("wait()", meanwhile=stop)
    assert (child.status, told[-1]["stopped"], play.has("stopped")) == (0, True, True)
    child.stop()  # it is over: nothing happens


def test_it_has_a_session_of_its_own_and_nothing_to_read(run):
    script = "import os; say(session=os.getsid(0), pid=os.getpid(), read=sys.stdin.read())"
    _, (told,), _ = run(script)
    assert told["session"] == told["pid"] != os.getsid(0)
    assert told["read"] == ""


def test_the_program_is_this_python_with_the_reader():
    from reader.tui.child import PROGRAM

    assert PROGRAM[1:] == ("-m", "reader")
