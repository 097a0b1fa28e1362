"""The marks of one folder: facts folded into a status for each article, and the way back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from reader.model import NO_STATUS, Status
from reader.state.cache import load, packed, save, unpacked
from reader.state.clock import moment_of
from reader.state.fold import Fold
from reader.state.journal import Journal
from reader.state.lines import Entry, Fact
from reader.state.step import Step

ENOUGH = 1000
"""How many facts have to be new before they are worth another file in the cache."""


@dataclass(frozen=True, slots=True)
class Undone:
    """A step that was taken back or made again: its name, and the keys it was about."""

    label: str
    keys: frozenset[str]


class Marks:
    """What the user did, by the key of the article; the last writer of a key and field holds.

    The steps to undo are those of this machine, whichever of its processes took them, and whenever.
    """

    def __init__(self, journal: Journal, cache: Path | None = None) -> None:
        """Read the journals, on from where the folder `cache` has them; it is of these alone."""
        self._journal, self._cache = journal, cache
        self._is_stale = False
        if not (cache and self._goes_on(cache)):
            self._fold = Fold()
            self._fold.take(journal.read())

    @property
    def trouble(self) -> str | None:
        """Why marks could not be read or written, in a sentence, None while all is well."""
        return self._journal.trouble

    @property
    def brief_trouble(self) -> str | None:
        """The same in a few words, with how many marks are kept in memory."""
        return self._journal.brief_trouble

    @property
    def refusal(self) -> str | None:
        """Why marks cannot be written, in a sentence, None where they can."""
        return self._journal.refusal

    @property
    def newest_step(self) -> str:
        """The stamp of the newest step, empty where there is none."""
        return self._fold.steps.newest

    @property
    def to_undo(self) -> Step | None:
        """The step that is taken back next."""
        return self._fold.steps.to_undo

    @property
    def to_redo(self) -> tuple[Step, str] | None:
        """The step that is made again next, and the stamp of when it was taken back."""
        return self._fold.steps.to_redo

    def status(self, key: str) -> Status:
        """Return what the user did with the article of a key."""
        return self._fold.status(key)

    def flags(self) -> dict[int, int]:
        """Return the bits of each status that has any, by the number of the key."""
        return self._fold.flags()

    def read_moments(self) -> dict[int, int]:
        """Return when articles that are read were marked so, by the numbers of their keys."""
        return {
            number: moment_of(milliseconds) for number, milliseconds in self._fold.read_at().items()
        }

    def stamp(self) -> str:
        """Return a stamp that is later than all that is known here."""
        return self._journal.stamp()

    def change(self, facts: Sequence[Fact], label: str, at: str | None = None) -> bool:
        """Make facts true in one step that can be undone; False where all of them are already."""
        value_of, values = self._fold.value, {(key, field): value for key, field, value in facts}
        before = ((pair, value_of(*pair), value) for pair, value in values.items())
        news = [(*pair, value, was) for pair, was, value in before if was != value]
        if news:
            at = at or self.stamp()
            self._append(Entry(at, *change, label) for change in news)
        return bool(news)

    def remember_position(self, key: str, line: int) -> None:
        """Remember the first line shown of a body; this is no step to undo."""
        self._append([Entry(self.stamp(), key, "position", line)])

    def carry(self, before: str, now: str) -> None:
        """Give the marks of one key to another that has none; this is no step to undo."""
        status, at = self.status(before), self.stamp()
        if self.status(now) == NO_STATUS:
            news = asdict(status).items()
            self._append([Entry(at, now, name, value) for name, value in news if value])

    def undo(self, at: str | None = None) -> Undone | None:
        """Take the last step back; None where there is none."""
        if (step := self.to_undo) is None:
            return None
        at = at or self.stamp()
        self._append(Entry(at, *fact, undo=step.at) for fact in step.before)
        return _undone(step)

    def redo(self, at: str | None = None) -> Undone | None:
        """Make the step again that was taken back last; None where there is none."""
        if (found := self.to_redo) is None:
            return None
        step, at = found[0], at or self.stamp()
        self._append(Entry(at, *fact, redo=step.at) for fact in step.after)
        return _undone(step)

    def follow(self) -> set[str]:
        """Take in what others wrote since the last look; returns the keys that it changed.

        Nothing is read where no file has changed. If a file was replaced, all of them are read
        anew, so that what is known here is what the disk holds and what waits for it.
        """
        changed = self._fold.take(self._journal.read())
        is_whole_again = self._is_stale and self._journal.is_readable
        if self._journal.was_replaced or is_whole_again:
            changed |= self._follow_anew()
        return changed

    def try_again(self) -> bool:
        """Write what the disk refused; whether nothing waits any more."""
        return self._journal.write()

    def close(self) -> int:
        """Hand all marks to the disk, and the cache; returns how many marks it did not take."""
        fold = self._fold
        lost = self._journal.close(fold.own_but(self._journal.own) + fold.steps.lines)
        if self._cache:
            self.follow()  # a file that was made smaller is another one
            self.save_cache()
        return lost

    def save_cache(self) -> bool:
        """Keep what is folded, so that it is not read again; False if the disk refuses.

        It is done where much is new and on the disk; 100,000 facts take some 0.3 s.
        """
        if self._cache is None or self._fold.news < ENOUGH or self._is_stale:
            return True
        if (place := self._journal.place) is None:
            return True
        data = packed(self._fold, place, self._journal.own)
        self._fold, _ = unpacked(data)
        self._journal.own.clear()
        return save(self._cache, data)

    def _goes_on(self, cache: Path) -> bool:
        """Take over what was folded before; False if it is not what the journals begin with."""
        found = load(cache)
        if found is None or not self._journal.go_on(found[1]):
            return False
        self._fold = found[0]
        self._fold.take(self._journal.read())
        if self._journal.is_readable and not self._journal.was_replaced:
            return True
        self._journal.go_back()
        return False

    def _follow_anew(self) -> set[str]:
        entries, is_all = self._journal.read_anew()
        self._is_stale = not is_all
        if self._is_stale:  # what cannot be read just now is not forgotten
            return self._fold.take(entries)
        before, self._fold = self._fold, Fold()
        self._fold.take(entries)
        self._fold.take(self._journal.waiting)
        return before.differs(self._fold)

    def _append(self, entries: Iterable[Entry]) -> None:
        self._fold.take(self._journal.append(entries))


def _undone(step: Step) -> Undone:
    return Undone(step.label, frozenset(key for key, _ in step.values))
