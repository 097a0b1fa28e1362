"""The screen of `D`: what changed between the versions of an article."""

from itertools import islice

import pytest
from rich.cells import cell_len

from reader.changes import ADDED, GAP, REMOVED, SAME, Run, compare
from reader.tui.render.changes import change_lines
from reader.tui.render.palette import ASCII, TOKENS, Palette
from tests.samples import front, write
from tests.screens import MIDDLE, NARROW, WIDE, file, reading

FEED = "https://example.com/feed"


def tide(title, excerpt, body, hour):
    """Return a version of one article as a feed brings it."""
    return front(
        f"title: {title}",
        f"excerpt: {excerpt}",
        "originalUrl: https://example.com/tide",
        "publishedDateTime: 2020-10-26T08:00:00Z",
        f"updatedDateTime: 2020-10-26T{hour:02}:00:00Z",
        f"feed: {FEED}",
        "quality: 90",
        body=body,
    )


LONG = " ".join(f"Word{number}" for number in range(80))
FILES = {
    "tide.md": tide("High tide", "At noon.", f"The quay is open. {LONG}", 8),
    "tide-2.md": tide("High tide", "At two.", f"The quay is shut. {LONG}", 10),
    "tide-3.md": tide("Low tide", "At two.", f"The quay is shut. {LONG} More.", 12),
    "other.md": file("other", 10, body="One text."),
}


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
async def test_the_last_changes_are_told_first_and_a_key_leads_to_those_before(tmp_path, size):
    async with reading(tmp_path, FILES, size) as reader:
        assert reader.rows == ["Low tide", "other"]
        await reader.press("D")
        assert reader.sheet == "ChangesScreen"
        assert reader.lines[0].endswith("2020-10-26 10:00 › 2020-10-26 12:00 · 2 of 2")
        assert "High Low tide" in reader.text
        assert "Word79 More." in reader.text
        assert "Excerpt" not in reader.text
        await reader.press("[")
        assert reader.lines[0].endswith("08:00 › 2020-10-26 10:00 · 1 of 2")
        assert "At noon. two." in reader.text
        assert "The quay is open. shut. Word0" in reader.text
        assert "Word40" not in reader.text
        before = reader.text
        await reader.press("h", "[")
        assert reader.text == before
        await reader.press("l")
        assert "2 of 2" in reader.lines[0]
        await reader.press("escape")
        assert reader.sheet == ""


async def test_one_version_is_told_as_such(tmp_path):
    async with reading(tmp_path, FILES) as reader:
        await reader.open(name="other")
        await reader.press("D")
        assert (reader.sheet, reader.said) == ("", "There is one version of this article")


async def test_without_an_article_nothing_is_told(tmp_path):
    async with reading(tmp_path, {}) as reader:
        await reader.press("D")
        assert (reader.sheet, reader.said) == ("", "No article here")


async def test_the_page_says_when_it_changed_and_which_key_tells_what(tmp_path):
    async with reading(tmp_path, FILES) as reader:
        assert "changed 2 days ago · D" in reader.text
        await reader.open(name="other")
        assert "changed" not in reader.text


async def test_a_version_that_comes_while_one_reads_takes_the_place_of_the_one_before(tmp_path):
    files = {name: FILES[name] for name in ("tide.md", "other.md")}
    async with reading(tmp_path, files, load=False) as reader:
        await reader.until(lambda: not reader.library.is_reading and "tide" in reader.page)
        await reader.press("enter")
        assert "The quay is open." in reader.text
        write(reader.folder, {"tide-2.md": FILES["tide-2.md"]})
        await reader.until(lambda: "The quay is shut." in reader.text)
        assert (reader.rows, reader.page, reader.pane) == (
            ["High tide", "other"],
            "High tide",
            "page",
        )
        assert "changed 2 days ago · D" in reader.text
        assert reader.library.status(reader.screen.article).read


async def test_a_version_that_cannot_be_read_any_more_says_so(tmp_path):
    async with reading(tmp_path, FILES) as reader:
        await reader.press("D")
        (reader.folder / "tide.md").write_bytes(b"---\nno end")
        await reader.press("[")
        assert "line" in reader.text
        assert "1 of 2" in reader.lines[0]


async def test_without_colours_marks_tell_what_went_and_came(tmp_path):
    async with reading(tmp_path, FILES, theme="broadsheet-terminal", glyphs=ASCII) as reader:
        await reader.press("D")
        assert "[-High-] {+Low+} tide" in reader.text
        assert "~ Word68" in reader.text


async def test_hostile_text_is_shown_as_text(tmp_path):
    files = {
        "tide.md": tide("T", "E", "one \x1b[31mred [bold]two[/bold] \u202eright", 8),
        "tide-2.md": tide("T", "E", "one", 9),
    }
    async with reading(tmp_path, files) as reader:
        await reader.press("D")
        assert "[31mred [bold]two[/bold] " in reader.text
        assert "\x1b" not in reader.text
        assert "\u202e" not in reader.text


# Lines

PLAIN = Palette({}, ansi=True)


def shown(runs, width=40):
    lines = change_lines({"Text": runs}, PLAIN, width)
    return ["".join(text for _, text, _ in line) for line in islice(lines, 1, None)]


def test_lines_break_at_words_and_paragraphs():
    runs = (Run(SAME, "One two three\n\n"), Run(ADDED, "four five"), Run(GAP, " six\n"))
    assert shown(runs, 16) == ["One two", "three", "", "{+four", "five+} …", ""]


def test_a_gap_over_paragraphs_parts_them():
    runs = (Run(ADDED, "one "), Run(GAP, "two\n\nthree "), Run(SAME, "four "), Run(ADDED, "five"))
    assert shown(runs) == ["{+one+} …", "", "… four {+five+}", ""]


def test_each_line_fits_and_nothing_is_lost():
    one = "潮水很高 " * 20 + "a" * 90 + " The tide is high."
    runs = compare(one, one.replace("很", "不") + " 👨‍👩‍👧 And é́ low.")
    for width in (12, 33, 80):
        lines = list(change_lines({"Text": runs}, PLAIN, width))[1:]
        assert all(sum(cell_len(text) for _, text, _ in line) <= width - 4 for line in lines)
        flat = "".join(text for line in lines for _, text, _ in line).replace(" ", "")
        kept = "".join("…" if run.kind == GAP else run.text for run in runs)
        assert flat.translate(str.maketrans("", "", "[-]{+}")) == "".join(kept.split())


@pytest.mark.parametrize("palette", [PLAIN, Palette(dict.fromkeys(TOKENS, "#808080"))])
def test_what_went_and_what_came_differ_without_their_colours(palette):
    runs = (Run(SAME, "The "), Run(REMOVED, "high "), Run(ADDED, "low "), Run(SAME, "tide"))
    (line, *_) = list(change_lines({"Text": runs}, palette, 60))[1:]
    column = 2
    for at, text, _ in line:
        assert at == column
        column += cell_len(text)
    styles = {text.strip(): style for _, text, style in line}
    went, came = ("[-high-]", "{+low+}") if palette.ansi else ("high", "low")
    assert styles[went].dim if palette.ansi else styles[went].strike
    assert styles[came].bold
    assert not any((styles["tide"].bold, styles["tide"].dim, styles["tide"].strike))
