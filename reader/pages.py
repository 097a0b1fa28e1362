"""A page: all that the article pane shows of an article, or of the copy of one not here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.ledger import Ledger
from reader.model import NO_STATUS, Article, RelatedItem, Status, Urls
from reader.neighbours import Neighbour, Neighbours
from reader.saved import Mute
from reader.store import Store

if TYPE_CHECKING:
    from reader.body.blocks import Body


@dataclass(frozen=True, slots=True)
class Page:
    """One article as it is read. `article` is None where only the copy of it is known.

    `sections` are topic paths from the root down; `library` is the folder that it was found in.
    `full` says that the body is the full text that was got from the article's page, or that
    another is wanted than that; None where nobody has asked.
    `place` is how many articles of its story come before it in time, None where it is alone.
    `is_changed` says that there are earlier versions.
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
    body: "Body | None" = None
    full: bool | None = None
    sections: tuple[tuple[str, ...], ...] = ()
    near: tuple[Neighbour, ...] = ()
    place: int | None = None
    covered_by: str | None = None
    muted_by: Mute | None = None
    is_changed: bool = False
    problem: str | None = None

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses of the body, numbered after the related items."""
        return self.body.links if self.body else ()

    def is_same(self, other: "Page | None") -> bool:
        """Whether two pages show the same version of an article, however its status changed."""
        return other is not None and self._identity == other._identity

    @property
    def _identity(self) -> tuple[object, ...]:
        if self.article:
            return self.article.id, self.article.file
        return self.urls, self.item and self.item.title


def article_page(article: Article, store: Store, ledger: Ledger) -> Page:
    """Return all that is shown of an article, but for its body."""
    row = store.row(article.id)
    leader = store.leader(row) if row is not None else None
    around = Neighbours(row, store, ledger) if row is not None else None
    return Page(
        title=article.title,
        library=article.library,
        urls=article.urls,
        article=article,
        status=ledger.status_of(article),
        provider=article.provider,
        published_at=article.published_at,
        quality=article.quality,
        excerpt=article.excerpt,
        sections=tuple(store.topics.path(topic) for topic in article.topics),
        near=around.all() if around else (),
        place=around.place if around else None,
        covered_by=store.article(leader).name if leader is not None and leader != row else None,
        is_changed=row is not None and store.has_versions(row),
        problem=article.problem,
    )


def copy_page(item: RelatedItem, library: int, ledger: Ledger) -> Page:
    """Return what is known of an article that is not here, from the copy in another file."""
    return Page(
        title=item.title,
        library=library,
        urls=item.urls,
        item=item,
        status=ledger.status_of_copy(item.key, library),
        provider=item.provider,
        published_at=item.published_at,
        quality=item.quality,
        excerpt=item.excerpt,
    )
