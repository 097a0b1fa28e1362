"""The in-memory store: articles by id and address, the related graph, stories and orders."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from reader.model import NO_STATUS, Article, RelatedItem, Status, Topic
from reader.ranking import sort_articles
from reader.stories import find_leaders
from reader.topics import TopicTree
from reader.urls import canonical


@dataclass(frozen=True, slots=True)
class Near:
    """One related item: the copy in the file, and the article itself where it is in the folder."""

    item: RelatedItem
    article: Article | None = None

    @property
    def title(self) -> str:
        """The article's own title where it is here: copies can be stale."""
        return self.article.title if self.article else self.item.title


@dataclass(frozen=True, slots=True)
class Story:
    """The articles on one event: the leader first, then by quality and date."""

    leader: Article
    covered: tuple[Article, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All of them, the leader first."""
        return (self.leader, *self.covered)

    @property
    def providers(self) -> int:
        """How many providers tell it."""
        return len({article.provider for article in self.articles} - {None})


class Store:
    """All articles of the open folders. `add` as they come, then `index` before asking."""

    def __init__(self, status_of: Callable[[Article], Status] = lambda _: NO_STATUS) -> None:
        self.articles: dict[str, Article] = {}
        self.topics = TopicTree((), ())
        self.providers: tuple[str, ...] = ()
        self._status_of = status_of
        self._listed_topics: dict[str, Topic] = {}
        self._by_key: dict[str, list[Article]] = defaultdict(list)
        self._by_title: dict[tuple[str, str | None], Article] = {}
        self._near: dict[str, tuple[Near, ...]] = {}
        self._leaders: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._orders: dict[str, tuple[Article, ...]] = {}

    def add_topics(self, topics: Iterable[Topic]) -> None:
        """Add topics of a folder's own list; the first of a name wins."""
        for topic in topics:
            self._listed_topics.setdefault(topic.name, topic)

    def add(self, article: Article) -> Article | None:
        """Add an article and return it as it is kept: a second file of one key gets its own id.

        None where an earlier folder already has an article with this address: folders merge by
        address, while a path says nothing about another folder.
        """
        same = [other for other in self._by_key[article.key] if other.key == article.key]
        has_address = article.key != article.path
        if has_address and any(other.library != article.library for other in same):
            return None
        plain_id, number = article.id, max(len(same), 1)
        while article.id in self.articles:
            number += 1
            article = replace(article, id=f"{plain_id}-{number}")
        self.articles[article.id] = article
        for key in {article.key, *_other_keys(article)}:
            self._by_key[key].append(article)
        self._by_title.setdefault(_title_key(article.title, article.provider), article)
        return article

    def index(self) -> None:
        """Make stories, topics and orders anew after articles were added."""
        self._near.clear()
        self._orders.clear()
        self.topics = TopicTree(
            tuple(self._listed_topics.values()),
            {topic for article in self.articles.values() for topic in article.topics},
        )
        by_provider = Counter(one.provider for one in self.articles.values() if one.provider)
        self.providers = tuple(sorted(by_provider, key=lambda name: (-by_provider[name], name)))
        self._leaders = find_leaders(self.articles, self._near_ids, lambda some: self._best(some))
        self._members = defaultdict(list)
        for article in self.ordered("quality"):
            if leader := self._leaders.get(article.id):
                self._members[leader].append(article.id)

    def ordered(self, order: str) -> tuple[Article, ...]:
        """Return all articles in an order of `reader.ranking`; computed once but for `unread`."""
        if order == "unread":
            return self._sorted(order)
        if order not in self._orders:
            self._orders[order] = self._sorted(order)
        return self._orders[order]

    def near(self, article: Article) -> tuple[Near, ...]:
        """Return the related items of an article, each once, without the article itself."""
        if article.id not in self._near:
            self._near[article.id] = tuple(self._resolve(article))
        return self._near[article.id]

    def leader(self, article: Article) -> Article | None:
        """Return the leader of the article's story, None for a lone article."""
        leader = self._leaders.get(article.id)
        return self.articles[leader] if leader else None

    def story(self, article: Article) -> Story | None:
        """Return the story that an article belongs to, None for a lone one."""
        leader = self._leaders.get(article.id)
        if leader is None:
            return None
        others = (self.articles[name] for name in self._members[leader] if name != leader)
        return Story(self.articles[leader], tuple(others))

    def size(self, article: Article) -> int:
        """Return how many other articles tell of the same: the story's, or the related ones."""
        members = self._members.get(self._leaders.get(article.id, ""), ())
        return max(len(members) - 1, len(self.near(article)))

    def find(self, text: str) -> tuple[Article, ...]:
        """Return the articles that an address, a path or a part of an id means."""
        if found := self._by_key.get(canonical(text)):
            return tuple(found)
        if exact := self.articles.get(text):
            return (exact,)
        path, key = text.removeprefix("./"), canonical(text)
        meanings: tuple[Callable[[Article], bool], ...] = (
            lambda one: path in (one.path, one.file),
            lambda one: key in _mobile_keys(one),
            lambda one: text != "" and text in one.id,
        )
        answers = (tuple(filter(means, self.articles.values())) for means in meanings)
        return next(filter(None, answers), ())

    def with_keys(self, keys: Iterable[tuple[int, str]]) -> list[Article]:
        """Return the articles that have these keys, each given with its library."""
        return [
            article
            for library, key in keys
            for article in self._by_key.get(key, ())
            if article.key == key and article.library == library
        ]

    def _sorted(self, order: str) -> tuple[Article, ...]:
        articles = self.articles.values()
        size_of, status_of = self.size, self._status_of
        return tuple(sort_articles(articles, order, size_of=size_of, status_of=status_of))

    def _best(self, articles: Iterable[Article]) -> Article:
        return sort_articles(articles, "quality", size_of=self.size, status_of=self._status_of)[0]

    def _near_ids(self, article: Article) -> Sequence[str | None]:
        return [near.article.id if near.article else None for near in self.near(article)]

    def _resolve(self, article: Article) -> Iterable[Near]:
        seen = {article.id}
        for item in article.related:
            here = self._lookup(item, article)
            mark = here.id if here else item.key or f"{item.title.casefold()} · {item.provider}"
            if mark not in seen:
                seen.add(mark)
                yield Near(item, here)

    def _lookup(self, item: RelatedItem, owner: Article) -> Article | None:
        """Find the article a copy was made of: by canonical URL, else by title and provider.

        Of files with one address it is the one with that title, the owner of the copy first.
        """
        found = self._by_key.get(item.key) if item.key else None
        if not found:
            return self._by_title.get(_title_key(item.title, item.provider))
        title = item.title.casefold()
        same = [article for article in found if article.title.casefold() == title]
        return owner if owner in same else (same or found)[0]


def _other_keys(article: Article) -> Iterable[str]:
    """Yield the canonical form of the web address where it is not the original's."""
    web = article.urls.web
    if web and web != article.urls.original and (key := canonical(web)) != article.key:
        yield key


def _mobile_keys(article: Article) -> Iterable[str]:
    """Yield the canonical forms of the addresses made for telephones."""
    return (canonical(url) for url in (article.urls.amp, article.urls.cdn_amp) if url)


def _title_key(title: str, provider: str | None) -> tuple[str, str | None]:
    return title.casefold(), provider.casefold() if provider else None
