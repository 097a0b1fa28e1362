from dataclasses import replace

import pytest

from reader.model import Status, Topic, Urls
from reader.snapshot.columns import NONE
from reader.urls import article_id
from tests.samples import article, copy, names, row, store_of


def near(store, one):
    """Return the related titles of an article, `+` before those that are here."""
    return [("+" if other.article else "") + other.title for other in store.near(row(store, one))]


def found(store, text):
    """Return the names of the articles that a text means."""
    return names(store, store.named(text) or store.guessed(text))


# Identity


def test_a_second_file_of_one_address_is_an_article_of_its_own():
    store = store_of([article("space", path=path) for path in ("b.md", "a.md", "c.md")])
    plain = article_id("example.com/space")
    ids = [store.id(row(store, file)) for file in ("a.md", "b.md", "c.md")]
    assert ids == [plain, f"{plain}-2", f"{plain}-3"]
    assert [names(store, [store.row(name)]) for name in ids] == ["a", "b", "c"]
    assert {store.article(at).key for at in store.index.by_quality} == {"example.com/space"}


def test_an_address_that_an_earlier_folder_has_is_not_added_again():
    store = store_of([article("space", path="z.md"), article("space", path="a.md", library=1)])
    assert names(store, store.order("quality")) == "z"
    assert (len(store), store.index.tables.earlier) == (1, 1)


def test_the_same_path_in_two_folders_is_two_articles():
    both = [article("a", url=None, path="a.md", library=library) for library in (1, 0)]
    store = store_of(both)
    first, second = sorted(map(store.id, store.order("quality")))
    assert second == f"{first}-2"
    assert [store.article(store.row(name)).library for name in (first, second)] == [0, 1]


@pytest.mark.parametrize(
    "name", ["", "x", "0123456789", "zzzzzzzzzz", "0123456789-2", "0123456789-2-3"]
)
def test_what_is_no_id_has_no_row(name):
    assert store_of([article("a")]).row(name) is None


@pytest.mark.parametrize("end", ["-", "-0", "-1", "-02", "-2", "-a", "--2", "-" + "9" * 5000, "\n"])
def test_an_id_has_one_spelling(end):
    name = article_id("example.com/a")
    store = store_of([article("a")])
    assert store.row(name) == 0
    assert store.row(name + end) is None
    assert store.row(name.upper()) is None


def test_an_article_comes_back_from_its_record_as_it_was():
    one = article("a", "b", excerpt="Short.", topics=("Sky",), quality=3, heat=-1, authors=("Ann",))
    store = store_of([one])
    assert store.article(row(store, one)) == replace(one, related=())
    assert store.copies(row(store, one)) == one.related


# Finding


FOUND = article(
    "space",
    path="_news/space.md",
    urls=Urls(
        original="https://www.example.com/space/",
        web="https://mirror.example.org/space",
        amp="https://amp.example.com/space",
        cdn_amp="https://example-com.cdn.ampproject.org/c/s/example.com/space",
    ),
)
ID = article_id("example.com/space")


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.com/space/",
        "http://example.com/space?utm_source=mail#top",
        "example.com/space",
        "https://mirror.example.org/space/",
        "https://amp.example.com/space/",
        "https://example-com.cdn.ampproject.org/c/s/example.com/space",
        ID,
        ID[:4],
        ID[-4:],
    ],
)
def test_an_article_is_found_by_address_and_part_of_an_id(text):
    assert found(store_of([FOUND, article("time")]), text) == "_news/space"


@pytest.mark.parametrize("text", ["", " ", "https://example.com/", "space", "_news", "ffffffffff"])
def test_what_is_neither_finds_nothing(text):
    assert found(store_of([FOUND]), text) == ""


def test_a_part_of_two_ids_finds_both_and_a_whole_id_only_its_own():
    store = store_of([article("space", path="a.md"), article("space", path="b.md")])
    assert found(store, ID[:5]) == "a b"
    assert found(store, ID) == "a"
    assert found(store, f"{ID}-2") == "b"


def test_an_address_that_two_files_share_finds_both():
    store = store_of([article("space", path="b.md"), article("space", path="a.md")])
    assert found(store, "https://example.com/space") == "a b"


def test_articles_are_found_by_key_and_folder():
    here, there = article("a"), article("b", library=1)
    led = article("c", urls=Urls(original="https://example.com/c", web="https://example.com/a"))
    store = store_of([here, there, led])
    assert names(store, store.with_key("example.com/a", 0)) == "a"
    assert names(store, store.with_key("example.com/b", 0)) == ""
    assert names(store, store.with_key("example.com/b", 1)) == "b"
    assert names(store, store.with_key("nothing", 0)) == ""


# Related


def test_a_related_copy_becomes_the_article_that_is_here():
    here = article("b", title="B as it is now")
    store = store_of([one := article("a", copy("b", title="B as it was"), "c"), here])
    assert near(store, one) == ["+B as it is now", "On c"]
    assert [other.article is None for other in store.near(row(store, one))] == [False, True]


def test_a_related_copy_without_a_known_address_is_found_by_title_and_provider():
    here = article("b", title="Wide skies", provider="Wire")
    one = article(
        "a",
        copy("x", title="wide SKIES", provider="WIRE"),
        copy("y", title="Wide skies", provider="Post"),
        copy("z", title="Wide skies", provider=None),
    )
    store = store_of([one, here])
    assert near(store, one) == ["+Wide skies", "Wide skies", "Wide skies"]


def test_two_missing_addresses_never_match():
    bare = article("b", url=None, title="Bare")
    one = article("a", copy("x", key=None, title="Something else"))
    assert near(store_of([one, bare]), one) == ["Something else"]


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
    assert near(store, second) == []


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
    for member in EVENT:
        assert names(store, store.story(row(store, member))) == "leader two one three"
        assert store.leader(row(store, member)) == row(store, EVENT[0])
    assert not store.story(row(store, lone))
    assert store.leader(row(store, lone)) is None


def test_coverage_is_the_others_of_a_story_or_what_is_related_if_more():
    lone, loner = lead("alone", "x", "y", quality=99), lead("loner", "x", "y", "z", "w", quality=1)
    store = store_of([*EVENT, lone, loner])
    assert names(store, store.order("related")) == "loner two one leader three alone"


# Topics and orders


def test_topics_are_the_listed_ones_and_then_those_in_use_the_first_of_a_name():
    listed = [Topic("Cloud"), Topic("Azure", parent="Cloud"), Topic("Azure")]
    store = store_of([article("a", topics=("Space", "Azure"))], topics=listed)
    assert list(store.topics.walk()) == [("Cloud", 0), ("Azure", 1), ("Space", 0)]


def test_providers_come_by_their_number_of_articles_then_by_name():
    by = ("Wire", "Post", "Wire", "Echo", None)
    store = store_of([article(str(at), provider=name) for at, name in enumerate(by)])
    assert store.providers == ("Wire", "Echo", "Post")


def test_a_file_with_a_problem_is_last_in_every_order():
    broken = article("broken", url=None, problem="line 1: no end", quality=None)
    store = store_of([broken, article("a", quality=1), article("b")])
    for order in ("quality", "newest", "oldest", "heat", "related"):
        assert names(store, store.order(order)).endswith("broken")


# Marks


def test_marks_are_those_of_the_key_in_the_library():
    one, two = article("a", path="1.md"), article("a", path="2.md")
    store = store_of([one, two, article("b")], {"example.com/a": Status(read=True, starred=True)})
    assert [store.marks[row(store, file)] for file in ("1.md", "2.md", "b.md")] == [5, 5, 0]


def test_a_file_with_a_problem_has_no_marks():
    broken = article("x", url=None, path="x.md", problem="line 1: no end")
    store = store_of([broken], {"x.md": Status(read=True)})
    assert store.marks[row(store, broken)] == 0
    assert not list(store.with_key("x.md", 0))


def test_a_mask_is_kept_while_it_is_among_the_last_ones():
    store, made = store_of([article("a")]), []
    for name in [1, 1, *range(2, 40), 1]:
        store.kept(name, lambda name=name: made.append(name) or b"")
    assert made == [*range(1, 40), 1]


def test_a_draft_is_hidden_where_no_article_has_figures():
    draft = article("draft", picked=False)
    assert store_of([draft]).article(0).hidden == "draft"
    store = store_of([draft, article("a", quality=1)])
    assert store.article(row(store, draft)).hidden is None
    assert store.index.leader[row(store, draft)] == NONE


def test_what_it_takes_to_mark_many_is_what_it_takes_to_mark_each(monkeypatch):
    store = store_of([article("a"), article("b", problem="no end"), article("c", library=1)])
    rows = range(3)
    few = list(store.keyed(rows))
    monkeypatch.setattr("reader.store.MANY", 1)
    assert list(store.keyed(rows)) == few
    assert [(one.row, one.library, one.key) for one in few] == [
        (0, 0, "example.com/a"),
        (2, 1, "example.com/c"),
    ]


def test_where_the_keys_are_damaged_those_of_the_records_are_marked(monkeypatch):
    store = store_of([article("a"), article("b")])
    few = list(store.keyed(range(2)))
    monkeypatch.setattr("reader.store.MANY", 1)
    monkeypatch.setattr(store, "texts", lambda name: [""] * 2)
    assert list(store.keyed(range(2))) == few
