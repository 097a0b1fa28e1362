import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.state.lines import Entry
from reader.state.steps import LIMIT, Steps


def at(number):
    return f"{number:012x}-0000-a"


def step(number, key="a", label="mark", *, was=False, value=True):
    return Entry(at(number), key, "read", value, was=was, step=label)


def turn(number, of, kind):
    return Entry(at(number), "a", "read", True, **{kind: at(of)})


def seen(*entries):
    steps = Steps()
    for entry in entries:
        steps.see(entry)
    return steps


def stacks(steps):
    """Return what is taken back next, and what is made again next."""
    redo = steps.to_redo
    return steps.to_undo and steps.to_undo.at, redo and redo[0].at


def test_the_last_step_is_taken_back_first():
    assert stacks(seen()) == (None, None)
    assert stacks(seen(step(1), step(2))) == (at(2), None)
    assert stacks(seen(step(1), step(2), turn(3, 2, "undo"))) == (at(1), at(2))
    both = (step(1), step(2), turn(3, 2, "undo"), turn(4, 1, "undo"))
    assert stacks(seen(*both)) == (None, at(1))
    assert stacks(seen(*both, turn(5, 1, "redo"))) == (at(1), at(2))
    assert stacks(seen(*both, step(5))) == (at(5), None)


def test_a_step_holds_each_of_its_fields_before_and_after():
    steps = seen(step(1, "a"), step(1, "b", was=True, value=False))
    assert steps.to_undo.before == [("a", "read", False), ("b", "read", True)]
    assert steps.to_undo.after == [("a", "read", True), ("b", "read", False)]
    assert steps.lines == 2


def test_a_name_cannot_speak_to_the_terminal():
    label = seen(step(1, label="\x1b]2;owned\x07" + "x" * 500)).to_undo.label
    assert label.isprintable()
    assert len(label) == 60


@pytest.mark.parametrize(
    "entry",
    [
        Entry(at(1), "a", "read", True, was=7, step="mark"),
        Entry(at(1), "a", "read", True, step="mark"),
        Entry(at(1), "a", "folder", 3, was=2, step="mark"),
        Entry(at(1), "a", "position", 3, was=-2, step="mark"),
        Entry(at(1), "a", "read", True, undo=at(9)),
        Entry(at(1), "a", "read", True, redo=at(1)),
    ],
)
def test_what_makes_no_sense_is_no_step(entry):
    steps = seen(entry)
    assert stacks(steps) == (None, None)
    assert stacks(seen(entry, step(2))) == (at(2), None)


def test_no_more_than_the_last_ones_are_kept():
    steps = seen(*(step(number) for number in range(10 * LIMIT)))
    assert len(steps.needed) == LIMIT
    assert steps.lines <= 4 * LIMIT
    assert steps.to_undo.at == at(10 * LIMIT - 1)


entries = st.lists(
    st.builds(step, st.integers(1, 9), st.sampled_from("ab"))
    | st.builds(turn, st.integers(10, 30), st.integers(1, 9), st.sampled_from(["undo", "redo"])),
    max_size=20,
    unique_by=lambda entry: (entry.at, entry.key),
)


@given(entries, st.randoms(use_true_random=False))
def test_neither_order_nor_copies_make_a_difference(some, chance):
    others = chance.sample(some, len(some)) + some[: len(some) // 2]
    assert stacks(seen(*some)) == stacks(seen(*others))


@given(entries)
def test_lines_that_are_not_needed_can_go(some):
    steps = seen(*some)
    needed = steps.needed
    assert stacks(seen(*(entry for entry in some if entry.at in needed))) == stacks(steps)
