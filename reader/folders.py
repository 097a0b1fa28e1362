"""Folders, or single files, that a person names: opened, or refused with a hint."""

import os
from dataclasses import dataclass
from pathlib import Path

from reader.text import clean_line

FEEDS_FILE = "feeds.opml"
"""What is subscribed in a folder."""


class NoFolder(Exception):  # noqa: N818 - it is what the message says
    """A folder or file that is not there; the message is a sentence, `instead` the nearest name."""

    def __init__(self, path: Path, instead: Path | None) -> None:
        self.path, self.instead = path, instead
        hint = f"; did you mean {instead}?" if instead else ""
        super().__init__(clean_line(f"there is no folder {path}{hint}"))


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder, or one file, that was opened; `base` is what paths are relative to."""

    root: Path
    base: Path


def open_folder(path: Path) -> Folder:
    """Return what a path names. Raises NoFolder."""
    root = Path(os.path.expanduser(path))
    if not os.path.exists(root):
        raise NoFolder(path, nearest(root))
    root = root.resolve()
    return Folder(root, root if os.path.isdir(root) else root.parent)


def nearest(path: Path) -> Path | None:
    """Return the path whose name is most like that of one which is not there."""
    from difflib import get_close_matches

    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return None
    found = get_close_matches(path.name, names, n=1)
    return path.parent / found[0] if found else None
