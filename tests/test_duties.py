from pathlib import Path

import pytest

from reader.snapshot import duties, linking
from reader.snapshot.duties import NOT_WATCHED, Duties
from reader.snapshot.full_text import SUFFIX
from reader.snapshot.index import NAME, read_index
from reader.snapshot.keeper import Keeper
from reader.snapshot.watching import Changed, Unwatched, Watched
from tests.samples import front, write


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr(duties, "SOON", 0.02)
    monkeypatch.setattr(duties, "LATER", 0.05)
    monkeypatch.setattr(duties, "OFTEN", 0.05)


class Done:
    """A keeper at work, one step after the other."""

    def __init__(self, tmp_path, files=3):
        self.root = tmp_path / "news"
        write(self.root, {f"{n}.md": front(f"title: Number {n}") for n in range(files)})
        self.came = []
        self.keeper = Keeper([self.root], tmp_path / "cache", self.came.append)
        self.keeper.compare()
        self.duties = Duties(self.keeper)
        self.came.clear()

    def step(self, *asked):
        """Ask for things, and do what comes next; returns what was told."""
        for one in asked:
            self.duties.inbox.put(one)
        self.duties._work(self.duties._wait())
        came, self.came[:] = [*self.came], []
        return came

    def changed(self, *names):
        return Changed(frozenset(str(self.root / name) for name in names))


def test_a_rescan_is_answered_where_nothing_has_changed(tmp_path):
    (told,) = Done(tmp_path).step("rescan")
    assert (told.complete, told.added) == (True, 0)


def test_anew_reads_everything_into_another_segment(tmp_path):
    done = Done(tmp_path)
    before = done.keeper.writer.name
    assert done.step("anew")[-1].added == 3
    assert done.keeper.index.tables.segments == [done.keeper.writer.name]
    assert done.keeper.writer.name != before


def test_changes_that_have_gathered_are_one_publication(tmp_path):
    done = Done(tmp_path)
    write(done.root, {"a.md": "# A", "b.md": "# B"})
    (told,) = done.step(done.changed("a.md"), done.changed("b.md"), done.changed("c.jpg"))
    assert told.added == 2


def test_what_is_watched_from_now_on_is_looked_at_once(tmp_path):
    done = Done(tmp_path)
    assert done.step(Watched(done.root)) == []
    write(done.root, {"a.md": "# A"})
    (told,) = done.step(Watched(done.root))
    assert told.added == 1


def test_what_cannot_be_watched_is_looked_at_every_few_seconds_and_that_is_said_once(tmp_path):
    done = Done(tmp_path)
    (told,) = done.step(Unwatched(done.root, "limit"))
    assert told.note == NOT_WATCHED.format("limit")
    assert done.step() == []
    write(done.root, {"a.md": "# A"})
    (told,) = done.step()
    assert (told.added, told.note) == (1, "")
    done.step(Watched(done.root))
    done.step()
    assert done.keeper.is_resting


def test_what_is_over_a_network_is_looked_at_without_a_word(tmp_path):
    done = Done(tmp_path)
    assert done.step(Unwatched(Path("/elsewhere"))) == []
    write(done.root, {"a.md": "# A"})
    assert [told.added for told in done.step()] == [1]


def test_a_keeper_with_nothing_to_do_rests(tmp_path):
    done = Done(tmp_path)
    assert done.step() == []
    assert done.keeper.is_resting
    write(done.root, {"a.md": "# A"})
    assert [told.added for told in done.step(done.changed("a.md"))] == [1]
    assert not done.keeper.is_resting


def filled(done):
    return {path.name.partition(".")[0] for path in done.keeper.place.glob(f"*{SUFFIX}")}


def test_word_indexes_are_filled_while_there_is_nothing_else_and_told_of(tmp_path, monkeypatch):
    monkeypatch.setattr(duties, "FEW", 2)
    done = Done(tmp_path)
    (segment,) = done.keeper.index.tables.segments
    assert [told.complete for told in done.step()] == [True]
    assert filled(done) == {segment}
    write(done.root, {"a.md": "# A"})
    done.step(done.changed("a.md"))
    assert len(done.keeper.index.tables.segments) == 2
    done.step()
    assert filled(done) == {segment}


def test_few_articles_are_searched_without_a_word_index(tmp_path):
    done = Done(tmp_path)
    assert done.step() == []
    assert filled(done) == set()


def test_what_is_asked_goes_before_filling_which_goes_on_after_it(tmp_path, monkeypatch):
    monkeypatch.setattr(duties, "FEW", 2)
    done = Done(tmp_path)
    assert len(done.step("rescan")) == 1
    assert filled(done) == set()
    done.step()
    assert len(filled(done)) == 1


def test_a_disk_that_is_full_ends_filling_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(duties, "FEW", 2)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reader.snapshot.filling.fill", full)
    done = Done(tmp_path)
    done.step()
    assert len(done.step("rescan")) == 1


def many(root, count):
    """Write articles of which two tell of one event, and the others of nothing in common."""
    files = {
        f"{at}.md": front(f"title: Nothing{at} Unlike{at}", f"provider: P{at}")
        for at in range(count)
    }
    for at in range(2):
        files[f"volcano-{at}.md"] = front(
            "title: Volcano Grimsvotn erupts near Keflavik",
            f"provider: Daily {at}",
            "excerpt: Ash over Reykjavik closes the airport.",
            "date: 2024-03-05",
        )
    write(root, files)


def stories(done):
    return len(read_index(done.keeper.place / NAME).story_leaders)


def test_stories_of_many_articles_are_computed_while_there_is_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(linking, "FEW", 2)
    monkeypatch.setattr(linking, "SMALL", 2)
    many(tmp_path / "news", 70)
    done = Done(tmp_path)
    assert stories(done) == 0
    told = done.step()
    assert [(one.complete, one.added, one.changed) for one in told] == [(True, 0, 0)]
    assert stories(done) == 1


def test_a_change_goes_before_stories_that_are_then_computed_of_all(tmp_path, monkeypatch):
    monkeypatch.setattr(linking, "FEW", 2)
    monkeypatch.setattr(linking, "SMALL", 2)
    many(tmp_path / "news", 70)
    done = Done(tmp_path)
    next(done.duties._fill())
    write(done.root, {"a.md": "# A"})
    assert [told.added for told in done.step(done.changed("a.md"))] == [1]
    done.step()
    assert stories(done) == 1
