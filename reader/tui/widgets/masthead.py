"""The line at the top: the program's name, the library, and what is in it."""

from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip

from reader.tally import Counts
from reader.tui.render.cells import cut
from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Palette
from reader.tui.widgets.drawn import Drawn

BAR = 16
NOT_WRITTEN = "marks are not written"


class Masthead(Drawn):
    """Counts at the right; zeros are not shown, and hidden or broken files never left out."""

    DEFAULT_CSS = """
    Masthead { height: 1; }
    """

    library_name: reactive[str] = reactive("")
    """The name of the folder that is open."""

    counts: reactive[Counts] = reactive(Counts())
    """What became of the files."""

    stories: reactive[int] = reactive(0)
    """How many stories the articles tell."""

    progress: reactive[tuple[int, int] | None] = reactive(None)
    """Files read and files to read, None when all is loaded."""

    trouble: reactive[str | None] = reactive(None)
    """Why marks cannot be written."""

    def render_line(self, y: int) -> Strip:
        """Draw the one line."""
        palette = self.palette
        style, width = palette.style, self.size.width
        right = self._right(palette, width - 2 - 2 - 13)
        used = sum(cell_len(text) for text, _ in right)
        room = width - 4 - 13 - used - 2
        name = cut(self.library_name, room, palette.glyphs.cut) if room > 3 else ""
        pieces: list[Piece] = [
            (2, "Broadsheet", style("accent", "band", bold=True)),
            (15, name, style("soft", "band")),
        ]
        column = width - 2 - used
        for text, token in right:
            pieces.append((column, text, style(token, "band")))
            column += cell_len(text)
        return compose(width, style("ink", "band"), pieces)

    def _right(self, palette: Palette, room: int) -> list[tuple[str, str]]:
        parts = self._parts()
        between = f" {palette.glyphs.between} "
        while sum(len(text) + 3 for text, _, _ in parts) - 3 > room:
            spare = next((part for part in parts if part[2]), None)
            if spare is None:
                break
            parts.remove(spare)
        pieces = self._bar(palette) if self.progress else []
        for number, (text, token, _) in enumerate(parts):
            pieces += [(between, "quiet")] if number else []
            pieces.append((text, token))
        return pieces

    def _parts(self) -> list[tuple[str, str, bool]]:
        """Return text, token, and whether it may be left out; what goes first stands last."""
        counts = self.counts
        named = [
            (counts.hidden, "hidden", "quiet"),
            (counts.passed_over - counts.used, "passed over", "quiet"),
            (counts.problems, "problem" if counts.problems == 1 else "problems", "warn"),
        ]
        rest = [(f"{count:,} {name}", token, False) for count, name, token in named if count]
        if self.trouble:
            rest.append((NOT_WRITTEN, "warn", False))
        if self.progress:
            read, files = self.progress
            done = f"{read:,} of {files:,} files" if files else "reading the folder"
            return [(done, "soft", False), *rest]
        articles = f"{counts.articles:,} article{'' if counts.articles == 1 else 's'}"
        first = [(articles, "quiet", False)]
        if self.stories:
            stories = f"{self.stories:,} stor{'y' if self.stories == 1 else 'ies'}"
            first.append((stories, "quiet", True))
        return first + rest

    def _bar(self, palette: Palette) -> list[tuple[str, str]]:
        read, files = self.progress or (0, 1)
        done = BAR * read // max(files, 1)
        glyphs = palette.glyphs
        return [(glyphs.focus_rule * done, "accent"), (glyphs.rule * (BAR - done) + "  ", "rule")]
