import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import NO_STATUS, Status
from reader.state.journal import Journal
from reader.state.lines import FLAGS, MAX_POSITION, Entry
from reader.state.marks import Marks, Undone

NOON = 1_603_195_200.0
HOUR = 3600.0


def opened(folder, machine="own", now=lambda: NOON):
    return Marks(Journal(folder, machine, now))


def mark(marks, key, field="read", value=True):
    return marks.change([(key, field, value)], "mark")


def test_an_article_without_marks_is_unread(tmp_path):
    assert opened(tmp_path).status("a") == NO_STATUS
    assert opened(tmp_path).status("a").unread


@pytest.mark.parametrize("field", sorted(FLAGS))
def test_a_mark_is_there_when_the_folder_is_opened_again(tmp_path, field):
    marks = opened(tmp_path)
    assert mark(marks, "a", field)
    assert marks.status("a") == opened(tmp_path).status("a") == Status(**{field: True})
    mark(marks, "a", field, value=False)
    assert marks.status("a") == opened(tmp_path).status("a") == NO_STATUS


def test_the_position_is_remembered_and_is_no_step_to_undo(tmp_path):
    marks = opened(tmp_path)
    marks.remember_position("a", 40)
    assert marks.undo() is None
    assert marks.status("a").position == opened(tmp_path).status("a").position == 40


def test_what_is_so_already_is_no_step(tmp_path):
    marks = opened(tmp_path)
    mark(marks, "a")
    assert not marks.change([("a", "read", True), ("b", "starred", False)], "again")
    assert marks.undo() == Undone("mark", frozenset({"a"}))
    assert marks.undo() is None


def test_only_what_changes_is_taken_back(tmp_path):
    marks = opened(tmp_path)
    mark(marks, "a")
    marks.change([("a", "read", True), ("b", "read", True), ("b", "read", True)], "all")
    assert marks.undo() == Undone("all", frozenset({"b"}))
    assert marks.status("a").read
    assert not marks.status("b").read


def test_every_step_is_undone_and_done_again_in_turn(tmp_path):
    marks, steps = opened(tmp_path), []
    for field in sorted(FLAGS):
        marks.change([("a", field, True), ("b", field, True)], field)
        steps.append((field, marks.status("a")))
    for label, status in reversed(steps):
        assert marks.status("a") == marks.status("b") == status
        assert marks.undo().label == label
    assert marks.status("a") == opened(tmp_path).status("a") == NO_STATUS
    for label, status in steps:
        assert marks.redo() == Undone(label, frozenset({"a", "b"}))
        assert marks.status("a") == opened(tmp_path).status("b") == status
    assert marks.redo() is None


def test_a_new_step_ends_the_way_forward(tmp_path):
    marks = opened(tmp_path)
    mark(marks, "a")
    marks.undo()
    mark(marks, "b")
    assert marks.redo() is None


def test_a_new_session_takes_back_what_an_earlier_one_did_and_makes_it_again(tmp_path):
    for name in "abc":
        opened(tmp_path).change([(name, "read", True), ("x", "starred", name != "b")], name)
    assert opened(tmp_path).undo() == Undone("c", frozenset({"c", "x"}))
    assert opened(tmp_path).status("x") == NO_STATUS
    assert opened(tmp_path).undo().label == "b"
    assert opened(tmp_path).redo().label == "b"
    assert opened(tmp_path).redo().label == "c"
    assert opened(tmp_path).redo() is None
    assert opened(tmp_path).status("c").read


def test_a_step_of_another_machine_is_not_ours_to_undo(tmp_path):
    mark(opened(tmp_path, "other"), "a")
    assert opened(tmp_path).undo() is None
    assert opened(tmp_path).redo() is None
    assert opened(tmp_path).status("a").read


def test_undo_appends_and_never_takes_a_line_away(tmp_path):
    marks, path = opened(tmp_path), tmp_path / "own.jsonl"
    mark(marks, "a")
    before = path.read_bytes()
    marks.undo()
    assert path.read_bytes().startswith(before)
    assert [json.loads(line)["value"] for line in path.read_text().splitlines()] == [True, False]


@pytest.mark.parametrize("ahead", [0, 3 * HOUR, -3 * HOUR])
def test_the_last_writer_wins_though_the_clocks_are_hours_apart(tmp_path, ahead):
    for turn in range(4):
        mark(opened(tmp_path, "one", lambda: NOON + ahead), "a", value=turn % 2 == 0)
        value = turn % 2 == 1
        mark(opened(tmp_path, "two", lambda: NOON), "a", value=value)
        assert opened(tmp_path, "three").status("a").read is value


@pytest.mark.parametrize("ahead", [0, 3 * HOUR, -3 * HOUR])
def test_machines_that_did_not_know_of_each_other_agree_in_the_end(tmp_path, ahead):
    one = opened(tmp_path / "one", "one", lambda: NOON + ahead)
    two = opened(tmp_path / "two", "two", lambda: NOON + 60)
    mark(one, "a", "starred")
    mark(two, "a", "read")
    mark(one, "b", "dismissed")
    mark(two, "b", "dismissed")
    mark(two, "b", "dismissed", value=False)
    for name, source in (("one", "two"), ("two", "one")):
        data = (tmp_path / source / f"{source}.jsonl").read_bytes()
        (tmp_path / name / f"{source}.jsonl").write_bytes(data)
    merged = [opened(tmp_path / name, "three") for name in ("one", "two")]
    assert merged[0].status("a") == merged[1].status("a") == Status(starred=True, read=True)
    assert merged[0].status("b") == merged[1].status("b") == Status(dismissed=ahead == 3 * HOUR)


def test_each_field_has_a_last_writer_of_its_own(tmp_path):
    one, two = opened(tmp_path, "one"), opened(tmp_path, "two", lambda: NOON + 1)
    mark(two, "a", "starred")
    mark(one, "a", "read")
    one.remember_position("a", 7)
    assert opened(tmp_path).status("a") == Status(read=True, starred=True, position=7)


class Fixed:
    """A journal that holds these facts in this order."""

    trouble = None

    def __init__(self, entries):
        self.entries = entries

    def read(self):
        return iter(self.entries)


entries = st.lists(
    st.builds(
        Entry,
        at=st.from_regex(r"0000000000[0-9]{2}-000[0-3]-[ab]", fullmatch=True),
        key=st.sampled_from("xyz"),
        field=st.sampled_from(sorted(FLAGS)),
        value=st.booleans(),
    ),
    unique_by=lambda entry: (entry.at, entry.key, entry.field),
)


@given(entries, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_read_does_not_matter(facts, chance):
    shuffled = chance.sample(facts, len(facts))
    one, two = Marks(Fixed(facts)), Marks(Fixed(shuffled))
    assert [one.status(key) for key in "xyz"] == [two.status(key) for key in "xyz"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("position", wrong) for wrong in (-1, True, False, MAX_POSITION + 1, -(10**4000), 1.5)),
        *(("read", wrong) for wrong in (0, 1, -1, 10**4000, None, "true")),
        *((name, True) for name in ("unread", "__class__", "", "Read", "positions", "key")),
    ],
)
def test_a_fact_that_makes_no_sense_is_passed_by(tmp_path, field, value):
    good = {"at": "019a1b2c3d4e-0000-a", "key": "a", "field": "starred", "value": True}
    bad = good | {"at": "019a1b2c3d4f-0000-a", "field": field, "value": value}
    (tmp_path / "other.jsonl").write_text(f"{json.dumps(good)}\n{json.dumps(bad)}\n")
    marks = opened(tmp_path)
    assert marks.status("a") == Status(starred=True)
    assert mark(marks, "a")
    assert opened(tmp_path).status("a") == Status(starred=True, read=True)


def test_marks_that_the_disk_refuses_hold_and_are_written_with_the_next(tmp_path, monkeypatch):
    marks = opened(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("os.write", refuse)
        mark(marks, "a")
        mark(marks, "b", "starred")
        marks.undo()
        assert marks.status("a").read
        assert not marks.status("b").starred
        assert "no space left on device" in marks.trouble
    assert opened(tmp_path).status("a") == NO_STATUS
    mark(marks, "c")
    assert marks.trouble is None
    again = opened(tmp_path)
    assert (again.status("a"), again.status("b")) == (Status(read=True), NO_STATUS)


def refuse(*_):
    raise OSError(28, "No space left on device")


def test_closing_hands_all_to_the_disk(tmp_path, monkeypatch):
    synced = []
    marks = opened(tmp_path)
    mark(marks, "a")
    monkeypatch.setattr("os.fsync", synced.append)
    marks.close()
    assert len(synced) == 2  # the file, and the name it has in the folder


def test_any_walk_of_changes_undos_and_redos_reads_back_the_same(tmp_path):
    chance = random.Random(2)
    marks, history, ahead = opened(tmp_path), [], []
    model = dict.fromkeys("abc", NO_STATUS)
    for _ in range(400):
        act = chance.choice(("change", "change", "undo", "redo"))
        if act == "change":
            key, field = chance.choice("abc"), chance.choice(sorted(FLAGS))
            value = chance.random() < 0.5
            before = dict(model)
            if mark(marks, key, field, value):
                history.append(before)
                ahead.clear()
        elif act == "undo" and marks.undo():
            ahead.append(dict(model))
            expected = history.pop()
            assert {key: marks.status(key) for key in "abc"} == expected
        elif act == "redo" and marks.redo():
            history.append(dict(model))
            expected = ahead.pop()
            assert {key: marks.status(key) for key in "abc"} == expected
        model = {key: marks.status(key) for key in "abc"}
    again = opened(tmp_path)
    assert model == {key: again.status(key) for key in "abc"}
