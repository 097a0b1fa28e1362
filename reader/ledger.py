"""The marks of all open folders as one: each folder keeps its own journal, undo is common."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reader.model import NO_STATUS, Article, Status
from reader.state.journal import Fact
from reader.state.marks import Marks, Undone


@dataclass(frozen=True, slots=True)
class Step:
    """A change that was taken back or made again: its name, and the keys by folder."""

    label: str
    keys: Mapping[int, frozenset[str]]


class Ledger:
    """Facts go to the journal of the folder that their article is in."""

    def __init__(self, marks: Sequence[Marks]) -> None:
        self._marks = marks
        self._done: list[tuple[int, ...]] = []
        self._undone: list[tuple[int, ...]] = []

    def status(self, library: int, key: str) -> Status:
        """Return what the user did with the article of a key."""
        return self._marks[library].status(key)

    def status_of(self, article: Article) -> Status:
        """Return what the user did with an article; a file with a problem has no marks."""
        return NO_STATUS if article.problem else self.status(article.library, article.key)

    def status_of_copy(self, key: str | None, library: int) -> Status:
        """Return what the user did with an article that is not here, by its canonical URL."""
        return self.status(library, key) if key else NO_STATUS

    @property
    def trouble(self) -> str | None:
        """Why marks could not be written, in a sentence, None while all is well."""
        return next((why for marks in self._marks if (why := marks.trouble)), None)

    def change(self, facts: Mapping[int, Sequence[Fact]], label: str) -> None:
        """Change marks in one step that can be undone; facts that change nothing are left out."""
        changed = tuple(
            number for number in facts if self._marks[number].change(facts[number], label)
        )
        if changed:
            self._done.append(changed)
            self._undone.clear()

    def remember_position(self, library: int, key: str, line: int) -> None:
        """Remember the first line shown of a body; this is no step to undo."""
        self._marks[library].remember_position(key, line)

    def undo(self) -> Step | None:
        """Take the last step back; None where there is none."""
        return self._again(self._done, self._undone, Marks.undo)

    def redo(self) -> Step | None:
        """Make the step again that was taken back last; None where there is none."""
        return self._again(self._undone, self._done, Marks.redo)

    def close(self) -> None:
        """Hand all marks to the disk."""
        for marks in self._marks:
            marks.close()

    def _again(
        self,
        source: list[tuple[int, ...]],
        target: list[tuple[int, ...]],
        act: Callable[[Marks], Undone | None],
    ) -> Step | None:
        if not source:
            return None
        step = source.pop()
        target.append(step)
        done = {number: undone for number in step if (undone := act(self._marks[number]))}
        label = next((undone.label for undone in done.values()), "")
        return Step(label, {number: frozenset(undone.keys) for number, undone in done.items()})
