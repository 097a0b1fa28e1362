"""Which entries of feeds are new articles, or new versions of known ones, and their files."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reader.feeds.filing.article_file import file_name, file_text, title_of
from reader.feeds.filing.categories import TopicWords
from reader.feeds.filing.ledger import Ledger, Line, digest, mark
from reader.feeds.filing.others import other_articles
from reader.feeds.filing.sameness import entry_key, guid_mark, words_of
from reader.feeds.filing.writing import NewFile
from reader.feeds.values import Entry, Feed
from reader.files.reading import Unreadable, read_regular
from reader.files.scan import read_file
from reader.files.walk import walk
from reader.versions import known_by, path_of


@dataclass(frozen=True, slots=True)
class Choice:
    """What a feed brings: files to be written, lines that are only for the ledger, and counts."""

    files: tuple[NewFile, ...] = ()
    lines: tuple[Line, ...] = ()
    new: int = 0
    versions: int = 0


class Newcomers:
    """Tells what is new in a folder, also among what was chosen and is not written yet."""

    def __init__(self, folder: Path, cache_dir: Path, ledger: Ledger, now: str) -> None:
        """Take a folder with its ledger; `now` is a time of the one form."""
        self._folder, self._cache_dir, self._ledger, self._now = folder, cache_dir, ledger, now
        self._chosen: set[str] = set()
        """Keys, guids (marks) and files of what is to be written."""

    def choose(self, feed: Feed, entries: Iterable[Entry]) -> Choice:
        """Return what of some entries is to be written; the newest of those that are one first."""
        files, lines = list[NewFile](), list[Line]()
        new = versions = 0
        for entry in entries:
            line = self._line(entry, feed)
            if self._is_chosen(line):
                continue
            before = self._ledger.find(line.key, line.guid)
            if before is None and line.file:
                lines.append(self._adopted(entry, feed, line))
            elif before is None:
                files.append(self._new(entry, feed, line))
                new += 1
            elif self._is_changed(before, line):
                line = before._replace(text=line.text)
                version = self._version(entry, feed, line)
                if isinstance(version, NewFile):
                    files.append(version)
                    versions += 1
                else:
                    lines.append(version)
            else:
                continue
            self._chosen.update(filter(None, (line.key, line.guid)))
        return Choice(tuple(files), tuple(lines), new, versions)

    def _line(self, entry: Entry, feed: Feed) -> Line:
        """Return what the ledger is to know of an entry; with a file where it is there already."""
        key = mark(entry_key(entry, feed.url))
        words = mark(" ".join(words_of(entry)))
        known = self._ledger.find(key, "") is not None
        file = "" if known else self._others.get(key, "")
        return Line(key, guid_mark(entry, feed.url), mark(feed.url), file, words, "")

    def _is_chosen(self, line: Line) -> bool:
        return line.key in self._chosen or line.guid in self._chosen

    @staticmethod
    def _is_changed(before: Line, now: Line) -> bool:
        """Whether a feed says of an article of its own what it has not said before."""
        return bool(before.sha) and before.feed == now.feed and before.text != now.text

    def _new(self, entry: Entry, feed: Feed, line: Line) -> NewFile:
        file = self._free(file_name(entry, entry_key(entry, feed.url), self._now[:10]))
        return self._file(file, entry, feed, line)

    def _adopted(self, entry: Entry, feed: Feed, line: Line) -> Line:
        """Return the line of a file that is there; it is ours where a refresh was killed."""
        name = file_name(entry, entry_key(entry, feed.url), self._now[:10])
        is_ours = line.file == name and self._words_in(name) == words_of(_titled(entry))
        return line._replace(sha=self._digest(name)) if is_ours else line

    def _version(self, entry: Entry, feed: Feed, line: Line) -> NewFile | Line:
        """Return the next version of an article, beside the one before.

        There is none where that is gone or says more; one that is there already is ours.
        """
        now, before = words_of(_titled(entry)), self._words_in(line.file)
        if not before or (len(now) < len(before) and before[: len(now)] == now):
            return line
        first = known_by(line.file)
        for name in self._later(first):
            if self._words_in(name) == now:
                return line._replace(file=name, sha=self._digest(name))
        entry = entry._replace(updated_at=entry.updated_at or self._now)
        return self._file(self._free(first), entry, feed, line)

    def _later(self, first: str) -> Iterator[str]:
        """Yield the versions after the first one that are there and not in the ledger."""
        number = 2
        while os.path.lexists(self._folder / (name := path_of(first, number))):
            if self._ledger.written(name) is None:
                yield name
            number += 1

    def _words_in(self, file: str) -> list[str]:
        """Return the words of a file as those of an entry, none where it cannot be read."""
        article, body = read_file(self._folder, file) or (None, "")
        if article is None or article.problem:
            return []
        return words_of(Entry(article.title, excerpt=article.excerpt, body=body.strip() or None))

    def _digest(self, file: str) -> str:
        """Return the digest of a file, empty where it cannot be read."""
        try:
            return digest(read_regular(self._folder / file))
        except Unreadable:
            return ""

    def _free(self, file: str) -> str:
        """Return the first name of a file and its versions that is not taken, and take it."""
        number, name = 1, file
        while self._is_taken(name):
            number += 1
            name = path_of(file, number)
        self._chosen.add(name)
        return name

    def _is_taken(self, file: str) -> bool:
        is_known = file in self._chosen or self._ledger.written(file) is not None
        return is_known or os.path.lexists(self._folder / file)

    def _file(self, file: str, entry: Entry, feed: Feed, line: Line) -> NewFile:
        text = file_text(entry, feed, self._topics.topics_of(entry, feed), self._now)
        data = text.encode("utf-8", "replace")
        return NewFile(file, data, line._replace(file=file, sha=digest(data)))

    @cached_property
    def _walked(self) -> tuple[list[str], list[str]]:
        walked = walk(self._folder)
        return walked.files, walked.topics

    @cached_property
    def _others(self) -> dict[str, str]:
        files, known = self._walked[0], set(self._ledger.files())
        return other_articles(self._folder, self._cache_dir, files, known)

    @cached_property
    def _topics(self) -> TopicWords:
        return TopicWords(self._folder, self._walked[1])


def _titled(entry: Entry) -> Entry:
    """Return an entry with the title that its file has."""
    return entry._replace(title=title_of(entry))
