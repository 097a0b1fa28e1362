"""Looking at some paths of a folder only, where that tells all: much less than a walk."""

import os
import stat
from collections.abc import Container, Iterable

from reader.files.kinds import KINDS
from reader.files.walk import ARTICLE_SUFFIXES, NOT_ENTERED, Found, passed_over
from reader.snapshot.reading import Base

_OF_THE_SITE = {name for kind in KINDS for name in kind.configs} | {
    name.rstrip("/") for kind in KINDS for group in kind.marks for name in group
}


def glance(
    base: Base, folders: Container[str], paths: Iterable[str]
) -> tuple[list[Found], list[str]] | None:
    """Return what is found at some paths and where nothing is, None where a walk has to tell.

    `folders` are those that were walked, each with its final slash.
    """
    news, gone = list[Found](), list[str]()
    for path in paths:
        if _is_of_no_interest(path):
            continue
        if _says_more(base, folders, path):
            return None
        if not path.lower().endswith(ARTICLE_SUFFIXES) or passed_over(path, site=base.site):
            continue
        try:
            found = os.lstat(base.folder / path)
        except OSError:
            gone.append(path)
            continue
        if stat.S_ISLNK(found.st_mode):
            gone.append(path)
        else:
            news.append((path, found.st_size, found.st_mtime_ns, found.st_ino))
    return news, gone


def _is_of_no_interest(path: str) -> bool:
    """Whether a path is of an editor, of ourselves, or where no walk leads."""
    parts = path.split("/")
    hidden = any(part.startswith(".") for part in parts) and path not in _OF_THE_SITE
    return hidden or not NOT_ENTERED.isdisjoint(parts[:-1])


def _says_more(base: Base, folders: Container[str], path: str) -> bool:
    """Whether a change at a path can mean something for others."""
    folder, slash, _ = path.rpartition("/")
    if path in _OF_THE_SITE or "_data" in path.split("/") or f"{path}/" in folders:
        return True
    is_article = path.lower().endswith(ARTICLE_SUFFIXES)
    if is_article and (base.site.row.bundles or folder + slash not in folders):
        return True
    return stat.S_ISDIR(_mode(base, path))


def _mode(base: Base, path: str) -> int:
    try:
        return os.lstat(base.folder / path).st_mode
    except OSError:
        return 0
