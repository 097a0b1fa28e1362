"""Steps that can be taken back or made again, from the journal's lines that say so.

They are put in the order of their stamps, so that the order of the lines in the file, copies,
and lines that come twice make no difference.
"""

from bisect import insort
from dataclasses import dataclass, field

from reader.state.lines import Entry, Fact, Value, is_known
from reader.text import clean_line

LIMIT = 200
"""How many steps can be taken back."""

_MAX_LABEL = 60


@dataclass(slots=True)
class Step:
    """A change: its stamp, its name, and each of its fields before and after."""

    at: str
    label: str
    values: dict[tuple[str, str], tuple[Value, Value]] = field(default_factory=dict)

    @property
    def before(self) -> list[Fact]:
        """The facts that take it back."""
        return [(key, name, was) for (key, name), (was, _) in self.values.items()]

    @property
    def after(self) -> list[Fact]:
        """The facts that make it again."""
        return [(key, name, value) for (key, name), (_, value) in self.values.items()]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A step was taken back, or made again."""

    of: str
    is_undo: bool


class Steps:
    """The steps of one machine in one folder; the last `LIMIT` of them are known."""

    def __init__(self) -> None:
        self._events: dict[str, Step | _Turn] = {}
        self.newest = ""

    def see(self, entry: Entry) -> None:
        """Take in what a line of this machine says of steps."""
        if entry.step is not None:
            self._see_step(entry, clean_line(entry.step)[:_MAX_LABEL])
        elif of := entry.undo or entry.redo:
            self._events.setdefault(entry.at, _Turn(of, is_undo=entry.undo is not None))
        if len(self._events) > 4 * LIMIT:
            needed = self.needed
            self._events = {at: self._events[at] for at in needed}

    def _see_step(self, entry: Entry, label: str) -> None:
        was = entry.was
        if was is None or not (is_known(entry.field, was) and is_known(entry.field, entry.value)):
            return
        step = self._events.setdefault(entry.at, Step(entry.at, label))
        if isinstance(step, Step):
            step.values[entry.key, entry.field] = was, entry.value
            self.newest = max(self.newest, entry.at)

    @property
    def to_undo(self) -> Step | None:
        """The step that is taken back next."""
        done, _ = self._stacks()
        return self._step(done[-1]) if done else None

    @property
    def to_redo(self) -> tuple[Step, str] | None:
        """The step that is made again next, and the stamp of when it was taken back."""
        _, undone = self._stacks()
        if not undone:
            return None
        at = max(undone, key=lambda name: undone[name])
        return self._step(at), undone[at]

    @property
    def needed(self) -> set[str]:
        """The stamps of all lines without which the steps would be others."""
        done, undone = self._stacks()
        return {*done, *undone, *undone.values()}

    @property
    def lines(self) -> int:
        """How many lines the steps have in the journal, about."""
        return sum(len(one.values) for one in self._events.values() if isinstance(one, Step))

    def _step(self, at: str) -> Step:
        step = self._events[at]
        assert isinstance(step, Step)  # noqa: S101 - stacks hold the stamps of steps only
        return step

    def _stacks(self) -> tuple[list[str], dict[str, str]]:
        """Return the steps that are done, and those taken back with the stamp of when."""
        done: list[str] = []
        undone: dict[str, str] = {}
        for at in sorted(self._events):
            event = self._events[at]
            if isinstance(event, Step):
                done.append(at)
                undone.clear()
            elif event.is_undo and event.of in done:
                done.remove(event.of)
                undone[event.of] = at
            elif not event.is_undo and event.of in undone:
                del undone[event.of]
                insort(done, event.of)
        return done[-LIMIT:], undone
