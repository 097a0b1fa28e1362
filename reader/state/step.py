"""A step: a change of fields that can be taken back, and how it lies in the cache."""

from array import array
from collections.abc import Callable
from typing import TypeAlias

from reader.state.base import CODES, FIELDS, Base
from reader.state.lines import Fact, Value

VALUE_BYTES = 8 + 1 + 4 + 4
"""The number of a key, the code of a field, its values before and after: a column of each."""

Packed: TypeAlias = bytes | memoryview
_Values: TypeAlias = dict[tuple[str, str], tuple[Value, Value]]


class Step:
    """A change: its stamp, its name, and each of its fields before and after.

    The values of one that was `packed` before are unpacked when it is taken back or made again.
    """

    __slots__ = ("_base", "_packed", "_values", "at", "label")

    def __init__(self, at: str, label: str, packed: Packed = b"", base: Base | None = None) -> None:
        self.at, self.label = at, label
        self._packed, self._base = packed, base
        self._values: _Values = {}

    @property
    def values(self) -> _Values:
        """The values before and after, by key and field."""
        if self._packed and self._base:
            self._values = _unpacked(self._packed, self._base)
            self._packed, self._base = b"", None
        return self._values

    @property
    def size(self) -> int:
        """How many values it changed."""
        return len(self._packed) // VALUE_BYTES or len(self._values)

    @property
    def before(self) -> list[Fact]:
        """The facts that take it back."""
        return [(key, name, was) for (key, name), (was, _) in self.values.items()]

    @property
    def after(self) -> list[Fact]:
        """The facts that make it again."""
        return [(key, name, value) for (key, name), (_, value) in self.values.items()]

    def packed(self, number: Callable[[str], int]) -> Packed:
        """Return its values as bytes; `number` gives the number of a key."""
        if self._packed or not self._values:
            return self._packed
        keys, names = zip(*self._values, strict=True)
        was, values = zip(*self._values.values(), strict=True)
        return b"".join(
            (
                array("Q", map(number, keys)).tobytes(),
                bytes(map(CODES.__getitem__, names)),
                array("I", was).tobytes(),
                array("I", values).tobytes(),
            )
        )


def _unpacked(packed: Packed, base: Base) -> _Values:
    size, view = len(packed) // VALUE_BYTES, memoryview(packed)
    numbers, codes = view[: 8 * size].cast("Q"), view[8 * size : 9 * size]
    was, values = view[9 * size : 13 * size].cast("I"), view[13 * size :].cast("I")
    pairs = zip(map(base.key, numbers), map(FIELDS.__getitem__, codes), strict=True)
    turns = zip(was, values, strict=True)
    return {pair: _typed(pair[1], *turn) for pair, turn in zip(pairs, turns, strict=True)}


def _typed(field: str, was: int, value: int) -> tuple[Value, Value]:
    return (was, value) if field == "position" else (was == 1, value == 1)
