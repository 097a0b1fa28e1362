from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from rich.cells import cell_len

from reader.model import Status
from reader.tui.render.page import first_related_line, page_lines
from reader.tui.render.palette import ASCII
from reader.tui.themes import DARK
from tests.strange import PAYLOADS, TITLES, check_strip
from tests.test_page_lines import CLOCK, WIDTHS, look, near, page, style_of, text

UNREAD = Status()


def told(title="The tide turns", when="2020-10-20T16:50:00Z", **values):
    return near(title, published_at=when, in_story=True, **values)


def story(*around, place=0, **values):
    return replace(page(*around, **values), place=place)


def timeline(shown, width=60, **how):
    """The lines of a page from its story on."""
    lines = text(shown, width, **how)
    return lines[next(at for at, line in enumerate(lines) if line.startswith("  Story")) :]


def test_a_story_is_told_day_by_day_with_the_article_in_its_place():
    shown = story(
        told("Cranes", "2020-10-20T08:01:00Z", status=UNREAD, quality=66),
        told("Ships", "2020-10-21T00:00:00Z", copy_of="Example Far", provider=None),
        near("Tides", why="same topic, 2 days earlier", status=UNREAD),
        place=1,
    )
    assert timeline(shown) == [
        "  Story   3 articles · 2 providers" + " " * 12 + "20 to 21 Oct",
        "  " + "─" * 56,
        "     Tue 20 Oct",
        " • 1 08:01 │ Cranes",
        "           │ Example Post · quality 66",
        "     13:13 ┃ The harbour opens",
        "           ┃ Example Wire · this article",
        "",
        "     Wed 21 Oct",
        "   2 00:00 │ Ships",
        "           │ copy of Example Far",
        "",
        "  Related   1 article" + " " * 29 + "1 unread",
        "  " + "─" * 56,
        " • 3  75  Tides",
        "          Example Post · same topic, 2 days earlier",
        "",
    ]


def test_a_lone_article_has_no_story_and_a_story_alone_no_heading_of_what_is_related():
    assert not any("Story" in line for line in text(page(near())))
    assert not any("Related" in line for line in text(story(told())))


def test_without_a_time_there_is_none_and_without_a_day_it_says_so():
    lines = timeline(story(told("Cranes", "2020-10-20"), told("Ships", None)))
    assert "   1       │ Cranes" in lines
    assert lines[lines.index("     Without a date") + 1] == "   2       │ Ships"


def test_what_was_done_with_an_article_is_said_in_a_word_and_stays_where_room_is_short():
    shown = story(told(status=Status(dismissed=True, starred=True), type="video"))
    said = "quality 75 · video · starred · dismissed"
    assert timeline(shown, 80)[-2] == f"           │ Example Post · {said}"
    assert timeline(shown, 48)[-2] == "           │ video · starred · dismissed"


def test_whose_copy_it_is_stays_where_the_own_name_is_cut():
    shown = story(told(copy_of="Example Monthly", provider="Example Channel Partner"))
    assert timeline(shown, 52)[-2] == "           │ Example Ch… · copy of Example Monthly"


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("2020-10-20T16:50:00Z", "2020-10-20T16:50:00Z", "20 Oct, 13:13 to 16:50"),
        ("2020-10-20T13:13:00Z", "2020-10-20T13:13:00Z", "20 Oct"),
        ("2020-10-20", "2020-10-20", "20 Oct"),
        ("2020-10-20", "2020-10-28", "20 to 28 Oct"),
        ("2020-10-20", "2020-11-02", "20 Oct to 2 Nov"),
        ("2020-10-20", "2021-11-02", "20 Oct to 2 Nov 2021"),
    ],
)
def test_the_heading_says_from_when_to_when(first, last, span):
    assert timeline(story(told(when=first), told(when=last)), 76)[0].endswith(f"  {span}")


def test_a_year_that_is_not_clear_is_said():
    lines = timeline(story(told(when="2018-10-22"), published_at="2018-10-20", place=0))
    assert lines[0].endswith("20 to 22 Oct 2018")
    assert "     Sat 20 Oct 2018" in lines


def test_days_and_hours_are_those_of_the_zone():
    shown = story(told("Cranes", "2020-10-20T22:30:00Z"))
    east = look()._replace(clock=CLOCK._replace(zone=timezone(timedelta(hours=3))))
    lines = [line.strip.text.rstrip() for line in page_lines(shown, east)]
    assert lines[lines.index("     Wed 21 Oct") + 1] == "   1 01:30 │ Cranes"
    assert "     16:13 ┃ The harbour opens" in lines


def test_this_article_is_bold_and_the_others_are_ink_until_they_are_read():
    shown = story(told("Cranes", status=UNREAD), told("Ships"))
    assert style_of(shown, "┃") == (DARK["accent"], False)
    assert style_of(shown, "Cranes") == (DARK["ink"], False)
    assert style_of(shown, "Ships") == (DARK["soft"], False)


def test_only_nine_have_a_digit_and_all_can_be_clicked():
    shown = story(*(told(f"Ship {number}") for number in range(12)), near("Tides"))
    lines = page_lines(shown, look())
    assert [line.target for line in lines if "Ship " in line.strip.text] == list(range(1, 13))
    assert "     16:50 │ Ship 9" in timeline(shown)
    assert next(line.target for line in lines if "Tides" in line.strip.text) == 13


def test_what_is_near_begins_with_the_story():
    lines = page_lines(story(told(), near()), look())
    assert lines[first_related_line(lines)].strip.text.startswith("  Story")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("title", [*TITLES, *PAYLOADS])
def test_whatever_a_title_holds_the_rule_stays_where_it_is(title, width):
    shown = story(told(title, provider=title, copy_of=title), place=1)
    lines = page_lines(shown, look(width))
    for line in lines[first_related_line(lines) :]:
        check_strip(line.strip, width)
        if line.target:
            assert cell_len(line.strip.text.partition("│")[0]) == 11


def test_a_terminal_without_unicode_gets_no_glyph_of_ours():
    lines = timeline(story(told(status=UNREAD)), glyphs=ASCII)
    assert "".join(lines).isascii()
    assert " o 1 16:50 | The tide turns" in lines
    assert "     13:13 # The harbour opens" in lines
