"""A page: all that the article pane shows of an article, or of the copy of one not here."""

from dataclasses import dataclass

from reader.body import Body
from reader.model import NO_STATUS, Article, RelatedItem, Status, Urls


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One related item on a page; `article` is None where it is not in this folder."""

    title: str
    provider: str | None
    published_at: str | None
    quality: int | None
    status: Status
    item: RelatedItem
    article: Article | None

    @property
    def name(self) -> str:
        """What a breadcrumb calls it."""
        return self.provider or self.title


@dataclass(frozen=True, slots=True)
class Page:
    """One article as it is read. `article` is None where only the copy of it is known.

    `sections` are topic paths from the root down; `library` is the folder that it was found in.
    """

    title: str
    library: int
    urls: Urls
    article: Article | None = None
    item: RelatedItem | None = None
    status: Status = NO_STATUS
    provider: str | None = None
    published_at: str | None = None
    quality: int | None = None
    excerpt: str | None = None
    body: Body | None = None
    sections: tuple[tuple[str, ...], ...] = ()
    near: tuple[Neighbour, ...] = ()
    providers: int = 0
    covered_by: str | None = None
    problem: str | None = None

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses of the body, numbered after the related items."""
        return self.body.links if self.body else ()

    @property
    def name(self) -> str:
        """What a breadcrumb calls it."""
        return self.provider or self.title

    def is_same(self, other: "Page | None") -> bool:
        """Whether two pages show the same article, however its status changed."""
        return other is not None and self._identity == other._identity

    @property
    def _identity(self) -> tuple[object, ...]:
        return (self.article.id,) if self.article else (self.urls, self.item and self.item.title)
