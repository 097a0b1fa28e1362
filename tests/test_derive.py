import random
from itertools import groupby
from pathlib import Path
from time import process_time

import pytest

from reader.model import BODY, COVERED, HEAD, HERE, HIDDEN, PICKED, PROBLEM, VIDEO, Urls
from reader.snapshot.columns import COLUMNS, LISTS, NONE
from reader.snapshot.derive import derive
from reader.snapshot.index import Index
from reader.snapshot.making import Making
from reader.snapshot.packing import pack
from reader.snapshot.rows import row_of
from reader.snapshot.segments import MemoryRecords
from reader.store import Store
from reader.urls import canonical, key_number
from tests.samples import article, copy, index_of, names, row, store_of


def derived(articles, sites=()):
    """Return an index whose rows are articles, without their records."""
    index = Index()
    packed, _ = pack([row_of(one, "") for one in articles])
    Making(index).add(packed, "nowhere", 0)
    for number, one in enumerate(articles):
        index.paths.append(one.file)
        index.file_library.append(one.library)
        index.file_row.append(number)
    index.tables.sites = list(map(list, sites))
    derive(index)
    return index


# Who is there


def test_the_flags_say_what_each_file_says():
    index = derived(
        [
            article("plain"),
            article("much", picked=True, heat=-1, type="video", has_body=True),
            article("withdrawn", hidden="withdrawn", heat=3),
            article("broken", url=None, problem="line 1: no end"),
        ]
    )
    assert list(index.flags) == [
        HERE | HEAD,
        HERE | HEAD | PICKED | COVERED | VIDEO | BODY,
        HERE | HEAD | HIDDEN,
        HERE | HEAD | PROBLEM,
    ]


def test_what_was_taken_out_is_in_no_list_and_stands_for_nothing():
    kept, gone = article("kept", "gone", heat=-1), article("gone", "kept", heat=5, quality=9)
    index, _ = index_of([kept, gone], [])
    assert (list(index.by_quality), index.leader[0]) == ([1, 0], 1)
    Making(index).remove(1)
    index.file_row[1] = NONE
    derive(index)
    assert list(index.by_quality) == [0]
    assert (index.near[0], list(index.related), index.leader[0]) == (NONE, [1, 0], NONE)
    assert (list(index.flags), list(index.key_rows)) == ([HERE | HEAD | COVERED, 0], [0])
    assert index.tables.used_topics == []


def test_deriving_again_changes_nothing():
    index, _ = index_of(random_news(random.Random(1)), [])
    before = {name: list(getattr(index, name)) for name in COLUMNS | LISTS}
    derive(index)
    assert {name: list(getattr(index, name)) for name in COLUMNS | LISTS} == before


# Drafts


def test_unpublished_articles_are_drafts_where_none_has_quality_or_heat():
    draft = article("draft", picked=False)
    assert derived([draft, article("other")]).flags[0] & HIDDEN
    for figures in ({"quality": 0}, {"heat": -1}):
        assert not derived([draft, article("other", **figures)]).flags[0] & HIDDEN
    assert not derived([article("own", picked=False, quality=3)]).flags[0] & HIDDEN


def test_each_folder_has_drafts_or_none_of_its_own():
    one, two = (article(name, picked=False, library=at) for at, name in enumerate("ab"))
    index = derived([one, two, article("c", quality=1, library=1)])
    assert [flags & HIDDEN for flags in index.flags] == [HIDDEN, 0, 0]


def test_a_vault_of_notes_has_no_drafts():
    draft = article("draft", picked=False)
    assert not derived([draft], [("obsidian",)]).flags[0] & HIDDEN
    assert derived([draft], [("plain",)]).flags[0] & HIDDEN


def test_a_draft_is_hidden_by_that_name():
    store = store_of([article("draft", picked=False), article("late", hidden="withdrawn")])
    assert [store.article(at).hidden for at in (0, 1)] == ["draft", "withdrawn"]


# Ids


SHARE_AN_ID = ("711647", "1313638")
"""Names of articles whose addresses have hashes that begin with the same forty bits."""


def test_two_keys_that_happen_to_share_an_id_are_told_apart():
    store = store_of([article(name) for name in SHARE_AN_ID])
    second, first = map(store.id, (0, 1))
    assert (first, second) == ("2ca75ad191", "2ca75ad191-2")
    assert [names(store, [store.row(name)]) for name in (first, second)] == [*SHARE_AN_ID[::-1]]
    assert [store.named(f"https://example.com/{name}") for name in SHARE_AN_ID] == [[0], [1]]


def test_ids_are_numbered_folder_by_folder_and_then_by_path():
    paths = [("b.md", 0), ("a.md", 1), ("c.md", 1), ("a.md", 0)]
    places = [article("x", url=None, path="x", file=path, library=at) for path, at in paths]
    assert list(derived(places).ordinal) == [2, 3, 4, 0]


def test_of_folders_that_have_one_address_the_first_keeps_it():
    index = derived(
        [
            article("space", path="late.md", library=2),
            article("space", path="b.md", library=1),
            article("space", path="c.md", library=1),
            article("else", library=2),
        ]
    )
    assert sorted(index.by_quality) == [1, 2, 3]
    assert list(index.ordinal) == [0, 0, 2, 0]
    assert (index.tables.earlier, index.flags[0]) == (1, 0)


def test_three_hundred_folders_are_as_good_as_one():
    index = derived([article(f"n{at}", library=at) for at in range(300)])
    assert (len(index.by_quality), max(index.library)) == (300, 299)


def test_a_hundred_thousand_files_of_one_address_take_no_time():
    many = [article("a", "a", path=f"{at:06}.md", title=f"T{at % 9}") for at in range(1000)]
    index = Index()
    packed, _ = pack([row_of(one, "") for one in many])
    making = Making(index)
    for _ in range(100):
        making.add(packed, "nowhere", 0)
    for at in range(100_000):
        index.paths.append(f"{at:06}.md")
        index.file_library.append(0)
        index.file_row.append(at)
    begin = process_time()
    derive(index)
    store = Store(index, MemoryRecords([]), Path())
    assert [store.row(store.id(at)) for at in range(100_000)] == list(range(100_000))
    assert process_time() - begin < 10  # 1.3 s on a quiet machine
    assert max(index.ordinal) == 100_000


# Postings


def test_articles_are_posted_under_all_their_addresses_telephones_apart():
    urls = Urls("https://a.org/1", "https://b.org/2", "https://a.org/amp", "https://cdn.org/3")
    index = derived([article("a"), article("b", url="https://a.org/1", urls=urls)])
    keys = dict(zip(index.keys, index.key_rows, strict=True))
    assert keys == {
        key_number("example.com/a"): 0,
        key_number("a.org/1"): 1,
        key_number("b.org/2"): 1,
    }
    assert sorted(index.keys) == list(index.keys)
    mobile = dict(zip(index.mobile_keys, index.mobile_rows, strict=True))
    assert mobile == {key_number("a.org/amp"): 1, key_number("cdn.org/3"): 1}


def test_articles_with_one_address_are_posted_in_the_order_of_their_paths():
    index = derived([article("a", path=path) for path in ("c.md", "a.md", "b.md")])
    assert list(index.key_rows) == [1, 2, 0]


def test_a_web_address_that_is_the_original_is_posted_once():
    url = "https://example.com/a"
    same = Urls(original=url, web="http://www.example.com/a/")
    assert len(derived([article("a", urls=same)]).keys) == 1


def test_of_two_like_files_with_one_web_address_a_copy_means_the_one_that_holds_it():
    web = "https://news.example.org/twin"
    twins = [
        article(f"b{at}", *related, urls=Urls(f"https://example.com/b{at}", web), title="Twin")
        for at, related in enumerate([(), (copy("x", key="news.example.org/twin", title="TWIN"),)])
    ]
    index = derived(twins)
    assert (list(index.near), list(index.related)) == ([1], [0, 0])


# The whole, against what is obvious


WORDS = ["sky", "sea", "ice", "Sky"]


def random_news(chance, size=30):
    """Return articles that share addresses, titles and folders, and are related at random."""
    made = []
    for at in range(size):
        name = f"n{chance.randrange(size)}"
        library = chance.randrange(2)
        web = f"https://example.com/n{chance.randrange(size)}" if chance.random() < 0.3 else None
        url = None if chance.random() < 0.2 else f"https://example.com/{name}"
        made.append(
            article(
                name,
                *(random_copy(chance, size) for _ in range(chance.randrange(4))),
                url=url,
                path=f"{library}-{at:02}.md",
                urls=Urls(original=url, web=web if url else None),
                library=library,
                title=chance.choice(WORDS),
                provider=chance.choice([None, "Wire", "WIRE", "Post"]),
                heat=chance.choice([None, -1, -1, 0, 9]),
                quality=chance.choice([None, 0, 1, 2]),
                published_at=chance.choice([None, "2020-10-20", "2020-10-21T12:00:00Z"]),
                problem=chance.choice([None] * 9 + ["broken"]),
            )
        )
    return made


def random_copy(chance, size):
    key = chance.choice([None, f"example.com/n{chance.randrange(size)}"])
    provider = chance.choice([None, "Wire", "Post"])
    return copy("x", key=key, title=chance.choice(WORDS), provider=provider)


def others_of(one, articles):
    """Return what the copies of an article were made of, looked up one by one; None for nothing."""
    for item in one.related:
        found = [other for other in articles if item.key and item.key in keys_of(other)]
        if found:
            same = [other for other in found if other.title.casefold() == item.title.casefold()]
            yield item, one if one in same else (same or found)[0]
        else:
            named = [other for other in articles if called(other) == called(item)]
            yield item, named[0] if named else None


def keys_of(one):
    web = one.urls.web
    return {one.key, canonical(web)} if web and web != one.urls.original else {one.key}


def called(one):
    return one.title.casefold(), (one.provider or "").casefold()


@pytest.mark.parametrize("seed", range(30))
def test_copies_lead_to_the_articles_that_one_finds_by_looking(seed):
    articles = random_news(random.Random(seed))
    store = store_of(articles)
    here = sorted((articles[at] for at in store.index.by_quality), key=lambda one: one.path)
    for one in here:
        found = {}
        for item, other in others_of(one, here):
            mark = other.path if other else item.key or (called(item), "")
            if other is not one:
                found.setdefault(mark, other and other.path)
        near = store.near(row(store, one))
        assert [other.article and other.article.path for other in near] == list(found.values())
        assert store.index.related[row(store, one)] == len(near)


@pytest.mark.parametrize("seed", range(30))
def test_every_story_is_listed_with_its_leader_and_then_by_quality(seed):
    index = derived(random_news(random.Random(seed)))
    told = [at for at in index.by_quality if index.leader[at] != NONE]
    stories = {
        leader: sorted(some, key=lambda at: at != leader)
        for leader, some in groupby(
            sorted(told, key=index.leader.__getitem__), index.leader.__getitem__
        )
    }
    assert list(index.story_leaders) == list(stories)
    assert list(index.members) == [at for some in stories.values() for at in some]
    ends = list(index.story_ends)
    sizes = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    assert sizes == [len(some) for some in stories.values()]
    heads = {at for at, flags in enumerate(index.flags) if flags & HEAD}
    assert heads == {at for at in index.by_quality if index.leader[at] in (NONE, at)}
