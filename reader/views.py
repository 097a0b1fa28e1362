"""Views of the store: what the sidebar offers, how many articles each holds, and their rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reader.model import Article, Status
from reader.store import Store, Story

StatusOf = Callable[[Article], Status]
Matches = Callable[[Article, Status], bool]


@dataclass(frozen=True, slots=True)
class View:
    """One entry of the sidebar: a kind, and the topic's or provider's name where it has one."""

    kind: str
    name: str = ""

    @property
    def title(self) -> str:
        """What the list's heading says."""
        return self.name or TITLES[self.kind]

    @property
    def nothing(self) -> str:
        """What is said of it while it holds no article."""
        if self.kind == "topic":
            return f"Nothing is filed under {self.name}"
        if self.kind == "provider":
            return f"Nothing here is by {self.name}"
        where = {"front": "left on the front page", "all": "left", "starred": "starred yet"}
        return f"Nothing is {where.get(self.kind, self.kind)}"


TITLES = {
    "front": "Front page",
    "all": "All",
    "picked": "Picked",
    "unread": "Unread",
    "starred": "Starred",
    "dismissed": "Dismissed",
    "hidden": "Hidden",
    "problems": "Problems",
}
FRONT, ALL, PICKED, UNREAD, STARRED, DISMISSED, HIDDEN, PROBLEMS = map(View, TITLES)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of each file: when all is loaded, `seen` is the sum of the next four.

    `topics` of those that were passed over are the folder's own list of topics.
    """

    seen: int = 0
    articles: int = 0
    hidden: int = 0
    problems: int = 0
    passed_over: int = 0
    topics: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the sidebar; `count` is of articles, of unread ones for topics and providers."""

    view: View
    label: str
    count: int
    depth: int = 0
    parent: bool = False


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


class Tally:
    """How many articles each view holds; kept up to date article by article, never recounted."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.topics: Counter[str] = Counter()
        self.providers: Counter[str] = Counter()
        self._stories: Counter[str] = Counter()
        self._counted: dict[str, Status] = {}

    def count(self, article: Article, status: Status, store: Store) -> bool:
        """Count an article with its status, in place of how it was counted before.

        Returns whether that made a difference.
        """
        before = self._counted.get(article.id)
        if before == status:
            return False
        if before is not None:
            self._add(article, before, store, -1)
        self._add(article, status, store, 1)
        self._counted[article.id] = status
        return True

    def _add(self, article: Article, status: Status, store: Store, sign: int) -> None:
        for kind in _kinds(article, status):
            self.kinds[kind] += sign
        if not is_live(article, status):
            return
        leader = store.leader(article)
        self._count_story(leader.id if leader else article.id, sign)
        if article.provider:
            self.providers[article.provider] += sign * status.unread
        if status.unread:
            for name in {name for topic in article.topics for name in store.topics.path(topic)}:
                self.topics[name] += sign

    def _count_story(self, story: str, sign: int) -> None:
        before = self._stories[story] > 0
        self._stories[story] += sign
        self.kinds["front"] += (self._stories[story] > 0) - before


def is_live(article: Article, status: Status) -> bool:
    """Whether an article is among the news: not hidden, dismissed or broken."""
    return not (article.hidden or article.problem or status.dismissed)


def _kinds(article: Article, status: Status) -> Iterator[str]:
    if article.hidden:
        yield "hidden"
        return
    yield "all"
    if article.problem:
        yield "problems"
    elif status.dismissed:
        yield "dismissed"
    else:
        if article.picked:
            yield "picked"
        if status.unread:
            yield "unread"
    if status.starred:
        yield "starred"


def sidebar(tally: Tally, store: Store) -> tuple[Entry, ...]:
    """Return the sidebar's lines: views, then topics as a tree, then providers."""
    needed = {"front", "all", "unread", "starred"}
    kinds = [kind for kind in TITLES if kind in needed or tally.kinds[kind]]
    views = [Entry(View(kind), TITLES[kind], tally.kinds[kind]) for kind in kinds]
    topics = [
        Entry(
            View("topic", name), name, tally.topics[name], depth, bool(store.topics.children(name))
        )
        for name, depth in store.topics.walk()
    ]
    providers = [
        Entry(View("provider", name), name, tally.providers[name]) for name in store.providers
    ]
    return (*views, *topics, *providers)


def select(
    store: Store, view: View, order: str, status_of: StatusOf, matches: Matches
) -> list[Article]:
    """Return the articles of a view that match, in an order; on the front page one a story."""
    if view.kind == "front":
        return _front(store, order, status_of, matches)
    belongs = _belongs(store, view)
    return [
        article
        for article in store.ordered(order)
        if belongs(article, status := status_of(article)) and matches(article, status)
    ]


def _belongs(store: Store, view: View) -> Matches:
    if view.kind == "topic":
        within = store.topics.within(view.name)
        return lambda article, status: (
            is_live(article, status) and not within.isdisjoint(article.topics)
        )
    if view.kind == "provider":
        return lambda article, status: is_live(article, status) and article.provider == view.name
    return lambda article, status: view.kind in _kinds(article, status)


def _front(store: Store, order: str, status_of: StatusOf, matches: Matches) -> list[Article]:
    """Return the lone articles, and of each story the first that is live and matches."""

    def belongs(article: Article) -> bool:
        status = status_of(article)
        return is_live(article, status) and matches(article, status)

    chosen: list[Article] = []
    stands: dict[str, Article | None] = {}
    for article in store.ordered(order):
        story = store.story(article)
        if story is None:
            if belongs(article):
                chosen.append(article)
            continue
        if story.leader.id not in stands:
            stands[story.leader.id] = next(filter(belongs, story.articles), None)
        if stands[story.leader.id] is article:
            chosen.append(article)
    return chosen


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
