"""The colours by their names in the design, as Rich styles, and the glyphs by their meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from rich.color import Color
from rich.style import Style

TOKENS = (
    "paper", "band", "wash", "wash-off", "ink", "soft", "quiet", "accent", "warn", "thumb", "rule",
)  # fmt: skip


class Glyphs(NamedTuple):
    """The marks of the screen; every one is a single cell wide."""

    unread: str = "•"
    covered: str = "·"
    starred: str = "✶"
    folded: str = "▸"
    unfolded: str = "▾"
    problem: str = "!"
    cut: str = "…"
    between: str = "·"
    path: str = "›"
    back: str = "‹"
    rule: str = "─"
    focus_rule: str = "━"
    track: str = "│"
    thumb: str = "┃"
    here: str = "▌"
    end: str = "■"
    above: str = "↑"


UNICODE = Glyphs()
ASCII = Glyphs(*"o.*+-!~-><-=|#>#^")


@dataclass(frozen=True, eq=False)
class Palette:
    """Styles by token. Without colours of our own (`ansi`), quiet is dim and a wash reversed."""

    colours: Mapping[str, str]
    ansi: bool = False
    glyphs: Glyphs = UNICODE

    @lru_cache(maxsize=512)  # noqa: B019 - a palette lives as long as its theme
    def style(self, token: str, on: str = "paper", *, bold: bool = False) -> Style:
        """Return the style of a token's text on a background token."""
        if self.ansi:
            return self._terminal_style(token, on, bold=bold)
        return Style(color=self.colours[token], bgcolor=self.colours[on], bold=bold or None)

    def _terminal_style(self, token: str, on: str, *, bold: bool) -> Style:
        colour = {"accent": "red", "warn": "yellow"}.get(token)
        dim = token in ("quiet", "rule", "thumb") and not on.startswith("wash")
        return Style(color=colour, dim=dim or None, bold=bold or None)

    def selected_title(self, on: str, *, bold: bool) -> Style:
        """Return the style of a selected title: reversed where there is no wash to show it."""
        if self.ansi:
            return Style(bold=bold or None, reverse=on == "wash" or None)
        return self.style("ink" if bold else "soft", on, bold=bold)


def palette_of(variables: Mapping[str, str], *, ansi: bool, glyphs: Glyphs) -> Palette:
    """Return the palette of a theme from its CSS variables."""
    colours = {} if ansi else {name: _opaque(variables[name]) for name in TOKENS}
    return Palette(MappingProxyType(colours), ansi, glyphs)


def _opaque(value: str) -> str:
    return Color.parse(value).get_truecolor().hex
