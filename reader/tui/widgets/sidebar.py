"""The sidebar: views, topics as a tree, and providers, each with its count."""

from typing import ClassVar

from textual.binding import BindingType
from textual.strip import Strip

from reader.tally import Entry
from reader.tui.commands import bindings
from reader.tui.render.lines import compose
from reader.tui.render.rows import Look, sidebar_line
from reader.tui.widgets.line_list import LineList
from reader.views import View

SECTIONS = {
    "saved": "Saved filters",
    "mute": "Mute rules",
    "topic": "Topics",
    "provider": "Providers",
}


class Sidebar(LineList):
    """Entries with blank lines and names between the sections; topics can be folded."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("rows", "sidebar")

    class Moved(LineList.Moved):
        """The cursor stands on another view."""

    class Chosen(LineList.Chosen):
        """A view was chosen: its list is wanted."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._entries: tuple[Entry, ...] = ()
        self._lines: list[Entry | str] = []
        self._folded: set[str] = set()

    @property
    def row_count(self) -> int:
        """How many lines there are, with the names of the sections."""
        return len(self._lines)

    @property
    def view(self) -> View | None:
        """The view that the cursor stands on."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else ""
        return line.view if isinstance(line, Entry) else None

    def show(self, entries: tuple[Entry, ...], view: View) -> None:
        """Show entries with the cursor on a view; its parents are unfolded where they hide it.

        On what is no list, such as the feeds, a cursor stays that the keys move.
        """
        if self.has_focus and self.view is not None and self.view.kind == "feeds":
            view = self.view
        if entries == self._entries and view == self.view:
            return
        self._entries = entries
        self._fill()
        row = self._row_of(view)
        if row is None and self._folded:
            self._folded.clear()
            self._fill()
            row = self._row_of(view)
        self.refit()
        if row is not None:
            self.move_to(row, quiet=True)

    def can_select(self, row: int) -> bool:
        """Blank lines and names of sections are passed by."""
        return isinstance(self._lines[row], Entry)

    def draw_row(self, row: int) -> list[Strip]:
        """Return the one line of an entry or a section's name."""
        line, style = self._lines[row], self.palette.style
        if isinstance(line, str):
            return [compose(self.size.width, style("ink"), [(2, line, style("quiet"))])]
        look = Look(self.palette, self.clock, row == self.cursor, self.active)
        folded = line.view.name in self._folded
        tree = line.view.kind == "topic" and self._has_tree
        return [sidebar_line(line, self.size.width, look, tree=tree, folded=folded)]

    def action_fold(self) -> None:
        """Fold the topic of the cursor, or its parent, or unfold it again."""
        view = self.view
        if view is None or view.kind != "topic":
            return
        name = self._parent_of(self.cursor)
        self._folded ^= {name}
        self._fill()
        self.refit()
        row = self._row_of(View("topic", name))
        if row is not None:
            self.move_to(row)

    @property
    def _has_tree(self) -> bool:
        return any(entry.parent for entry in self._entries)

    def _parent_of(self, row: int) -> str:
        entry = self._lines[row]
        assert isinstance(entry, Entry)  # noqa: S101 - the cursor stands on entries only
        depth = entry.depth
        while not entry.parent and depth and row > 0:
            row -= 1
            above = self._lines[row]
            if isinstance(above, Entry) and above.depth < depth:
                entry = above
                break
        return entry.view.name

    def _fill(self) -> None:
        self._lines, section, hidden_below = [], "", None
        for entry in self._entries:
            if (kind := SECTIONS.get(entry.view.kind, "")) != section:
                section, hidden_below = kind, None
                self._lines += ["", section]
            if kind == "Topics" and hidden_below is not None and entry.depth > hidden_below:
                continue
            hidden_below = entry.depth if entry.view.name in self._folded else None
            self._lines.append(entry)

    def _row_of(self, view: View) -> int | None:
        for row, line in enumerate(self._lines):
            if isinstance(line, Entry) and line.view == view:
                return row
        return None
