import pytest

from reader.model import NO_STATUS, Status, Topic, Urls
from reader.store import Store
from reader.urls import article_id
from tests.samples import article, copy, store_of


def names(articles):
    return " ".join(one.path.removesuffix(".md") for one in articles)


def near(store, one):
    """Return the related titles of an article, `+` before those that are here."""
    return [("+" if other.article else "") + other.title for other in store.near(one)]


# Identity


def test_a_second_file_of_one_address_is_an_article_of_its_own():
    store = Store()
    one, two, three = (store.add(article("space", path=path)) for path in ("a.md", "b.md", "c.md"))
    plain = article_id("example.com/space")
    assert [one.id, two.id, three.id] == [plain, f"{plain}-2", f"{plain}-3"]
    assert one.key == two.key == three.key
    assert [store.articles[each.id] for each in (one, two, three)] == [one, two, three]


def test_an_address_that_an_earlier_folder_has_is_not_added_again():
    store = Store()
    first = store.add(article("space"))
    assert store.add(article("space", path="other.md", library=1)) is None
    assert list(store.articles.values()) == [first]


def test_the_same_path_in_two_folders_is_two_articles():
    store = Store()
    one = store.add(article("a", url=None, path="a.md"))
    two = store.add(article("a", url=None, path="a.md", library=1))
    assert (two.id, two.library) == (f"{one.id}-2", 1)


def test_two_keys_that_happen_to_share_an_id_are_told_apart():
    store = Store()
    store.add(article("a", id="0123456789"))
    assert store.add(article("b", id="0123456789")).id == "0123456789-2"


# Finding


FOUND = article(
    "space",
    id="3c7751ae3b",
    path="_news/space.md",
    urls=Urls(
        original="https://www.example.com/space/",
        web="https://mirror.example.org/space",
        amp="https://amp.example.com/space",
        cdn_amp="https://example-com.cdn.ampproject.org/c/s/example.com/space",
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.com/space/",
        "http://example.com/space?utm_source=mail#top",
        "example.com/space",
        "https://mirror.example.org/space/",
        "https://amp.example.com/space/",
        "https://example-com.cdn.ampproject.org/c/s/example.com/space",
        "_news/space.md",
        "./_news/space.md",
        "3c7751ae3b",
        "3c77",
        "ae3b",
    ],
)
def test_an_article_is_found_by_address_path_and_part_of_an_id(text):
    other = article("time", id="0000000000")
    assert store_of([FOUND, other]).find(text) == (FOUND,)


@pytest.mark.parametrize("text", ["", " ", "https://example.com/", "space", "_news", "3c7751ae3c"])
def test_what_is_neither_finds_nothing(text):
    assert store_of([FOUND]).find(text) == ()


def test_a_part_of_two_ids_finds_both_and_a_whole_id_only_its_own():
    store = store_of([article("space", id="abc"), article("space", path="b.md", id="abc")])
    assert len(store.find("ab")) == 2
    assert [one.id for one in store.find("abc")] == ["abc"]
    assert [one.id for one in store.find("abc-2")] == ["abc-2"]


def test_an_address_that_two_files_share_finds_both():
    store = store_of([article("space", path="a.md"), article("space", path="b.md")])
    assert names(store.find("https://example.com/space")) == "a b"


def test_a_path_is_found_as_the_disk_spells_it_and_as_it_is_shown():
    strange = article("x", url=None, path="caf?.md", file="caf\udce9.md")
    store = store_of([strange])
    assert store.find("caf\udce9.md") == store.find("caf?.md") == (strange,)


def test_articles_are_found_by_key_and_folder():
    here, there = article("a"), article("b", library=1)
    led = article("c", urls=Urls(original="https://example.com/c", web="https://example.com/a"))
    store = store_of([here, there, led])
    keys = [(0, "example.com/a"), (0, "example.com/b"), (0, "nothing")]
    assert store.with_keys(keys) == [here]
    assert store.with_keys([(1, "example.com/b")]) == [there]


# Related


def test_a_related_copy_becomes_the_article_that_is_here():
    here = article("b", title="B as it is now")
    store = store_of([one := article("a", copy("b", title="B as it was"), "c"), here])
    assert near(store, one) == ["+B as it is now", "On c"]
    assert [other.article for other in store.near(one)] == [here, None]


def test_a_related_copy_without_a_known_address_is_found_by_title_and_provider():
    here = article("b", title="Wide skies", provider="Wire")
    one = article(
        "a",
        copy("x", title="wide SKIES", provider="WIRE"),
        copy("y", title="Wide skies", provider="Post"),
        copy("z", title="Wide skies", provider=None),
    )
    store = store_of([one, here])
    assert [other.article for other in store.near(one)] == [here, None, None]


def test_two_missing_addresses_never_match():
    bare = article("b", url=None, title="Bare")
    one = article("a", copy("x", key=None, title="Something else"))
    assert [other.article for other in store_of([one, bare]).near(one)] == [None]


def test_an_article_that_lists_itself_is_not_its_own_neighbour():
    one = article("a", "a", "b", title="On a")
    assert near(store_of([one]), one) == ["On b"]


def test_doubles_vanish_whether_they_are_here_or_not():
    one = article(
        "a",
        "b",
        copy("b", title="B again"),
        copy("elsewhere", title="On b", provider="Wire"),
        "c",
        "c",
        copy("", key=None, title="Bare", provider="Wire"),
        copy("", key=None, title="BARE", provider="Wire"),
        copy("", key=None, title="Bare", provider="Post"),
    )
    store = store_of([one, article("b", provider="Wire")])
    assert near(store, one) == ["+On b", "On c", "Bare", "Bare"]


def test_of_two_files_with_one_address_the_one_of_that_title_is_meant():
    first = article("b", path="b1.md", title="First draft")
    second = article("b", path="b2.md", title="Second draft")
    one = article("a", copy("b", title="Second draft"))
    other = article("c", copy("b", title="A third title"))
    store = store_of([first, second, one, other])
    assert near(store, one) == ["+Second draft"]
    assert near(store, other) == ["+First draft"]


def test_of_two_like_files_a_copy_means_the_one_that_holds_it():
    first = article("b", "b", path="b1.md", title="Twin")
    second = article("b", copy("b", title="Twin"), path="b2.md", title="Twin")
    store = store_of([first, second])
    assert near(store, store.articles[f"{second.id}-2"]) == []


def test_a_related_copy_finds_an_article_by_its_web_address_too():
    here = article("b", urls=Urls("https://example.com/b", "https://news.example.org/b"))
    one = article("a", copy("x", key="news.example.org/b"))
    assert near(store_of([one, here]), one) == ["+On b"]


# Stories


def lead(name, *related, quality, **values):
    return article(name, *related, quality=quality, heat=quality, **values)


def follow(name, *related, quality, **values):
    return article(name, *related, quality=quality, heat=-1, **values)


EVENT = (
    lead("leader", "two", "one", quality=50, provider="Wire"),
    follow("one", "leader", "two", quality=90, provider="Post"),
    follow("two", "leader", "one", quality=90, published_at="2020-10-20", provider="Wire"),
    follow("three", "leader", quality=10),
)


def test_a_story_has_its_leader_first_and_the_others_by_quality_and_date():
    store = store_of([*EVENT, lone := lead("alone", quality=99)])
    leader, one, two, three = EVENT
    for member in EVENT:
        assert store.story(member).articles == (leader, two, one, three)
        assert store.leader(member) is leader
    assert store.story(leader).providers == 2
    assert (store.story(lone), store.leader(lone)) == (None, None)


def test_the_size_of_a_story_is_its_others_or_what_is_related_if_more():
    leader, one, _, three = EVENT
    store = store_of([*EVENT, lone := lead("alone", "x", "y", quality=1)])
    assert [store.size(each) for each in (leader, one, three, lone)] == [3, 3, 3, 2]


def test_stories_and_topics_are_made_anew_when_articles_came():
    store = store_of([follow("a", "b", quality=5)])
    assert store.leader(store.find("a.md")[0]) is None
    store.add(lead("b", "a", quality=9, topics=("Cloud",)))
    store.index()
    assert [one.path for one in store.ordered("quality")] == ["b.md", "a.md"]
    assert store.leader(store.find("a.md")[0]).path == "b.md"
    assert store.topics.roots == ("Cloud",)


# Topics and orders


def test_topics_are_the_listed_ones_and_then_those_in_use_the_first_of_a_name():
    store = Store()
    store.add_topics([Topic("Cloud"), Topic("Azure", parent="Cloud")])
    store.add_topics([Topic("Azure", parent=None)])
    store.add(article("a", topics=("Space", "Azure")))
    store.index()
    assert list(store.topics.walk()) == [("Cloud", 0), ("Azure", 1), ("Space", 0)]


def test_orders_are_kept_until_the_next_index():
    store = store_of([article("a", quality=1), article("b", quality=2)])
    assert names(store.ordered("quality")) == "b a"
    assert store.ordered("quality") is store.ordered("quality")
    with pytest.raises(KeyError):
        store.ordered("beauty")


def test_unread_first_follows_the_marks_as_they_change():
    statuses = {}
    store = store_of([article("a", quality=1), article("b", quality=2)], statuses)
    assert names(store.ordered("unread")) == "b a"
    statuses["example.com/b"] = Status(read=True)
    assert names(store.ordered("unread")) == "a b"


def test_without_marks_everything_is_unread():
    store = Store()
    store.add(article("a"))
    store.index()
    assert NO_STATUS.unread
    assert names(store.ordered("unread")) == "a"


def test_a_file_with_a_problem_is_last_in_every_order():
    broken = article("broken", url=None, problem="line 1: no end", quality=None)
    store = store_of([broken, article("a", quality=1), article("b")])
    for order in ("quality", "newest", "oldest", "heat", "related", "unread"):
        assert store.ordered(order)[-1] is broken
