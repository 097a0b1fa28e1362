"""Masks: one byte a row, 1 where something holds. Made and joined at the speed of C."""

from collections.abc import Callable, Iterable, Sequence
from itertools import compress

Mask = bytes


def by_bits(column: bytes | bytearray, wanted: int, value: int) -> Mask:
    """Return where the `wanted` bits of a column of bytes have this value."""
    return by_test(column, lambda bits: bits & wanted == value)


def by_test(column: bytes | bytearray, holds: Callable[[int], bool]) -> Mask:
    """Return where a test holds of a byte; it is asked once for each that there may be."""
    return bytes(column.translate(bytes(map(holds, range(256)))))


def by_table(column: Iterable[int], table: Sequence[int]) -> Mask:
    """Return what a table of 0 and 1 says of each value; -1 is its last entry."""
    return bytes(map(table.__getitem__, column))


def both(one: Mask, two: Mask) -> Mask:
    """Return where both masks hold."""
    return (_number(one) & _number(two)).to_bytes(len(one), "little")


def either(one: Mask, two: Mask) -> Mask:
    """Return where one of two masks holds."""
    return (_number(one) | _number(two)).to_bytes(len(one), "little")


def neither(mask: Mask) -> Mask:
    """Return where a mask does not hold."""
    return mask.translate(_FLIPPED)


def chosen(order: Sequence[int], mask: Mask) -> list[int]:
    """Return the rows where a mask holds, in the order given."""
    return list(compress(order, map(mask.__getitem__, order)))


_FLIPPED = bytes([1, *bytes(255)])


def _number(mask: Mask) -> int:
    return int.from_bytes(mask, "little")
