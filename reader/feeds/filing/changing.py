"""When an article has changed: whether that is worth a further version, and beside which file."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reader.feeds.filing.ledger import Ledger, Line, digest
from reader.feeds.filing.sameness import words_of
from reader.feeds.values import Entry
from reader.files.reading import Unreadable, read_regular
from reader.files.scan import read_file
from reader.versions import known_by, numbered, path_of

_FREE = 5
"""Versions of which each may differ in a single word; for each further one it is twice as many.

So a text that is never the same twice, as of a feed that puts the hour into it, comes to an end.
"""


class Filed:
    """The versions of articles as they are in a folder."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self._folder, self._ledger = folder, ledger

    def next_version(self, line: Line, now: list[str]) -> Line | str | None:
        """Return the first version beside which that with the words `now` is to be written.

        None where there is to be none, for it is gone, says more, has said it before or hardly
        differs; a line for one that is there already: a refresh was killed, or another machine
        wrote it.
        """
        if not (before := self.words_in(line.file)):
            return None
        first, number = (
            known_by(line.file),
            1 if _is_first(line.file) else numbered(line.file).number,
        )
        for name in self._later(first, number):
            words = self.words_in(name)
            if words == now:
                return line._replace(file=name, sha=self._ledger.written(name) or self.sha(name))
            before, number = words or before, numbered(name).number
        earlier = (path_of(first, one) for one in range(1, number))
        if _goes_on(now, before) or any(self.words_in(one) == now for one in earlier):
            return None
        return first if _differing(before, now) >= _least(number + 1) else None

    def words_in(self, file: str) -> list[str]:
        """Return the words of a file as those of an entry, none where it cannot be read."""
        article, body = read_file(self._folder, file) or (None, "")
        if article is None or article.problem:
            return []
        return words_of(Entry(article.title, excerpt=article.excerpt, body=body.strip() or None))

    def sha(self, file: str) -> str:
        """Return the digest of a file, empty where it cannot be read."""
        try:
            return digest(read_regular(self._folder / file))
        except Unreadable:
            return ""

    def _later(self, first: str, number: int) -> Iterator[str]:
        """Yield the versions after one that are there."""
        while os.path.lexists(self._folder / (name := path_of(first, number + 1))):
            yield name
            number += 1


def _is_first(file: str) -> bool:
    return known_by(file) == file


def _goes_on(now: list[str], before: list[str]) -> bool:
    """Whether what was said before begins with what is said now."""
    return before[: len(now)] == now


def _differing(before: list[str], now: list[str]) -> int:
    """Return how many words went and came."""
    old, new = Counter(before), Counter(now)
    return (old - new).total() + (new - old).total() or 1


def _least(number: int) -> int:
    """Return how many words have to differ in the version of a number."""
    return 1 << max(0, number - _FREE)
