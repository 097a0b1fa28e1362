"""What the figures are to reach, and whether they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from bench.figures import Figure
from bench.programs import EMPTY, OURS

FEW, SOME, LONG_LISTS, MANY = 1_000, 10_000, 5_000, 100_000
WARM, COLD = "warm: list painted", "cold: first rows"
LONG, LONG_PLAIN = "long lists: all counted", "long lists: all parsed"
STARTS = (WARM, "warm: all counted", COLD, "cold: all counted", "painted")
KEYS = ("j: first frame", "j held*", "ctrl+d: first frame", "G: first frame")
KEYS_WHOLE = ("gg: last frame", "order: last frame", "topic: last frame")


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that a statistic of a figure may be.

    `ratio` is to the empty application (or CSafeLoader) and `newsboat` to newsboat with one feed,
    both of the same run; `growth` is from a tenth of the articles.
    """

    name: str
    size: int
    of: str
    most: float

    def __str__(self) -> str:
        """Say it as short as a table needs it."""
        if self.of in ("ratio", "growth", "newsboat"):
            return f"{self.of} {self.most:g}x"
        amount = f"{self.most / 1e6:g} MB" if self.most > MANY else f"{self.most:g} s"
        return f"{self.of} {amount}"


GOALS = (
    Goal(WARM, FEW, "ratio", 1.3),
    Goal(WARM, MANY, "ratio", 1.3),
    Goal(WARM, MANY, "newsboat", 1.0),
    Goal(WARM, MANY, "growth", 1.3),
    Goal("warm: all counted", MANY, "median", 1.0),
    Goal("warm: all counted", MANY, "growth", 10),
    Goal(COLD, MANY, "ratio", 1.5),
    Goal("cold: all counted", MANY, "median", 8.0),
    Goal("cold: all counted", MANY, "growth", 10),
    Goal("one change: shown", MANY, "growth", 10),
    *(Goal(name, MANY, "median", 0.010) for name in KEYS + KEYS_WHOLE),
    *(Goal(name, MANY, "p95", 0.025) for name in KEYS + KEYS_WHOLE),
    Goal("search: last frame", MANY, "p95", 0.030),
    Goal("stall: *", MANY, "most", 0.100),
    Goal("*files change: all in", MANY, "median", 1.0),
    Goal("memory (PSS)", MANY, "median", 200e6),
    Goal("list --json | head -1", MANY, "median", 0.35),
    Goal(LONG, LONG_LISTS, "ratio", 0.125),
)


def goals_of(figure: Figure) -> list[Goal]:
    """Return what a figure is to reach."""
    return [
        goal
        for goal in GOALS
        if figure.side == OURS and goal.size == figure.size and fnmatchcase(figure.name, goal.name)
    ]


def is_reached(goal: Goal, figure: Figure, figures: Sequence[Figure]) -> bool | None:
    """Whether a figure reaches its goal; None where that cannot be known."""
    value: float | None
    match goal.of:
        case "ratio":
            value = ratio(figure, figures)
        case "growth":
            value = growth(figure, figures)
        case "newsboat":
            value = _share(figure, _find(figures, "painted", figure.size, "newsboat, one feed"))
        case _:
            value = getattr(figure, goal.of) if figure.values else None
    return None if value is None else value <= goal.most


def ratio(figure: Figure, figures: Sequence[Figure]) -> float | None:
    """Return how many times as much it is as the empty application, or as CSafeLoader."""
    if figure.name == LONG:
        return _share(figure, _find(figures, LONG_PLAIN, figure.size, "CSafeLoader"))
    if figure.side == EMPTY or (figure.unit == "s" and figure.name not in STARTS):
        return None
    name = figure.name if figure.unit == "B" else "painted"
    return _share(figure, _find(figures, name, figure.size, EMPTY))


def growth(figure: Figure, figures: Sequence[Figure]) -> float | None:
    """Return how many times as much it is as with a tenth of the articles."""
    return _share(figure, _find(figures, figure.name, figure.size // 10, figure.side))


def _share(figure: Figure, base: Figure | None) -> float | None:
    return figure.median / base.median if figure.values and base else None


def _find(figures: Sequence[Figure], name: str, size: int, side: str) -> Figure | None:
    for figure in figures:
        if (figure.name, figure.size, figure.side) == (name, size, side) and figure.values:
            return figure
    return None
