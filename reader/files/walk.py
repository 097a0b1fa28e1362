"""Walking a folder: which files hold articles, and why the others are passed over."""

import os
from collections import Counter
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from reader.files.reading import reason
from reader.files.site import NO_SITE, PLAIN, Site
from reader.folders import FEEDS_FILE

ARTICLE_SUFFIXES = (".md", ".markdown", ".html", ".txt")
TOPIC_SUFFIXES = (".yaml", ".yml")
NOT_ENTERED = frozenset(("_site", "node_modules", "__pycache__"))
TEMPLATES = frozenset(("_layouts", "_includes", "_sass", "archetypes", "layouts", "themes"))
_MAY_BE_SPECIAL = frozenset(".rRlLcCiI4")  # how hidden files, NOT_ARTICLES, index pages begin
NOT_ARTICLES = ("readme", "license", "licence", "changelog", "contributing")
CONFLICT = ".sync-conflict-"
"""What Syncthing puts into the name of a copy where two machines have written a file."""


Found = tuple[str, int, int, int]
"""A file: its path, size in bytes, mtime in nanoseconds, and inode."""


@dataclass(slots=True)
class Walked:
    """What a folder holds; paths are relative to it, with forward slashes.

    `passed_over` counts files by the reason; `unreadable` are folders that cannot be listed;
    `folders` are those that were, with their mtimes in nanoseconds.
    """

    found: list[Found] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    folders: list[tuple[str, int]] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """The paths of the files that may hold articles, in sorted order."""
        return sorted(path for path, *_ in self.found)


def walk(root: Path, site: Site = NO_SITE, limit: float = inf) -> Walked:
    """List a folder to its depths, without following links; hidden folders are not entered.

    It ends at `limit` files, when that many were found.
    """
    walked, folders = Walked(), [""]
    while folders and len(walked.found) < limit:
        folder = folders.pop()
        try:
            walked.folders.append((folder, os.stat(root / folder).st_mtime_ns))
            _list(root, folder, folders, walked, site, limit)
        except OSError as error:
            walked.unreadable.append(
                (folder or "./", f"the folder cannot be read: {reason(error)}")
            )
    if site.row.bundles:
        _leave_out_parts(walked, site)
    walked.topics.sort()
    return walked


def _list(
    root: Path, folder: str, folders: list[str], walked: Walked, site: Site, limit: float
) -> None:
    """Take in what is in one folder; 100,000 files make a quick way worth its lines."""
    found, is_plain = walked.found, _is_plain(folder, site)
    with os.scandir(root / folder) as entries:
        for entry in entries:
            name = entry.name
            if (
                is_plain
                and name.endswith(ARTICLE_SUFFIXES)
                and name[0] not in _MAY_BE_SPECIAL
                and CONFLICT not in name
                and entry.is_file(follow_symlinks=False)
            ):
                found.append((folder + name, *_figures(entry)))
            else:
                _sort_out(entry, folder + name, folders, walked, site)
            if len(found) >= limit:
                return


def _is_plain(folder: str, site: Site) -> bool:
    """Whether names alone say what the files of a folder are."""
    return site == NO_SITE and TEMPLATES.union(("_data",)).isdisjoint(folder.split("/"))


def has_articles(root: Path) -> bool:
    """Whether there is a folder, and anything in it that may be an article."""
    return root.is_dir() and bool(walk(root, limit=1).found)


def found_file(root: Path) -> Walked:
    """Return what a walk would of a single file. Raises OSError."""
    entry = os.stat(root)
    return Walked([(root.name, entry.st_size, entry.st_mtime_ns, entry.st_ino)])


def _leave_out_parts(walked: Walked, site: Site) -> None:
    """Leave out what lies beside or below an `index.md`, for it belongs to that article."""
    indexes = {path.rpartition("/")[0] for path in walked.files if path.endswith("/index.md")}
    bundles = indexes - {site.home.rstrip("/")}
    parts = {path for path in walked.files if not _stands_alone(path, bundles)}
    walked.found = [one for one in walked.found if one[0] not in parts]
    walked.passed_over["part of another article"] += len(parts)
    walked.passed_over += Counter()


def _stands_alone(path: str, bundles: set[str]) -> bool:
    folder, _, name = path.rpartition("/")
    if folder in bundles:
        return name.startswith("index.")
    names = folder.split("/")
    return not any("/".join(names[:depth]) in bundles for depth in range(1, len(names)))


def _sort_out(
    entry: "os.DirEntry[str]", path: str, folders: list[str], walked: Walked, site: Site
) -> None:
    if entry.is_dir(follow_symlinks=False):
        if _is_entered(entry.name, path, site):
            folders.append(path + "/")
    elif why := passed_over(path, is_link=entry.is_symlink(), site=site):
        walked.passed_over[why] += 1
        if why == "topic file":
            walked.topics.append(path)
    else:
        walked.found.append((path, *_figures(entry)))


def _figures(entry: "os.DirEntry[str]") -> tuple[int, int, int]:
    """Return size, mtime and inode; a file that has just gone is left to whoever reads it."""
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return 0, 0, 0
    return found.st_size, found.st_mtime_ns, found.st_ino


def _is_entered(name: str, path: str, site: Site) -> bool:
    """Whether a folder is looked into; what a site was built into is, to count its files."""
    if name == "_site":
        return any(beginning == path for beginning, _ in site.apart)
    return not name.startswith(".") and name not in NOT_ENTERED


def passed_over(path: str, *, is_link: bool = False, site: Site = NO_SITE) -> str | None:
    """Return why a file is no article, None where it may be one; `path` is relative."""
    *folders, name = path.split("/")
    lower = name.lower()
    if is_link:
        return "link"
    if path == FEEDS_FILE:
        return "list of feeds"
    if "_data" in folders:
        in_topics = folders[-1] == "topics" and lower.endswith(TOPIC_SUFFIXES)
        return "topic file" if in_topics else "data"
    apart = site.why_apart(path)
    if apart in ("template", "build output"):
        return apart
    if not site.home and not TEMPLATES.isdisjoint(folders):
        return "template"
    if CONFLICT in name:
        return "copy of a conflict"
    if name.startswith(".") or not lower.endswith(ARTICLE_SUFFIXES):
        return "another kind of file"
    if _is_about_the_folder(lower, site):
        return "about the folder itself"
    return apart or ("index page" if site.is_index(path) else None)


def _is_about_the_folder(lower: str, site: Site) -> bool:
    if site.kind == PLAIN:
        return lower.startswith(NOT_ARTICLES)
    return lower.partition(".")[0] in NOT_ARTICLES
