"""The marks of one folder: facts folded into a status for each article, and the way back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reader.model import NO_STATUS, Status
from reader.state.journal import Entry, Fact, Journal, Value

FLAGS = frozenset(("read", "passed", "starred", "dismissed"))
MAX_POSITION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Undone:
    """A step that was taken back or made again: its name, and the keys it was about."""

    label: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Step:
    label: str
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]


class Marks:
    """What the user did, by the key of the article; the last writer of a key and field holds."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._stamps: dict[tuple[str, str], str] = {}
        self._statuses: dict[str, Status] = {}
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._fold(journal.read())

    @property
    def trouble(self) -> str | None:
        """Why marks could not be read or written, in a sentence, None while all is well."""
        return self._journal.trouble

    def status(self, key: str) -> Status:
        """Return what the user did with the article of a key."""
        return self._statuses.get(key, NO_STATUS)

    def change(self, facts: Sequence[Fact], label: str) -> bool:
        """Make facts true in one step that can be undone; False where all of them are already."""
        news = tuple(fact for fact in dict.fromkeys(facts) if self._value(fact) != fact[2])
        if not news:
            return False
        before = tuple((key, field, self._value((key, field, 0))) for key, field, _ in news)
        self._done.append(_Step(label, before, news))
        self._undone.clear()
        self._fold(self._journal.append(news))
        return True

    def remember_position(self, key: str, line: int) -> None:
        """Remember the first line shown of a body; this is no step to undo."""
        self._fold(self._journal.append([(key, "position", line)]))

    def undo(self) -> Undone | None:
        """Take the last step back; None where there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        return self._take(step.before, step.label)

    def redo(self) -> Undone | None:
        """Make the step again that was taken back last; None where there is none."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return self._take(step.after, step.label)

    def close(self) -> None:
        """Hand all marks to the disk."""
        self._journal.close()

    def _take(self, facts: Sequence[Fact], label: str) -> Undone:
        self._fold(self._journal.append(facts))
        return Undone(label, frozenset(key for key, _, _ in facts))

    def _value(self, fact: Fact) -> Value:
        key, field, _ = fact
        value: Value = getattr(self.status(key), field)
        return value

    def _fold(self, entries: Iterable[Entry]) -> None:
        for at, key, field, value in entries:
            if not _is_known(field, value) or at < self._stamps.get((key, field), ""):
                continue
            self._stamps[key, field] = at
            self._statuses[key] = _with(self.status(key), field, value)


def _is_known(field: str, value: Value) -> bool:
    """Whether a status has such a field, with such values."""
    if isinstance(value, bool):
        return field in FLAGS
    return field == "position" and 0 <= value <= MAX_POSITION


def _with(status: Status, field: str, value: Value) -> Status:
    if field == "position":
        return replace(status, position=int(value))
    changed: dict[str, bool] = {field: bool(value)}
    return replace(status, **changed)
