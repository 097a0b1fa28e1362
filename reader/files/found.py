"""What reading a folder finds; light to import, for the reading is done in another process."""

from dataclasses import dataclass
from typing import TypeAlias

from reader.files.site import NO_SITE, Site
from reader.model import Article, Topic


@dataclass(frozen=True, slots=True)
class Contents:
    """What a folder holds before its articles are read: the files to come, and the rest.

    `site` is what kind of site the folder is.
    """

    library: int
    files: int
    passed_over: dict[str, int]
    topics: tuple[Topic, ...]
    site: Site = NO_SITE


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles of a folder, and how many of its files turned out not to be articles."""

    library: int
    articles: tuple[Article, ...]
    passed_over: int = 0


Result: TypeAlias = Contents | Batch
