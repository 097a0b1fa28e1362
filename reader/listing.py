"""The rows of the article list, made from the articles of a view when they are drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from reader.model import Article, Status
from reader.store import Store, Story
from reader.views import StatusOf, is_live


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the article list, with all that it shows.

    `story` is there where the row stands for others too: its own article first, then those that
    are folded under it. `inside` says that it belongs to the unfolded story above. `related`
    counts what is related.
    """

    article: Article
    status: Status
    story: Story | None = None
    unfolded: bool = False
    inside: bool = False
    last_inside: bool = False
    related: int = 0
    covered_by: str | None = None


class Listing:
    """The rows of the article list, made one by one when they are drawn."""

    def __init__(
        self, store: Store, articles: list[Article], status_of: StatusOf, *, folded: bool = False
    ) -> None:
        self._store, self._status_of, self._folded = store, status_of, folded
        self._articles = articles
        self._inside: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._articles)

    def __getitem__(self, index: int) -> Row:
        article = self._articles[index]
        leader = self._inside.get(article.id)
        story = self._store.story(article)
        after = self._inside.get(self._articles[index + 1].id) if index + 1 < len(self) else None
        stands = self._folded and leader is None
        folded = self._others(article, story) if story and stands else ()
        covered = story is not None and story.leader is not article and not stands
        return Row(
            article,
            self._status_of(article),
            story=Story(article, folded) if folded else None,
            unfolded=after == article.id,
            inside=leader is not None,
            last_inside=leader is not None and after != leader,
            related=len(self._store.near(article)),
            covered_by=story.leader.name if story and covered else None,
        )

    def article(self, index: int) -> Article:
        """Return the article of a row."""
        return self._articles[index]

    def index_of(self, article_id: str) -> int | None:
        """Return the row of an article, None where it is not in the list."""
        for index, article in enumerate(self._articles):
            if article.id == article_id:
                return index
        return None

    def first_of(self, ids: Iterable[str]) -> int | None:
        """Return the row of the first of some articles that is in the list."""
        rows = {article.id: row for row, article in enumerate(self._articles)}
        return next((rows[name] for name in ids if name in rows), None)

    def stand_in(self, article: Article) -> Article | None:
        """Return the article in the list that stands for another one's story."""
        story = self._store.story(article) if self._folded else None
        here = (one for one in story.articles if self.index_of(one.id) is not None) if story else ()
        return next(iter(here), None)

    def toggle(self, index: int) -> bool:
        """Unfold the story of a row in place, or fold it again; False where there is nothing to."""
        stands = self._inside.get(self._articles[index].id)
        if stands is not None:
            index = self._articles.index(self._store.articles[stands])
        row = self[index]
        inside = [name for name, leader in self._inside.items() if leader == row.article.id]
        if inside:
            del self._articles[index + 1 : index + 1 + len(inside)]
            for name in inside:
                del self._inside[name]
        elif row.story:
            self._articles[index + 1 : index + 1] = row.story.covered
            self._inside.update(
                dict.fromkeys((one.id for one in row.story.covered), row.article.id)
            )
        return bool(inside or row.story)

    @property
    def unfolded(self) -> frozenset[str]:
        """The articles whose stories are unfolded, by id."""
        return frozenset(self._inside.values())

    def _others(self, article: Article, story: Story) -> tuple[Article, ...]:
        """Return the rest of a story, without what is hidden or dismissed."""
        others = (one for one in story.articles if one is not article)
        return tuple(one for one in others if is_live(one, self._status_of(one)))
