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
