from collections import Counter

import pytest

from reader.bundled import bundled
from reader.library import Library
from reader.views import ALL, FRONT


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    opened = Library(
        [bundled("data")], tmp_path_factory.mktemp("state"), tmp_path_factory.mktemp("cache")
    )
    opened.load()
    return opened


@pytest.fixture(scope="module")
def articles(library):
    return tuple(library.listing(ALL).articles)


def matching(library, text):
    return list(library.listing(ALL, text=text).articles)


def test_there_are_about_sixty_articles_and_nothing_else(library):
    counts = library.counts
    assert 55 <= counts.articles <= 75
    assert (counts.hidden, counts.problems) == (0, 0)
    assert counts.passed_over == counts.used


def test_topics_are_a_tree_of_at_least_three_parents_with_eight_below_them(library):
    tree = library.store.topics
    parents = [root for root in tree.roots if tree.children(root)]
    assert len(parents) >= 3
    assert sum(len(tree.children(parent)) for parent in parents) >= 8


def test_every_topic_is_listed_and_holds_an_article(library, articles):
    used = {topic for one in articles for topic in one.topics}
    walked = [name for name, _ in library.store.topics.walk()]
    assert all(library.tally.topics[name] > 0 for name in walked)
    assert used <= set(walked)
    assert len(walked) == library.counts.used


def test_there_are_at_least_twelve_providers_and_two_videos(library, articles):
    assert len({one.provider for one in articles}) >= 12
    assert len(matching(library, "is:video")) == 2


def test_dates_are_spread_over_some_weeks(articles):
    days = sorted(one.published_at[:10] for one in articles)
    assert days[0][:4] == days[-1][:4] == "2020"
    assert len(set(days)) >= 14


def test_one_article_has_no_excerpt_and_one_has_a_long_related_list(library, articles):
    assert sum(one.excerpt is None for one in articles) == 1
    assert max(len(library.near(one)) for one in articles) >= 20


def test_every_article_has_a_title_a_provider_a_date_and_a_topic(articles):
    for one in articles:
        assert one.title, one.path
        assert one.provider, one.path
        assert one.published_at, one.path
        assert one.topics, one.path
        assert one.quality is not None, one.path
        assert one.path.startswith(f"_news/{one.published_at[:8]}"), one.path


def test_no_two_articles_share_an_address(articles):
    assert [key for key, count in Counter(one.key for one in articles).items() if count > 1] == []


def test_the_event_is_a_story_of_several_providers_who_name_each_other(library):
    (leader,) = matching(library, '"Microsoft launches Azure Space initiative"')
    store = library.store
    first, *covered = map(store.article, store.story(store.row(leader.id)))
    assert first == leader
    assert len({one.provider for one in (leader, *covered)}) >= 6
    assert all(one.covered for one in covered)
    for one in covered:
        assert leader.id in {near.article.id for near in library.near(one) if near.article}
    names = {near.article.id for near in library.near(leader) if near.article}
    assert len(names & {one.id for one in covered}) >= 6


def test_every_covered_article_belongs_to_a_story_with_a_leader(library):
    for one in matching(library, "is:covered"):
        assert library.article(library.leader(one)).covered is False, one.path


def test_related_copies_agree_with_the_articles_that_are_here(library, articles):
    for one in articles:
        for near in library.near(one):
            if near.article is not None:
                assert near.item.title == near.article.title, one.path
                assert near.item.published_at == near.article.published_at, one.path


def test_some_are_picked_and_some_are_not(library):
    picked = len(matching(library, "is:picked"))
    assert 10 <= picked <= library.counts.articles - 10


def test_the_front_page_tells_each_story_once_and_looks_like_one(library):
    rows = library.listing(FRONT)
    assert 25 <= len(rows) < library.counts.articles
    first = [rows[number] for number in range(8)]
    assert sum(row.story is not None for row in first) >= 3
    assert len({row.article.provider for row in first}) >= 4


def test_no_file_holds_what_only_its_owner_can_read():
    for path in bundled("data").rglob("*.md"):
        assert "\nsecured:" not in path.read_text(encoding="utf-8"), path.name
