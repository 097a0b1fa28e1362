"""What the files say and what the user did, as frozen values.

Times are text in one form, so that they sort, compare and print as they are:
`2020-10-20T13:13:00Z`, or `2020-10-20` where the file knows the day only.
All text has passed `reader.text`, all addresses `reader.urls.safe_url`.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Urls(NamedTuple):
    """The addresses of one article; each is absolute http(s) or None."""

    original: str | None = None
    web: str | None = None
    amp: str | None = None
    cdn_amp: str | None = None

    @property
    def best(self) -> str | None:
        """The address to open: the original, else the nearest thing to it."""
        return self.original or self.web or self.amp or self.cdn_amp


NO_URLS = Urls()


class Image(NamedTuple):
    """A picture that came with an article; width and height are pixels."""

    url: str
    width: int | None = None
    height: int | None = None
    title: str | None = None


class RelatedItem(NamedTuple):
    """The copy of another article that a file carries in its `related` list; it may be stale.

    `key` is the canonical URL that it is found by, None where the copy has no usable address.
    """

    title: str
    key: str | None = None
    excerpt: str | None = None
    published_at: str | None = None
    urls: Urls = NO_URLS
    provider: str | None = None
    domain: str | None = None
    type: str | None = None
    quality: int | None = None
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One published piece, one file. Missing is None, never 0 or an empty text.

    `path` is relative to the library, with forward slashes, cleaned for showing; `file` is the
    same as the disk spells it. `key` is what everything durable hangs on: the canonical URL, else
    the path. `id` is ten hex digits of its SHA-256. `library` counts the folders from 0.
    A file with a problem has a title (its file name) and a problem, and nothing else.
    """

    id: str
    key: str
    path: str
    file: str
    title: str
    library: int = 0
    excerpt: str | None = None
    published_at: str | None = None
    updated_at: str | None = None
    urls: Urls = NO_URLS
    provider: str | None = None
    domain: str | None = None
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    type: str | None = None
    lang: str | None = None
    feed: str | None = None
    quality: int | None = None
    heat: int | None = None
    picked: bool | None = None
    images: tuple[Image, ...] = ()
    related: tuple[RelatedItem, ...] = ()
    has_body: bool = False
    hidden: str | None = None
    problem: str | None = None

    @property
    def name(self) -> str:
        """What it is called in a few words: its provider, else its title."""
        return self.provider or self.title

    @property
    def covered(self) -> bool | None:
        """Whether the site says that another article covers this one (`heat: -1`)."""
        return None if self.heat is None else self.heat == -1

    @property
    def is_video(self) -> bool:
        """Whether this is a film and not a text."""
        return self.type == "video"


HERE, HIDDEN, PROBLEM, PICKED, COVERED, VIDEO, HEAD, BODY = (1 << bit for bit in range(8))
"""What is known of an article, in the bits of a byte: it is among the articles, hidden, broken,
picked, covered by the site's own word, a film; lone or the leader of its story; it has a body."""


READ, PASSED, STARRED, DISMISSED = 1, 2, 4, 8
"""A status without its position as one number: these are its bits."""

MUTED = 16
"""The bit of an article that a mute rule hides: found anew each time, and never kept."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the user did with an article. `position` is the first line shown, of the body's text."""

    read: bool = False
    passed: bool = False
    starred: bool = False
    dismissed: bool = False
    position: int = 0

    @property
    def unread(self) -> bool:
        """Neither read nor passed with its story."""
        return not (self.read or self.passed)


NO_STATUS = Status()


def bits_of(status: Status) -> int:
    """Return a status without its position as one number."""
    return (
        READ * status.read
        | PASSED * status.passed
        | STARRED * status.starred
        | DISMISSED * status.dismissed
    )


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of the folder's own list (`_data/topics`); `parent` is a topic's name."""

    name: str
    parent: str | None = None
