"""Views of the store: what the sidebar offers, how many articles each holds, and which."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reader.model import Article, Status
from reader.store import Store

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
