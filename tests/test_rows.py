from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.listing import Row, StorySize
from reader.model import Status
from reader.search import needle_of
from reader.tally import Entry
from reader.tui.render.palette import ASCII, UNICODE, Palette
from reader.tui.render.rows import (
    Clock,
    Look,
    Part,
    RowShape,
    article_row,
    fit_meta,
    meta_parts,
    sidebar_line,
)
from reader.tui.themes import DARK
from reader.views import PROBLEMS, View
from tests.samples import article, from_fields
from tests.strange import PAYLOADS, TITLES, check_strip

CLOCK = Clock(datetime(2020, 10, 28, 20, tzinfo=UTC), UTC)
PALETTE = Palette(DARK)
WIDTHS = (24, 30, 41, 60, 73, 74, 75, 120, 200)
LONG = "The harbour opens again after a long winter of ice, and forty ships wait outside"
UNREAD, READ, STARRED = Status(), Status(read=True), Status(starred=True)


def row(title="The harbour opens", *, status=UNREAD, **values):
    around = {name: values.pop(name) for name in tuple(values) if name in Row._fields}
    facts = {"provider": "Example Wire", "published_at": "2020-10-20T13:13:00Z", "quality": 87}
    return Row(article("a", title=title, **(facts | values)), status, **around)


def story(count=9, providers=8):
    return StorySize(count, providers)


def look(*, selected=False, focused=False, glyphs=UNICODE, ansi=False):
    return Look(Palette(DARK, ansi, glyphs), CLOCK, selected, focused)


def drawn(one, width=60, height=50, **how):
    """The lines of a row without the blanks at their ends."""
    strips = article_row(one, RowShape.of(width, height), look(**how))
    return [strip.text.rstrip() for strip in strips]


def style_at(strip, column):
    """The style of the cell in a column."""
    at = 0
    for segment in strip:
        at += cell_len(segment.text)
        if column < at:
            return segment.style
    raise AssertionError(f"no column {column}")


def colours(strip, column):
    style = style_at(strip, column)
    return style.color.name, style.bgcolor.name, bool(style.bold)


# How tall


@pytest.mark.parametrize(
    ("width", "screen", "height"),
    [(60, 50, 4), (60, 36, 4), (60, 35, 3), (74, 50, 3), (73, 50, 4), (74, 35, 2), (24, 24, 3)],
)
def test_a_row_has_title_lines_one_below_and_a_blank_on_tall_screens(width, screen, height):
    shape = RowShape.of(width, screen)
    assert shape.height == height
    for title in ("Short", LONG, LONG * 9):
        assert len(article_row(row(title), shape, look())) == height


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("screen", [24, 50])
def test_rows_of_every_kind_have_one_height(width, screen):
    shape = RowShape.of(width, screen)
    kinds = (
        row(),
        row(LONG, story=story(), unfolded=True),
        row(LONG, inside=True),
        row(LONG, inside=True, last_inside=True, status=STARRED),
        row("2020-10-27-a-file.md", problem=LONG * 3),
        row("x", provider=None, published_at=None, quality=None),
    )
    assert {len(article_row(one, shape, look())) for one in kinds} == {shape.height}


# Columns


def test_a_row_has_mark_figure_title_and_below_it_what_is_said_of_it():
    assert drawn(row(LONG), 50) == [
        " •  87  The harbour opens again after a long",
        "        winter of ice, and forty ships wait…",
        "        Example Wire · 20 Oct",
        "",
    ]


def test_a_short_title_leaves_its_line_below_the_rest():
    assert drawn(row()) == [" •  87  The harbour opens", "        Example Wire · 20 Oct", "", ""]


@pytest.mark.parametrize(
    ("quality", "start"),
    [(7, " •   7  "), (118, " • 118  "), (-12, " • -12  "), (None, " •      "), (0, " •   0  ")],
)
def test_the_figure_stands_right_in_columns_2_to_5(quality, start):
    assert drawn(row(quality=quality))[0].startswith(start + "The")


def test_the_title_has_eleven_cells_less_than_the_pane_with_its_rule():
    assert drawn(row("x" * 500), 73)[0] == " •  87  " + "x" * 63
    assert drawn(row("x" * 500), 74)[0] == " •  87  " + "x" * 63 + "…"


def test_the_bar_stands_before_everything_that_is_written():
    assert [line[:1] for line in drawn(row(LONG), selected=True)] == ["▌", "▌", "▌", ""]


def test_the_star_stands_under_the_mark_before_the_last_line():
    assert drawn(row(status=STARRED)) == [
        " •  87  The harbour opens",
        " ✶      Example Wire · 20 Oct",
        "",
        "",
    ]
    assert [line[:2] for line in drawn(row(LONG, status=STARRED))] == [" •", "  ", " ✶", ""]


def test_a_folded_story_has_its_mark_at_5_and_its_size_below():
    below = "     ▸  Example Wire · 20 Oct · 9 articles · 8 providers"
    assert drawn(row(story=story()))[1] == below
    assert drawn(row(story=story(), unfolded=True))[1] == below.replace("▸", "▾")


def test_in_a_story_everything_but_the_mark_stands_5_to_the_right_behind_a_rule():
    assert drawn(row(LONG, inside=True, status=STARRED), 60) == [
        " •   │   87  The harbour opens again after a long winter",
        "     │       of ice, and forty ships wait outside",
        " ✶   │       Example Wire · 20 Oct",
        "     │",
    ]


def test_the_rule_of_a_story_ends_with_its_last_article():
    assert drawn(row(inside=True, last_inside=True))[2:] == ["", ""]
    assert drawn(row(inside=True))[2:] == ["     │", "     │"]


def test_a_file_with_a_problem_shows_its_name_and_the_sentence():
    broken = row("2020-10-27-status.md", problem="line 4, column 9: never closed", quality=None)
    assert drawn(broken)[:2] == [
        " !      2020-10-27-status.md",
        "        line 4, column 9: never closed",
    ]
    strips = article_row(broken, RowShape.of(60, 50), look())
    assert colours(strips[0], 1) == (DARK["warn"], DARK["paper"], False)
    assert colours(strips[0], 8) == (DARK["ink"], DARK["paper"], False)
    assert colours(strips[1], 8) == (DARK["warn"], DARK["paper"], False)


# Marks and weight


@pytest.mark.parametrize(
    ("one", "mark", "bold"),
    [
        (row(), "•", True),
        (row(status=READ), " ", False),
        (row(status=Status(passed=True)), " ", False),
        (row(covered_by="Example Post"), "·", False),
        (row(covered_by="Example Post", status=READ), " ", False),
        (row(heat=-1), "·", False),
        (row(heat=-1, inside=True), "•", True),
        (row(covered_by="Example Post", inside=True), "•", True),
        (row(covered_by="Example Post", story=story()), "•", True),
        (row(status=READ, story=story(), new=1), "•", True),
    ],
)
def test_unread_is_marked_and_bold_covered_small_and_not_bold_read_neither(one, mark, bold):
    strips = article_row(one, RowShape.of(60, 50), look())
    title = strips[0].text.index("The")
    colour = DARK["ink"] if bold else DARK["soft"]
    assert strips[0].text[1] == mark
    assert colours(strips[0], title) == (colour, DARK["paper"], bold)


def test_the_mark_is_the_accent_and_figures_and_what_is_below_are_quiet():
    strips = article_row(row(story=story()), RowShape.of(60, 50), look())
    assert colours(strips[0], 1)[0] == DARK["accent"]
    assert colours(strips[0], 5)[0] == DARK["quiet"]
    assert colours(strips[1], 5)[0] == DARK["quiet"]
    assert colours(strips[1], 8)[0] == DARK["quiet"]


@pytest.mark.parametrize(
    ("focused", "wash", "bar"), [(True, "wash", "accent"), (False, "wash-off", "quiet")]
)
def test_a_selected_row_is_washed_as_far_as_it_is_written(focused, wash, bar):
    shape = RowShape.of(60, 50)
    strips = article_row(row(LONG), shape, look(selected=True, focused=focused))
    for strip in strips[:3]:
        assert {segment.style.bgcolor.name for segment in strip} == {DARK[wash]}
        assert style_at(strip, 0).color.name == DARK[bar]
    assert {segment.style.bgcolor.name for segment in strips[3]} == {DARK["paper"]}
    assert colours(strips[2], 8)[0] == DARK["soft"]


def test_without_colours_the_selected_title_is_reversed():
    strips = article_row(row(), RowShape.of(60, 50), look(selected=True, focused=True, ansi=True))
    assert style_at(strips[0], 8).reverse
    assert not style_at(strips[1], 8).reverse
    strips = article_row(row(), RowShape.of(60, 50), look(selected=True, ansi=True))
    assert not style_at(strips[0], 8).reverse


# What is said below a title


def said(one, room=200, glyphs=UNICODE):
    return fit_meta(meta_parts(one, CLOCK), room, glyphs)


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (row(), "Example Wire · 20 Oct"),
        (row(provider=None), "20 Oct"),
        (row(published_at=None), "Example Wire"),
        (row(provider=None, published_at=None), ""),
        (row(related=8), "Example Wire · 20 Oct · 8 related"),
        (
            row(story=story(3, 1), new=2),
            "Example Wire · 20 Oct · 2 new in a story that you read · 3 articles",
        ),
        (row(story=story(3, 1)), "Example Wire · 20 Oct · 3 articles"),
        (row(story=story()), "Example Wire · 20 Oct · 9 articles · 8 providers"),
        (
            row(covered_by="Example Post", related=8),
            "Example Wire · 20 Oct · covered by Example Post · 8 related",
        ),
        (row(heat=-1), "Example Wire · 20 Oct · covered"),
        (row(heat=-1, inside=True, related=3), "Example Wire · 20 Oct"),
        (row(type="video"), "Example Wire · 20 Oct · video"),
        (row(status=Status(dismissed=True)), "Example Wire · 20 Oct · dismissed"),
        (row(hidden="withdrawn"), "Example Wire · 20 Oct · withdrawn"),
        (row(published_at="2020-10-28T17:00:00Z"), "Example Wire · 3 h"),
        (row(published_at="2020-10-28T19:48:00Z"), "Example Wire · 12 min"),
        (row(published_at="2019-10-20"), "Example Wire · 20 Oct 2019"),
    ],
)
def test_below_a_title_stand_provider_age_and_company(one, line):
    assert said(one) == line


def shrinking(one):
    """All lines that a narrowing pane shows, the longest first."""
    lines = [said(one, room) for room in range(200, 0, -1)]
    return list(dict.fromkeys(lines))


def test_where_room_is_short_providers_go_first_then_articles_then_the_providers_name():
    lines = shrinking(row(story=story(), type="video"))
    assert lines[:4] == [
        "Example Wire · 20 Oct · 9 articles · 8 providers · video",
        "Example Wire · 20 Oct · 9 articles · video",
        "Example Wire · 20 Oct · video",
        "Example Wi… · 20 Oct · video",
    ]
    assert "20 Oct · video" in lines


def test_that_a_story_goes_on_stays_longer_than_the_providers_name():
    lines = shrinking(row(story=story(), new=2))
    assert [line for line in lines if "new" in line][2:] == [
        "Example Wire · 20 Oct · 2 new in a story that you read",
        *(
            f"{name}… · 20 Oct · 2 new in a story that you read"
            for name in ("Example Wi", "Example W", "Example", "Exampl", "Examp", "Exam", "Exa")
        ),
        "20 Oct · 2 new in a story that you read",
        "20 Oct · 2 new",
    ]


def test_where_room_is_short_the_related_count_goes_first_then_who_covers_it():
    lines = shrinking(row(covered_by="Example Post", related=8))
    assert lines[:4] == [
        "Example Wire · 20 Oct · covered by Example Post · 8 related",
        "Example Wire · 20 Oct · covered by Example Post",
        "Example Wire · 20 Oct · covered",
        "Example Wi… · 20 Oct · covered",
    ]


@pytest.mark.parametrize(
    "one",
    [
        row(story=story(), type="video"),
        row(covered_by="Example Post", related=8, type="video"),
        row("x", provider="Ein Anbieter mit sehr langem Namen", related=1, type="video"),
    ],
)
def test_age_and_video_stay_while_there_is_room_for_them(one):
    for room in range(len("20 Oct · video"), 120):
        assert "20 Oct" in said(one, room)
        assert said(one, room).endswith("video")


@given(
    st.lists(st.builds(Part, st.text("ab c漢", min_size=1), st.sampled_from([2, 3, 4, 5, 8]))),
    st.integers(1, 80),
)
def test_what_is_said_fits_its_room(parts, room):
    assert cell_len(fit_meta(parts, room, UNICODE)) <= room


def test_a_name_written_from_right_to_left_stands_last():
    assert said(row(provider="الاقتصادية", related=8)) == "20 Oct · 8 related · الاقتصادية"
    assert said(row(covered_by="المدينة", provider="Wire")).endswith("covered by المدينة")


# Every text, every width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_row_is_as_wide_as_its_pane_in_every_script(title, width):
    for shape in (RowShape.of(width, 24), RowShape.of(width, 50)):
        for one in (
            row(title, provider=title, status=STARRED, related=3),
            row(title, provider=title, inside=True, story=None),
            row(title, provider=title, covered_by=title),
            row(title, provider=title, story=story(), type="video"),
            row(title, problem=title),
        ):
            for strip in article_row(one, shape, look(selected=True, focused=True)):
                check_strip(strip, width)


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_no_title_moves_a_column(title):
    for width in WIDTHS:
        strips = article_row(row(title, status=STARRED), RowShape.of(width, 50), look())
        assert strips[0].text.startswith(" •  87  " + title[0])
        assert [strip.text[1] for strip in strips].count("✶") == 1
        for strip in strips:
            assert strip.text[2:8].strip() in ("87", "")
            assert strip.crop(width - 2, width).text == "  "


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("width", [24, 60, 120])
def test_hostile_text_is_shown_as_text_and_nothing_else(payload, width):
    fields = {
        "title": payload,
        "provider": {"name": payload},
        "type": payload,
        "quality": payload,
        "publishedDateTime": payload,
    }
    hostile = from_fields(fields)
    shape = RowShape.of(width, 50)
    rows = (
        Row(hostile, STARRED, related=3),
        Row(hostile, UNREAD, covered_by=hostile.provider),
        Row(hostile, UNREAD, inside=True),
        Row(article("a", title="a.md", problem=hostile.title), UNREAD),
    )
    for one in rows:
        for strip in article_row(one, shape, look()):
            check_strip(strip, width)


def test_markup_in_a_title_is_shown_letter_by_letter():
    assert PAYLOADS["markup"][:40] in drawn(row(PAYLOADS["markup"]), 80)[0]


@pytest.mark.parametrize("width", [24, 60, 120])
def test_a_terminal_without_unicode_gets_no_glyph_of_ours(width):
    for one in (
        row(LONG * 4, status=STARRED, covered_by="Example Post", related=8),
        row(LONG * 4, story=story(), type="video"),
        row(LONG * 4, story=story(), unfolded=True),
        row(LONG * 4, inside=True),
        row(LONG * 4, problem=LONG * 4),
    ):
        lines = drawn(one, width, selected=True, focused=True, glyphs=ASCII)
        assert "".join(lines).isascii()
        assert any("~" in line for line in lines)


# The sidebar


def entry(label="Azure", count=114, depth=0, *, parent=False, kind="topic"):
    return Entry(View(kind, label), label, count, depth, parent)


def side(one, width=24, *, tree=True, folded=False, **how):
    return sidebar_line(one, width, look(**how), tree=tree, folded=folded)


def test_an_entry_stands_at_2_and_its_count_right():
    line = side(entry("Front page", 1180), tree=False)
    assert line.text == "  Front page     1,180  "


def test_in_a_tree_a_fold_mark_stands_before_the_label_two_to_the_right_each_step():
    assert side(entry(parent=True)).text == "  ▾ Azure          114  "
    assert side(entry(parent=True), folded=True).text == "  ▸ Azure          114  "
    assert side(entry("Files", 2, 1)).text == "      Files          2  "
    assert side(entry("Disks", 2, 2, parent=True)).text == "      ▾ Disks        2  "


def test_a_count_of_zero_is_not_shown_and_its_label_is_quiet():
    line = side(entry("Web", 0))
    assert line.text.rstrip() == "    Web"
    assert colours(line, 4)[0] == DARK["quiet"]
    assert colours(side(entry()), 4)[0] == DARK["soft"]


def test_problems_are_named_in_the_colour_of_problems():
    line = sidebar_line(Entry(PROBLEMS, "Problems", 2), 24, look(), tree=False)
    assert colours(line, 2)[0] == DARK["warn"]


def test_the_selected_entry_is_bold_on_wash_behind_a_bar():
    line = side(entry(), selected=True, focused=True)
    assert line.text.startswith("▌   Azure")
    assert colours(line, 4) == (DARK["ink"], DARK["wash"], True)
    assert colours(line, 0)[0] == DARK["accent"]
    assert colours(side(entry(), selected=True), 0)[:2] == (DARK["quiet"], DARK["wash-off"])


def test_a_long_label_is_cut_and_never_the_count():
    assert side(entry("Management tools", 2)).text == "    Management tools 2  "
    assert side(entry("Virtual machines and more", 1234)).text == "    Virtual mac… 1,234  "


@pytest.mark.parametrize("label", TITLES.values(), ids=TITLES)
def test_a_line_of_the_sidebar_is_as_wide_as_its_pane_with_the_count_at_its_end(label):
    for width, depth in product((20, 24, 28, 40), range(13)):
        line = side(entry(label, 12_345, depth, parent=True), width)
        check_strip(line, width)
        assert line.crop(width - 8, width).text == "12,345  "
        assert "▾" in line.text


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_names_of_topics_are_shown_as_text(payload):
    for topic in from_fields({"title": "x", "topics": [payload]}).topics:
        check_strip(side(entry(topic)), 24)


def test_the_sidebar_has_no_glyph_of_ours_where_there_is_no_unicode():
    for folded in (True, False):
        line = side(
            entry("A very long label, longer than this", parent=True),
            glyphs=ASCII,
            folded=folded,
            selected=True,
        )
        assert line.text.isascii()
        assert "~" in line.text


def test_what_was_looked_for_is_underlined_in_title_and_provider():
    needles = (needle_of("word", "harb"), needle_of("word", "wire"))
    strips = article_row(row(needles=needles), RowShape.of(60, 50), look())
    marked = [
        part.text for strip in strips for part in strip if part.style and part.style.underline
    ]
    assert marked == ["harb", "Wire"]
    plain = article_row(row(), RowShape.of(60, 50), look())
    assert [strip.text for strip in strips] == [strip.text for strip in plain]
