import pytest

from reader.tui.commands import COMMANDS, GROUPS, help_lines
from tests.screens import MIDDLE, NARROW, PAPER, WIDE, browser, reading

PANES = {"list": (), "sidebar": ("h",), "page": ("l",)}
ENDS = {"quit"}


# The prefix


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("g", ("Front page", "list", 0)),
        ("r", ("Front page", "page", 5)),
        ("u", ("Front page", "list", 5)),
        ("s", ("Starred", "list", 0)),
        ("x", ("Front page", "list", 5)),
    ],
)
async def test_keys_after_g_are_understood_however_fast_they_come(tmp_path, second, expected):
    for fast in (True, False):
        async with reading(tmp_path / str(fast), PAPER) as reader:
            await reader.press(*"jjjjj")
            if fast:
                reader.send("g", second)
                await reader.settle()
            else:
                await reader.press("g", second)
            view, pane, row = expected
            assert reader.sheet == ""
            assert (reader.screen.view.title, reader.pane) == (view, pane)
            assert view != "Front page" or reader.screen.list.cursor == row


async def test_a_key_that_leads_nowhere_is_spent_and_the_next_one_works(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        reader.send("g", "x", "x", "j")
        await reader.settle()
        assert (reader.sheet, reader.screen.list.cursor) == ("", 1)
        reader.send(*"ggGggjgu")
        await reader.settle()
        assert (reader.sheet, reader.screen.text) == ("", "is:unread")


async def test_the_sheet_of_g_shows_its_keys_and_lies_over_the_lower_lines(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        before = reader.lines
        await reader.press("g")
        rule = next(at for at, line in enumerate(reader.lines) if line == "━" * 80)
        assert reader.lines[2:rule] == before[2:rule]
        for key, words in help_lines("g, then"):
            assert f"  {key}  {words}" in "\n".join(reader.lines[rule:])
        assert reader.lines[-1] == "  esc close"


async def test_g_u_narrows_any_list_to_what_is_unread_and_widens_it_again(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", "j", "l", "m", *"jjjj")
        rows, at = len(reader.screen.rows), reader.screen.cursor_id
        await reader.press("g", "u")
        assert (reader.screen.view.title, reader.screen.text) == ("All", "is:unread")
        assert len(reader.screen.rows) < rows
        assert reader.screen.cursor_id == at
        await reader.press("g", "u")
        assert (reader.screen.text, len(reader.screen.rows)) == ("", rows)
        assert reader.screen.cursor_id == at


async def test_g_u_has_nothing_to_narrow_in_unread(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", "j", "j", "j", "l", "g", "u")
        assert reader.screen.view.title == "Unread"
        assert reader.said == "This list is of unread articles q goes to the front page"


# The palette


async def test_the_palette_finds_commands_by_their_words(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.press(":")
        await reader.type("mark all")
        await reader.press("enter")
        assert reader.said == "Marked 30 articles as read u undoes"
        await reader.press("ctrl+p", *"zzz", "enter")
        assert reader.sheet == ""
        await reader.press(":", "down", "down", "up", "escape")
        assert (reader.sheet, reader.screen.list.cursor) == ("", 0)


async def test_a_click_in_the_palette_chooses(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press(":", *"starred")
        row = next(at for at, line in enumerate(reader.lines) if line.startswith("▌ starred"))
        await reader.pilot.click(offset=(5, row))
        await reader.settle()
        assert reader.screen.view.title == "Starred"


async def test_the_palette_changes_the_theme_at_once(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        for name in ("broadsheet-light", "nord"):
            await reader.press(":")
            await reader.type(name[-5:])
            await reader.press("enter")
            assert reader.app.theme == name
            assert "On lead" in reader.text


async def test_the_palette_offers_every_command_and_theme(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press(":")
        runs = [run for _, run in reader.app.screen._offered]
        here = [one for one in COMMANDS if one.id != "palette" and "feeds" not in one.scopes]
        wanted = [(one.scopes[0], one.action) for one in here]
        themes = sorted(("theme", name) for name in reader.app.available_themes)
        assert runs[: len(wanted)] == wanted
        assert sorted(runs[len(wanted) :]) == themes


@pytest.mark.parametrize("pane", PANES)
@pytest.mark.parametrize("files", [PAPER, {}], ids=["paper", "empty"])
async def test_the_palette_runs_every_command_in_every_pane(tmp_path, monkeypatch, pane, files):
    browser(tmp_path, monkeypatch)
    async with reading(tmp_path, files, MIDDLE) as reader:
        for command in COMMANDS:
            if command.id in ENDS | {"palette", "rescan"}:
                continue
            await reader.press(*PANES[pane])
            await reader.screen._run_command((command.scopes[0], command.action))
            await reader.settle()
            assert reader.app._exception is None
            while reader.sheet:
                await reader.press("escape")


async def test_the_palette_leaves_the_program_and_reads_the_folder_again(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.press(":")
        await reader.type("folder")
        await reader.press("enter")
        await reader.until(lambda: reader.said.startswith("Read again"))
        await reader.press(":")
        await reader.type("quit")
        await reader.press("enter")
        assert reader.app._exit


# The help


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW, (40, 12)])
async def test_the_help_shows_every_key_with_all_its_words(tmp_path, size):
    async with reading(tmp_path, PAPER, size) as reader:
        await reader.press("?")
        seen = reader.lines
        for _ in range(20):
            await reader.press("pagedown")
            seen += reader.lines
        text = " ".join(seen)
        for group in GROUPS:
            for keys, words in help_lines(group):
                assert keys in text
                assert all(word in text for word in words.split())
        assert "…" not in text


@pytest.mark.parametrize("key", ["escape", "q", "?", "f1"])
async def test_the_help_scrolls_and_is_closed_by_the_keys_that_open_and_leave(tmp_path, key):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.press("f1", "j", "j", "G", "home", "pagedown")
        assert reader.sheet == "HelpScreen"
        await reader.press(key)
        assert (reader.sheet, reader.pane, reader.screen.list.cursor) == ("", "list", 0)


# All sheets


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
@pytest.mark.parametrize("key", ["g", ":", "/", "O"])
async def test_a_sheet_never_changes_the_rows_above_it(tmp_path, size, key):
    async with reading(tmp_path, PAPER, size) as reader:
        await reader.press("j")
        before = [line[: size[0]] for line in reader.lines]
        await reader.press(key)
        rule = next(at for at, line in enumerate(reader.lines) if line == "━" * size[0])
        same = [at for at in range(rule) if "─" not in before[at] and "━" not in before[at]]
        assert [reader.lines[at] for at in same] == [before[at] for at in same]
        await reader.press("escape")
        assert reader.lines[:-1] == before[:-1]


async def test_esc_closes_every_sheet_and_q_is_a_letter_where_one_types(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        for key in ("g", ":", "/", "O", "?"):
            await reader.press(key)
            assert reader.sheet
            await reader.press("escape")
            assert reader.sheet == ""
        for key in (":", "/"):
            await reader.press(key, "q")
            assert reader.sheet
            await reader.press("escape")
        assert not reader.app._exit


async def test_a_sheet_stays_open_at_any_size(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        for key in ("g", ":", "/", "O", "?"):
            await reader.press(key)
            sheet = reader.sheet
            for size in ((20, 5), NARROW):
                await reader.resize(*size)
                assert reader.sheet == sheet
                assert {strip.cell_length for strip in reader.strips()} == {size[0]}
            await reader.press("escape")


async def test_the_palette_says_when_no_command_has_the_words(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.press(":")
        await reader.type("qqqq")
        assert "No command has these words" in reader.text


async def test_g_u_goes_to_the_nearest_article_that_is_left(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press(*"jjjjjj", "m", "g", "u")
        assert reader.screen.list.cursor == 6
