"""Saved filters and mute rules on the screen."""

from reader import rules
from reader.saved import FILE, Mute, Saved
from reader.tui.screens import following
from reader.views import View
from tests.screens import NARROW, PAPER, reading


def saved(reader):
    return [(one.name, one.filter) for one in reader.library.rules.saved]


def muted(reader):
    return [one.filter for one in reader.library.rules.muted]


async def narrow(reader, text):
    await reader.press("/")
    await reader.type(text)
    await reader.press("enter")


async def to_rule(reader, name):
    """Let the sidebar stand on a rule, with the keys."""
    reader.screen.set_focus(reader.screen.sidebar)
    lines = reader.screen.sidebar._lines
    row = next(at for at, one in enumerate(lines) if getattr(one, "label", "") == name)
    reader.screen.sidebar.move_to(row)
    await reader.settle()


async def test_a_key_names_the_filter_of_the_list_and_goes_there(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await narrow(reader, "topic:Cranes")
        assert "F save the filter" in reader.lines[-1]
        await reader.press("F")
        assert reader.sheet == "NamingSheet"
        await reader.type("My cranes")
        await reader.press("enter")
        assert saved(reader) == [("My cranes", "topic:Cranes")]
        assert reader.screen.view == View("saved", "My cranes")
        assert reader.rows == ["way-0", "way-2", "way-5"]
        assert "Saved filters" in reader.text
        assert reader.said == "Saved as “My cranes” u undoes"
        await reader.press("u")
        assert saved(reader) == []
        assert reader.screen.view.kind == "front"
        assert "Saved filters" not in reader.text
        await reader.press("ctrl+r")
        assert saved(reader) == [("My cranes", "topic:Cranes")]


async def test_the_filter_of_a_view_is_saved_with_what_was_typed(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("F")
        assert not reader.sheet
        assert "no filter to save" in reader.said
        reader.screen.change_view(View("topic", "Tides"))
        await narrow(reader, "lone sort:oldest")
        rows = reader.rows
        await reader.press("F", "enter")
        assert saved(reader) == [("topic:Tides lone sort:oldest",) * 2]
        assert reader.rows == rows


async def test_a_wrong_filter_stays_on_the_sheet(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await narrow(reader, "cranes")
        await reader.press("F", "tab")
        await reader.type(" topc:a")
        await reader.press("enter")
        assert reader.sheet == "NamingSheet"
        assert "^" in reader.text
        assert "topc" in reader.text
        await reader.press("escape")
        assert saved(reader) == []


async def test_in_the_sidebar_a_saved_filter_is_changed_moved_and_removed(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        reader.library.save("A", "topic:Cranes")
        reader.library.save("B", "topic:Tides")
        reader.screen.refresh_marks()
        await to_rule(reader, "B")
        assert len(reader.rows) == 21
        assert "J K move" in reader.lines[-1]
        await reader.press("K")
        assert [name for name, _ in saved(reader)] == ["B", "A"]
        assert reader.screen.sidebar.view == View("saved", "B")
        await reader.press("K")
        assert [name for name, _ in saved(reader)] == ["B", "A"]
        await reader.press("F")
        await reader.type("New")
        await reader.press("enter")
        assert saved(reader)[0] == ("New", "topic:Tides")
        assert reader.screen.view == View("saved", "New")
        await to_rule(reader, "New")
        await reader.press("d")
        assert [name for name, _ in saved(reader)] == ["A"]
        assert reader.screen.view.kind == "front"
        await reader.press("u", "u", "u")
        assert saved(reader) == [("A", "topic:Cranes"), ("B", "topic:Tides")]


async def test_a_saved_filter_that_is_a_mistake_says_so_when_it_is_opened(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        reader.library.save("Bad", "topc:[bold]")
        reader.screen.refresh_marks()
        await to_rule(reader, "Bad")
        line = next(line for line in reader.lines if line.strip("┃▌▎ ").startswith("Bad"))
        assert "!" in line[:30]
        assert "This filter cannot be used" in reader.text
        assert "topc" in reader.text
        await reader.press("F")
        assert reader.sheet == "NamingSheet"


async def test_what_is_like_the_article_is_muted_by_a_key(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.open(name="way-0")
        before = len(reader.rows)
        await reader.press("M")
        assert reader.sheet == "MuteSheet"
        assert 'provider:"Example Wire"' in reader.text
        await reader.press("2")
        assert "Mute topic:Cranes" in reader.text
        await reader.press("1")
        assert muted(reader) == ["topic:Cranes"]
        assert reader.library.rules.muted[0].until
        assert reader.said == "Muted 3 articles by topic:Cranes u undoes"
        assert len(reader.rows) == before - 3
        assert "Mute rules" in reader.text
        await to_rule(reader, "topic:Cranes")
        assert reader.rows == ["way-0", "way-2", "way-5"]
        assert "muted by topic:Cranes until " in reader.text
        await reader.press("u")
        assert muted(reader) == []
        assert reader.screen.view.kind == "front"
        assert len(reader.rows) == before


async def test_a_key_on_a_mute_rule_or_on_what_it_hides_takes_it_away(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        reader.library.mute("topic:Cranes", None)
        reader.library.mute("topic:Tides", None)
        reader.screen.refresh_marks()
        reader.screen.change_view(View("muted"))
        assert len(reader.rows) == 24
        await reader.open(name="way-0")
        await reader.press("M")
        assert muted(reader) == ["topic:Tides"]
        assert "not muted any more" in reader.said
        await to_rule(reader, "topic:Tides")
        await reader.press("d")
        assert muted(reader) == []


async def test_changes_of_the_file_by_hand_are_seen_while_it_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(following, "EVERY", 0.02)
    async with reading(tmp_path, PAPER) as reader:
        path = tmp_path / "state" / FILE
        path.write_text('[[saved]]\nname = "By hand"\nfilter = "topic:Tides"\n')
        await reader.until(lambda: "By hand" in reader.text)
        assert reader.library.rules.saved == (Saved("By hand", "topic:Tides"),)
        path.write_text('[[muted]]\nfilter = "topic:Tides"\n')
        await reader.until(lambda: "Mute rules" in reader.text)
        assert reader.library.rules.muted == (Mute("topic:Tides"),)
        path.write_text("[[muted]]\nfilter = \n")
        await reader.until(lambda: "line 2" in reader.said)
        assert len(reader.library.rules.muted) == 1


async def test_a_view_of_a_rule_is_remembered(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        reader.library.save("Tides", "topic:Tides")
        reader.screen.refresh_marks()
        await to_rule(reader, "Tides")
    async with reading(tmp_path, PAPER) as reader:
        assert reader.screen.view == View("saved", "Tides")
        assert len(reader.rows) == 21


async def test_a_story_says_what_of_it_is_muted(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        reader.library.mute('provider:"Example Times"', None)
        reader.screen.refresh_marks()
        await reader.open(name="lead")
        line = next(line for line in reader.lines if "Example Times ·" in line)
        assert line.endswith("muted")
        assert "2 articles" in reader.text


async def test_of_many_articles_what_is_saved_is_counted_beside_the_screen(tmp_path, monkeypatch):
    monkeypatch.setattr(following, "EVERY", 0.02)
    monkeypatch.setattr(rules, "QUICK", 5)
    async with reading(tmp_path, PAPER) as reader:
        assert not reader.library.has_to_find
        reader.library.save("Tides", "topic:Tides is:unread")
        assert reader.library.has_to_find
        view = View("saved", "Tides")
        await reader.until(lambda: reader.library.tally.saved[view] == 21)
        reader.library.mark_read([reader.screen.rows.article(0)])
        assert reader.library.tally.saved[view] == 21
        reader.screen.change_view(view)
        await reader.until(lambda: len(reader.rows) == 21)
        reader.library.mark_read([reader.screen.rows.article(0)])
        assert reader.library.tally.saved[view] == 20


async def test_what_takes_a_while_is_muted_as_soon_as_it_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(following, "EVERY", 1000)
    monkeypatch.setattr(rules, "QUICK", 5)
    async with reading(tmp_path, PAPER) as reader:
        reader.library.finds_later = True
        before = len(reader.rows)
        await reader.open(name="long")
        await reader.press("M")
        assert "with these words in the title" in reader.text
        await reader.press("3", "3")
        await reader.until(lambda: len(reader.rows) == before - 1)
        assert reader.library.rules.muted == (Mute('title:"On long"'),)
        assert reader.library.count(View("muted")) == 1
        await reader.press("u")
        assert len(reader.rows) == before
