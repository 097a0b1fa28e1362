"""Computed stories: the same whatever came first, whatever went, and however often it is done."""

import random
from collections import deque
from datetime import datetime, timedelta
from pathlib import Path

from reader import likeness
from reader.model import HERE
from reader.search import words_of
from reader.snapshot import linking
from reader.snapshot.columns import KIN, NONE
from reader.snapshot.compacting import compacted
from reader.snapshot.derive import derive
from reader.snapshot.index import NAME, Index, read_index
from reader.snapshot.linking import is_due, relink
from reader.snapshot.links import linked
from reader.snapshot.making import Making
from reader.snapshot.packing import pack
from reader.snapshot.refreshing import refresh
from reader.snapshot.rows import row_of
from reader.snapshot.segments import MemoryRecords
from reader.store import Store
from tests.samples import MemorySegment, article, front, write

DAY = datetime(2024, 3, 5, 12)
EVENTS = [
    ("Volcano Grimsvotn erupts in Iceland", "Ash over Reykjavik closes Keflavik airport."),
    ("Parliament of Freedonia elects Rufus Firefly", "The Marx doctrine wins in Sylvania."),
    ("Rocket Starhopper reaches Enceladus", "The probe Cassandra sends pictures of geysers."),
    ("Painting by Vermeer found in Delft attic", "Auctioneers estimate ninety million guilders."),
]
FILLER = [
    f"{a}{b}{c}"
    for a in "bdfgk"
    for b in ("alo", "eri", "umo", "ina", "ose", "uka")
    for c in "lmnrst"
]


def event(number, name, hours=0.0, **values):
    """Return an article on one of the events, in words of its own beside those of the event."""
    title, excerpt = EVENTS[number]
    when = (DAY + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    facts = {"title": f"{title} {name}", "excerpt": excerpt, "published_at": when}
    return article(name, **(facts | {"provider": f"{name} Post"} | values))


def others(count):
    """Return articles that are alike to nothing, so that the words of an event are rare."""
    return [
        article(f"o{at}", title=f"Nothing{at} Unlike{at} Apart{at}", provider=f"{at}")
        for at in range(count)
    ]


def invented(pick, count):
    """Return articles of which some are on one event, and most are on none."""
    made = []
    for number in range(count):
        words = pick.sample(FILLER, 14)
        if pick.random() < 0.6:
            theme = random.Random(number % 20).sample(FILLER, 7)
            words = [*theme, *words[:6]]
        when = DAY + timedelta(hours=pick.randrange(120))
        made.append(
            article(
                f"n{number}",
                title=" ".join(words[:6]).title(),
                excerpt=" ".join(words[6:]).capitalize() + ".",
                published_at=when.strftime("%Y-%m-%dT%H:%M:%SZ"),
                provider=pick.choice(["Wire", "Post", "Daily", "Star", "Globe"]),
                quality=pick.choice([None, 10, 20]),
                heat=pick.choice([None, None, None, -1, 80]),
            )
        )
    return made


class Folder:
    """Articles that come and go, with the index that is kept of them."""

    def __init__(self):
        self.index, self.segment, self.keys = Index(), MemorySegment(), {}
        self._making = Making(self.index)

    def add(self, *articles):
        for one in articles:
            packed, data = pack([row_of(one, words_of(one))])
            row = self._making.add(packed, self.segment.name, self.segment.append(data))
            self.index.paths.append(one.file)
            for name, value in {"library": 0, "row": row, "size": 0, "time": 0, "inode": 0}.items():
                getattr(self.index, f"file_{name}").append(value)
            self.keys[row] = one.path.removesuffix(".md")
        return self

    def remove(self, name):
        at = self.index.paths.index(f"{name}.md")
        self._making.remove(self.index.file_row[at])
        self.index.paths.pop(at)
        for column in ("library", "row", "size", "time", "inode"):
            getattr(self.index, f"file_{column}").pop(at)

    @property
    def records(self):
        return MemoryRecords([self.segment.data])

    def derive(self):
        derive(self.index, self.records)
        return self

    def leaders(self):
        leader, flags = self.index.leader, self.index.flags
        return {
            self.keys[row]: self.keys[leader[row]]
            for row in range(len(leader))
            if leader[row] != NONE and flags[row] & HERE
        }

    def links(self):
        return {
            (self.keys[row], self.keys[other], likeness)
            for row in self.keys
            for other, likeness in linked(self.index, row)
        }

    def kin(self, name):
        row = next(row for row, key in self.keys.items() if key == name)
        found = self.index.kin[KIN * row : KIN * (row + 1)]
        return [self.keys[other] for other in found if other != NONE]


def leaders(*articles):
    return Folder().add(*articles).derive().leaders()


def test_articles_on_one_event_are_one_story():
    found = leaders(event(0, "a"), event(0, "b", 3), event(1, "c", 1), event(1, "d", 5))
    assert found == {"a": "a", "b": "a", "c": "c", "d": "c"}


def test_an_event_that_is_told_more_than_two_days_later_is_another_story():
    assert leaders(event(0, "a"), event(0, "b", 49)) == {}
    assert leaders(event(0, "a"), event(0, "b", 48)) == {"a": "a", "b": "a"}


def test_a_story_goes_on_as_long_as_it_is_told():
    assert len(leaders(*(event(0, f"n{at}", 20 * at) for at in range(4)))) == 4


def test_quality_leads_then_the_earliest_with_a_full_excerpt():
    cut = EVENTS[0][1].rstrip(".") + " …"
    assert set(leaders(event(0, "a"), event(0, "b", 1, quality=5)).values()) == {"b"}
    first, second, third = event(0, "a", excerpt=cut), event(0, "b", 2), event(0, "c", 1)
    assert set(leaders(first, second, third).values()) == {"c"}


def test_what_the_files_say_is_not_changed():
    files = [event(0, "a", heat=90), event(0, "b", 1, heat=70), event(0, "c", 2, heat=-1)]
    assert leaders(*files) == {}


def test_an_article_that_no_file_says_anything_of_joins_the_story_of_files():
    led = event(0, "a", heat=90), event(0, "b", 1, heat=-1, related=event_copy("a"))
    assert leaders(*led, event(0, "c", 2)) == {"a": "a", "b": "a", "c": "a"}
    assert leaders(event(0, "a", heat=90), event(0, "c", 2)) == {"a": "a", "c": "a"}


def test_no_computed_link_makes_one_of_two_stories_of_files():
    found = leaders(event(0, "a", heat=90), event(0, "b", 1, heat=80), event(0, "c", 2))
    assert sorted(found) in (["a", "c"], ["b", "c"])


def test_a_series_of_one_provider_is_no_story():
    def part(number, **values):
        title = f"Firmware Grimsvotn update 20.{number} is available for testing Keflavik"
        return event(0, f"n{number}", number, title=title, provider="Wire", **values)

    assert leaders(part(5), part(6)) == {}
    assert leaders(part(5), part(6) and event(0, "n6", 6, title=part(5).title)) != {}


def test_what_only_one_provider_tells_is_no_story_unless_it_is_one_piece():
    one, two = (event(0, name, provider="Wire") for name in ("first", "second"))
    assert leaders(one, two) == {}
    assert leaders(one, two, event(0, "third", 1)).keys() == {"first", "second", "third"}
    again = event(0, "second", 1, provider="Wire", title=one.title)
    assert leaders(one, again) == {"first": "first", "second": "first"}


def test_versions_of_one_article_are_one_story_however_late():
    url = "https://example.com/volcano"
    one, two = event(0, "a", url=url), event(0, "b", 900, url=url, title=f"{EVENTS[0][0]} A")
    other = event(1, "c", 900, url=url)
    found = leaders(one, two, other)
    assert found.keys() == {"a", "b"}


def test_no_computed_story_has_more_than_forty_articles():
    found = leaders(*(event(0, f"n{at}", at / 3) for at in range(60)), *others(400))
    sizes = [list(found.values()).count(leader) for leader in set(found.values())]
    assert max(sizes) == 40


def test_kin_is_near_in_subject_and_not_of_the_story():
    folder = Folder().add(event(0, "a"), event(0, "b", 2), event(0, "c", 100), event(1, "d"))
    folder.derive()
    assert folder.leaders() == {"a": "a", "b": "a"}
    assert folder.kin("a") == ["c"]
    assert folder.kin("c") == ["b", "a"]
    assert folder.kin("d") == []


def test_the_order_of_arrival_changes_nothing():
    pick = random.Random(5)
    articles = invented(pick, 110)
    whole = Folder().add(*articles).derive()
    assert len(whole.leaders()) > 20
    for _ in range(4):
        pick.shuffle(articles)
        folder, at = Folder(), 0
        while at < len(articles):
            some = pick.randint(1, 40)
            folder.add(*articles[at : at + some]).derive()
            at += some
        assert folder.links() == whole.links()
        assert folder.leaders() == whole.leaders()


def test_the_order_of_arrival_changes_nothing_where_two_rare_words_are_needed(monkeypatch):
    monkeypatch.setattr(likeness, "_SMALL_SIZE", 0)
    monkeypatch.setattr(likeness, "_KEYS", 3)
    pick = random.Random(9)
    articles = invented(pick, 120)
    whole = Folder().add(*articles).derive()
    assert len(whole.leaders()) > 10
    for _ in range(3):
        pick.shuffle(articles)
        folder = Folder().add(*articles[:70]).derive()
        for one in articles[70:]:
            folder.add(one).derive()
        assert folder.links() == whole.links()
        assert folder.leaders() == whole.leaders()


def test_what_went_and_came_back_changes_nothing():
    pick = random.Random(6)
    articles = invented(pick, 120)
    folder = Folder().add(*articles).derive()
    links, before = folder.links(), folder.leaders()
    gone = pick.sample(articles, 25)
    for one in gone:
        folder.remove(one.path.removesuffix(".md"))
        folder.derive()
    assert folder.leaders() != before
    rest = Folder().add(*(one for one in articles if one not in gone)).derive()
    assert (folder.links(), folder.leaders()) == (rest.links(), rest.leaders())
    folder.keys = {row: name for row, name in folder.keys.items() if folder.index.counted[row]}
    folder.add(*gone).derive()
    assert (folder.links(), folder.leaders()) == (links, before)


def test_linking_all_anew_changes_nothing():
    folder = Folder().add(*invented(random.Random(7), 100)).derive()
    links, before, kin = folder.links(), folder.leaders(), folder.index.kin
    deque(relink(folder.index, folder.records), 0)
    folder.derive()
    assert (folder.links(), folder.leaders()) == (links, before)
    assert folder.index.kin == kin


def test_rows_with_other_numbers_have_the_same_stories():
    articles = invented(random.Random(8), 100)
    folder = Folder().add(*articles).derive()
    for one in articles[:20]:
        folder.remove(one.path.removesuffix(".md"))
    folder.derive()
    before, links = folder.leaders(), folder.links()
    index = compacted(folder.index, folder.records, MemorySegment())
    rows = sorted(row for row in folder.index.file_row if row != NONE)
    folder.keys = {number: folder.keys[row] for number, row in enumerate(rows)}
    folder.index = index
    assert folder.links() == links
    assert folder.derive().leaders() == before


def test_many_new_articles_wait_until_they_are_linked_in_steps():
    folder = Folder().add(event(0, "a"), event(0, "b", 1), *others(600)).derive()
    assert folder.leaders() == {}
    assert is_due(folder.index)
    deque(relink(folder.index, folder.records), 0)
    folder.derive()
    assert folder.leaders() == {"a": "a", "b": "a"}
    assert not is_due(folder.index)


def test_nothing_comes_of_links_that_were_made_of_an_older_index():
    folder = Folder().add(event(0, "a"), event(0, "b", 1), *others(600)).derive()
    steps = relink(folder.index, folder.records)
    next(steps)
    folder.add(event(0, "new")).derive()
    deque(steps, 0)
    assert is_due(folder.index)
    assert folder.derive().leaders() == {}


def test_articles_that_come_again_and_again_meanwhile_do_no_harm():
    folder = Folder().add(event(0, "a"), event(0, "b", 1), *others(600)).derive()
    steps = relink(folder.index, folder.records)
    for number, _ in enumerate(steps):
        folder.add(event(1, f"new-{number}")).derive()
    deque(relink(folder.index, folder.records), 0)
    assert folder.derive().leaders()["b"] == "a"


def test_a_store_knows_the_kin_that_are_here_and_of_other_stories():
    folder = Folder().add(event(0, "a"), event(0, "b", 2), event(0, "c", 100), event(0, "d", 200))
    folder.derive()
    store = Store(folder.index, folder.records, Path())
    assert [[folder.keys[other] for other in store.kin(row)] for row in range(4)] == [
        *(["c", "d"], ["c", "d"], ["b", "a", "d"], ["c", "b", "a"]),
    ]
    folder.remove("c")
    folder.derive()
    store = Store(folder.index, folder.records, Path())
    assert [folder.keys[other] for other in store.kin(0)] == ["d"]


def written(folder, **fields):
    """Write two articles on one event and many others."""
    articles = [event(0, "a", **fields), event(0, "b", 1, **fields), *others(60)]
    for one in articles:
        lines = [f"heat: {one.heat}"] if one.heat is not None else []
        lines += [
            f"title: {one.title}",
            f"provider: {one.provider}",
            f"excerpt: {one.excerpt or 0}",
        ]
        write(folder, {one.path: front(*lines, f"date: {one.published_at or '2023-01-01'}")})
    return folder


def test_a_command_has_the_stories_too_but_only_where_files_leave_them_open(tmp_path, monkeypatch):
    monkeypatch.setattr(linking, "SMALL", 2)
    place = refresh([written(tmp_path / "open")], tmp_path / "cache").place
    assert len(read_index(place / NAME).story_leaders) == 1
    said = written(tmp_path / "said", heat=50)
    for path in said.iterdir():
        text = path.read_text()
        path.write_text(text if "heat" in text else text.replace("---\n", "---\nheat: 9\n", 1))
    place = refresh([said], tmp_path / "cache").place
    assert 1 not in read_index(place / NAME, whole=True).counted


def test_a_damaged_record_is_alike_to_nothing():
    folder = Folder().add(event(0, "a"), event(0, "b", 1), event(0, "c", 2))
    at = folder.index.offset[2] + 20
    data = folder.segment.data
    folder.segment.data = data[:at] + b"?" + data[at + 1 :]
    assert folder.derive().leaders() == {"a": "a", "b": "a"}


def event_copy(name):
    return article("x", name).related
