"""Where words are found among the rows of an index: by word indexes, and by scanning the rest."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reader.masks import Mask
from reader.search import Needle, is_in
from reader.snapshot.damage import Damaged
from reader.snapshot.full_text import SUFFIX, WordIndex, open_words
from reader.snapshot.index import Index
from reader.snapshot.segments import Records
from reader.snapshot.words import read_words

QUICK = 2000
"""Rows that are scanned in no time."""


class Superseded(Exception):  # noqa: N818 - it says what a search is
    """A search that nobody waits for any more."""


@dataclass(slots=True)
class _Run:
    """Rows side by side whose records are so in a word index too: the first of each, how many."""

    token: str
    row: int
    number: int
    size: int = 0


class _Layout(NamedTuple):
    """Which rows which word index answers for, and which are scanned."""

    words: Mapping[str, WordIndex]
    runs: Sequence[_Run]
    rest: Sequence[int]


class Searcher:
    """Finds the rows that have a word or a phrase; any thread may ask.

    A word index that cannot be trusted is deleted, and its rows are scanned.
    """

    def __init__(
        self, index: Index, records: Records, place: Path, earlier: "Searcher | None" = None
    ) -> None:
        """Take an index with its records, and the folder in which word indexes come to lie.

        What an `earlier` searcher of that folder opened is not opened again.
        """
        self._index, self._records, self._place = index, records, place
        self._opened: Mapping[str, WordIndex] = earlier._layout.words if earlier else {}
        self._layout: _Layout = _Layout({}, (), range(len(index)))

    def open(self) -> None:
        """Take up the word indexes that came since; for a worker: 100 MB take 0.1 s, once."""
        words = dict[str, WordIndex]()
        for token in self._index.tables.segments:
            found = self._layout.words.get(token) or self._opened.get(token) or self._open(token)
            if found:
                words[token] = found
        self._layout = _arranged(self._index, words)

    @property
    def is_quick(self) -> bool:
        """Whether word indexes answer for all but a few rows: within some milliseconds."""
        return len(self._layout.rest) <= QUICK

    def rows(self, needle: Needle, superseded: Callable[[], bool] = lambda: False) -> Mask:
        """Return where a needle is found; nothing is found everywhere.

        Raises Superseded, and Damaged where records cannot be read.
        """
        if not needle:
            return b"\1" * len(self._index)
        layout, found = self._ask(needle, superseded)
        mask = bytearray(len(self._index))
        for run in layout.runs:
            mask[run.row : run.row + run.size] = found[run.token][run.number :][: run.size]
        for many in read_words(self._index, self._records, layout.rest):
            if superseded():
                raise Superseded
            for row, words in many:
                if is_in(needle, words):
                    mask[row] = 1
        return bytes(mask)

    def _ask(
        self, needle: Needle, superseded: Callable[[], bool]
    ) -> tuple[_Layout, Mapping[str, Mask]]:
        """Return what each word index found; those that are damaged are so no longer asked."""
        layout, found = self._layout, dict[str, Mask]()
        for token, words in layout.words.items():
            if superseded():
                raise Superseded
            try:
                found[token] = words.matching(needle)
            except Damaged:
                self._delete(token)
        if len(found) < len(layout.words):
            layout = _arranged(self._index, {token: layout.words[token] for token in found})
            self._layout = layout
        return layout, found

    def _open(self, token: str) -> WordIndex | None:
        if not (self._place / f"{token}{SUFFIX}").exists():
            return None
        try:
            return open_words(self._place, token)
        except Damaged:
            self._delete(token)
            return None

    def _delete(self, token: str) -> None:
        with suppress(OSError):
            (self._place / f"{token}{SUFFIX}").unlink()


def _arranged(index: Index, words: Mapping[str, WordIndex]) -> _Layout:
    """Return which rows are found by which word index, from where their records begin."""
    tokens = index.tables.segments
    numbers = [
        {offset: number for number, offset in enumerate(words[token].offsets)}
        if token in words
        else {}
        for token in tokens
    ]
    runs, rest = [_Run("", 0, 0)], array("I")
    for row, (segment, offset) in enumerate(zip(index.segment, index.offset, strict=True)):
        number = numbers[segment].get(offset)
        if number is None:
            rest.append(row)
            continue
        run = runs[-1]
        if run.token != tokens[segment] or not row - run.row == number - run.number == run.size:
            runs.append(run := _Run(tokens[segment], row, number))
        run.size += 1
    return _Layout(words, runs[1:], rest)
