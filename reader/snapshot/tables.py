"""The tables beside the columns of an index: names that numbers stand for, and the files."""

from dataclasses import dataclass, field
from typing import Any

from reader.ranking import HALF_LIFE


@dataclass(slots=True)
class Tables:
    """What the columns point to, and what became of the files.

    `folders` are the paths that were opened; `sites` have the fields of `files.site.Site` as JSON;
    `segments` are the names of the record files; `listed` are names and parents of topics,
    `used_topics` those of articles, `ranked_providers` those with the most articles first,
    `topic_counts` are articles that are neither hidden nor broken, with those of sub-topics;
    `walked` are folders within them: library, path, mtime in nanoseconds. `files` are those that
    are counted as articles to come, `read` those of them that were read, `earlier` those whose
    address an earlier folder has too, `versions` those that a later version stands for. Importance
    is halved by each `half_life`, in hours; nothing counts as published after `minute`, in minutes
    since 1970. Links are `stale` where words tell more or less now than when they were made.
    """

    folders: list[str] = field(default_factory=list)
    sites: list[list[Any]] = field(default_factory=list)
    segments: list[str] = field(default_factory=list)
    providers: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    topic_sets: list[list[str]] = field(default_factory=list)
    listed: list[list[str | None]] = field(default_factory=list)
    used_topics: list[str] = field(default_factory=list)
    ranked_providers: list[str] = field(default_factory=list)
    topic_counts: dict[str, int] = field(default_factory=dict)
    passed_over: dict[str, int] = field(default_factory=dict)
    walked: list[tuple[int, str, int]] = field(default_factory=list)
    files: int = 0
    read: int = 0
    earlier: int = 0
    versions: int = 0
    complete: bool = False
    half_life: float = HALF_LIFE
    minute: int = 0
    stale: bool = False


@dataclass(slots=True)
class Names:
    """What the columns of `ASKED` point to."""

    author: list[list[str]] = field(default_factory=list)
    tag: list[list[str]] = field(default_factory=list)
    type: list[str] = field(default_factory=list)
    lang: list[str] = field(default_factory=list)
    feed: list[str] = field(default_factory=list)
