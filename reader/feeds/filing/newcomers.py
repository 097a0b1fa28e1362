"""Which entries of feeds are new articles, or new versions of known ones, and their files."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reader.feeds.filing.article_file import file_name, file_text, title_of
from reader.feeds.filing.categories import TopicWords
from reader.feeds.filing.changing import Filed
from reader.feeds.filing.identity import Identity, Known
from reader.feeds.filing.ledger import Ledger, Line, digest, mark
from reader.feeds.filing.others import other_articles
from reader.feeds.filing.sameness import link_key, words_of
from reader.feeds.filing.writing import NewFile
from reader.feeds.values import Entry, Feed
from reader.files.walk import walk
from reader.versions import path_of


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
        """Keys and guids (marks) of what was told, and files that are to be written."""
        self._filed = Filed(folder, ledger)

    def choose(self, feed: Feed, entries: Iterable[Entry]) -> Choice:
        """Return what of some entries is to be written; the newest of those that are one first."""
        told = tuple(entries)
        identity, files, lines = Identity(self._ledger, feed, told), list[NewFile](), list[Line]()
        new = versions = 0
        for entry in told:
            known = identity.known(entry)
            line = _line(entry, known, identity.feeds[0])
            if self._is_chosen(line):
                continue
            self._chosen.update(filter(None, (line.key, line.guid)))
            if known.before is None:
                found: NewFile | Line | None = self._new(entry, feed, known.key, line)
                new += isinstance(found, NewFile)
            elif _is_changed(known.before, line, identity):
                found = self._version(entry, feed, known.before, line)
                versions += isinstance(found, NewFile)
            else:
                continue
            if isinstance(found, NewFile):
                files.append(found)
            elif found:
                lines.append(found)
        return Choice(tuple(files), tuple(lines), new, versions)

    def _is_chosen(self, line: Line) -> bool:
        return line.key in self._chosen or line.guid in self._chosen

    def _new(self, entry: Entry, feed: Feed, key: str, line: Line) -> NewFile | Line:
        """Return the file of a new article, or the line of one that is there.

        That is ours where a refresh was killed.
        """
        name = file_name(entry, key, self._now[:10])
        if self._is_left(name) and self._filed.words_in(name) == words_of(_titled(entry)):
            return line._replace(file=name, sha=self._filed.sha(name))
        if key == link_key(entry) and (theirs := self._others.get(line.key)):
            return line._replace(file=theirs)
        return self._file(self._free(name), entry, feed, line)

    def _version(self, entry: Entry, feed: Feed, before: Line, line: Line) -> NewFile | Line | None:
        """Return the next version of an article that has changed, beside the one before."""
        line = before._replace(text=line.text)
        found = self._filed.next_version(line, words_of(_titled(entry)))
        if not isinstance(found, str):
            return found
        entry = entry._replace(updated_at=entry.updated_at or self._now)
        return self._file(self._free(found), entry, feed, line)

    def _is_left(self, file: str) -> bool:
        """Whether a file is there that the ledger does not know."""
        return self._ledger.written(file) is None and os.path.lexists(self._folder / file)

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


def _line(entry: Entry, known: Known, feed: str) -> Line:
    """Return what the ledger is to know of an entry, but for its file."""
    return Line(mark(known.key), known.guid, mark(feed), "", mark(" ".join(words_of(entry))), "")


def _is_changed(before: Line, now: Line, identity: Identity) -> bool:
    """Whether a feed says of an article of its own what it has not said before."""
    if not before.sha or before.text == now.text:
        return False
    return before.feed in map(mark, identity.feeds)


def _titled(entry: Entry) -> Entry:
    """Return an entry with the title that its file has."""
    return entry._replace(title=title_of(entry))
