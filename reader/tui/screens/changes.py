"""What changed from one version of an article to the next."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from reader.changes import Run
from reader.dates import short_time
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable
from reader.model import Article
from reader.text import one_line
from reader.tui.render.changes import change_lines
from reader.tui.render.lines import Piece
from reader.tui.screens.leaf import Leaf, LeafText
from reader.tui.widgets.heading import Heading
from reader.tui.widgets.status_line import Hint

Changes = Mapping[str, Sequence[Run]]


class ChangesText(LeafText):
    """The changes, or why they cannot be told; nothing while they are being found."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Changes | str | None = None

    def tell(self, found: Changes | str | None) -> None:
        """Show other changes, from their beginning."""
        self._found = found
        self.on_resize()
        self.scroll_to_line(0)

    def lines(self) -> list[list[Piece]]:
        """Return the lines for the width as it is."""
        if self._found is None:
            return []
        if isinstance(self._found, str):
            return [[], [(2, self._found, self.palette.style("warn"))]]
        return [[], *change_lines(self._found, self.palette, self.size.width)]


class ChangesScreen(Leaf):
    """The changes between two versions, the last ones first; keys step to those before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("[,h,left", "step(-1)", "earlier", show=False),
        Binding("],l,right", "step(1)", "later", show=False),
        Binding("D", "dismiss", "close", show=False),
    ]

    def __init__(
        self, versions: Sequence[Article], compare: Callable[[Article, Article], Changes]
    ) -> None:
        """Take the versions, the oldest first, and what compares two; it may take a second."""
        self._changes = ChangesText()
        super().__init__("What changed", "", self._changes)
        self._versions, self._compare, self._at = versions, compare, len(versions) - 1

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys, with those that step where there is something to step to."""
        steps = (Hint("[ ]", "earlier, later"),) if len(self._versions) > 2 else ()
        return (*steps, *super().hints)

    def on_mount(self) -> None:
        """Tell what changed last."""
        self.action_step(0)

    def action_step(self, by: int) -> None:
        """Tell of the changes before or after these, if there are any."""
        at = min(max(self._at + by, 1), len(self._versions) - 1)
        if at != self._at or not by:
            self._at = at
            self.query_one(Heading).states = self._states()
            self._changes.tell(None)
            self._find(*self._versions[at - 1 : at + 1])

    def _states(self) -> tuple[str, ...]:
        """Return the times of both versions, and which of the changes these are."""
        path = self._changes.palette.glyphs.path
        times = [
            short_time(when, self._changes.clock.zone)
            for one in self._versions[self._at - 1 : self._at + 1]
            if (when := one.updated_at or one.published_at)
        ]
        count = len(self._versions) - 1
        place = f"{self._at} of {count}" if count > 1 else ""
        span = f" {path} ".join(dict.fromkeys(times))
        return (
            f" {self._changes.palette.glyphs.between} ".join(filter(None, (span, place))),
            place,
        )

    @work(thread=True, exclusive=True, group="changes")
    def _find(self, before: Article, after: Article) -> None:
        found: Changes | str
        try:
            found = self._compare(before, after)
        except (Unreadable, FrontMatterError) as error:
            found = one_line(error)
        self.app.call_from_thread(self._tell, after, found)

    def _tell(self, after: Article, found: Changes | str) -> None:
        if after is self._versions[self._at]:
            self._changes.tell(found)
