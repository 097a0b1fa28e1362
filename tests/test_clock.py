import random

from hypothesis import given
from hypothesis import strategies as st

from reader.state.clock import Clock, is_stamp

NOON = 1_603_195_200.0  # 2020-10-20T12:00:00Z
LAST = "efffffffffff-ffff-z"


def test_a_stamp_is_milliseconds_a_counter_and_the_machine():
    clock = Clock("7f3a9c2e", lambda: NOON)
    assert clock.next() == f"{int(NOON * 1000):012x}-0000-7f3a9c2e"
    assert clock.next() == f"{int(NOON * 1000):012x}-0001-7f3a9c2e"


def test_the_counter_begins_again_with_every_millisecond():
    times = iter([NOON, NOON, NOON + 0.001])
    clock = Clock("a", lambda: next(times))
    assert [clock.next()[13:17] for _ in range(3)] == ["0000", "0001", "0000"]


def test_stamps_go_forward_while_the_clock_of_the_machine_goes_back():
    chance = random.Random(3)
    clock = Clock("a", lambda: NOON - chance.random() * 10_000)
    stamps = [clock.next() for _ in range(500)]
    assert stamps == sorted(set(stamps))
    assert all(map(is_stamp, stamps))


def test_what_was_seen_is_before_all_that_comes_after_it():
    ahead = Clock("b", lambda: NOON + 3 * 3600)
    behind = Clock("a", lambda: NOON)
    seen = ahead.next()
    assert behind.next() < seen
    behind.see(seen)
    assert seen < behind.next() < ahead.next()


def test_an_older_stamp_changes_nothing():
    clock = Clock("a", lambda: NOON)
    first = clock.next()
    clock.see("000000000000-0000-b")
    clock.see("not a stamp")
    assert first < clock.next()


def test_a_full_counter_goes_on_in_the_next_millisecond():
    clock = Clock("a", lambda: NOON)
    clock.see(f"{int(NOON * 1000):012x}-ffff-b")
    assert clock.next() == f"{int(NOON * 1000) + 1:012x}-0000-a"


def test_a_clock_before_1970_gives_stamps_all_the_same():
    clock = Clock("a", lambda: -86_400.0)
    stamps = [clock.next(), clock.next()]
    assert stamps == sorted(set(stamps))
    assert all(map(is_stamp, stamps))


def test_at_the_end_of_time_stamps_can_still_be_read_back():
    clock = Clock("a", lambda: NOON)
    clock.see(LAST)
    assert clock.next() == clock.next() == "efffffffffff-ffff-a"
    assert is_stamp(clock.next())
    assert is_stamp(Clock("a", lambda: 1e15).next())


def test_nothing_but_a_stamp_is_one():
    assert is_stamp("019a1b2c3d4e-0000-7f3a9c2e")
    wrong = [
        *("", "019a1b2c3d4e-0000-", "019A1B2C3D4E-0000-a", "019a1b2c3d4e-0000-a\n"),
        *("f19a1b2c3d4e-0000-a", "١٩٠000000000-0000-a", f"019a1b2c3d4e-0000-{'a' * 33}"),
        *("019a1b2c3d4e-0000-../a", None, 1, float("nan"), True, [], {}),
    ]
    assert not any(map(is_stamp, wrong))


@given(st.lists(st.tuples(st.floats(0, 4e9), st.integers(0, 2)), max_size=30))
def test_messages_between_any_clocks_keep_cause_before_effect(happenings):
    moment = 0.0
    clocks = [Clock(name, lambda: moment) for name in "abc"]
    last = ""
    for moment, number in happenings:  # noqa: B007 - the clocks look at it
        if last:
            clocks[number].see(last)
        stamp = clocks[number].next()
        assert stamp > last
        last = stamp
