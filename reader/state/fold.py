"""Facts folded into a status for each article, in whatever order they are read."""

from collections.abc import Iterable, Mapping

from reader.model import NO_STATUS, Status, bits_of
from reader.state.base import CODES, FIELDS, Base, KeyNumbers, status_of
from reader.state.clock import milliseconds_of
from reader.state.lines import Entry, Value, is_known
from reader.state.steps import Steps
from reader.urls import key_number


class Fold:
    """What all facts together say: statuses by key, and the steps of this machine.

    What was folded before is in `base`; `statuses` by key, and `stamps` by field and key, have
    what came since, and go before it. `news` counts the facts that came since; `number` has the
    numbers of the keys they are about.
    """

    def __init__(self, base: Base | None = None, steps: Steps | None = None) -> None:
        self.base = base or Base()
        self.stamps: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
        self.statuses: dict[str, Status] = {}
        self.steps = steps or Steps()
        self.number = KeyNumbers()
        self.news = 0

    def status(self, key: str) -> Status:
        """Return what the facts say of a key."""
        status = self.statuses.get(key)
        if status is None and self.base.numbers:
            status = self.base.status(key_number(key))
        return status or NO_STATUS

    def value(self, key: str, field: str) -> Value:
        """Return the value of a field that is about to change; its status is at hand then."""
        value: Value = getattr(self._known(key), field)
        return value

    def flags(self) -> dict[int, int]:
        """Return the bits of the statuses that have any, by the number of their key."""
        marked = self.base.marked
        for key, status in self.statuses.items():
            if flags := bits_of(status):
                marked[self.number[key]] = flags
            else:
                marked.pop(self.number[key], None)
        return marked

    def read_at(self) -> dict[int, int]:
        """Return when articles that are read were marked so, in milliseconds, by key number."""
        found = self.base.read_at
        for key, status in self.statuses.items():
            number, stamp = self.number[key], self.stamps["read"].get(key)
            if not status.read:
                found.pop(number, None)
            elif stamp:
                found[number] = milliseconds_of(stamp)
        return found

    def take(self, entries: Iterable[Entry]) -> set[str]:
        """Take facts in; returns the keys whose status is another one now."""
        changed: set[str] = set()
        news = 0
        statuses, base = self.statuses, self.base
        for entry in entries:
            at, key, field, value, _, step, undo, redo = entry
            if not is_known(field, value):
                continue
            news += 1
            stamps = self.stamps[field]
            last = stamps.get(key)
            if last is None:
                last = "" if at > base.newest else base.stamp(self.number[key], field)
            if at >= last:
                stamps[key] = at
                before = statuses.get(key) or self._known(key)
                statuses[key] = after = _with(before, field, value)
                if before is not after and before != after:
                    changed.add(key)
            if step is not None or undo or redo:
                self.steps.see(entry)
        self.news += news
        return changed

    def own_but(self, own: Mapping[str, Iterable[str]]) -> int:
        """Return on how many fields the base knows a line of this machine, but for some keys."""
        if not self.base.fields:
            return 0
        known = (
            self.base.is_own(self.number[key], field) for field, keys in own.items() for key in keys
        )
        return self.base.own - sum(known)

    def differs(self, other: "Fold") -> set[str]:
        """Return the keys that have another status there."""
        ours, theirs = self._all, other._all
        return {
            key
            for key in ours.keys() | theirs.keys()
            if ours.get(key, NO_STATUS) != theirs.get(key, NO_STATUS)
        }

    def _known(self, key: str) -> Status:
        status = self.statuses.get(key)
        if status is None:
            status = self.base.status(self.number[key]) if self.base.numbers else NO_STATUS
            self.statuses[key] = status
        return status

    @property
    def _all(self) -> dict[str, Status]:
        return self.base.statuses | self.statuses


def _with(status: Status, field: str, value: Value) -> Status:
    """Return a status with a field changed."""
    if field == "position":
        return status_of(bits_of(status), int(value))
    bit = 1 << CODES[field]
    return status_of(bits_of(status) & ~bit | bit * value, status.position)
