"""The full texts that were got of articles, kept in the cache; the oldest go where there are many.

A file is one line of JSON, where a text came from and when, and the text as Markdown below it.
"""

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.files.reading import Unreadable, read_regular
from reader.state.whole import write_whole

if TYPE_CHECKING:
    from reader.body.blocks import Body

MOST = 5_000
MOST_BYTES = 200 << 20
"""Texts and bytes of all of them that are kept."""


class NoFullText(Exception):  # noqa: N818 - it says what is missing
    """Why there is no full text, in a sentence."""


class Kept(NamedTuple):
    """A full text as Markdown, the address it came from, and when, in the one form."""

    text: str
    url: str
    at: str

    @property
    def body(self) -> "Body":
        """The text to be read."""
        from reader.body.parse import parse_body

        return parse_body(self.text, html=False, base=self.url)


class KeptTexts:
    """The texts by the keys of their articles; losing them costs getting them again."""

    def __init__(self, cache_dir: Path, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._folder, self._most, self._most_bytes = cache_dir / "texts", most, most_bytes

    def has(self, key: str) -> bool:
        """Whether the text of an article is kept."""
        return os.path.exists(self._path(key))

    def read(self, key: str) -> Kept | None:
        """Return the text of an article, None without a sound one."""
        try:
            head, _, text = read_regular(self._path(key)).decode().partition("\n")
            url, at = json.loads(head)
        except (Unreadable, ValueError, TypeError, RecursionError):
            return None
        return Kept(text, url, at) if isinstance(url, str) and isinstance(at, str) else None

    def write(self, key: str, kept: Kept) -> None:
        """Keep the text of an article; what is too much goes. Raises OSError."""
        data = f"{json.dumps([kept.url, kept.at])}\n{kept.text}".encode("utf-8", "replace")
        write_whole(self._path(key), data, sync=False)
        self._trim()

    def _path(self, key: str) -> Path:
        name = sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self._folder / f"{name}.md"

    def _trim(self) -> None:
        """Remove the oldest texts, and what is left of broken attempts, until it is no more."""
        with os.scandir(self._folder) as entries:
            files = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries]
        files.sort(key=lambda file: file[0].st_mtime_ns, reverse=True)
        size = 0
        for number, (disk, path) in enumerate(files):
            size += disk.st_size
            if number >= self._most or size > self._most_bytes:
                with suppress(OSError):
                    os.unlink(path)
