"""What is subscribed, and what came of asking: frozen values that JSON can carry.

All text has passed `reader.text`, all addresses `safe_url`, all times have the one form of
`reader.model`; missing is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reader.model import Image


@dataclass(frozen=True, slots=True)
class Feed:
    """A URL that is asked for articles.

    `folder` are the names of the folders of the OPML file that it is in, the outermost first.
    `site` is the page that it belongs to; `formerly` are the addresses that it has moved from.
    """

    url: str
    title: str = ""
    folder: tuple[str, ...] = ()
    site: str | None = None
    paused: bool = False
    full_text: bool = False
    formerly: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: its title, else its address."""
        return self.title or self.url


class Enclosure(NamedTuple):
    """A file that came with an article: a recording, a transcript, chapters; size in bytes."""

    url: str
    type: str | None = None
    size: int | None = None


class Entry(NamedTuple):
    """One article as a feed tells of it. `body` is Markdown, its addresses absolute.

    `source` is the name of who published it, where the feed names another than itself, and
    `source_url` a page or a feed of theirs.
    """

    title: str = ""
    url: str | None = None
    guid: str | None = None
    published_at: str | None = None
    updated_at: str | None = None
    excerpt: str | None = None
    body: str | None = None
    type: str = "article"
    source: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    lang: str | None = None
    amp: str | None = None
    quality: int | None = None
    heat: int | None = None
    source_url: str | None = None


class Parsed(NamedTuple):
    """What a feed says, as far as it could be understood.

    `wrong` is what was wrong with it, in one sentence. `next_page` is where a list of a site goes
    on. `ttl` is minutes between two askings that the feed asks for.
    """

    title: str = ""
    site: str | None = None
    entries: tuple[Entry, ...] = ()
    wrong: str | None = None
    next_page: str | None = None
    ttl: int | None = None


def parsed_of(told: Sequence[Any]) -> Parsed:
    """Return what was made to JSON as the list that a tuple is there."""
    title, site, entries, *others = told
    return Parsed(title, site, tuple(map(entry_of, entries)), *others)


def entry_of(told: Sequence[Any]) -> Entry:
    """Return an entry that was made to JSON as the list that a tuple is there."""
    entry = Entry(*told)
    return entry._replace(
        authors=tuple(entry.authors),
        categories=tuple(entry.categories),
        images=tuple(Image(*one) for one in entry.images),
        enclosures=tuple(Enclosure(*one) for one in entry.enclosures),
    )


class Offer(NamedTuple):
    """A feed that a page offers."""

    url: str
    title: str = ""
