"""The ledger: what was filed in a folder, so that no article is written twice, moved or deleted.

One append-only file a machine, `.broadsheet/feeds/<machine>.jsonl`; those of all machines that
share the folder are read. Articles and feeds stand in it as short hashes.
"""

import errno
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from reader.files.reading import Unreadable, read_regular
from reader.state.own import OwnFile
from reader.state.place import machine_id

FOLDER = Path(".broadsheet", "feeds")

_MOST, _MOST_OF_OTHERS = 1 << 30, 128 << 20  # bytes; 100,000 articles take 17 MB
_INSIDE = re.compile(
    r"_news/[\w-]{1,240}\.md"
    r"|(?:[^./\0\ud800-\udc7f\udd00-\udfff][^/\0\ud800-\udc7f\udd00-\udfff]{0,254}(?:/(?!\Z)|\Z))*"
)
"""A path within a folder, or none: other machines may write anything."""


class Line(NamedTuple):
    """One article as it was filed.

    `key`, `guid` and `feed` are marks (see `mark`), `guid` may be empty. `file` is the path in the
    folder, empty where the article was there already. `text` tells the feed's words from others;
    `sha` is the SHA-256 of the file's bytes, empty for a file that is not ours.
    """

    key: str
    guid: str
    feed: str
    file: str
    text: str
    sha: str


def mark(text: str) -> str:
    """Return the 16 hex digits that stand for an address, a guid or words in the ledger."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hex digits."""
    return sha256(data).hexdigest()


class Ledger:
    """What was filed in a folder by all machines; `add` is for this one. Not thread safe."""

    def __init__(self, folder: Path, state_dir: Path) -> None:
        """Read it; a line that is torn or makes no sense is passed over.

        Raises OSError where our own part is there and cannot be read: all would be written again.
        """
        self._own = OwnFile(folder / FOLDER / f"{machine_id(state_dir)}.jsonl")
        self._by_key: dict[str, Line] = {}
        self._keys: dict[str, str] = {}
        """The key of the article that a guid means."""
        self._written: dict[str, str] = {}
        for path in sorted((folder / FOLDER).glob("*.jsonl")):
            is_ours = path == self._own.path
            try:
                self._take(_lines(read_regular(path, _MOST if is_ours else _MOST_OF_OTHERS)))
            except Unreadable as error:
                if is_ours and os.path.lexists(path):
                    raise OSError(errno.EIO, f"what was filed is not known: {error}") from error

    def __len__(self) -> int:
        """Return how many articles are known."""
        return len(self._by_key)

    def find(self, key: str, guid: str) -> Line | None:
        """Return how an article was filed last, which its key or its guid (marks) may tell."""
        return self._by_key.get(key) or self._by_key.get(self._keys.get(guid, "")) or None

    def written(self, file: str) -> str | None:
        """Return the SHA-256 of a file of ours as it was written last, None for one of others."""
        return self._written.get(file)

    def files(self) -> Iterable[str]:
        """Return the paths of all that was written, also of what is no longer there."""
        return self._written.keys()

    def add(self, lines: Iterable[Line]) -> None:
        """Keep some lines, on the disk when this returns. Raises OSError: then they may not be."""
        new = list(lines)
        text = "".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in new)
        self._own.waiting += text.encode()
        self._own.write()
        self._own.sync()
        self._take(new)

    def rewrote(self, file: str, sha: str) -> None:
        """Keep that a file of ours has other bytes now. Raises OSError."""
        self.add([Line("", "", "", file, "", sha)])

    def _take(self, lines: Iterable[Line]) -> None:
        for line in lines:
            if line.key:
                self._by_key[line.key] = line
                if line.guid:
                    self._keys[line.guid] = line.key
            if line.sha:
                self._written[line.file] = line.sha


def _lines(data: bytes) -> Iterator[Line]:
    for text in data.split(b"\n"):
        with suppress(ValueError, RecursionError, TypeError):
            line = Line(*json.loads(text))
            if all(isinstance(part, str) for part in line) and _INSIDE.fullmatch(line.file):
                yield line
