from hypothesis import given
from hypothesis import strategies as st

from reader.masks import both, by_bits, by_table, by_test, chosen, either, neither

pairs = st.lists(st.tuples(st.booleans(), st.booleans()))


@given(pairs)
def test_masks_join_as_truth_does(pairs):
    one, two = (bytes(side) for side in zip(*pairs, strict=True)) if pairs else (b"", b"")
    assert both(one, two) == bytes(a and b for a, b in pairs)
    assert either(one, two) == bytes(a or b for a, b in pairs)
    assert neither(one) == bytes(not a for a, _ in pairs)


@given(st.binary(), st.integers(0, 255), st.integers(0, 255))
def test_bits_are_asked_of_each_byte(column, wanted, value):
    assert by_bits(column, wanted, value) == bytes(one & wanted == value for one in column)
    assert by_test(bytearray(column), lambda one: one > 7) == bytes(one > 7 for one in column)


def test_a_table_says_its_last_word_on_what_has_no_number():
    assert by_table([0, 1, -1, 1], [True, False, True]) == b"\1\0\1\0"


def test_rows_are_chosen_in_the_order_given():
    assert chosen([3, 0, 2, 1], b"\1\0\1\1") == [3, 0, 2]
