import random
from time import process_time

import pytest

from reader.stories import MAX_LINKED, find_leaders, same_piece
from tests.samples import article, names, store_of


def leaders(*articles):
    """Return who leads whom, by the names that the articles were made of."""
    store = store_of(articles)
    found = [(row, store.leader(row)) for row in store.order("quality")]
    led = [(row, leader) for row, leader in found if leader is not None]
    return {names(store, [row]): names(store, [leader]) for row, leader in led}


def linked(*names, **values):
    """Return articles that all name each other, in falling quality."""
    return [
        article(name, *(other for other in names if other != name), **({"quality": -at} | values))
        for at, name in enumerate(names)
    ]


def test_a_covered_article_is_led_by_the_first_of_its_related():
    assert leaders(
        article("a", "b", "c", heat=-1),
        article("b", "a", heat=90),
        article("c", "a", heat=70),
    ) == {"a": "b", "b": "b"}


def test_an_article_that_nobody_names_as_leader_is_alone():
    assert leaders(article("a", "b", heat=90), article("b", heat=10)) == {}


def test_every_follower_of_one_leader_is_of_one_story():
    followers = [article(name, "top", heat=-1) for name in "abc"]
    assert leaders(*followers, article("top", heat=200)) == dict.fromkeys(
        ("a", "b", "c", "top"), "top"
    )


def test_a_covered_article_cannot_lead_by_name():
    assert leaders(article("a", "b", heat=-1), article("b", heat=-1)) == {}


def test_a_first_related_article_that_is_not_here_leads_nobody():
    assert leaders(article("a", "elsewhere", "b", heat=-1), article("b", heat=50)) == {}


def test_a_covered_article_without_related_ones_is_alone():
    assert leaders(article("a", heat=-1)) == {}


def test_followers_whose_leader_is_not_here_are_led_by_the_best_of_them():
    found = leaders(
        article("a", "gone", "b", heat=-1, quality=10),
        article("b", "gone", "a", heat=-1, quality=20),
    )
    assert found == {"a": "b", "b": "b"}


def test_without_any_heat_those_that_name_each_other_are_one_story():
    assert leaders(*linked("a", "b", "c")) == dict.fromkeys("abc", "a")


def test_naming_without_being_named_makes_no_story():
    assert leaders(article("a", "b"), article("b", "c"), article("c")) == {}


def test_links_join_one_by_one_into_larger_stories():
    chain = [
        article("a", "b", quality=9),
        article("b", "a", "c"),
        article("c", "b", "d"),
        article("d", "c"),
    ]
    assert leaders(*chain) == dict.fromkeys("abcd", "a")


def test_an_article_with_heat_of_its_own_does_not_join_by_links():
    assert leaders(article("a", "b", heat=50), article("b", "a")) == {}


def test_a_story_that_is_led_by_name_does_not_take_in_those_that_are_linked():
    found = leaders(
        article("top", heat=50),
        article("a", "top", "b", heat=-1),
        article("b", "gone", "a", heat=-1),
    )
    assert found == {"a": "top", "top": "top"}


def test_links_alone_make_no_story_beyond_the_cap():
    many = [f"n{number:02}" for number in range(MAX_LINKED + 20)]
    found = leaders(*linked(*many))
    sizes = [list(found.values()).count(leader) for leader in set(found.values())]
    assert max(sizes) == MAX_LINKED
    assert len(leaders(*linked(*many[:MAX_LINKED]))) == MAX_LINKED


def test_the_order_of_the_files_changes_no_story():
    articles = [
        *linked("a", "b", "c"),
        article("x", "y", heat=-1),
        article("y", "x", heat=70),
        *linked(*(f"n{number:02}" for number in range(50))),
    ]
    expected = leaders(*articles)
    shuffle = random.Random(3).shuffle
    for _ in range(5):
        shuffle(articles)
        assert leaders(*articles) == expected


def test_every_leader_leads_itself_and_nobody_is_led_by_one_that_is_led():
    pick = random.Random(7)
    names = [f"n{number}" for number in range(80)]
    for _ in range(20):
        articles = [
            article(
                name,
                *pick.sample(names, pick.randint(0, 4)),
                heat=pick.choice([None, -1, -1, 0, 80]),
                quality=pick.randint(0, 200),
            )
            for name in names
        ]
        found = leaders(*articles)
        assert all(found[leader] == leader for leader in found.values())
        assert all(list(found.values()).count(leader) > 1 for leader in found.values())


def test_thousands_of_stories_are_found_in_no_time():
    def near(row):
        first = row - row % 5
        return [other for other in range(first, first + 5) if other != row]

    began = process_time()
    says_no = {"covered": lambda _: False, "leads": lambda _: False}
    found = find_leaders(range(10_000), near, **says_no, best=min)
    assert process_time() - began < 2
    assert found == {row: row - row % 5 for row in range(10_000)}


@pytest.mark.parametrize(
    "other",
    [
        "A Rocket Company's Satellites Will Carry A Cloud",
        "“A rocket company’s satellites” will carry a cloud!",
        "A rocket company’s satellites will carry a cloud - Example Wire",
        "Rocket company’s satellites will carry the cloud | Example Post",
        "A rocket company’s satellites will c…",
        "A rocket company’s satellites will ...",
    ],
)
def test_near_equal_titles_name_one_piece(other):
    title = "A rocket company’s satellites will carry a cloud"
    assert same_piece(title, other)
    assert same_piece(other, title)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("", ""),
        ("…", "..."),
        ("A cloud goes to space", "A cloud goes to sea"),
        ("What is new in version 1", "What is new in version 10"),
        ("What is new in the week - 12 October", "What is new in the week - 19 October"),
        ("Azure - Example Wire", "Azure - Example Post"),
        ("A cloud …", "A cloud goes to space"),
        ("A cloud goes to space", "A cloud goes to space and comes back"),
    ],
)
def test_other_words_and_numbers_name_another_piece(one, two):
    assert not same_piece(one, two)
    assert not same_piece(two, one)


def test_titles_that_two_providers_end_with_their_names_are_one_piece():
    title = "A cloud goes to space"
    assert same_piece(f"{title} - Example Wire", f"{title} | Example Post")


def test_titles_without_spaces_are_told_apart():
    assert same_piece("衛星通信の新しい計画を発表", "「衛星通信の新しい計画を発表」")
    assert not same_piece("衛星通信の新しい計画を発表", "衛星通信の古い計画を発表")


def test_a_long_title_is_compared_in_no_time():
    began = process_time()
    assert not same_piece("a - " * 20_000, "… " * 20_000)
    assert process_time() - began < 1
