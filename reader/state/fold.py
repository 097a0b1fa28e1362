"""Facts folded into a status for each article, in whatever order they are read."""

from collections.abc import Iterable
from dataclasses import replace

from reader.model import NO_STATUS, Status
from reader.state.lines import FLAGS, Entry, Value, is_known
from reader.state.steps import Steps

_ALONE = (None, None, None, None)


class Fold:
    """What all facts together say: statuses by key, and the steps of this machine."""

    def __init__(self) -> None:
        self._stamps: dict[tuple[str, str], str] = {}
        self.statuses: dict[str, Status] = {}
        self.steps = Steps()

    def take(self, entries: Iterable[Entry]) -> set[str]:
        """Take facts in; returns the keys whose status is another one now."""
        changed: set[str] = set()
        for entry in entries:
            at, key, field, value = entry[:4]
            if not is_known(field, value):
                continue
            if at >= self._stamps.get((key, field), ""):
                self._stamps[key, field] = at
                before = self.statuses.get(key, NO_STATUS)
                self.statuses[key] = after = _with(before, field, value)
                if before != after:
                    changed.add(key)
            if entry[4:] != _ALONE:
                self.steps.see(entry)
        return changed

    def differs(self, other: "Fold") -> set[str]:
        """Return the keys that have another status there."""
        ours, theirs = self.statuses, other.statuses
        return {
            key
            for key in ours.keys() | theirs.keys()
            if ours.get(key, NO_STATUS) != theirs.get(key, NO_STATUS)
        }


def _with(status: Status, field: str, value: Value) -> Status:
    """Return a status with a field changed; the usual first mark costs no more than a look."""
    if field == "position":
        return replace(status, position=int(value))
    if status is NO_STATUS:
        return _FIRST[field, bool(value)]
    changed: dict[str, bool] = {field: bool(value)}
    return replace(status, **changed)


_FIRST = {(field, value): Status(**{field: value}) for field in FLAGS for value in (False, True)}
