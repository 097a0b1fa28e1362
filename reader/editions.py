"""The edition of a library: chosen from what is unread, kept until the next one is made."""

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeGuard

from reader.dates import MONTHS, WEEKDAYS
from reader.edition import Placed
from reader.marking import Marking
from reader.model import PASSED, READ
from reader.state.place import EDITION, memory_folder, recall, remember
from reader.urls import key_number
from reader.views import is_kind

MOST_OFFERED = 500
"""Stories that are not offered again; the earliest are forgotten."""

_MOST_MINUTES = 100_000


class Chosen(NamedTuple):
    """One story of an edition: the key of its article, the folder that has it, and its minutes."""

    key: str
    folder: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Edition:
    """What was chosen on a local day for so many minutes.

    `offered` are the key numbers of the stories of this edition and of those before it.
    """

    day: date
    minutes: int
    stories: tuple[Chosen, ...]
    offered: tuple[int, ...]

    @classmethod
    def of(cls, kept: dict[str, object]) -> "Edition | None":
        """Return what was kept, without anything that makes no sense; None where nothing does."""
        minutes, stories = kept.get("minutes"), tuple(_stories(kept.get("stories")))
        with suppress(TypeError, ValueError):
            day = date.fromisoformat(kept["day"]) if "day" in kept else None  # type: ignore[arg-type]
            if day and _is_minutes(minutes) and stories:
                return cls(day, minutes, stories, tuple(_numbers(kept.get("offered"))))
        return None

    @property
    def title(self) -> str:
        """What the list's heading says."""
        weekday, month = WEEKDAYS[self.day.weekday()][:3], MONTHS[self.day.month - 1]
        return f"Edition of {weekday} {self.day.day} {month}"

    def as_dict(self) -> dict[str, object]:
        """Return it in the form that `of` reads."""
        day, stories = self.day.isoformat(), [one._asdict() for one in self.stories]
        return {"day": day, "minutes": self.minutes, "stories": stories, "offered": self.offered}


class Progress(NamedTuple):
    """How far an edition was read: stories read, all stories, minutes that are left."""

    read: int
    stories: int
    minutes: int

    @property
    def is_finished(self) -> bool:
        """Whether all is read, or nothing is there any more."""
        return self.read == self.stories


class Editions(Marking):
    """Articles of folders, their marks, and the edition that is made of them."""

    def __init__(self, paths: Collection[Path], state_dir: Path, cache_dir: Path) -> None:
        """Open folders or files. Raises NoFolder; nothing is read yet."""
        super().__init__(list(paths), state_dir, cache_dir)
        self.edition: Edition | None = None
        self.recall_edition()

    def recall_edition(self) -> None:
        """Take the edition that was made last, also by another process."""
        self.edition = Edition.of(recall(self._memory_folder(), EDITION)) or self.edition

    def edition_rows(self) -> dict[int, Placed]:
        """Return the rows of the edition in its order, without what is gone or dismissed."""
        if self.edition is None:
            return {}
        libraries = {os.fspath(folder.root): at for at, folder in enumerate(self.folders)}
        found = (
            (row, one.minutes)
            for one in self.edition.stories
            if (row := self._live_row(one.key, libraries.get(one.folder, -1))) is not None
        )
        return {row: Placed(at, minutes) for at, (row, minutes) in enumerate(found, 1)}

    def edition_progress(self) -> Progress:
        """Return how far the edition was read."""
        marks, rows = self.store.marks, self.edition_rows()
        left = [one.minutes for row, one in rows.items() if not marks[row] & (READ | PASSED)]
        return Progress(len(rows) - len(left), len(rows), sum(left))

    def needs_edition(self, today: date) -> bool:
        """Whether the edition is of another day, or finished, or there is none."""
        edition = self.edition
        return edition is None or edition.day != today or self.edition_progress().is_finished

    def make_edition(self, today: date, minutes: int | None = None) -> bool:
        """Make the next edition; False where nothing is left for it, and the last one stays.

        Without `minutes` it is as long as the settings say. Raises StateError where it cannot be
        kept; it is there all the same.
        """
        from reader.candidates import candidate, candidates
        from reader.edition import choose

        minutes, store = minutes or self.settings.edition_minutes, self.store
        offered = self.edition.offered if self.edition else ()
        told = [candidate(store, row, self.settings) for row in self.edition_rows()]
        chosen = choose(candidates(store, self.settings, frozenset(offered)), minutes, told)
        if not chosen:
            return False
        stories = tuple(self._chosen(one.row, one.minutes) for one in chosen)
        numbers = tuple(key_number(one.key) for one in stories)
        self.edition = Edition(today, minutes, stories, (*numbers, *offered)[:MOST_OFFERED])
        remember(self._memory_folder(), self.edition.as_dict(), EDITION)
        return True

    def _chosen(self, row: int, minutes: int) -> Chosen:
        article = self.store.article(row)
        return Chosen(article.key, os.fspath(self.folders[article.library].root), minutes)

    def _live_row(self, key: str, library: int) -> int | None:
        """Return the row of a key that is among the news, None where there is none."""
        flags, marks = self.store.flags, self.store.marks
        rows = self.store.with_key(key, library)
        return next((row for row in rows if is_kind("live", flags[row], marks[row])), None)

    def _memory_folder(self) -> Path:
        return memory_folder(self.folders[0].root, self._state_dir)


def _stories(kept: object) -> Iterator[Chosen]:
    """Yield the stories that make sense, each once."""
    seen = set[tuple[str, str]]()
    for one in kept if isinstance(kept, list) else []:
        fields = tuple(one.get(name) for name in Chosen._fields) if isinstance(one, dict) else ()
        match fields:
            case (str() as key, str() as folder, minutes) if _is_minutes(minutes):
                if (key, folder) not in seen:
                    seen.add((key, folder))
                    yield Chosen(key, folder, minutes)


def _numbers(kept: object) -> list[int]:
    found = kept if isinstance(kept, list) else []
    return [one for one in found if type(one) is int][:MOST_OFFERED]


def _is_minutes(value: object) -> TypeGuard[int]:
    return type(value) is int and 0 < value < _MOST_MINUTES
