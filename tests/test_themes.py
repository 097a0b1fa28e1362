import pytest
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from reader.tui.render.palette import TOKENS, UNICODE, palette_of
from reader.tui.themes import DARK, LIGHT, READABLE, TERMINAL, THEMES, contrast, tokens

ON_ALL = ("paper", "band", "wash")
FIGURES = {
    ("dark", "ink"): (15.5, 14.3, 12.1),
    ("dark", "soft"): (9.3, 8.6, 7.3),
    ("dark", "quiet"): (6.1, 5.6, 4.7),
    ("dark", "accent"): (7.3, 6.7, 5.7),
    ("dark", "warn"): (9.3, 8.6, 7.3),
    ("dark", "thumb"): (3.9,),
    ("dark", "rule"): (1.6,),
    ("light", "ink"): (16.7, 15.3, 13.6),
    ("light", "soft"): (9.6, 8.8, 7.8),
    ("light", "quiet"): (5.9, 5.4, 4.8),
    ("light", "accent"): (7.1, 6.5, 5.8),
    ("light", "warn"): (6.8, 6.2, 5.5),
    ("light", "thumb"): (3.5,),
    ("light", "rule"): (1.5,),
}
OURS = {"dark": DARK, "light": LIGHT}
THEIRS = [pytest.param(theme, id=name) for name, theme in BUILTIN_THEMES.items()]


def apart(colours, one, other):
    return contrast(Color.parse(colours[one]), Color.parse(colours[other]))


def test_black_on_white_is_the_most_there_is():
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#777"), Color.parse("#777")) == pytest.approx(1)
    assert contrast(Color.parse("#fff"), Color.parse("#767676")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("theme", "token"), FIGURES)
def test_every_colour_is_as_far_from_its_background_as_the_design_says(theme, token):
    for background, figure in zip(ON_ALL, FIGURES[theme, token], strict=False):
        assert apart(OURS[theme], token, background) >= figure - 0.1


@pytest.mark.parametrize("theme", OURS)
def test_what_is_written_can_be_read_on_every_background(theme):
    for token in ("ink", "soft", "quiet", "accent", "warn"):
        for background in (*ON_ALL, "wash-off"):
            assert apart(OURS[theme], token, background) >= READABLE


@pytest.mark.parametrize("theme", OURS)
def test_a_row_without_focus_is_washed_less_than_one_with_it(theme):
    colours = OURS[theme]
    assert 1 < apart(colours, "wash-off", "paper") < apart(colours, "wash", "paper")


def test_both_themes_name_the_same_colours():
    assert tuple(DARK) == tuple(LIGHT) == TOKENS


def test_our_themes_say_whether_they_are_dark():
    assert [(one.name, one.dark) for one in THEMES] == [
        ("broadsheet-dark", True),
        ("broadsheet-light", False),
    ]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_styles_are_made_of_the_colours_that_textual_computes_for_a_theme(theme):
    variables = theme.to_color_system().generate() | theme.variables
    palette = palette_of(variables, ansi=False, glyphs=UNICODE)
    expected = Style(color=theme.variables["quiet"], bgcolor=theme.variables["wash"])
    assert palette.style("quiet", "wash") == expected


@pytest.mark.parametrize("theme", THEIRS)
def test_textuals_own_themes_get_all_our_colours(theme):
    colours = tokens(theme.to_color_system().generate())
    assert tuple(sorted(colours)) == tuple(sorted(TOKENS))
    palette_of(colours, ansi=theme.ansi, glyphs=UNICODE).style("ink", "wash")


@pytest.mark.parametrize("theme", [one for one in THEIRS if not one.values[0].ansi])
def test_in_textuals_own_themes_everything_written_can_be_read(theme):
    colours = tokens(theme.to_color_system().generate())
    for token in ("ink", "accent", "warn"):
        assert apart(colours, token, "paper") >= READABLE
    assert apart(colours, "soft", "paper") >= 4.3
    assert apart(colours, "quiet", "paper") >= 3.8
    for token in ("ink", "soft", "quiet", "accent", "warn"):
        assert apart(colours, token, "wash") >= 3


@pytest.mark.parametrize("theme", [one for one in THEIRS if not one.values[0].ansi])
def test_in_textuals_own_themes_weights_stay_in_order(theme):
    colours = tokens(theme.to_color_system().generate())
    away = [apart(colours, one, "paper") for one in ("rule", "thumb", "quiet", "soft", "ink")]
    assert away == sorted(away)
    assert 1 < apart(colours, "wash-off", "paper") < apart(colours, "wash", "paper")


@pytest.mark.parametrize("name", ["ansi-dark", "ansi-light"])
def test_themes_of_the_terminals_colours_leave_the_colours_to_the_terminal(name):
    variables = BUILTIN_THEMES[name].to_color_system().generate()
    assert tokens(variables) == dict.fromkeys(TOKENS, "ansi_default")


def test_the_terminals_theme_sets_no_colour_of_its_own_but_red():
    assert TERMINAL.ansi
    assert set(TERMINAL.variables.values()) == {"ansi_default"}
    assert {TERMINAL.primary, TERMINAL.accent} == {"ansi_red"}
