"""Files that hold one article as it was at different times."""

import json
import random
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli import run
from reader.library import Library
from reader.model import HERE
from reader.snapshot.columns import NONE
from reader.snapshot.derive import derive
from reader.snapshot.making import Making
from reader.versions import known_by, numbered, path_of
from reader.views import ALL
from tests.samples import article, front, index_of, names, store_of, write

FEED = "https://example.com/feed"
URL = "https://example.com/tide"


def version(path, title="On the tide", feed=FEED, **values):
    return article("tide", path=path, title=title, feed=feed, **values)


def listed(articles):
    store = store_of(articles)
    return names(store, sorted(store.order("quality"), key=lambda row: store.article(row).path))


# Names


@pytest.mark.parametrize(
    ("path", "first", "number"),
    [
        ("a.md", "a.md", 1),
        ("a-2.md", "a.md", 2),
        ("_news/a-17.md", "_news/a.md", 17),
        ("a-1.md", "a-1.md", 1),
        ("a-02.md", "a-02.md", 1),
        ("a-2", "a-2", 1),
        ("a-2/b.md", "a-2/b.md", 1),
        ("/-2.md", "/-2.md", 1),
        ("-2.md", "-2.md", 1),
        ("a-9999999.md", "a-9999999.md", 1),
    ],
)
def test_a_name_says_which_version_it_is(path, first, number):
    assert numbered(path) == (first, number)


@given(st.text("ab-/.\n", max_size=8), st.integers(2, 999_999))
def test_the_name_of_a_version_leads_back_to_the_first_one(stem, number):
    first = f"{stem}x.md"
    assert numbered(path_of(first, number)) == (first, number)
    assert path_of(*numbered(f"{stem}.md")) == f"{stem}.md"


def test_only_a_name_that_we_give_stands_for_an_address():
    assert (
        known_by("_news/2020-10-20-tide-0123456789-2.md") == "_news/2020-10-20-tide-0123456789.md"
    )
    for path in ("tide-2.md", "2020-10-20-tide-0123456789.md", "tide-012345678g-2.md"):
        assert known_by(path) == path


# Which files are one article


def test_the_newest_version_stands_and_has_the_plain_id():
    store = store_of([version(f"tide{end}.md") for end in ("", "-2", "-10", "-9")])
    (row,) = store.order("quality")
    assert (store.article(row).path, store.index.ordinal[row]) == ("tide-10.md", 0)
    assert (store.has_versions(row), store.index.tables.versions) == (True, 3)
    assert [bool(flags & HERE) for flags in store.index.flags] == [False, False, True, False]
    assert store.row(store.id(row)) == row


def test_files_that_a_feed_did_not_bring_are_versions_if_their_titles_are_nearly_equal():
    same = [version("t.md", "The tide rises", None), version("t-2.md", "Tide rises!", FEED)]
    other = [version("t.md", "The tide rises", None), version("t-2.md", "The tide falls", FEED)]
    assert (listed(same), listed(other)) == ("t-2", "t-2 t")
    assert listed([version("t.md", "One title"), version("t-2.md", "Another title")]) == "t-2"


@pytest.mark.parametrize(
    "second",
    [
        {"path": "sea/t-2.md"},
        {"path": "t-2.html"},
        {"path": "tt-2.md"},
        {"path": "u.md"},
        {"path": "t-2.md", "url": "https://example.com/ebb"},
        {"path": "t-2.md", "url": None},
    ],
)
def test_another_folder_name_or_address_is_another_article(second):
    assert len(store_of([version("t.md"), version(**second)])) == 2


def test_a_title_that_is_another_one_parts_what_is_before_it_from_what_is_after():
    titles = {"t.md": "One", "t-2.md": "One", "t-3.md": "Two", "t-4.md": "Two"}
    assert listed([version(path, title, None) for path, title in titles.items()]) == "t-2 t-4"


def test_versions_have_nothing_to_do_with_those_of_another_folder():
    store = store_of([version("t-2.md"), version("t.md", library=1), version("t-3.md", library=1)])
    assert names(store, store.order("quality")) == "t-2"
    assert (store.index.tables.versions, store.index.tables.earlier) == (0, 2)


def test_others_with_the_same_address_are_numbered_as_if_there_were_no_versions():
    store = store_of([version("t.md"), version("t-2.md"), version("u.md", "Another", None)])
    assert [store.id(row)[10:] for row in sorted(store.order("quality"))] == ["", "-2"]


def test_without_the_newest_file_the_one_before_stands_again():
    index, _ = index_of([version("t.md"), version("t-2.md"), version("t-3.md")])
    for left in (1, 0):
        Making(index).remove(left + 1)
        index.file_row[left + 1] = NONE
        derive(index)
        assert list(index.by_quality) == [left]
    assert (list(index.versioned), index.tables.versions) == ([], 0)


ENDS = ("", "-2", "-3", "-4", "-1", "-02", "-x")


@given(st.lists(st.tuples(st.sampled_from(ENDS), st.booleans(), st.sampled_from("XY"))), st.data())
def test_what_stands_is_what_one_finds_by_looking(files, data):
    files = {f"t{end}.md": (title, FEED if ours else None) for end, ours, title in files}
    family, standing = [path for path in files if numbered(path).first == "t.md"], set(files)
    chain = sorted(family, key=numbered, reverse=True)
    for later, path in pairwise(chain):
        (title, ours), (title_before, ours_before) = files[later], files[path]
        if (ours and ours_before) or title == title_before:
            standing.discard(path)
    order = data.draw(st.permutations(list(files)))
    store = store_of([version(path, *files[path]) for path in order])
    assert {store.article(row).path for row in store.order("quality")} == standing
    assert len(files) - len(standing) == store.index.tables.versions


def test_a_hundred_thousand_versions_take_no_time():
    many = [version("t.md"), *(version(f"t-{at}.md", f"T {at}", None) for at in range(2, 3000))]
    begin = process_time()
    assert len(store_of(many)) == len(many)
    assert process_time() - begin < 10  # 0.5 s on a quiet machine


# In a folder


def filed(title="On the tide", body="High water at noon.", url=URL, **fields):
    """Return an article file as a feed brings it."""
    address = [f"originalUrl: {url}"] if url else []
    more = [f"{key}: {value}" for key, value in fields.items()]
    return front(f"title: {title}", *address, f"feed: {FEED}", *more, body=body)


def opened(folder: Path, cache: Path) -> Library:
    library = Library([folder], cache / "state", cache / "cache")
    library.load()
    return library


def paths(library):
    return [one.path for one in library.listing(ALL).articles]


def test_versions_come_and_go_in_a_folder_and_are_counted(tmp_path):
    folder = write(tmp_path / "news", {"t.md": filed(), "u.md": filed("Ebb", url=f"{URL}/ebb")})
    write(folder, {"t-2.md": filed("On the tides"), "t-3.md": filed()})
    library = opened(folder, tmp_path)
    assert sorted(paths(library)) == ["t-3.md", "u.md"]
    assert (library.counts.seen, library.counts.articles, library.counts.passed_over) == (4, 2, 2)
    assert library.passed_over == {"earlier version": 2}
    (tide,) = library.find(URL)
    library.star(tide, starred=True)
    (folder / "t-3.md").unlink()
    library.load()
    (tide,) = library.find(URL)
    assert (tide.path, library.status(tide).starred) == ("t-2.md", True)
    assert library.passed_over == {"earlier version": 1}
    write(folder, {"t-4.md": filed()})
    library.load()
    assert sorted(paths(library)) == ["t-4.md", "u.md"]


def test_what_has_no_address_is_known_by_the_path_of_its_first_version(tmp_path):
    name = "_news/2020-10-20-tide-0123456789"
    folder = write(tmp_path / "news", {f"{name}.md": filed(url=None)})
    library = opened(folder, tmp_path)
    (tide,) = library.listing(ALL).articles
    library.star(tide, starred=True)
    write(folder, {f"{name}-2.md": filed("Another title", url=None)})
    library.load()
    (now,) = library.listing(ALL).articles
    assert (now.id, now.path, library.status(now).starred) == (tide.id, f"{name}-2.md", True)
    assert len(library.listing(ALL, text="url:tide")) == 0


@pytest.mark.parametrize("seed", range(5))
def test_a_folder_that_changed_step_by_step_is_as_one_that_was_read_at_once(tmp_path, seed):
    chance, folder = random.Random(seed), tmp_path / "news"
    folder.mkdir()
    library = opened(folder, tmp_path)
    for _ in range(12):
        path = folder / f"{chance.choice('tu')}{chance.choice(ENDS)}.md"
        if path.exists():
            path.unlink()
        else:
            write(
                folder,
                {path.name: filed(chance.choice(["One", "Two"]), url=f"{URL}/{path.name[0]}")},
            )
        library.load()
        assert paths(library) == paths(opened(folder, tmp_path / f"{chance.random()}"))


# Looking beside a file


def versions(library):
    (found,) = library.find(URL)
    return [one.path for one in library.versions(found)]


def test_versions_are_found_beside_the_file_the_oldest_first(tmp_path):
    names = ("t.md", "t-2.md", "t-4.md", "t-10.md")
    folder = write(tmp_path / "news", dict.fromkeys(names, filed()))
    assert versions(opened(folder, tmp_path)) == list(names)


def test_what_is_no_version_is_passed_over(tmp_path):
    others = {"t-2.md": filed(url=f"{URL}/else"), "t-3.md": "---\nno end", "u.md": filed()}
    folder = write(tmp_path / "news", {"t.md": filed(), "t-5.md": filed()} | others)
    (folder / "t-4.md").symlink_to(folder / "t.md")
    library = opened(folder, tmp_path)
    (found,) = [one for one in library.find(URL) if one.path == "t-5.md"]
    assert [one.path for one in library.versions(found)] == ["t.md", "t-5.md"]


def test_a_title_that_is_another_one_ends_the_versions(tmp_path):
    def own(title):
        return front(f"title: {title}", f"originalUrl: {URL}")

    files = {"t.md": own("One"), "t-2.md": own("Two"), "t-3.md": own("The two")}
    library = opened(write(tmp_path / "news", files), tmp_path)
    found = {one.path: one for one in library.find(URL)}
    assert [one.path for one in library.versions(found["t-3.md"])] == ["t-2.md", "t-3.md"]
    assert [one.path for one in library.versions(found["t.md"])] == ["t.md"]


def test_show_lists_the_versions_of_what_has_some(tmp_path, own_places, capsys):
    times = ("2020-10-26T08:00:00Z", "2020-10-26T09:30:00Z")
    names = ("t.md", "t-2.md")
    files = {name: filed(updated=when) for name, when in zip(names, times, strict=True)}
    folder = write(tmp_path / "news", files | {"u.md": filed("Ebb", url=f"{URL}/ebb")})
    where = ("--library", str(folder))
    assert run(["show", URL, *where]) == 0
    shown = "Versions\n2020-10-26 08:00\tt.md\n2020-10-26 09:30\tt-2.md\n"
    assert capsys.readouterr().out.endswith(shown)
    assert run(["show", f"{URL}/ebb", *where]) == 0
    assert "Versions" not in capsys.readouterr().out
    assert run(["show", "--json", "t-2.md", *where]) == 0
    assert json.loads(capsys.readouterr().out)["versions"] == ["t.md", "t-2.md"]


def test_changes_are_told_by_what_they_changed(tmp_path):
    folder = write(tmp_path / "news", {"t.md": filed(), "t-2.md": filed(body="Low water.")})
    library = opened(folder, tmp_path)
    changes = library.changes(*library.versions(*library.find(URL)))
    assert list(changes) == ["Excerpt", "Text"]
    assert library.changes(*library.find(URL) * 2) == {}
