"""What a fold knows as the columns of a base: what came since goes before what was there."""

from array import array
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain, compress
from operator import ne
from sys import byteorder

from reader.model import bits_of
from reader.state.base import ENCODING, field_number
from reader.state.fold import Fold


def key_columns(fold: Fold) -> list[bytes]:
    """Return the columns of keys: numbers, flags, positions, ends, text."""
    base, number = fold.base, fold.number
    keys = list(dict.fromkeys(chain(*fold.stamps.values())))
    statuses = [fold.statuses[key] for key in keys]
    numbers = [*base.numbers, *map(number.__getitem__, keys)]
    flags = [*base.flags, *map(bits_of, statuses)]
    positions = [*base.positions, *(status.position for status in statuses)]
    texts = [*base.keys, *(key.encode(*ENCODING) for key in keys)]
    order = _order(numbers)
    texts = [texts[place] for place in order]
    return [
        array("Q", map(numbers.__getitem__, order)).tobytes(),
        bytes(map(flags.__getitem__, order)),
        array("I", map(positions.__getitem__, order)).tobytes(),
        array("I", accumulate(map(len, texts))).tobytes(),
        b"".join(texts),
    ]


def field_columns(
    fold: Fold, own: Mapping[str, Mapping[str, object]]
) -> tuple[list[bytes], list[str]]:
    """Return the columns of fields: numbers, moments, machines; and the names of the machines.

    `own` are the keys, by field, on which this machine has new lines.
    """
    base, number = fold.base, fold.number
    fields, moments, machines = [*base.fields], [*base.moments], [*base.machines]
    ours = set(compress(fields, [machine & 1 for machine in machines]))
    names = {name: place for place, name in enumerate(base.names)}
    for field, stamps in fold.stamps.items():
        for name in dict.fromkeys(at[18:] for at in stamps.values()):
            names.setdefault(name, len(names))
        fields += [field_number(number[key], field) for key in stamps]
        moments += _moments(stamps.values())
        machines += [names[at[18:]] << 1 for at in stamps.values()]
        ours.update(field_number(number[key], field) for key in own.get(field, ()))
    order = _order(fields)
    columns = [
        array("Q", map(fields.__getitem__, order)).tobytes(),
        array("Q", map(moments.__getitem__, order)).tobytes(),
        array("I", [machines[place] | (fields[place] in ours) for place in order]).tobytes(),
    ]
    return columns, list(names)


def _moments(stamps: Iterable[str]) -> Iterable[int]:
    """Return the digits of stamps as numbers."""
    digits = "".join([stamp[:12] + stamp[13:17] for stamp in stamps])
    moments = array("Q", bytes.fromhex(digits))
    if byteorder == "little":
        moments.byteswap()
    return moments


def _order(numbers: list[int]) -> list[int]:
    """Return the places of numbers in the order of these; of equal ones the last."""
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    ordered = [numbers[place] for place in order]
    return list(compress(order, map(ne, ordered, [*ordered[1:], None])))
