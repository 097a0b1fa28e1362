"""The scrollbar that runs in the rule between two panes."""

from collections.abc import Callable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment, Segments
from rich.style import Style

from reader.tui.render.palette import Palette

GRAB = Style(meta={"@mouse.down": "grab"})
UP = Style(meta={"@mouse.down": "scroll_up"})
DOWN = Style(meta={"@mouse.down": "scroll_down"})


class RuleBar:
    """Draws a rule with a heavier thumb; at the screen's edge (`edge`) only the thumb."""

    def __init__(self, palette: Palette, *, edge: bool, **bar: object) -> None:
        self.palette, self.edge = palette, edge
        self.virtual = float(bar.get("virtual_size") or 0)  # type: ignore[arg-type]  # numbers
        self.window = float(bar.get("window_size") or 0)  # type: ignore[arg-type]  # numbers
        self.position = float(bar.get("position") or 0)  # type: ignore[arg-type]  # numbers

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        height = options.height or console.height
        glyphs, style = self.palette.glyphs, self.palette.style
        start, end = self.thumb(height)
        track = " " if self.edge else glyphs.track
        above = Segment(track, style("rule") + UP)
        below = Segment(track, style("rule") + DOWN)
        thumb = Segment(glyphs.thumb, style("thumb") + GRAB)
        bar = [above] * start + [thumb] * (end - start) + [below] * (height - end)
        yield Segments(bar, new_lines=True)

    def thumb(self, height: int) -> tuple[int, int]:
        """Return where the thumb begins and ends; the same twice where all is in view."""
        if self.virtual <= self.window or not self.window:
            return 0, 0
        size = max(1, round(height * self.window / self.virtual))
        start = round((height - size) * min(self.position / (self.virtual - self.window), 1))
        return start, start + size


def rule_bar(palette: Callable[[], Palette], edge: Callable[[], bool]) -> Callable[..., RuleBar]:
    """Return what Textual calls to draw a scrollbar; colours and place are asked for each time."""
    return lambda **bar: RuleBar(palette(), edge=edge(), **bar)
