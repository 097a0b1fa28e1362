"""Walking a folder: which files hold articles, and why the others are passed over."""

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from reader.files.reading import reason
from reader.files.site import NO_SITE, PLAIN, Site

ARTICLE_SUFFIXES = (".md", ".markdown", ".html", ".txt")
TOPIC_SUFFIXES = (".yaml", ".yml")
NOT_ENTERED = frozenset(("_site", "node_modules", "__pycache__"))
TEMPLATES = frozenset(("_layouts", "_includes", "_sass", "archetypes", "layouts", "themes"))
NOT_ARTICLES = ("readme", "license", "licence", "changelog", "contributing")


@dataclass(slots=True)
class Walked:
    """What a folder holds; paths are relative to it, with forward slashes, in sorted order.

    `passed_over` counts files by the reason; `unreadable` are folders that cannot be listed.
    """

    files: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    unreadable: list[tuple[str, str]] = field(default_factory=list)


def walk(root: Path, site: Site = NO_SITE) -> Walked:
    """List a folder to its depths, without following links; hidden folders are not entered."""
    walked, folders = Walked(), [""]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    _sort_out(entry, folder + entry.name, folders, walked, site)
        except OSError as error:
            walked.unreadable.append(
                (folder or "./", f"the folder cannot be read: {reason(error)}")
            )
    walked.files.sort()
    walked.topics.sort()
    return walked


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
        walked.files.append(path)


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
    if "_data" in folders:
        in_topics = folders[-1] == "topics" and lower.endswith(TOPIC_SUFFIXES)
        return "topic file" if in_topics else "data"
    apart = site.why_apart(path)
    if apart in ("template", "build output"):
        return apart
    if not site.home and not TEMPLATES.isdisjoint(folders):
        return "template"
    if name.startswith(".") or not lower.endswith(ARTICLE_SUFFIXES):
        return "another kind of file"
    if _is_about_the_folder(lower, site):
        return "about the folder itself"
    return apart or ("index page" if site.is_index(path) else None)


def _is_about_the_folder(lower: str, site: Site) -> bool:
    if site.kind == PLAIN:
        return lower.startswith(NOT_ARTICLES)
    return lower.partition(".")[0] in NOT_ARTICLES
