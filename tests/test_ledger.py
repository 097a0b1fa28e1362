import pytest

from reader.ledger import Ledger, Step
from reader.model import NO_STATUS, READ, STARRED, Status
from reader.state.journal import Journal
from reader.state.marks import Marks
from reader.urls import key_number


@pytest.fixture
def ledger(tmp_path):
    return Ledger([marks(tmp_path, 0), marks(tmp_path, 1)])


def marks(tmp_path, number):
    return Marks(Journal(tmp_path / str(number), "own"))


def read(*keys, value=True):
    return [(key, "read", value) for key in keys]


def test_facts_go_to_the_folder_of_their_article(ledger, tmp_path):
    ledger.change({0: read("a"), 1: read("b")}, "read")
    assert ledger.status(0, "a") == ledger.status(1, "b") == Status(read=True)
    assert ledger.status(0, "b") == ledger.status(1, "a") == NO_STATUS
    assert marks(tmp_path, 1).status("b").read
    assert not marks(tmp_path, 1).status("a").read


def test_undo_takes_a_step_back_in_all_folders_at_once(ledger):
    ledger.change({0: read("a", "c"), 1: read("b")}, "read")
    assert ledger.undo() == Step("read", {0: frozenset({"a", "c"}), 1: frozenset({"b"})})
    assert ledger.status(0, "a") == ledger.status(1, "b") == NO_STATUS
    assert ledger.redo() == Step("read", {0: frozenset({"a", "c"}), 1: frozenset({"b"})})
    assert ledger.status(0, "a").read
    assert ledger.status(1, "b").read


def test_undo_goes_from_folder_to_folder_in_the_order_of_the_steps(ledger):
    ledger.change({0: read("a")}, "first")
    ledger.change({1: read("b")}, "second")
    ledger.change({0: read("c")}, "third")
    assert [ledger.undo().label for _ in range(3)] == ["third", "second", "first"]
    assert [ledger.redo().label for _ in range(3)] == ["first", "second", "third"]
    assert ledger.redo() is None
    assert ledger.status(0, "c").read


def test_a_step_that_changes_nothing_is_none(ledger):
    assert ledger.undo() is None
    ledger.change({}, "nothing")
    ledger.change({0: read("a", value=False), 1: []}, "nothing")
    assert ledger.undo() is None
    assert ledger.redo() is None


def test_a_folder_in_which_nothing_changed_is_left_out_of_the_step(ledger):
    ledger.change({1: read("b")}, "first")
    ledger.change({0: read("a"), 1: read("b")}, "second")
    assert ledger.undo() == Step("second", {0: frozenset({"a"})})
    assert ledger.status(1, "b").read
    assert ledger.undo() == Step("first", {1: frozenset({"b"})})


def test_a_new_step_in_one_folder_ends_the_way_forward_in_all(ledger):
    ledger.change({0: read("x")}, "x")
    ledger.change({1: read("b")}, "b")
    ledger.undo()
    ledger.change({0: read("a")}, "a")
    assert ledger.redo() is None
    assert [ledger.undo().label, ledger.undo().label] == ["a", "x"]
    assert [ledger.redo().label, ledger.redo().label] == ["x", "a"]
    assert not ledger.status(1, "b").read


def test_steps_in_several_folders_are_one_step_after_a_restart_too(tmp_path):
    def opened():
        return Ledger([marks(tmp_path, 0), marks(tmp_path, 1)])

    opened().change({0: read("x")}, "first")
    opened().change({0: read("a"), 1: read("b")}, "both")
    opened().change({1: read("y")}, "last")
    assert [opened().undo().label for _ in range(3)] == ["last", "both", "first"]
    assert opened().undo() is None
    assert [opened().redo().label for _ in range(2)] == ["first", "both"]
    assert opened().status(0, "a") == opened().status(1, "b") == Status(read=True)
    opened().change({0: read("z")}, "new")
    assert opened().redo() is None
    assert [opened().undo().label for _ in range(3)] == ["new", "both", "first"]


def test_a_step_of_which_one_folder_was_undone_alone_is_undone_in_the_other(tmp_path):
    ledger = Ledger([marks(tmp_path, 0), marks(tmp_path, 1)])
    ledger.change({0: read("a"), 1: read("b")}, "both")
    Ledger([marks(tmp_path, 0)]).undo()
    again = Ledger([marks(tmp_path, 0), marks(tmp_path, 1)])
    assert again.undo() == Step("both", {1: frozenset({"b"})})
    assert again.undo() is None
    assert again.status(0, "a") == again.status(1, "b") == NO_STATUS


def test_a_position_is_no_step(ledger):
    ledger.remember_position(1, "b", 12)
    assert ledger.status(1, "b").position == 12
    assert ledger.undo() is None


def test_the_trouble_of_any_folder_is_told(ledger, tmp_path):
    assert ledger.trouble is None
    (tmp_path / "1").write_text("a file where the folder should be")
    ledger.change({0: read("a"), 1: read("b")}, "read")
    assert "1/own.jsonl" in ledger.trouble
    assert ledger.status(1, "b").read


def test_the_bits_of_each_folder_are_told_and_its_cache_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("reader.state.marks.ENOUGH", 1)

    def opened():
        return Ledger([cached(tmp_path, 0), cached(tmp_path, 1)])

    ledger = opened()
    ledger.change({0: read("a"), 1: [("b", "starred", True)]}, "both")
    assert ledger.save_cache()
    for one in (ledger, opened()):
        assert one.flags() == [{key_number("a"): READ}, {key_number("b"): STARRED}]
    assert opened().undo() == Step("both", {0: frozenset("a"), 1: frozenset("b")})
    (tmp_path / "cache1" / "marks").unlink()
    (tmp_path / "cache1").rmdir()
    (tmp_path / "cache1").write_text("a file where the folder should be")
    assert not opened().save_cache()


def cached(tmp_path, number):
    return Marks(Journal(tmp_path / str(number), "own"), tmp_path / f"cache{number}")


def test_closing_closes_every_folder(ledger, tmp_path, monkeypatch):
    ledger.change({0: read("a"), 1: read("b")}, "read")
    synced = []
    monkeypatch.setattr("os.fsync", synced.append)
    assert ledger.close() == 0
    assert len(synced) == 4
