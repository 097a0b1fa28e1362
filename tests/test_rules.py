"""Saved filters and mute rules of a library: what they find, and how they are kept."""

import json
import os
import random
import time
from datetime import UTC, datetime, timedelta

import pytest

from reader import rules
from reader.cli import naming
from reader.library import Library
from reader.model import MUTED
from reader.saved import FILE, Mute, RulesError, Saved
from reader.state.moving import init
from reader.state.place import OWN
from reader.views import ALL, FRONT, UNREAD, View
from tests.samples import front, write

WIRE, HARBOUR = View("mute", "provider:Wire"), View("saved", "Harbour")


def piece(name, provider="Wire", topic="Harbour", quality=50):
    return front(
        f"title: On {name}",
        f"originalUrl: https://example.com/{name}",
        f"provider: {{name: {provider}}}",
        f"topics: [{topic}]",
        f"quality: {quality}",
        "heat: 5",
        "publishedDateTime: 2020-10-20T12:00:00Z",
        "related: []",
    )


NEWS = {
    "a.md": piece("cranes", quality=90),
    "b.md": piece("ships", "Post", quality=80),
    "c.md": piece("tides", "Post", "Tides", quality=70),
    "d.md": piece("gulls", "Wire", "Tides", quality=60),
}


TEXTS = (
    *("topic:Harbour", "is:unread provider:Post", "is:starred", "-is:starred OR cranes"),
    *("is:read", "read:7d OR topic:Tides", "is:muted", "-is:dismissed quality:>60"),
)


@pytest.fixture
def opened(tmp_path):
    """Return what opens the same folder each time it is called."""
    folder, made = write(tmp_path / "news", NEWS), []

    def open_it():
        made.append(Library([folder], tmp_path / "state", tmp_path / "cache"))
        made[-1].load()
        return made[-1]

    yield open_it
    for library in made:
        library.close()


@pytest.fixture
def library(opened):
    return opened()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / FILE


def titles(library, view, text=""):
    rows = library.listing(view, "quality", text)
    return " ".join(rows.article(at).title.removeprefix("On ") for at in range(len(rows)))


def lines(library):
    """Return the sidebar's lines of rules, as name and count."""
    found = (entry for entry in library.sidebar() if entry.view.kind in rules.KINDS)
    return {entry.label: entry.progress or entry.count for entry in found}


def article(library, name):
    return next(one for one in library.listing(ALL).articles if one.title == f"On {name}")


def by_hand(path, text):
    """Write the file of rules as another program does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, ns=(time.time_ns(), time.time_ns() + len(text)))


# Saved filters


def test_a_saved_filter_is_a_view_with_its_unread_articles_counted(library, opened):
    library.save("Harbour", "topic:Harbour")
    library.save("Starred", "is:starred")
    assert titles(library, HARBOUR) == "cranes ships"
    assert titles(library, HARBOUR, "provider:Post") == "ships"
    assert library.count(HARBOUR) == 2
    assert lines(library) == {"Harbour": 2, "Starred": 0}
    library.mark_read([article(library, "cranes")])
    library.star(article(library, "tides"), starred=True)
    assert lines(library) == {"Harbour": 1, "Starred": 1}
    assert lines(opened()) == {"Harbour": 1, "Starred": 1}


def test_a_saved_filter_has_its_own_order_and_limit(library):
    library.save("Worst", "sort:-quality limit:2")
    worst = View("saved", "Worst")
    assert titles(library, worst) == "gulls tides"
    assert library.sort("", worst) == "-quality"
    assert library.sort("sort:newest", worst) == "newest"
    assert titles(library, worst, "limit:1") == "gulls"


def test_the_same_name_replaces_and_the_order_can_be_changed(library):
    library.save("A", "topic:Tides")
    library.save("B", "topic:Harbour")
    library.save("A", "provider:Post")
    assert library.rules.saved == (Saved("A", "provider:Post"), Saved("B", "topic:Harbour"))
    library.move(library.rules.saved[1], -1)
    assert [one.name for one in library.rules.saved] == ["B", "A"]
    assert library.undo().label == "filter moved"
    assert library.undo().label == "filter changed"
    assert library.rules.saved[0] == Saved("A", "topic:Tides")
    assert library.redo().label == "filter changed"
    library.remove(library.rules.saved[1])
    assert [one.name for one in library.rules.saved] == ["A"]
    assert library.undo().label == "filter removed"
    assert len(library.rules.saved) == 2


@pytest.mark.parametrize("text", ["topc:A", "topic:Harbor", "(", "title:/(/", "story:0000000000"])
def test_a_saved_filter_that_is_a_mistake_stands_there_and_says_it(library, text):
    library.save("Broken", text)
    view = View("saved", "Broken")
    assert lines(library) == {"Broken": "!"}
    assert titles(library, view) == ""
    assert titles(library, view, "topic:Tides") == ""
    fact, why = library.why_empty(view, "")
    assert fact == "This filter cannot be used"
    assert why


def test_what_is_dismissed_is_in_a_saved_filter_that_asks_for_it(library):
    library.dismiss([article(library, "cranes")])
    library.save("Harbour", "topic:Harbour")
    library.save("Gone", "is:dismissed")
    assert titles(library, HARBOUR) == "ships"
    assert titles(library, View("saved", "Gone")) == "cranes"
    assert lines(library) == {"Harbour": 1, "Gone": 0}


@pytest.mark.parametrize("seed", range(8))
def test_counts_kept_up_to_date_are_those_of_the_lists(library, path, seed):
    chance = random.Random(seed)
    by_hand(path, "".join(f"[[saved]]\nname = 'N {text}'\nfilter = '{text}'\n" for text in TEXTS))
    assert library.follow_rules()
    names = [one.title.removeprefix("On ") for one in library.listing(ALL).articles]
    every = {name: article(library, name) for name in names}
    for _ in range(30):
        one = every[chance.choice(names)]
        is_so = chance.random() < 0.5
        act = chance.randrange(6)
        if act == 0:
            library.mark_read([one], read=is_so)
        elif act == 1:
            library.star(one, starred=is_so)
        elif act == 2:
            library.dismiss([one], dismissed=is_so)
        elif act == 3:
            library.undo()
        elif act == 4 and not library.rules.muted:
            library.mute(f"provider:{one.provider}", None)
        elif act == 5 and library.rules.muted:
            library.remove(library.rules.muted[0])
        for text in TEXTS:
            view = View("saved", f"N {text}")
            numbers = library.listing(view).numbers
            unread = [row for row in numbers if library.store.marks[row] & ~4 == 0]
            assert lines(library)[view.name] == len(unread), text


# Mute rules


def test_what_is_muted_is_in_no_list_but_its_own(library):
    library.save("Harbour", "topic:Harbour")
    assert library.make_edition(datetime.now(UTC).date(), 2)
    library.mute("provider:Wire", None)
    for view in (FRONT, ALL, UNREAD):
        assert titles(library, view) == "ships tides"
        assert library.count(view) == 2
    assert titles(library, HARBOUR) == "ships"
    assert titles(library, View("topic", "Tides")) == "tides"
    assert titles(library, View("muted")) == titles(library, WIRE) == "cranes gulls"
    assert titles(library, ALL, "is:muted") == "cranes gulls"
    assert titles(library, ALL, "is:muted topic:Tides") == "gulls"
    assert lines(library) == {"Harbour": 1, "provider:Wire": 2}
    assert "cranes" not in titles(library, View("edition"))
    assert library.counts.articles == 4
    row = library.listing(View("muted"))[0]
    assert row.muted_by == library.page(row.article).muted_by == Mute("provider:Wire")
    assert library.page(article(library, "ships")).muted_by is None


def test_muted_articles_come_back_by_undo(library):
    library.star(article(library, "ships"), starred=True)
    library.mute("provider:Wire", 7)
    library.star(article(library, "tides"), starred=True)
    assert [library.undo().label for _ in range(3)] == ["star", "provider:Wire muted", "star"]
    assert titles(library, ALL) == "cranes ships tides gulls"
    assert library.undo() is None
    assert [library.redo().label for _ in range(3)] == ["star", "provider:Wire muted", "star"]
    assert titles(library, ALL) == "ships tides"
    assert library.redo() is None


def test_a_new_mark_leaves_nothing_to_do_again(library):
    library.mute("provider:Wire", None)
    library.undo()
    library.star(article(library, "ships"), starred=True)
    assert library.redo() is None
    library.undo()
    library.mute("provider:Wire", None)
    assert library.redo() is None


def test_marks_of_what_is_muted_are_kept_and_no_journal_says_muted(library, opened, tmp_path):
    cranes = article(library, "cranes")
    library.mute("provider:Wire", None)
    library.star(cranes, starred=True)
    library.mark_read([cranes])
    row = library.store.row(cranes.id)
    assert library.store.marks[row] & MUTED
    assert library.count(View("muted")) == 2
    library.remove(library.rules.muted[0])
    assert library.status(cranes).starred
    assert not library.store.marks[row] & MUTED
    library.close()
    entries = [
        json.loads(line)
        for journal in tmp_path.rglob("*.jsonl")
        for line in journal.read_text().splitlines()
    ]
    assert entries
    assert "mute" not in json.dumps(entries)
    assert all(bits < MUTED for flags in opened()._ledger.flags() for bits in flags.values())


def test_a_rule_whose_time_is_over_mutes_nothing_and_stays_in_the_file(library, path, monkeypatch):
    rule = library.mute("provider:Wire", 1)
    assert library.count(ALL) == 2
    later = datetime.now(UTC) + timedelta(days=1, seconds=2)
    monkeypatch.setattr(rules, "_now", lambda: later)
    assert library.follow_rules()
    assert library.count(ALL) == 4
    assert rule.until in path.read_text()
    assert not library.follow_rules()


def test_a_mute_rule_that_is_a_mistake_mutes_nothing(library):
    library.mute("topc:Harbour", None)
    assert library.count(ALL) == 4
    assert lines(library) == {"topc:Harbour": "!"}


def test_what_comes_later_is_muted_too(library, tmp_path):
    library.mute("provider:Wire", None)
    write(tmp_path / "news", {"e.md": piece("kelp")})
    library.load()
    assert titles(library, View("muted")) == "cranes gulls kelp"


# The file


def test_changes_by_hand_are_seen(library, path):
    assert not library.follow_rules()
    by_hand(path, '# mine\n[[muted]]\nfilter = "provider:Wire"\n')
    assert library.follow_rules()
    assert library.count(ALL) == 2
    library.save("Harbour", "topic:Harbour")
    assert path.read_text().startswith("# mine\n")
    path.unlink()
    assert library.follow_rules()
    assert library.count(ALL) == 4


def test_after_a_mistake_in_the_file_the_last_right_rules_stay(library, path):
    library.mute("provider:Wire", None)
    by_hand(path, "[[muted]]\nfilter = \n")
    assert library.follow_rules()
    assert library.count(ALL) == 2
    assert f"{path}: " in library.rules_mistake
    assert "line 2" in library.rules_mistake
    with pytest.raises(RulesError):
        library.save("A", "a")
    by_hand(path, '[[muted]]\nfilter = "provider:Wire"\n')
    assert library.follow_rules()
    assert library.rules_mistake is None


def test_undo_after_a_change_by_hand_takes_back_only_what_was_done_here(library, path):
    library.mute("provider:Wire", None)
    by_hand(path, path.read_text() + '\n[[saved]]\nname = "A"\nfilter = "a"\n')
    library.undo()
    assert library.rules.muted == ()
    assert library.rules.saved == (Saved("A", "a"),)


def test_a_library_of_ones_own_keeps_its_rules_itself(opened, tmp_path):
    init(tmp_path / "news", tmp_path / "state")
    library = opened()
    library.save("Harbour", "topic:Harbour")
    assert (tmp_path / "news" / OWN.parent / FILE).exists()
    assert not (tmp_path / "state" / FILE).exists()
    library.keep_rules_in(tmp_path / "config")
    assert len(library.rules.saved) == 1


def test_what_is_saved_for_all_libraries_goes_into_ones_own_with_the_first_change(
    opened, tmp_path, path
):
    init(tmp_path / "news", tmp_path / "state")
    by_hand(path, '# all\n[[muted]]\nfilter = "provider:Wire"\n')
    library, before = opened(), path.read_text()
    assert library.count(ALL) == 2
    library.save("Harbour", "topic:Harbour")
    own = tmp_path / "news" / OWN.parent / FILE
    assert own.read_text().startswith(before)
    assert path.read_text() == before
    assert lines(library) == {"Harbour": 1, "provider:Wire": 2}
    library.undo()
    assert own.read_text() == before


def test_a_rule_about_marks_knows_the_marks(library, opened):
    library.mark_read([article(library, "cranes")])
    library.mute("is:read", None)
    assert titles(library, View("muted")) == "cranes"
    assert titles(opened(), View("muted")) == "cranes"


def test_a_link_to_the_file_stays_a_link(library, path, tmp_path):
    real = write(tmp_path, {"dotfiles/filters.toml": ""}) / "dotfiles" / FILE
    path.unlink(missing_ok=True)
    path.symlink_to(real)
    library.save("Harbour", "topic:Harbour")
    assert path.is_symlink()
    assert "Harbour" in real.read_text()


@pytest.mark.parametrize("what", ["folder", "binary", "huge", "pipe"])
def test_what_is_no_text_is_a_mistake(library, path, what):
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(b"\xff\xfe" if what == "binary" else b"#" * (2 << 20))
    assert library.follow_rules()
    assert library.rules_mistake
    assert not library.follow_rules()


def test_a_file_that_cannot_be_written_is_left_as_it_was(library, path, monkeypatch):
    library.save("A", "a")
    before = path.read_text()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(RulesError, match="No space left"):
        library.save("B", "b")
    assert path.read_text() == before
    assert len(library.rules.saved) == 1
    assert [one.name for one in path.parent.iterdir() if FILE in one.name] == [FILE]


def test_hostile_rules_are_cleaned_and_take_a_moment_only(library, path):
    by_hand(path, '[[saved]]\nname = "A\\u001b[2J\\u202eB"\nfilter = "title:/(a+)+$/ \\u0007"\n')
    began = time.monotonic()
    assert library.follow_rules()
    assert list(lines(library)) == ["A[2JB"]
    assert time.monotonic() - began < 5


def test_the_shell_says_what_is_wrong_with_the_file(tmp_path, monkeypatch, capsys):
    for name in ("state", "cache"):
        monkeypatch.setattr(naming, f"{name}_dir", lambda name=name: tmp_path / name)
    monkeypatch.setattr(naming, "config_file", lambda: tmp_path / "config" / "config.toml")
    by_hand(tmp_path / "config" / FILE, "[[muted]]\nfilter = \n")
    library = naming.loaded((write(tmp_path / "news", NEWS),))
    assert library.count(ALL) == 4
    library.close()
    told = capsys.readouterr().err
    assert told.startswith(f"broadsheet: {tmp_path}/config/{FILE}: ")
    assert "line 2" in told
