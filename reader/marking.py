"""What was done with the articles: marks, undo, and what others marked in the meantime."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from operator import ne
from pathlib import Path

from reader.folders import Folder, open_folder
from reader.intake import Intake
from reader.ledger import Ledger, Step
from reader.model import MUTED, Article, Status, bits_of
from reader.snapshot.columns import NONE
from reader.state.journal import Journal, StateError
from reader.state.lines import Fact
from reader.state.marks import Marks
from reader.state.moving import bring_rest, init
from reader.state.place import OWN, journal_folder, machine_id, memory_folder, sweep_places
from reader.store import Keyed
from reader.text import counted

MANY = 1000
"""Marks that are counted anew with all others, and not one by one."""


class Marking(Intake):
    """Articles of folders, and their marks; not thread safe."""

    def __init__(self, paths: Sequence[Path], state_dir: Path, cache_dir: Path) -> None:
        """Open folders or files. Raises NoFolder; nothing is read yet."""
        self._state_dir = state_dir
        self._machine, self._process = machine_id(state_dir), os.urandom(2).hex()
        super().__init__(list(dict.fromkeys(map(open_folder, paths))), cache_dir)
        self._ledger = self._opened_ledger()

    def status(self, article: Article) -> Status:
        """Return what the user did with an article."""
        return self._ledger.status_of(article)

    @property
    def trouble(self) -> str | None:
        """Why marks could not be written, in a sentence, None while all is well."""
        return self._ledger.trouble

    @property
    def brief_trouble(self) -> str | None:
        """The same in a few words, with how many marks are kept in memory."""
        return self._ledger.brief_trouble

    def follow(self) -> int:
        """Take in what other processes and machines marked; returns how many articles changed.

        It looks at each journal's size and time, and reads what was appended since the last look.
        """
        if self._has_moved and self._ledger.try_again() and self._bring_rest():
            return self._reopen()
        return self._recount(self._ledger.follow())

    def try_again(self) -> bool:
        """Write the marks that the disk refused; whether all is well, with reading too."""
        return self._ledger.try_again() and self.trouble is None

    def mark_read(self, articles: Iterable[Article], *, read: bool = True) -> int:
        """Mark articles as read or unread; with a story's leader the others are passed.

        Returns the number of articles that changed.
        """
        return self._mark_read(self._keyed(articles), read=read)

    def mark_rows_read(self, rows: Sequence[int], *, read: bool = True) -> int:
        """Mark the articles of rows of the store, as `mark_read` does."""
        return self._mark_read(list(self.store.keyed(rows)), read=read)

    def _mark_read(self, found: Sequence[Keyed], *, read: bool) -> int:
        facts = {(one.library, one.key, "read"): read for one in found}
        if not read:
            facts |= {(one.library, one.key, "passed"): False for one in found}
        led = list(chain.from_iterable(self._led(one.row) for one in found))
        for other in self.store.keyed(led):
            if (other.library, other.key, "read") not in facts:
                facts[other.library, other.key, "passed"] = read
        return self._change(facts, "read" if read else "unread")

    def mark_opened(self, article: Article) -> int:
        """Mark an article as read that is being read; returns how many articles changed.

        The others of its story are passed the first time only: what came since is still new.
        """
        return 0 if self.status(article).read else self.mark_read([article])

    def _led(self, row: int) -> Sequence[int]:
        """Return the others of the story that an article leads."""
        is_leader = row != NONE and self.store.index.leader[row] == row
        return self.store.story(row)[1:] if is_leader else ()

    def _keyed(self, articles: Iterable[Article]) -> list[Keyed]:
        """Return what it takes to mark articles, also those whose files are gone by now."""
        rows = ((one, self.store.row(one.id)) for one in _sound(articles))
        return [Keyed(NONE if row is None else row, one.library, one.key) for one, row in rows]

    def mark_copy_read(self, key: str, library: int) -> None:
        """Mark an article as read that is known by a related copy only."""
        self._ledger.change({library: [(key, "read", True)]}, "read")

    def star(self, *articles: Article, starred: bool) -> int:
        """Star articles, or take the stars away; returns how many articles changed."""
        label = "star" if starred else "star taken away"
        return self._mark(self._keyed(articles), "starred", label, value=starred)

    def star_rows(self, rows: Sequence[int], *, starred: bool) -> int:
        """Star the articles of rows of the store, as `star` does."""
        label = "star" if starred else "star taken away"
        return self._mark(self.store.keyed(rows), "starred", label, value=starred)

    def _mark(self, found: Iterable[Keyed], field: str, label: str, *, value: bool) -> int:
        return self._change({(one.library, one.key, field): value for one in found}, label)

    def dismiss(self, articles: Iterable[Article], *, dismissed: bool = True) -> int:
        """Take articles out of the news, or bring them back; returns how many changed."""
        label = "dismiss" if dismissed else "bring back"
        return self._mark(self._keyed(articles), "dismissed", label, value=dismissed)

    def dismiss_rows(self, rows: Sequence[int]) -> int:
        """Take the articles of rows of the store out of the news, as `dismiss` does."""
        return self._mark(self.store.keyed(rows), "dismissed", "dismiss", value=True)

    def remember_position(self, article: Article, line: int) -> None:
        """Remember the first line shown of a body."""
        if line != self.status(article).position:
            self._ledger.remember_position(article.library, article.key, line)

    def carry(self, renamed: Iterable[tuple[int, str, str]]) -> None:
        """Let the marks of files that have other names now go along with them."""
        for library, before, now in renamed:
            self._ledger.carry(library, before, now)

    def undo(self) -> Step | None:
        """Take back the last change of marks on this machine, also of an earlier session.

        None where there is none.
        """
        self.follow()
        return self._counted(self._ledger.undo())

    def redo(self) -> Step | None:
        """Make the change again that was taken back last; None where there is none."""
        self.follow()
        return self._counted(self._ledger.redo())

    def close(self) -> str | None:
        """End a reading that is under way, and hand all marks to the disk.

        Returns a sentence if some are lost.
        """
        self.stop_reading()
        self.follow()
        lost = self._ledger.close()
        return f"{counted(lost, 'mark')} lost: {self._ledger.refusal}" if lost else None

    def init(self) -> list[Path]:
        """Let the folders keep their own journals; returns where. Raises StateError.

        What was marked before stays, and can still be undone.
        """
        if self._ledger.close():
            raise StateError(self.trouble)
        try:
            return [init(folder.base, self._state_dir) for folder in self.folders]
        finally:
            self._reopen()

    @property
    def _has_moved(self) -> bool:
        """Whether a folder keeps its own journals by now that did not when it was opened."""
        before = zip(self.folders, self._are_own, strict=True)
        return any(not was_own and self._is_own(folder) for folder, was_own in before)

    def _opened_ledger(self) -> Ledger:
        self._are_own = [self._is_own(folder) for folder in self.folders]
        self._bring_rest()
        return Ledger([self._opened_marks(folder) for folder in self.folders])

    def _reopen(self) -> int:
        """Read all journals from where they are now; returns how many articles changed."""
        self._ledger = self._opened_ledger()
        return self._recount_all()

    def _is_own(self, folder: Folder) -> bool:
        return journal_folder(folder.base, self._state_dir) == folder.base / OWN

    def _bring_rest(self) -> bool:
        """Bring what still came to earlier journals into the folders; False if that is refused."""
        with suppress(OSError):
            for folder in self.folders:
                if self._is_own(folder):
                    bring_rest(folder.base, self._state_dir)
            return True
        return False

    def _opened_marks(self, folder: Folder) -> Marks:
        place, is_own = journal_folder(folder.base, self._state_dir), self._is_own(folder)
        sweep_places(folder.base, self._state_dir)
        journal = Journal(place, self._machine, process=self._process, makes_folder=not is_own)
        name = memory_folder(folder.base, self._state_dir).name
        return Marks(journal, self._cache_dir / "marks" / (f"{name}-own" if is_own else name))

    def _change(self, facts: Mapping[tuple[int, str, str], bool], label: str) -> int:
        """Change marks as one step, and keep the counts up to date; returns articles changed.

        What others did before is known first, so that the step comes after it.
        """
        self.follow()
        by_library: dict[int, list[Fact]] = {}
        for (library, key, field_name), value in facts.items():
            by_library.setdefault(library, []).append((key, field_name, value))
        self._ledger.change(by_library, label)
        return self._recount({(library, key) for library, key, _ in facts})

    def _counted(self, step: Step | None) -> Step | None:
        if step is not None:
            self._recount({(library, key) for library, some in step.keys.items() for key in some})
        return step

    def set_marks(self) -> None:
        """Count all articles with their marks."""
        self.store.set_marks(self._ledger.flags())
        self._mute()
        super().set_marks()

    def _mute(self) -> None:
        """Let the store know what is muted, before it is counted; here nothing is."""

    def _recount(self, keys: Iterable[tuple[int, str]]) -> int:
        keys = list(keys)
        if len(keys) > MANY:
            return self._recount_all()
        return sum(
            self.tally.recount(
                row, bits_of(self._ledger.status(library, key)) | self.store.marks[row] & MUTED
            )
            for library, key in keys
            for row in self.store.with_key(key, library)
        )

    def _recount_all(self) -> int:
        before = self.store.marks
        self.set_marks()
        return sum(map(ne, before, self.store.marks))


def _sound(articles: Iterable[Article]) -> Iterator[Article]:
    """Yield the articles that can be marked: a file that is not understood has no marks."""
    return (article for article in articles if article.problem is None)
