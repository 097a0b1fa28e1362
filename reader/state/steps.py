"""Steps that can be taken back or made again, from the journal's lines that say so.

They are put in the order of their stamps, so that the order of the lines in the file, copies,
and lines that come twice make no difference.
"""

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reader.state.base import Base
from reader.state.lines import Entry, is_known
from reader.state.step import VALUE_BYTES, Packed, Step
from reader.text import clean_line

LIMIT = 200
"""How many steps can be taken back."""

_MAX_LABEL = 60


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
        event = self._events.get(entry.at)
        if entry.step is not None:
            self._see_step(entry, event)
        elif event is None and (of := entry.undo or entry.redo):
            self._events[entry.at] = _Turn(of, is_undo=entry.undo is not None)
        if event is None and len(self._events) > 4 * LIMIT:
            self._events = {at: self._events[at] for at in self.needed}

    def _see_step(self, entry: Entry, event: "Step | _Turn | None") -> None:
        at, key, name, value, was, label = entry[:6]
        if was is None or not (is_known(name, was) and is_known(name, value)):
            return
        if event is None:
            event = self._events[at] = Step(at, clean_line(label or "")[:_MAX_LABEL])
            self.newest = max(self.newest, at)
        if isinstance(event, Step):
            event.values[key, name] = was, value

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
        return sum(step.size for step in self._steps)

    def packed(self, number: Callable[[str], int]) -> tuple[dict[str, Any], bytes]:
        """Return the steps as what is said in a few words, and the values of all of them."""
        turns = [
            (at, one.of, one.is_undo) for at, one in self._events.items() if isinstance(one, _Turn)
        ]
        steps = [(step.at, step.label, step.size) for step in self._steps]
        words = {"newest": self.newest, "turns": turns, "steps": steps}
        return words, b"".join(step.packed(number) for step in self._steps)

    @classmethod
    def unpacked(cls, words: dict[str, Any], values: Packed, base: Base) -> "Steps":
        """Return the steps that were packed; their keys are found in `base`."""
        steps, start = cls(), 0
        steps.newest = words["newest"]
        for at, label, size in words["steps"]:
            end = start + size * VALUE_BYTES
            steps._events[at] = Step(at, label, values[start:end], base)
            start = end
        for at, of, is_undo in words["turns"]:
            steps._events[at] = _Turn(of, is_undo)
        return steps

    @property
    def _steps(self) -> list[Step]:
        return [one for one in self._events.values() if isinstance(one, Step)]

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
