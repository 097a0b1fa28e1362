from reader.tui.screens.reader import ReaderScreen
from tests.screens import MIDDLE, NARROW, PAPER, browser, file, lone, reading

MANY = {
    "hub.md": file(
        "hub", 95, *(f"lone-{number:02}" for number in range(9)), "gone", body="[A](https://a.test)"
    ),
}


async def test_five_related_jumps_are_come_back_from_to_the_very_same_place(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("j")
        places = [reader.place]
        for number in range(1, 6):
            await reader.press("]" if number % 2 else "l", *(() if number % 2 else "1"))
            assert reader.page == f"way-{number}"
            assert reader.at == reader.page
            places.append(reader.place)
        for place in reversed(places[:-1]):
            await reader.press("H")
            assert reader.place == place
        await reader.press("H")
        assert reader.said == "This is where you began"
        for place in places[1:]:
            await reader.press("L")
            assert reader.place == place
        await reader.press("L")
        assert reader.said == "Nothing lies ahead"


async def test_back_restores_view_order_filter_cursor_and_scrolling(tmp_path):
    async with reading(tmp_path, PAPER, MIDDLE) as reader:
        await reader.press("3", "/", *"on", "enter")
        await reader.open(name="long")
        await reader.until(lambda: reader.screen.page.body)
        reader.screen.list.scroll_to_line(reader.screen.list.top + 2)
        await reader.press("l", "G", "k", "k")
        before = reader.place
        assert before[:6] == ("Front page", "newest", "on", "long", "long", reader.place[5])
        assert min(before[5:7]) > 0
        await reader.press("1")
        assert reader.page == "lead"
        await reader.press("h", "escape", "h", "j", "l", "4", "G")
        assert reader.screen.view.title == "All"
        await reader.press("l", "H")
        assert reader.place == before
        assert "━" in reader.lines[3]


async def test_a_jump_inside_a_story_unfolds_it_and_back_folds_it_again(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        before = reader.place
        await reader.press("]")
        assert (reader.at, reader.page) == ("second", "second")
        assert reader.rows[:3] == ["lead", "second", "third"]
        await reader.press("H")
        assert reader.place == before
        assert reader.rows[:2] == ["lead", "way-0"]


async def test_the_list_follows_to_an_article_that_the_topic_does_not_hold(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("h", *"jjjjjjjj", "l")
        assert reader.screen.view.title == "Tides"
        await reader.open(name="way-3")
        before = reader.place
        await reader.press("]")
        assert reader.screen.view.title == "All"
        assert (reader.at, reader.page) == ("way-4", "way-4")
        assert reader.said == "Not in Tides, shown under All H back"
        await reader.press("H")
        assert reader.place == before


async def test_brackets_walk_through_what_is_related_and_back_to_the_page(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        seen = []
        for key in ("]", "]", "]", "]", "[", "[", "[", "["):
            await reader.press(key)
            seen.append(reader.page)
        assert seen == ["second", "third", "gone", "gone", "third", "second", "lead", "lead"]
        assert reader.said == "Nothing more is related H back"


async def test_moving_in_the_list_begins_another_walk(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("]", "G", "k", "g", "g", "j")
        assert reader.page == "second"
        await reader.press("]")
        assert reader.page == "lead"


async def test_an_article_that_is_not_in_the_folder_opens_from_its_copy(tmp_path, monkeypatch):
    opened = browser(tmp_path, monkeypatch)
    async with reading(tmp_path, PAPER) as reader:
        before = reader.place
        await reader.press("l", "3")
        assert reader.page == "gone"
        assert "not in this folder" in reader.text
        assert "H  Example Wire › example.com" in reader.text
        assert reader.at == "lead"
        await reader.press("s")
        assert reader.said == "Not in this folder: only its copy is here o opens it"
        await reader.press("o")
        assert reader.said == "Opened example.com in the browser"
        await reader.until(opened)
        assert opened() == ["https://example.com/gone"]
        await reader.press("]")
        assert reader.said == "Nothing more is related H back"
        await reader.press("H")
        assert reader.place == before


async def test_a_copy_that_was_opened_is_read_where_it_is_named(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        assert "1 unread" in reader.text
        await reader.press("l", "3", "H")
        assert "1 unread" not in reader.text
        assert "all read" in reader.text


async def test_digits_follow_related_articles_and_then_links(tmp_path, monkeypatch):
    opened = browser(tmp_path, monkeypatch)
    files = PAPER | {"hub.md": file("hub", 95, "lone-00", body="A [chart](https://a.test/c)")}
    async with reading(tmp_path, files) as reader:
        await reader.until(lambda: reader.screen.page.body)
        await reader.press("l", "2")
        await reader.until(opened)
        assert opened() == ["https://a.test/c"]
        await reader.press("3")
        assert reader.said == "There is no 3 on this page"
        await reader.press("1")
        assert reader.page == "lone-00"
        await reader.press("1")
        assert reader.said == "Nothing is related"


async def test_enter_reads_and_enter_again_follows_the_first_related(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.press("j", "enter")
        assert (reader.pane, reader.page) == ("page", "way-0")
        await reader.press("enter")
        assert (reader.pane, reader.page) == ("page", "way-1")
        await reader.press("q")
        assert (reader.pane, reader.at) == ("list", "way-1")
        await reader.press("H", "H")
        assert (reader.at, reader.page) == ("way-0", "way-0")


async def test_a_click_on_a_related_article_goes_there_and_one_on_the_address_opens_it(
    tmp_path, monkeypatch
):
    opened = browser(tmp_path, monkeypatch)
    async with reading(tmp_path, PAPER) as reader:
        page = reader.screen.article_page

        async def click(words):
            y = next(at for at, line in enumerate(reader.lines) if words in line[94:])
            await reader.pilot.click(page, offset=(12, y - page.region.y))
            await reader.settle()

        await click("example.com/lead")
        await reader.until(opened)
        await click("On third")
        assert reader.page == "third"
        await click("All that is known")
        assert reader.page == "third"


async def test_reading_on_pages_down_and_then_goes_to_the_next_unread(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.open(name="long")
        await reader.press("enter")
        await reader.until(lambda: reader.screen.page.body)
        tops = [0]
        while reader.page == "long":
            tops.append(reader.screen.article_page.top)
            await reader.press("space")
        assert len(tops) > 5
        assert tops == sorted(tops)
        assert (reader.page, reader.at, reader.pane) == ("way-5", "way-5", "page")
        assert reader.screen.article_page.top == 0


async def test_next_and_previous_unread_pass_by_what_is_read(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("j", "m", "j", "m", "k", "k", "n")
        assert reader.at == "way-2"
        await reader.press("N")
        assert reader.at == "lead"
        await reader.press("N")
        assert reader.said == "Nothing more is unread here"
        assert reader.library.status(reader.screen.article).unread


async def test_the_next_article_is_read_in_the_pane_and_the_list_has_an_end(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("J")
        assert (reader.at, reader.page) == ("way-0", "way-0")
        assert not reader.library.status(reader.screen.article).unread
        await reader.press("K", "K")
        assert reader.said == "The list begins here"
        await reader.press("G", "J")
        assert reader.said == "The list ends here"


async def test_back_from_a_view_without_articles(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("j")
        before = reader.place
        await reader.press("]", "g", "s")
        assert not reader.rows
        await reader.press("H")
        assert reader.place == before


async def test_a_breadcrumb_says_where_one_came_from_until_the_list_moves(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("]", "l", "2")
        assert "H  Example Wire › Example Post › Example Times" in reader.text
        await reader.press("h", "j")
        assert "H  " not in reader.text


async def test_related_is_shown_by_g_r_wherever_the_keys_are(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.open(name="long")
        await reader.until(lambda: reader.screen.page.body)
        await reader.press("g", "r")
        assert reader.pane == "page"
        assert "Related   1 article" in reader.text
        await reader.press("g", "g")
        assert reader.screen.article_page.top == 0


async def test_more_than_nine_are_related_and_all_can_be_reached(tmp_path):
    async with reading(tmp_path, lone(20) | MANY) as reader:
        await reader.press("l", "9")
        assert reader.page == "lone-08"
        await reader.press("H", *("]" * 10))
        assert reader.page == "gone"
        assert isinstance(reader.app.screen, ReaderScreen)
