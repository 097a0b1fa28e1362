from dataclasses import replace
from datetime import UTC, datetime
from time import process_time

import pytest
from rich.cells import cell_len

from reader.body.blocks import Body
from reader.body.parse import parse_body
from reader.model import Status, Urls
from reader.neighbours import Neighbour
from reader.pages import Page
from reader.tui.render.crumbs import crumb_names
from reader.tui.render.page import PageLook, first_related_line, page_lines
from reader.tui.render.palette import ASCII, UNICODE, Palette
from reader.tui.render.rows import Clock
from reader.tui.themes import DARK
from tests.samples import article, copy, from_fields
from tests.strange import PAYLOADS, TITLES, check_strip

CLOCK = Clock(datetime(2020, 10, 28, 20, tzinfo=UTC), UTC)
PALETTES = {glyphs: Palette(DARK, glyphs=glyphs) for glyphs in (UNICODE, ASCII)}
WIDTHS = (24, 31, 40, 60, 76, 77, 120, 200)
READ = Status(read=True)
WHEN = "2020-10-20T13:13:00Z"


def look(width=60, *, glyphs=UNICODE, focused=True, airy=True):
    return PageLook(width, PALETTES[glyphs], CLOCK, focused, airy)


def near(title="The tide turns", *, status=READ, here=True, **values):
    facts = {"provider": "Example Post", "published_at": WHEN, "quality": 75} | values
    kind = facts.pop("type", None)
    return Neighbour(
        title=title,
        status=status,
        item=copy("tide"),
        article=article("tide", type=kind) if here else None,
        **facts,
    )


def page(*around, body=None, **values):
    facts = {"quality": 87, "heat": 247, "picked": True, "provider": "Example Wire"}
    facts |= {"title": "The harbour opens", "published_at": WHEN}
    own = {name: values.pop(name) for name in tuple(values) if name in Page.__slots__}
    one = article("harbour", **(facts | values))
    shown = Page(
        title=one.title,
        library=0,
        urls=one.urls,
        article=one,
        provider=one.provider,
        published_at=one.published_at,
        quality=one.quality,
        excerpt="Forty ships wait outside.",
        near=around,
        body=parse_body(body, html=False) if body is not None else None,
    )
    return replace(shown, **own)


def text(shown, width=60, crumbs=(), **how):
    """The lines of a page without the blanks at their ends."""
    return [line.strip.text.rstrip() for line in page_lines(shown, look(width, **how), crumbs)]


def style_of(shown, words, **how):
    """The style that some words are written in."""
    for line in page_lines(shown, look(**how)):
        for segment in line.strip:
            if words in segment.text:
                return segment.style.color.name, bool(segment.style.bold)
    raise AssertionError(words)


# From top to bottom


def test_a_page_is_headline_byline_facts_text_address_and_what_is_related():
    shown = page(near(status=Status()), near("Cranes", quality=None, here=False))
    assert text(shown) == [
        "",
        "  The harbour opens",
        "",
        "  Example Wire · Tuesday 20 October 2020, 13:13",
        "  quality 87 · heat 247 · picked",
        "",
        "  Forty ships wait outside.",
        "",
        "  o  example.com/harbour",
        "",
        "  Related   2 articles" + " " * 28 + "1 unread",
        "  " + "─" * 56,
        " • 1  75  The tide turns",
        "          Example Post · 20 Oct",
        "   2      Cranes",
        "          Example Post · 20 Oct · not in this folder",
        "",
    ]


def test_on_a_low_screen_the_headline_is_the_first_line():
    assert text(page(), airy=False)[0] == "  The harbour opens"


def test_a_file_with_a_problem_shows_what_it_is():
    shown = page(title="a.md", problem="line 4, column 9: the quotation mark is never closed")
    assert text(replace(shown, excerpt=None, urls=Urls())) == [
        *("", "  a.md", ""),
        "  line 4, column 9: the quotation mark is never closed",
        *("", ""),
    ]
    assert style_of(shown, "line 4") == (DARK["warn"], False)


def test_what_is_missing_leaves_no_gap():
    bare = Page(title="The harbour opens", library=0, urls=Urls(), article=article("a"))
    assert text(bare) == ["", "  The harbour opens", "", "", ""]


def test_the_body_takes_the_place_of_the_excerpt():
    shown = text(page(body="The whole text."))
    assert "  The whole text." in shown
    assert "  Forty ships wait outside." not in shown


def test_text_is_at_most_72_wide():
    shown = page(near("word " * 90), title="word " * 90, excerpt="word " * 90, body="word " * 90)
    lines = text(shown, 200)
    assert max(len(line) for line in lines) == 74
    assert max(len(line) for line in text(shown, 60)) <= 58


# Byline and facts


@pytest.mark.parametrize(
    ("width", "byline"),
    [
        (100, "Example Wire · Tuesday 20 October 2020, 13:13 · 8 days ago"),
        (62, "Example Wire · Tuesday 20 October 2020, 13:13 · 8 days ago"),
        (61, "Example Wire · Tuesday 20 October 2020, 13:13"),
        (48, "Example Wire · Tue 20 Oct 2020, 13:13"),
        (40, "Example Wire · 20 Oct"),
        (24, "Example Wi… · 20 Oct"),
    ],
)
def test_where_room_is_short_the_age_goes_first_then_the_long_date(width, byline):
    assert text(page(), width)[3] == f"  {byline}"


def test_a_day_without_a_time_is_shown_without_one():
    assert text(page(published_at="2020-10-20"), 80)[3].endswith(
        "Tuesday 20 October 2020 · 8 days ago"
    )


def test_a_byline_without_provider_or_time_has_no_separator():
    assert text(page(provider=None))[3] == "  Tuesday 20 October 2020, 13:13 · 8 days ago"
    assert text(page(published_at=None))[3] == "  Example Wire"


def test_a_very_long_name_leaves_room_for_the_age():
    line = text(page(provider="A Name without End " * 9), 60)[3]
    assert line.endswith("… · 20 Oct")
    assert len(line) <= 58


def test_a_name_written_from_right_to_left_stands_last():
    line = text(page(provider="الاقتصادية"), 80)[3]
    assert line == "  Tuesday 20 October 2020, 13:13 · 8 days ago · الاقتصادية"
    assert text(page(near(provider="الاقتصادية")))[-2].endswith("20 Oct · الاقتصادية")


@pytest.mark.parametrize(
    ("shown", "facts"),
    [
        (page(), "quality 87 · heat 247 · picked"),
        (page(heat=-1, picked=False), "quality 87 · covered"),
        (page(heat=-1, picked=False, covered_by="Wire"), "quality 87 · covered by Wire"),
        (page(heat=None, picked=None, covered_by="Wire"), "quality 87 · covered by Wire"),
        (page(type="video", heat=None, picked=None), "quality 87 · video"),
        (page(heat=None, picked=None, quality=None, authors=("A. B.", "C. D.")), "A. B., C. D."),
        (
            page(heat=0, picked=False, status=Status(starred=True, dismissed=True)),
            "quality 87 · heat 0 · starred · dismissed",
        ),
        (page(article=None, item=copy("a")), "quality 87 · not in this folder"),
    ],
)
def test_under_the_byline_stands_what_is_known(shown, facts):
    assert text(shown)[4] == f"  {facts}"


def test_facts_are_never_divided_between_lines_and_no_line_begins_with_a_dot():
    shown = page(authors=("A name", "And another name"), status=Status(starred=True), hidden="gone")
    for width in range(24, 100):
        lines = text(shown, width)
        first = next(at for at, line in enumerate(lines) if "quality" in line)
        facts = lines[first : lines.index("", first)]
        assert not any(line.strip().startswith("·") or line.endswith("·") for line in facts)


# Related


def test_related_items_have_keys_from_1_to_9_and_numbers_for_all():
    lines = page_lines(page(*[near(f"Number {n}") for n in range(1, 13)]), look())
    keys = [line.strip.text[3] for line in lines if "Number" in line.strip.text]
    assert "".join(keys) == "123456789   "
    assert [line.target for line in lines if "Number" in line.strip.text] == list(range(1, 13))


def test_the_titles_of_related_items_are_shown_in_full_at_10():
    title = "A very long title that needs more than only two lines in a pane as narrow as this one"
    lines = text(page(near(title, status=Status())), 40)
    at = next(at for at, line in enumerate(lines) if "A very" in line)
    assert lines[at].startswith(" • 1  75  A very")
    assert all(line.startswith(" " * 10) for line in lines[at + 1 : -1])
    assert " ".join(line[10:] for line in lines[at:-2]) == title


@pytest.mark.parametrize("focused", [True, False])
def test_digits_are_bold_while_the_pane_has_focus(focused):
    lines = page_lines(page(near()), look(focused=focused))
    _, key, style = next(line for line in lines if line.target == 1).pieces[0]
    assert (key, bool(style.bold)) == ("1", focused)
    assert style.color.name == DARK["ink" if focused else "quiet"]


@pytest.mark.parametrize(("status", "colour"), [(Status(), "ink"), (READ, "soft")])
def test_unread_related_titles_are_ink_and_read_ones_soft_and_none_is_bold(status, colour):
    assert style_of(page(near(status=status)), "The tide turns") == (DARK[colour], False)


def test_what_is_not_here_says_so_however_narrow_the_pane():
    shown = page(near(here=False))
    assert text(shown, 60)[-2].endswith("not in this folder")
    assert text(shown, 40)[-2].endswith("20 Oct · not here")


def test_a_related_video_says_so():
    assert text(page(near(type="video")))[-2] == "          Example Post · 20 Oct · video"


@pytest.mark.parametrize(
    ("around", "heading"),
    [
        ([near()], "1 article | all read"),
        ([near(), near(provider="Wire")], "2 articles · 2 providers | all read"),
        ([near(status=Status())] * 3, "3 articles | 3 unread"),
        ([near(provider=None), near(provider="Wire")], "2 articles | all read"),
    ],
)
def test_the_heading_counts_articles_providers_and_unread_ones(around, heading):
    left, _, right = heading.partition(" | ")
    assert text(page(*around))[10] == f"  Related   {left}".ljust(58 - len(right)) + right


def test_where_room_is_short_the_heading_keeps_the_unread_count():
    shown = page(*[near(status=Status(), provider=f"P{n}") for n in range(12)])
    for width in range(24, 60):
        heading = next(line for line in text(shown, width) if "Related" in line)
        assert heading.endswith("12 unread")
        assert "…" not in heading


def test_the_place_of_what_is_related_is_its_heading():
    shown = page(
        near(), body="Read [this](https://example.com/a) and [that](https://example.com/b)."
    )
    lines = page_lines(shown, look())
    assert "Related" in lines[first_related_line(lines)].strip.text
    alone = page(body="Read [this](https://example.com/a).")
    lines = page_lines(alone, look())
    assert first_related_line(lines) == len(lines)


def test_a_click_on_an_address_opens_it_and_one_on_a_blank_line_nothing():
    lines = page_lines(page(near(), body="Read [this](https://example.org/a)."), look())
    targets = {line.strip.text.strip(): line.target for line in lines}
    assert targets["o  example.com/harbour"] == 0
    assert targets["[2] example.org/a"] == 2
    assert targets["The harbour opens"] is None


# Bodies


def body(source, width=60, **how):
    """The lines of a body alone."""
    lines = text(page(body=source), width, **how)
    return lines[6 : lines.index("  o  example.com/harbour") - 1]


def test_paragraphs_lists_quotes_and_code_have_their_own_shape():
    source = (
        "# Heading\n\nA *short* text.\n\n- one\n- two\n  - deeper\n\n3. three\n4. four\n\n"
        "> quoted\n\n```\nif x:\n    return\n```\n\n---\n\nEnd."
    )
    assert body(source) == [
        *("  Heading", "", "  A short text.", ""),
        *("  • one", "  • two", "    • deeper", "  3. three", "  4. four", ""),
        *("  │ quoted", "", "    if x:", "        return", "", "  " + "─" * 56, "", "  End."),
    ]


def test_links_are_numbered_after_the_related_items():
    shown = page(near(), near(), body="Read [this](https://example.org/a) now.")
    lines = text(shown)
    assert "  Read this [3] now." in lines
    assert "  [3] example.org/a" in lines


def test_rows_of_a_table_follow_each_other():
    assert body("| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd.") == ["  a │ b", "  1 │ 2", "", "  End."]


def test_continued_lines_stand_under_the_first_one():
    lines = body("- " + "word " * 20 + "\n\n> " + "word " * 20, 40)
    assert lines[0].startswith("  • word")
    assert all(line.startswith("    word") for line in lines[1:3])
    assert all(line.startswith("  │ word") for line in lines[-3:])


def test_long_lines_of_code_are_broken_and_not_lost():
    lines = body("```\nx = " + "1234567890" * 12 + "\n```", 40)
    assert "".join(line.strip() for line in lines).replace(" ", "") == "x=" + "1234567890" * 12


def test_styles_follow_their_words_over_line_ends():
    shown = page(body="plain **bold words that go on for more than one line of this pane** plain")
    bold = [
        segment.text
        for line in page_lines(shown, look(30))[6:]
        for segment in line.strip
        if segment.style.bold
    ]
    assert " ".join(bold).startswith("bold words that go on for more than one line of this pane")


def test_a_body_that_was_cut_says_so():
    shown = page(body=".")
    shown = replace(shown, body=Body(shown.body.blocks, (), cut=True))
    assert "  The text is longer and was cut here." in text(shown)


# Breadcrumbs


class Stop:
    def __init__(self, provider, title):
        self.provider, self.title = provider, title


def names(*stops):
    return crumb_names([Stop(*stop) for stop in stops])


def test_a_breadcrumb_names_providers_while_they_differ():
    assert names(("Wire", "a"), ("Post", "b"), ("Wire", "c")) == ("Wire", "Post", "Wire")


def test_neighbours_of_one_provider_are_called_by_their_titles():
    assert names(
        ("Wire", "The harbour opens again after a long winter"),
        ("Wire", "Cranes at work"),
        ("Post", "Tides"),
    ) == ("The harbour opens again", "Cranes at work", "Post")


def test_titles_that_begin_alike_are_told_apart_by_what_follows():
    assert names(
        ("Wire", "A large company builds a harbour in the north"),
        ("Wire", "A large company builds a railway in the south"),
    ) == ("harbour in the north", "railway in the south")


def test_titles_that_begin_alike_are_told_apart_over_the_whole_way():
    way = names(
        ("Wire", "The harbour opens again in May"),
        ("Wire", "Cranes at work"),
        ("Wire", "The harbour opens again in June"),
    )
    assert way == ("May", "Cranes at work", "June")


def test_a_page_that_was_come_through_twice_keeps_its_name():
    way = names(("Wire", "Tides"), ("Wire", "Cranes"), ("Wire", "Tides"))
    assert way == ("Tides", "Cranes", "Tides")


def test_what_has_no_provider_is_called_by_its_title():
    assert names((None, "The harbour opens"), ("Wire", "b")) == ("The harbour opens", "Wire")
    assert names((None, "Same"), (None, "Same")) == ("Same", "Same")


def test_the_name_in_a_breadcrumb_is_short_and_ends_with_a_word():
    assert (
        names(("W", "Ships, cranes, and tides — a report"), ("W", "b"))[0]
        == "Ships, cranes, and tides"
    )
    assert cell_len(names(("W", TITLES["japanese"]), ("W", "b"))[0]) == 24


def test_a_page_can_be_named():
    assert crumb_names([page(), page(provider="Post")]) == ("Example Wire", "Post")


def test_the_breadcrumb_stands_above_the_headline():
    lines = text(page(), crumbs=("Wire", "Post", "Times"))
    assert lines[:3] == ["  H  Wire › Post › Times", "", "  The harbour opens"]
    assert text(page(), crumbs=("Wire", "Post"), airy=False)[:2] == ["  H  Wire › Post", ""]


def test_where_room_is_short_the_earliest_names_go_first():
    crumbs = ("First Name", "Second Name", "Third Name", "Fourth Name")
    assert text(page(), 50, crumbs)[0] == "  H  … › Second Name › Third Name › Fourth Name"
    assert text(page(), 48, crumbs)[0] == "  H  … › Third Name › Fourth Name"
    assert text(page(), 24, crumbs)[0] == "  H  … › Fourth Name"
    assert text(page(), 24, ("First Name", "Second Name"))[0] == "  H  Fi… › Second Name"
    for width in WIDTHS:
        for many in (crumbs, crumbs[:2], ("x" * 90, "y" * 90), ("x" * 90,)):
            line = text(page(), width, many)[0]
            assert len(line) <= min(width - 2, 74)


def test_names_from_right_to_left_stand_last_or_not_at_all():
    assert text(page(), crumbs=("المدينة", "Wire"))[0] == "  H  … › Wire"
    assert text(page(), crumbs=("Wire", "المدينة"))[0] == "  H  Wire › المدينة"


# Every text, every width


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_page_is_as_wide_as_its_pane_in_every_script(title):
    source = f"# {title}\n\n{title} **{title}** `{title}`\n\n- {title}\n\n> {title}\n\n"
    source += f"```\n{title}\n```\n"
    shown = page(
        near(title, provider=title, status=Status()),
        near(title, provider=title, here=False),
        title=title,
        provider=title,
        authors=(title, title),
        covered_by=title,
        body=f"{source}\n| {title} | {title} |\n|---|---|\n| a | b |\n\n[{title}](https://example.com)",
    )
    for width in WIDTHS:
        for one in (shown, replace(shown, body=None, excerpt=title)):
            for line in page_lines(one, look(width), (title, title)):
                check_strip(line.strip, width)
                assert line.strip.crop(width - 2, width).text == "  "


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_text_is_shown_as_text_and_nothing_else(payload):
    names = ("title", "excerpt", "type", "originalUrl", "publishedDateTime", "removed")
    fields = dict.fromkeys(names, payload)
    copied = {"title": payload, "webUrl": f"https://example.com/{payload[:50]}"}
    fields |= {"provider": {"name": payload}, "topics": [payload], "authors": [payload]}
    hostile = from_fields(fields | {"related": [copied | {"provider": {"name": payload}}]})
    around = tuple(
        Neighbour(one.title, one.provider, one.published_at, None, Status(), one, None)
        for one in hostile.related
    )
    shown = page(*around, title=hostile.title, provider=hostile.provider, article=hostile)
    shown = replace(shown, excerpt=hostile.excerpt, urls=hostile.urls)
    source = (
        f"{payload}\n\n> {payload}\n\n- {payload}\n\n```\n{payload}\n```\n\n[{payload}](http://x.y)"
    )
    bodies = (parse_body(source, html=False), parse_body(f"<p>{payload}</p>", html=True), None)
    for one in bodies:
        for width in (24, 76):
            crumbs = (hostile.title, hostile.title)
            for line in page_lines(replace(shown, body=one), look(width), crumbs)[:2000]:
                check_strip(line.strip, width)


@pytest.mark.parametrize("width", [24, 60, 120])
def test_a_terminal_without_unicode_gets_no_glyph_of_ours(width):
    long = "A very long text, longer than the line that it stands in, wherever that may be " * 2
    source = (
        f"# {long}\n\n{long}\n\n- {long}\n  - {long}\n\n> {long}\n\n---\n\n```\n{long}\n```\n\n"
        f"| {long} | b |\n|---|---|\n| c | d |\n\n[{long}](https://example.com/{'a' * 200})"
    )
    shown = page(
        *[near(long, provider=f"{n} {long}", here=n > 3, status=Status()) for n in range(12)],
        title=long,
        provider=long,
        authors=(long, long),
        url=f"https://example.com/{'a' * 200}",
        covered_by=long,
        body=source,
    )
    for one in (shown, replace(shown, body=None), replace(shown, problem=long)):
        lines = text(one, width, (long, long, long), glyphs=ASCII)
        assert "".join(lines).isascii()


# Time


def taken(times, function):
    """The seconds of the fastest run, for the machine may be busy with other tests."""
    least = float("inf")
    for _ in range(times):
        begin = process_time()
        function()
        least = min(least, process_time() - begin)
    return least


def test_a_page_with_8_related_items_is_laid_out_and_drawn_in_a_blink():
    shown = page(
        *[near(f"{TITLES['latin']} number {n}") for n in range(8)], excerpt=TITLES["latin"] * 4
    )

    def draw():
        for line in page_lines(shown, look(76))[:50]:
            assert line.strip

    assert taken(20, draw) < 0.005  # 0.0004 s on a quiet machine


SENTENCE = "The committee met and spoke at length about **the harbour**, its cranes and [the tide]"
LONG_TEXTS = {
    "paragraphs": f"{SENTENCE}(https://example.com/tide). {SENTENCE}.\n\n" * 2400,
    "one paragraph": "naïve café — “words” " * 19_000,
    "one word": "x" * 400_000,
    "japanese": "委員会は集まり、港とクレーンと潮について長く話した。\n\n" * 5200,
    "code": "```\n" + "x = 1\n" * 60_000 + "```",
    "emoji": TITLES["emoji"] * 900,
}


@pytest.mark.parametrize("source", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_a_very_long_text_does_not_hold_up_the_keys(source):
    assert len(source.encode()) > 350_000
    shown = page(body=source)
    paces = [taken(1, lambda width=width: page_lines(shown, look(width))) for width in (74, 75, 76)]
    assert min(paces) < 0.6  # 0.02 to 0.11 s on a quiet machine


def test_a_body_is_laid_out_once_for_a_width():
    shown = page(body=LONG_TEXTS["paragraphs"])
    first = page_lines(shown, look(focused=False))
    again = page_lines(replace(shown, status=Status(starred=True)), look(focused=True))
    assert first[108] is again[108]
    assert page_lines(shown, look(61))[108] is not again[108]
    assert page_lines(page(body=LONG_TEXTS["paragraphs"]), look())[108] is not again[108]
