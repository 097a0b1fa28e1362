"""Our light and dark themes, and our colour names for Textual's own themes."""

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

DARK = {
    "paper": "#161513",
    "band": "#1f1d1a",
    "wash": "#2e2a25",
    "wash-off": "#24211d",
    "ink": "#f1ece1",
    "soft": "#bfb9ad",
    "quiet": "#9a9488",
    "accent": "#f0876f",
    "warn": "#e0b25c",
    "thumb": "#78736a",
    "rule": "#3d3a34",
}
LIGHT = {
    "paper": "#fcfaf5",
    "band": "#f4f0e6",
    "wash": "#eae3d4",
    "wash-off": "#f1ece1",
    "ink": "#1b1a17",
    "soft": "#45423b",
    "quiet": "#666157",
    "accent": "#a1271c",
    "warn": "#7a5000",
    "thumb": "#8b8577",
    "rule": "#d5cebf",
}


def _theme(name: str, tokens: dict[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=tokens["accent"],
        accent=tokens["accent"],
        warning=tokens["warn"],
        foreground=tokens["ink"],
        background=tokens["paper"],
        surface=tokens["band"],
        panel=tokens["wash"],
        dark=dark,
        variables=tokens,
    )


THEMES = (
    _theme("broadsheet-dark", DARK, dark=True),
    _theme("broadsheet-light", LIGHT, dark=False),
)
TERMINAL = Theme(
    name="broadsheet-terminal",
    primary="ansi_red",
    accent="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    ansi=True,
    variables=dict.fromkeys((*DARK, "ansi-background"), "ansi_default"),
)
ALL_THEMES = BUILTIN_THEMES | {theme.name: theme for theme in (*THEMES, TERMINAL)}
"""Textual's own and ours, by name."""


READABLE = 4.5
"""The contrast that text needs (WCAG 2, AA)."""


def contrast(one: Color, other: Color) -> float:
    """Return how far apart two colours are, from 1 to 21, as WCAG 2 counts it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tokens(variables: dict[str, str]) -> dict[str, str]:
    """Return our colour names made of those that every theme of Textual's has.

    What is written in them is moved towards the ink until it can be read.
    """
    if variables["foreground"].startswith("ansi_"):
        return dict.fromkeys(DARK, "ansi_default")
    ink, paper = Color.parse(variables["foreground"]), Color.parse(variables["background"])
    band = Color.parse(variables["surface"])

    def mixed(share: float) -> str:
        return paper.blend(ink, share, alpha=1.0).hex6

    def readable(colour: Color, least: float = 0.0, most: float = 1.0) -> float:
        shares = [least + (most - least) * step / 20 for step in range(21)]
        enough = (
            share
            for share in shares
            if contrast(colour.blend(ink, share, alpha=1.0), paper) >= READABLE
        )
        return next(enough, most)

    def inked(name: str) -> str:
        colour = Color.parse(variables[name])
        return colour.blend(ink, readable(colour), alpha=1.0).hex6

    quiet = readable(paper, 0.6, 0.88)
    soft = readable(paper, max(0.78, quiet + 0.08), 0.96)

    return {
        "paper": paper.hex6,
        "band": (paper.blend(ink, 0.04, alpha=1.0) if band == paper else band).hex6,
        "wash": mixed(0.14),
        "wash-off": mixed(0.08),
        "ink": ink.hex6,
        "soft": mixed(soft),
        "quiet": mixed(quiet),
        "accent": inked("accent"),
        "warn": inked("warning"),
        "thumb": mixed(0.45),
        "rule": mixed(0.2),
    }
