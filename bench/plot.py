"""A plot of the starts over the number of articles, both logarithmic."""

from collections.abc import Sequence
from html import escape
from math import log10

from bench.figures import Figure
from bench.programs import EMPTY, OURS

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 64, 210, 44, 48
LINES = (
    (OURS, "warm: list painted", "#b3261e"),
    (OURS, "warm: all counted", "#e07a3f"),
    (OURS, "cold: first rows", "#2f6f9f"),
    (OURS, "cold: all counted", "#6fa8cf"),
    (EMPTY, "painted", "#6b6b6b"),
    ("newsboat, one feed", "painted", "#4a8f4a"),
    ("newsboat, 200 feeds", "painted", "#9bbf4a"),
    ("newsraft, one feed", "painted", "#8a5fb0"),
)
STYLE = "font-family:sans-serif;font-size:12px;fill:#333"

Line = tuple[str, str, list[tuple[int, float]]]


def plot(figures: Sequence[Figure]) -> str:
    """Return an SVG; empty where there is nothing to plot."""
    lines = [line for line in (_line(figures, *each) for each in LINES) if line[2]]
    if not lines:
        return ""
    sizes = sorted({size for _, _, points in lines for size, _ in points})
    times = [seconds for _, _, points in lines for _, seconds in points]
    scale = _Scale(sizes, times)
    parts = [_frame(scale, sizes)]
    labels = sorted(lines, key=lambda line: -line[2][-1][1])
    below: float = TOP
    for name, colour, points in labels:
        spots = [(scale.x(size), scale.y(seconds)) for size, seconds in points]
        below = max(spots[-1][1] + 4, below + 16)
        parts.append(_curve(name, colour, spots, below))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n{"".join(parts)}</svg>\n'
    )


def _line(figures: Sequence[Figure], side: str, name: str, colour: str) -> Line:
    found = {f.size: f.median for f in figures if (f.side, f.name) == (side, name) and f.values}
    label = name if side == OURS else side
    return label, colour, sorted(found.items())


class _Scale:
    """Places of sizes and seconds; each tick is twice the one below."""

    def __init__(self, sizes: Sequence[int], times: Sequence[float]) -> None:
        self._first, self._span = log10(sizes[0]), max(log10(sizes[-1] / sizes[0]), 1e-9)
        least, most = min(0.1, *times), max(times)
        self.ticks = [0.1 * 2**n for n in range(-4, 12) if least / 2 < 0.1 * 2**n < 2 * most]
        self._least, self._most = log10(min(least, self.ticks[0])), log10(self.ticks[-1])

    def x(self, size: float) -> float:
        share = (log10(size) - self._first) / self._span
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, seconds: float) -> float:
        share = (log10(seconds) - self._least) / (self._most - self._least)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _frame(scale: _Scale, sizes: Sequence[int]) -> str:
    end = WIDTH - RIGHT
    parts = [
        f'<text x="{LEFT}" y="22" style="{STYLE};font-weight:bold">Seconds after the start</text>\n'
    ]
    for seconds in scale.ticks:
        y = scale.y(seconds)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{end}" stroke="#ddd"/>\n')
        parts.append(_text(LEFT - 8, y + 4, f"{seconds:g}", "end"))
    under = HEIGHT - BOTTOM + 20
    parts += [_text(scale.x(size), under, f"{size:,}", "middle") for size in sizes]
    parts.append(_text((LEFT + end) / 2, HEIGHT - 10, "articles", "middle"))
    return "".join(parts)


def _curve(name: str, colour: str, spots: list[tuple[float, float]], below: float) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots)
    line = f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}\n'
    return line + _text(WIDTH - RIGHT + 12, below, name, "start", colour)


def _text(x: float, y: float, words: str, anchor: str, colour: str = "#333") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} style="{STYLE};fill:{colour}">{escape(words)}</text>\n'
