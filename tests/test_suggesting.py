import os

from reader.tui.screens.suggesting import filters_of
from tests.samples import article
from tests.screens import NARROW, PAPER, file, reading


def test_filters_are_made_from_all_that_an_article_has():
    one = article(
        "a",
        provider="Example Wire",
        topics=("AI", "Power Apps"),
        authors=("Ada L.",),
        published_at="2020-10-21",
    )
    assert [text for text, _ in filters_of(one, in_story=True)] == [
        'provider:"Example Wire"',
        "topic:AI",
        'topic:"Power Apps"',
        f"story:{one.id}",
        "date:2020-10-21",
        'author:"Ada L."',
    ]


async def test_f_offers_filters_with_counts_and_shows_what_matches_under_all(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("j", "s")
        place = reader.place
        await reader.press("f")
        assert reader.sheet == "SuggestionSheet"
        assert '▌ 1  provider:"Example Wire"' in reader.text
        at = reader.screen.article
        await reader.press("1")
        assert (reader.sheet, reader.screen.view.title) == ("", "All")
        assert reader.screen.text == 'provider:"Example Wire"'
        assert f"{len(reader.rows)} of 31" in reader.lines[2]
        assert reader.screen.article == at
        assert reader.said == 'All that match provider:"Example Wire" H back'
        await reader.press("H")
        assert reader.place == place


async def test_the_counts_are_those_of_the_lists(tmp_path):
    async with reading(tmp_path, PAPER, NARROW) as reader:
        await reader.press("f")
        lines = [line for line in reader.lines if line[2:3].isdigit() or line[4:5].isdigit()]
        assert any("3 on this event" in line for line in lines), reader.text
        await reader.press("down", "down", "enter")
        assert reader.screen.text.startswith("story:")
        assert len(reader.rows) == 3


async def test_an_article_that_says_nothing_has_no_filters(tmp_path):
    async with reading(tmp_path, {"a.md": "---\na: b: c\n---\n"}) as reader:
        await reader.press("h", "j", "f")
        assert reader.said == "The file says nothing that a filter could be made from"


async def test_names_that_look_like_terms_are_quoted(tmp_path):
    odd = {"a.md": file("a", 5, topic="'-is:read OR \"x\"'", provider="A (B)")}
    async with reading(tmp_path, odd) as reader:
        await reader.press("f", "2")
        assert reader.rows == ["a"]


async def test_a_filter_by_an_article_that_goes_away_is_given_up(tmp_path):
    async with reading(tmp_path, PAPER) as reader:
        await reader.press("f", "3")
        assert reader.screen.text.startswith("story:")
        for name in ("lead", "second", "third"):
            os.remove(reader.folder / f"{name}.md")
        await reader.press("r")
        await reader.until(lambda: len(reader.rows) == 28)
        assert reader.screen.text == ""
        await reader.press("H")
        assert reader.screen.view.title == "Front page"
        await reader.press("L")
        assert (reader.screen.view.title, len(reader.rows)) == ("All", 28)


async def test_many_filters_scroll_on_a_small_screen(tmp_path):
    many = {"a.md": file("a", 5, topic=", ".join(f"T{number}" for number in range(12)))}
    async with reading(tmp_path, many, (40, 12)) as reader:
        await reader.press("f")
        assert "All like" in reader.text
        await reader.press("end")
        assert "▌ 9  topic:T7" in reader.text
        assert reader.lines[-1].startswith("  enter show them")
