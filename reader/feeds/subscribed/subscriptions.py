"""The file of what is subscribed: in the library's folder, and read by every reader."""

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from reader.feeds.subscribed.opml import feeds_of, new_opml, open_opml, put_feeds
from reader.feeds.subscribed.xml_tree import MAX_BYTES, Document, XmlError, write_xml
from reader.feeds.values import Feed
from reader.files.reading import Unreadable, read_regular, reason
from reader.folders import FEEDS_FILE
from reader.state.own import AS_IT_IS, locked
from reader.state.whole import sweep, write_whole
from reader.text import clean_line

PATIENCE = 10.0
"""Seconds that another process may take to change the file."""


class SubscriptionError(Exception):
    """The file cannot be read or written: a sentence with its path, and the line if it has one."""


def read_feeds(folder: Path) -> tuple[Feed, ...]:
    """Return what is subscribed in a folder. Raises SubscriptionError."""
    path = folder / FEEDS_FILE
    return feeds_of(_read(path)).feeds if os.path.lexists(path) else ()


def change_feeds(
    folder: Path, change: Callable[[tuple[Feed, ...]], Iterable[Feed]]
) -> tuple[Feed, ...]:
    """Change what is subscribed in a folder; returns what is then.

    What else is in the file stays, and so does another process's change. Raises
    SubscriptionError, and what `change` raises; then the file is as it was.
    """
    path = folder / FEEDS_FILE
    try:
        if not os.path.lexists(path):
            write_whole(path, write_xml(new_opml()), replace=False, mode=0o644)
        with locked(path, AS_IT_IS, PATIENCE) as handle:
            sweep(folder)
            return _change(path, change, stat.S_IMODE(os.fstat(handle).st_mode))
    except OSError as error:
        raise SubscriptionError(clean_line(f"{path}: {reason(error)}")) from error


def _change(
    path: Path, change: Callable[[tuple[Feed, ...]], Iterable[Feed]], mode: int
) -> tuple[Feed, ...]:
    document = _read(path)
    before = feeds_of(document).feeds
    after = tuple(change(before))
    if after == before:
        return before
    put_feeds(document, after)
    write_whole(path, write_xml(document), mode=mode)
    return feeds_of(document).feeds


def _read(path: Path) -> Document:
    """Read the file; an empty one has no feeds. Raises SubscriptionError."""
    try:
        body = read_regular(path, MAX_BYTES)
        return open_opml(body) if body.strip() else new_opml()
    except (Unreadable, XmlError) as error:
        raise SubscriptionError(clean_line(f"{path}: {error}")) from error
