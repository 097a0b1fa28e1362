"""Stories: which articles tell of one event, and which of them stands for it.

What the files say decides (measured over 16,911 real files): an article with `heat: -1` is
covered by the first of its related ones, which has `heat` 0 or more. Where that leader is not
in the folder, or no file has any heat, the articles that name each other belong together.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from reader.model import Article

Near: TypeAlias = Callable[[Article], Sequence[str | None]]
"""The ids of an article's related ones in the file's order, None for those that are not here."""

MAX_LINKED = 40
"""The most articles that links alone make one story; larger groups are themes, not events."""


def find_leaders(
    articles: Mapping[str, Article],
    near: Near,
    best: Callable[[Iterable[Article]], Article],
) -> dict[str, str]:
    """Return the id of the leader by the id of each article that belongs to a story.

    `best` chooses among those whom nobody leads. A leader maps to itself; a lone article is
    not in the answer.
    """
    leaders: dict[str, str] = {}
    alone: list[Article] = []
    for article in articles.values():
        leader = _named_leader(article, articles, near)
        if leader is not None:
            leaders[article.id] = leaders[leader] = leader
        elif article.covered is not False and article.related:
            alone.append(article)
    for group in _linked(alone, near):
        leader = best(articles[member] for member in group).id
        leaders.update(dict.fromkeys(group, leader))
    return leaders


def _named_leader(article: Article, articles: Mapping[str, Article], near: Near) -> str | None:
    """Return the id of the first related article, if it is here and leads stories."""
    if not article.covered:
        return None
    first = next(iter(near(article)), None)
    return first if first is not None and articles[first].covered is False else None


def _linked(articles: Sequence[Article], near: Near) -> Iterable[set[str]]:
    """Yield the groups of two and more that name each other, grown link by link up to the cap."""
    links = {article.id: {name for name in near(article) if name} for article in articles}
    groups: dict[str, set[str]] = {name: {name} for name in links}
    for name in sorted(links):
        for other in sorted(links[name] & links.keys()):
            one, two = groups[name], groups[other]
            if name in links[other] and one is not two and len(one) + len(two) <= MAX_LINKED:
                one |= two
                groups.update(dict.fromkeys(two, one))
    return {id(group): group for group in groups.values() if len(group) > 1}.values()
