"""The marks of all open folders as one: each folder keeps its own journal, undo is common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.model import NO_STATUS, Article, Status
from reader.state.lines import Fact
from reader.state.marks import Marks, Undone


@dataclass(frozen=True, slots=True)
class Step:
    """A change that was taken back or made again: its name, and the keys by folder."""

    label: str
    keys: Mapping[int, frozenset[str]]


class Ledger:
    """Facts go to the journal of the folder that their article is in.

    What one step changed in several folders has one stamp, by which undo finds it again.
    """

    def __init__(self, marks: Sequence[Marks]) -> None:
        self._marks = marks

    def status(self, library: int, key: str) -> Status:
        """Return what the user did with the article of a key."""
        return self._marks[library].status(key)

    def flags(self) -> list[dict[int, int]]:
        """Return for each folder the bits of each status that has any, by the number of the key."""
        return [marks.flags() for marks in self._marks]

    def read_moments(self) -> dict[int, int]:
        """Return when articles that are read were marked so, by the numbers of their keys.

        Moments are numbers as in the index: 20201020131300, in UTC.
        """
        return {number: at for marks in self._marks for number, at in marks.read_moments().items()}

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

    @property
    def brief_trouble(self) -> str | None:
        """The same in a few words, with how many marks are kept in memory."""
        return next((why for marks in self._marks if (why := marks.brief_trouble)), None)

    @property
    def refusal(self) -> str | None:
        """Why marks cannot be written, in a sentence, None where they can."""
        return next((why for marks in self._marks if (why := marks.refusal)), None)

    def change(self, facts: Mapping[int, Sequence[Fact]], label: str) -> None:
        """Change marks in one step that can be undone; facts that change nothing are left out."""
        at = self.stamp()
        for number in facts:
            self._marks[number].change(facts[number], label, at)

    def stamp(self) -> str:
        """Return a stamp that is later than all that is known in any folder."""
        return max(marks.stamp() for marks in self._marks)

    @property
    def last_step(self) -> str:
        """The stamp of the step that is taken back next, empty where there is none."""
        return max((step.at for _, marks in self._numbered if (step := marks.to_undo)), default="")

    @property
    def last_undone(self) -> str:
        """The stamp of when a step was taken back last that can be made again, else empty."""
        return max((f[1] for _, marks in self._numbered if (f := marks.to_redo)), default="")

    @property
    def newest_step(self) -> str:
        """The stamp of the newest step in any folder, empty where there is none."""
        return max(marks.newest_step for marks in self._marks)

    def remember_position(self, library: int, key: str, line: int) -> None:
        """Remember the first line shown of a body; this is no step to undo."""
        self._marks[library].remember_position(key, line)

    def carry(self, library: int, before: str, now: str) -> None:
        """Give the marks of one key to another; this is no step to undo."""
        self._marks[library].carry(before, now)

    def undo(self) -> Step | None:
        """Take the last step back; None where there is none."""
        steps = {number: step.at for number, marks in self._numbered if (step := marks.to_undo)}
        last, at = max(steps.values(), default=""), self.stamp()
        return _step({n: self._marks[n].undo(at) for n, step in steps.items() if step == last})

    def redo(self) -> Step | None:
        """Make the step again that was taken back last; None after a newer step."""
        turns = {number: found[1] for number, marks in self._numbered if (found := marks.to_redo)}
        last, at = max(turns.values(), default=""), self.stamp()
        if any(marks.newest_step > last for marks in self._marks):
            return None
        return _step({n: self._marks[n].redo(at) for n, turn in turns.items() if turn == last})

    def follow(self) -> set[tuple[int, str]]:
        """Take in what other processes and machines wrote; returns folders and keys it changed."""
        return {(number, key) for number, marks in self._numbered for key in marks.follow()}

    def try_again(self) -> bool:
        """Write what the disk refused; whether nothing waits any more."""
        written = [marks.try_again() for marks in self._marks]
        return all(written)

    def save_cache(self) -> bool:
        """Keep what is folded, where much of it is new; False if a disk refuses."""
        saved = [marks.save_cache() for marks in self._marks]
        return all(saved)

    def close(self) -> int:
        """Hand all marks to the disk; returns how many it did not take."""
        return sum(marks.close() for marks in self._marks)

    @property
    def _numbered(self) -> list[tuple[int, Marks]]:
        return list(enumerate(self._marks))


def _step(parts: Mapping[int, Undone | None]) -> Step | None:
    done = {number: part for number, part in parts.items() if part is not None}
    if not done:
        return None
    label = next(part.label for part in done.values())
    return Step(label, {number: part.keys for number, part in done.items()})
