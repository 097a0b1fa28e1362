import pytest
from rich.cells import cell_len
from rich.style import Style

from reader.tui.render.palette import (
    ASCII,
    TOKENS,
    UNICODE,
    Glyphs,
    Palette,
    palette_of,
)
from reader.tui.themes import DARK

COLOURS = Palette(DARK)
TERMINAL = Palette({}, ansi=True)

BACKGROUNDS = ("paper", "band", "wash", "wash-off")


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_every_glyph_is_one_cell_wide(glyphs):
    assert [glyph for glyph in glyphs if (cell_len(glyph), len(glyph)) != (1, 1)] == []


def test_the_ascii_glyphs_are_ascii_and_those_of_the_design():
    table = "unread covered starred folded unfolded problem cut between path back rule focus_rule"
    names = [*table.split(), "track", "thumb", "here", "end", "above"]
    assert list(Glyphs._fields) == names
    assert "".join(ASCII) == "o.*+-!~-><-=|#>#^"
    assert "".join(UNICODE) == "•·✶▸▾!…·›‹─━│┃▌■↑"


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_marks_that_stand_in_one_place_differ(glyphs):
    assert len({glyphs.unread, glyphs.covered, glyphs.starred, glyphs.problem}) == 4
    assert glyphs.folded != glyphs.unfolded
    assert glyphs.track != glyphs.thumb
    assert glyphs.rule != glyphs.focus_rule


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("on", sorted(BACKGROUNDS))
def test_a_style_is_the_tokens_colour_on_the_backgrounds(token, on):
    assert COLOURS.style(token, on) == Style(color=DARK[token], bgcolor=DARK[on])
    assert COLOURS.style(token, on, bold=True).bold is True


def test_styles_are_made_once():
    assert COLOURS.style("ink", "wash", bold=True) is COLOURS.style("ink", "wash", bold=True)


def test_two_palettes_do_not_mix_their_styles():
    other = Palette(DARK | {"ink": "#123456"})
    assert COLOURS.style("ink") != other.style("ink")
    assert other != COLOURS


@pytest.mark.parametrize(
    ("token", "style"),
    [
        ("ink", Style()),
        ("soft", Style()),
        ("quiet", Style(dim=True)),
        ("rule", Style(dim=True)),
        ("thumb", Style(dim=True)),
        ("accent", Style(color="red")),
        ("warn", Style(color="yellow")),
    ],
)
def test_without_colours_of_our_own_weight_tells_what_colour_told(token, style):
    assert TERMINAL.style(token) == style
    assert TERMINAL.style(token).bgcolor is None


def test_the_terminals_bright_black_is_never_used():
    for token in TOKENS:
        for on in BACKGROUNDS:
            colour = TERMINAL.style(token, on).color
            assert colour is None or colour.number in (1, 3)


def test_what_stands_on_a_wash_is_not_dim():
    assert not TERMINAL.style("quiet", "wash").dim
    assert not TERMINAL.style("quiet", "wash-off").dim


def test_a_selected_title_is_reversed_where_there_is_no_wash_and_only_with_focus():
    assert TERMINAL.selected_title("wash", bold=True) == Style(reverse=True, bold=True)
    assert TERMINAL.selected_title("wash-off", bold=False) == Style()
    assert COLOURS.selected_title("wash", bold=True) == COLOURS.style("ink", "wash", bold=True)
    assert COLOURS.selected_title("wash-off", bold=False) == COLOURS.style("soft", "wash-off")


def test_colours_come_from_a_themes_variables_in_any_spelling():
    spelled = DARK | {"ink": "#F1ECE1", "paper": "rgb(22,21,19)", "unknown": "auto 87%"}
    palette = palette_of(spelled, ansi=False, glyphs=ASCII)
    assert palette.style("ink") == Style(color="#f1ece1", bgcolor="#161513")
    assert palette.glyphs is ASCII


def test_a_terminals_palette_needs_no_variables():
    assert palette_of({}, ansi=True, glyphs=UNICODE).colours == {}
