"""Facts that were folded before, as arrays: they load at once, and are found by bisection."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import TypeAlias

from reader.model import DISMISSED, NO_STATUS, PASSED, READ, STARRED, Status
from reader.urls import key_number

FIELDS = ("read", "passed", "starred", "dismissed", "position")  # in the order of their bits
CODES = {field: code for code, field in enumerate(FIELDS)}
_ROOM = 7  # the bits of a key's number that give way to the code of a field

ENCODING = ("utf-8", "surrogatepass")
"""How keys lie in the cache; files may have names that are no text."""

Numbers: TypeAlias = "memoryview[int]"
_NONE: Numbers = memoryview(b"")


class KeyNumbers(dict[str, int]):
    """The number of each key, made out once."""

    def __missing__(self, key: str) -> int:
        """Make it out."""
        self[key] = number = key_number(key)
        return number


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """What is known of keys and their fields, each sorted by number; nothing of it changes.

    `ends` say where in `text` the keys end. The stamp of a field is the number of its 16 digits,
    and the place of its machine among `names`, doubled; one more where this machine has a line on
    the field. `newest` is the latest of the stamps.
    """

    names: Sequence[str] = ()
    newest: str = ""
    numbers: Numbers = _NONE
    flags: Numbers = _NONE
    positions: Numbers = _NONE
    ends: Numbers = _NONE
    text: Numbers = _NONE
    fields: Numbers = _NONE
    moments: Numbers = _NONE
    machines: Numbers = _NONE

    def status(self, number: int) -> Status:
        """Return the status of the key that has a number."""
        if (place := _place(self.numbers, number)) is None:
            return NO_STATUS
        return status_of(self.flags[place], self.positions[place])

    def stamp(self, number: int, field: str) -> str:
        """Return the stamp that holds for a field of a key; empty where there is none."""
        if (place := _place(self.fields, field_number(number, field))) is None:
            return ""
        digits = f"{self.moments[place]:016x}"
        return f"{digits[:12]}-{digits[12:]}-{self.names[self.machines[place] >> 1]}"

    def is_own(self, number: int, field: str) -> bool:
        """Whether this machine has a line on a field of a key."""
        place = _place(self.fields, field_number(number, field))
        return place is not None and self.machines[place] & 1 == 1

    @property
    def own(self) -> int:
        """On how many fields this machine has a line."""
        return sum(machine & 1 for machine in self.machines)

    @property
    def marked(self) -> dict[int, int]:
        """The bits of each key that has any, by its number."""
        return dict(zip(compress(self.numbers, self.flags), filter(None, self.flags), strict=True))

    @property
    def read_at(self) -> dict[int, int]:
        """When each key that is read was marked so, in milliseconds since 1970, by its number."""
        found = dict[int, int]()
        for number in compress(self.numbers, [flags & READ for flags in self.flags]):
            place = _place(self.fields, field_number(number, "read"))
            if place is not None:
                found[number] = self.moments[place] >> 16
        return found

    @property
    def statuses(self) -> dict[str, Status]:
        """The statuses of all keys."""
        columns = zip(self.keys, self.flags, self.positions, strict=True)
        return {str(key, *ENCODING): status_of(*values) for key, *values in columns}

    @property
    def keys(self) -> Iterator[bytes]:
        """All keys as they are encoded, in the order of their numbers."""
        text = bytes(self.text)
        return (text[start:end] for start, end in pairwise((0, *self.ends)))

    def key(self, number: int) -> str:
        """Return the key of a number that is known."""
        place = bisect_left(self.numbers, number)
        start = self.ends[place - 1] if place else 0
        return str(self.text[start : self.ends[place]], *ENCODING)


def field_number(number: int, field: str) -> int:
    """Return the number of a field of a key that has this number."""
    return number & ~_ROOM | CODES[field]


def status_of(flags: int, position: int) -> Status:
    """Return the status of bits and a position."""
    return _with(flags, position) if position else _STATUSES[flags]


def _with(flags: int, position: int) -> Status:
    read, passed, starred, dismissed = (
        bool(flags & bit) for bit in (READ, PASSED, STARRED, DISMISSED)
    )
    return Status(read, passed, starred, dismissed, position)


_STATUSES = (NO_STATUS, *(_with(flags, 0) for flags in range(1, 16)))


def _place(numbers: Numbers, number: int) -> int | None:
    place = bisect_left(numbers, number)
    return place if place < len(numbers) and numbers[place] == number else None
