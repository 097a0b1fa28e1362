"""The way through the stories: where one came from, and where `]` goes next. Pure."""

from dataclasses import dataclass, field

from reader.pages import Page
from reader.views import View


@dataclass(frozen=True, slots=True)
class Walk:
    """The related items of one page being walked through; step 0 is the page itself."""

    start: Page
    step: int = 0

    def moved(self, by: int) -> "Walk | None":
        """Return the walk one step on, None where nothing more is related."""
        step = self.step + by
        return Walk(self.start, step) if 0 <= step <= len(self.start.near) else None


@dataclass(frozen=True, slots=True)
class Place:
    """All that is needed to be back: view, order, filter, rows, scrolling, and the page."""

    view: View
    order: str
    text: str
    page: Page | None
    page_top: int
    cursor_id: str | None
    list_top: int
    unfolded: frozenset[str]
    walk: Walk | None
    crumbs: tuple[Page, ...]
    row_height: int = 1
    turned: frozenset[str] = frozenset()


@dataclass(slots=True)
class Trail:
    """Places left behind and places come back from, like a browser's history."""

    behind: list[Place] = field(default_factory=list)
    ahead: list[Place] = field(default_factory=list)

    def leave(self, place: Place) -> None:
        """Go somewhere new from a place; what was ahead is gone."""
        self.behind.append(place)
        self.ahead.clear()

    def back(self, here: Place) -> Place | None:
        """Return the place before this one, None at the beginning."""
        return self._swap(self.behind, self.ahead, here)

    def forward(self, here: Place) -> Place | None:
        """Return the place that was come back from, None at the end."""
        return self._swap(self.ahead, self.behind, here)

    def _swap(self, source: list[Place], target: list[Place], here: Place) -> Place | None:
        if not source:
            return None
        target.append(here)
        return source.pop()
