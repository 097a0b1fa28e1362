import pytest

from tests.screens import MIDDLE, NARROW, PAPER, WIDE, lone, reading


def found(reader):
    """Return what stands at the right of the line that is typed in."""
    return next(line for line in reader.lines if line.startswith("  / "))[44:].strip()


async def test_the_list_narrows_while_one_types(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/")
        counts = []
        for letter in "lone-05":
            await reader.press(letter)
            counts.append(len(reader.rows))
            assert found(reader) == f"{counts[-1]} of 28"
        assert counts == sorted(counts, reverse=True)
        assert reader.rows == ["lone-05"]
        assert reader.page == "lone-05"
        for _ in range(3):
            await reader.press("backspace")
        assert len(reader.rows) == 20


async def test_a_mistake_stands_under_its_column_and_the_last_right_result_is_kept(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/")
        await reader.type("lone po:x")
        assert len(reader.rows) == 20
        line = next(at for at, line in enumerate(reader.lines) if line.startswith("  / lone po:x"))
        error = reader.lines[line + 1]
        assert error.index("^") == reader.lines[line].index("po:x")
        assert "unknown field po; there are title:" in reader.lines[line + 2]
        assert found(reader) == "20 of 28 (as before the mistake)"
        await reader.press("enter")
        assert reader.sheet == "FilterSheet"
        for _ in range(5):
            await reader.press("backspace")
        assert "^" not in reader.lines[line + 1]
        await reader.press("enter")
        assert (reader.sheet, reader.screen.text) == ("", "lone")


async def test_enter_keeps_the_filter_as_a_chip_with_a_count(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/", *"way", "enter")
        assert "Front page  6 of 28" in reader.lines[2]
        assert "  way" in reader.lines[4][28:94]
        assert "On way-0" in reader.lines[6]
        assert reader.pane == "list"
        await reader.press("/")
        assert "  / way" in reader.text
        await reader.press("-", "1", "enter")
        assert reader.rows == ["way-1"]
        await reader.press("escape")
        assert len(reader.rows) == 28
        assert "6 of 28" not in reader.text


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
@pytest.mark.parametrize("before", ["", "lone"])
async def test_esc_brings_the_list_back_exactly(tmp_path, size, before):
    async with reading(tmp_path, PAPER, size) as reader:
        await reader.press("/", *before, "enter", *"jjjjj", "space")
        await reader.wheel(reader.screen.list, 3)
        place, lines = reader.place, reader.lines[:-1]
        await reader.press("/", *"zzz", "escape")
        assert reader.place == place
        assert reader.lines[:-1] == lines


async def test_esc_brings_back_unfolded_stories(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("space", "j")
        place = reader.place
        await reader.press("/", *"way", "escape")
        assert reader.place == place


async def test_nothing_found_says_so_and_what_to_do(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/")
        await reader.type("lone nowhere")
        await reader.press("enter")
        assert "Front page  0 of 28" in reader.text
        assert "Nothing matches all of this" in reader.text
        assert "Without lone there are 0, without nowhere 20." in reader.text
        assert "/      changes the filter" in reader.text
        await reader.press("/", *["backspace"] * 8, "enter")
        assert len(reader.rows) == 20


async def test_a_filter_goes_along_to_another_view_where_an_empty_view_is_no_fault_of_it(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/", *"lone", "enter", "h", "j")
        assert (reader.screen.view.title, len(reader.rows)) == ("All", 20)
        await reader.press("g", "s")
        assert "Nothing is starred yet" in reader.text
        assert "0 of 0" not in reader.text
        await reader.press("q", "q", "q")
        assert (reader.screen.view.title, len(reader.rows)) == ("Front page", 28)


async def test_the_whole_is_counted_again_where_the_view_is_another(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/", *"lone", "enter")
        assert "20 of 28" in reader.lines[2]
        await reader.press("h", "j")
        assert "20 of 31" in reader.lines[2]


async def test_letters_typed_ahead_are_not_lost(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        reader.send("/", *"lone-07", "enter")
        await reader.until(lambda: reader.screen.text == "lone-07" and not reader.sheet)
        assert reader.rows == ["lone-07"]
        assert not reader.app._exit


# Finding in a text


async def test_a_text_is_found_inside_the_article_that_has_the_keys(tmp_path):
    async with reading(tmp_path, PAPER, MIDDLE) as reader:
        await reader.open(name="long")
        await reader.until(lambda: reader.screen.page.body)
        await reader.press("l", "/")
        assert reader.sheet == "FindSheet"
        await reader.type("paragraph 3")
        assert found(reader) == "1 of 11"
        assert "Paragraph 3 of" in reader.text
        await reader.press("enter")
        assert found(reader) == "2 of 11"
        assert "Paragraph 30 of" in reader.text
        await reader.press("up", "up")
        assert found(reader) == "11 of 11"
        await reader.type("x")
        assert found(reader) == "not on this page"
        await reader.press("backspace", "escape")
        assert (reader.pane, reader.page) == ("page", "long")
        assert "Paragraph 39 of" in reader.text
        assert len(reader.rows) == 28


async def test_what_is_found_is_marked_while_it_is_looked_for(tmp_path):
    async with reading(tmp_path, PAPER) as reader:

        def marked():
            return {
                segment.text
                for strip in reader.strips()
                for segment in strip
                if segment.text.strip() and "crane" in segment.text and len(segment.text) == 5
            }

        await reader.open(name="long")
        await reader.until(lambda: reader.screen.page.body)
        await reader.press("l", "/", *"crane")
        assert marked() == {"crane"}
        await reader.press("escape")
        assert marked() == set()


async def test_while_one_types_the_cursor_stays_with_the_article_or_the_nearest(tmp_path):
    async with reading(tmp_path, lone(12)) as reader:
        await reader.press(*"jjjjjj", "/")
        at = reader.screen.cursor_id
        await reader.type("zzz")
        await reader.press("backspace", "backspace", "backspace")
        assert reader.screen.cursor_id == at
        await reader.type("lone-0")
        assert reader.screen.cursor_id == at


async def test_an_order_key_says_when_the_filter_has_the_order(tmp_path):
    async with reading(tmp_path, lone(3)) as reader:
        await reader.press("/")
        await reader.type("sort:oldest")
        await reader.press("enter", "3")
        assert reader.said == "The filter says the order / changes it"


# Completions, mistakes, history


def sheet_lines(reader):
    """Return the lines of the sheet below its rule, and the count without what is at its left."""
    lines = reader.lines
    start = next(at for at, line in enumerate(lines) if line.startswith("  / "))
    return lines[start:]


async def test_what_is_there_is_offered_with_counts_and_tab_takes_it(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/")
        assert sheet_lines(reader)[1].split()[:3] == ["topic:", "provider:", "is:"]
        await reader.press("tab")
        line, *offered = sheet_lines(reader)
        assert line.startswith("  / topic:")
        assert " ".join(offered[0].split()).startswith("Sea 23 Tides 21 Land 7 Harbour 4")
        await reader.type("har")
        await reader.press("tab")
        assert sheet_lines(reader)[0].startswith("  / topic:Harbour ")
        assert found(reader) == f"{len(reader.rows)} of 28"
        await reader.press("enter")
        assert reader.screen.text == "topic:Harbour"


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW, (40, 12)])
async def test_the_sheet_has_five_lines_whatever_it_shows(tmp_path, size):
    async with reading(tmp_path, PAPER, size) as reader:
        await reader.press("/")
        for text in ("is:", "unr", " po:x", " zzz"):
            await reader.type(text)
            assert len(sheet_lines(reader)) == 5


async def test_arrows_choose_among_completions_before_the_history(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/", *"way", "enter", "/", *["backspace"] * 3)
        await reader.type("is:re")
        await reader.press("backspace", "down", "tab")
        assert "  / is:read " in reader.text or "  / is:" in reader.text
        taken = sheet_lines(reader)[0]
        await reader.press("up")
        assert sheet_lines(reader)[0].startswith("  / way ")
        await reader.press("down")
        assert sheet_lines(reader)[0] == taken


async def test_a_term_that_is_only_begun_is_left_out_until_it_is_one(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/")
        await reader.type("way is:unr")
        assert found(reader) == "6 of 28"
        assert "^" not in reader.text
        await reader.press("enter")
        assert reader.sheet == "FilterSheet"
        assert "did you mean is:unread?" in reader.text
        await reader.press("tab")
        assert sheet_lines(reader)[0].startswith("  / way is:unread ")
        await reader.press("enter")
        assert reader.screen.text == "way is:unread"


async def test_a_name_is_left_out_until_somebody_has_it_but_can_be_kept(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/")
        await reader.type("lone topic:ti")
        assert found(reader) == "20 of 28"
        await reader.press("enter")
        assert (reader.screen.text, len(reader.rows)) == ("lone topic:ti", 0)


async def test_tab_takes_the_nearest_right_word(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/")
        await reader.type("provder:wire is:unread")
        assert "unknown field provder, did you mean provider?" in reader.text
        assert sheet_lines(reader)[-1].startswith("  tab take provider   esc cancel")
        await reader.press("tab")
        assert sheet_lines(reader)[0].startswith("  / provider:wire is:unread ")


async def test_filters_that_were_kept_come_back_also_after_a_restart(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        for text in ("way", "lone", "  way"):
            await reader.press("/", *["backspace"] * 8)
            await reader.type(text)
            await reader.press("enter")
        await reader.press("/", *["backspace"] * 8)
        await reader.type("zzz")
        await reader.press("escape", "escape")
    async with reading(tmp_path, {}) as reader:
        assert reader.screen.history == ("way", "lone")
        await reader.press("/")
        await reader.type("xyz")
        for text in ("way", "lone", "lone"):
            await reader.press("up")
            assert sheet_lines(reader)[0].startswith(f"  / {text} ")
        assert found(reader) == "20 of 28"
        await reader.press("down", "down")
        assert sheet_lines(reader)[0].startswith("  / xyz ")


async def test_the_chip_has_the_normal_form(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("/")
        await reader.type("sort:oldest   IS:Unread way")
        await reader.press("enter")
        assert reader.screen.text == "is:unread way sort:oldest"
        assert reader.lines[4].endswith("  is:unread way sort:oldest")
