"""A row of the article list and a line of the sidebar, as strips."""

from datetime import datetime, tzinfo
from itertools import cycle
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from reader.dates import age
from reader.listing import Row
from reader.tally import Entry
from reader.text import is_rtl
from reader.tui.render.cells import cut, wrap
from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Glyphs, Palette

TITLE_COLUMN = 8
INSIDE = 5
WIDE_TITLE = 64
TALL_SCREEN = 36
PROVIDER_WORTH = 5
MIN_PROVIDER = 4
MIN_LABEL = 6
NEW_WORTH = 6
STATE_WORTH = 7
KEPT_WORTH = 8


class RowShape(NamedTuple):
    """How tall every row of a list is: title lines, one line below, and a blank on tall screens."""

    width: int
    title_lines: int
    blank: int

    @property
    def height(self) -> int:
        """Lines a row."""
        return self.title_lines + 1 + self.blank

    @classmethod
    def of(cls, width: int, screen_height: int) -> "RowShape":
        """Return the shape for a list of `width` cells (without its scrollbar)."""
        lines = 1 if width - TITLE_COLUMN - 2 >= WIDE_TITLE else 2
        return cls(width, lines, 1 if screen_height >= TALL_SCREEN else 0)


UNDERLINED = Style(underline=True)


class Clock(NamedTuple):
    """What time it is: ages are counted to `now`, in `zone` (None is the local one)."""

    now: datetime
    zone: tzinfo | None = None


class Look(NamedTuple):
    """What a row is drawn with besides itself."""

    palette: Palette
    clock: Clock
    selected: bool = False
    focused: bool = False

    @property
    def background(self) -> str:
        """The token that lies under the text."""
        return ("wash" if self.focused else "wash-off") if self.selected else "paper"


def article_row(row: Row, shape: RowShape, look: Look) -> list[Strip]:
    """Return the strips of one row of the article list, from top to bottom."""
    column = TITLE_COLUMN + (INSIDE if row.inside else 0)
    texts = _texts(row, shape, look, room=shape.width - column - 2)
    fill = look.palette.style("ink", look.background)
    strips = []
    for number, text in enumerate(texts):
        left = _left_of_text(row, look, first=number == 0, last=number == len(texts) - 1)
        marked = _marked((column, *text), row)
        strips.append(compose(shape.width, fill, [*left, *marked]))
    rule = (INSIDE, look.palette.glyphs.track, look.palette.style("rule"))
    below = [rule] if row.inside and not row.last_inside else []
    empty = compose(shape.width, look.palette.style("ink"), below)
    return strips + [empty] * (shape.height - len(strips))


def _texts(row: Row, shape: RowShape, look: Look, room: int) -> list[tuple[str, Style]]:
    """Return what stands at the title's column: the title's lines, then one line below."""
    palette, on, glyphs = look.palette, look.background, look.palette.glyphs
    if row.article.problem:
        sentence = wrap(row.article.problem, room, shape.title_lines, glyphs.cut)
        name = cut(row.article.title, room, glyphs.cut)
        warn = palette.style("warn", on)
        return [(name, palette.style("ink", on)), *((line, warn) for line in sentence)]
    bold = row.unread and not _is_covered(row)
    style = palette.style("ink" if bold else "soft", on, bold=bold)
    if look.selected:
        style = palette.selected_title(on, bold=bold)
    titles = wrap(row.article.title, room, shape.title_lines, glyphs.cut)
    meta = fit_meta(meta_parts(row, look.clock), room, glyphs)
    below = palette.style("soft" if look.selected else "quiet", on)
    return [*((title, style) for title in titles), (meta, below)]


def _marked(piece: Piece, row: Row) -> list[Piece]:
    """Part a piece of text where it holds what was looked for, and underline that."""
    if not row.needles:
        return [piece]
    from reader.search import spans

    column, text, style = piece
    ends = [0, *(end for span in spans(text, row.needles) for end in span), len(text)]
    parts = zip(ends, ends[1:], cycle((style, style + UNDERLINED)))
    return [(column, text[start:end], look) for start, end, look in parts if start < end]


def _left_of_text(row: Row, look: Look, *, first: bool, last: bool) -> list[Piece]:
    """Return bar, mark, figure and fold mark, in the order of their columns."""
    palette, on, glyphs = look.palette, look.background, look.palette.glyphs
    quiet = palette.style("soft" if look.selected else "quiet", on)
    pieces: list[Piece] = []
    if look.selected:
        pieces.append((0, glyphs.here, palette.style("accent" if look.focused else "quiet", on)))
    if first and (mark := _mark(row, glyphs)):
        token = "warn" if row.article.problem else "accent"
        pieces.append((1, mark, palette.style(token, on)))
    elif last and row.status.starred:
        pieces.append((1, glyphs.starred, palette.style("accent", on)))
    figure = row.placed.number if row.placed else row.article.quality
    if first and figure is not None and not row.inside:
        pieces.append((2, f"{figure:>4}"[-4:], quiet))
    if row.inside:
        pieces.append((INSIDE, glyphs.track, palette.style("rule", on)))
        if first and row.article.quality is not None:
            pieces.append((2 + INSIDE, f"{row.article.quality:>4}"[-4:], quiet))
    elif last and row.story:
        pieces.append((INSIDE, glyphs.unfolded if row.unfolded else glyphs.folded, quiet))
    return pieces


def _mark(row: Row, glyphs: Glyphs) -> str | None:
    if row.article.problem:
        return glyphs.problem
    if not row.unread:
        return None
    return glyphs.covered if _is_covered(row) else glyphs.unread


def _is_covered(row: Row) -> bool:
    """Whether a row stands for an article that another one tells better, and not for a story."""
    if row.story or row.inside:
        return False
    return row.covered_by is not None or bool(row.article.covered)


class Part(NamedTuple):
    """A piece of a line below a title; those of higher `worth` stay longer, `short` comes first."""

    text: str
    worth: int
    short: str = ""


def meta_parts(row: Row, clock: Clock) -> list[Part]:
    """Return what is said of an article under its title: provider, age, company and marks."""
    article, status, story = row.article, row.status, row.story
    parts = [Part(article.provider, PROVIDER_WORTH)] if article.provider else []
    if article.published_at:
        parts.append(Part(age(article.published_at, clock.now, clock.zone), KEPT_WORTH))
    if row.new:
        parts.append(Part(f"{row.new} new in a story that you read", NEW_WORTH, f"{row.new} new"))
    if story:
        parts.append(Part(f"{story.articles} articles", 4))
        if story.providers > 1:
            parts.append(Part(f"{story.providers} providers", 3))
    elif row.covered_by and not row.inside:
        parts.append(Part(f"covered by {row.covered_by}", 4, short="covered"))
    elif _is_covered(row):
        parts.append(Part("covered", STATE_WORTH))
    if row.related and not (story or row.inside or row.placed):
        parts.append(Part(f"{row.related} related", 2))
    parts += [Part("video", KEPT_WORTH)] if article.is_video else []
    parts += [Part("dismissed", STATE_WORTH)] if status.dismissed else []
    parts += [Part(article.hidden, STATE_WORTH)] if article.hidden else []
    muted = f"muted by {row.muted_by.name}" if row.muted_by else ""
    parts += [Part(muted, STATE_WORTH, short="muted")] if muted else []
    parts += [Part(f"{row.placed.minutes} min", KEPT_WORTH)] if row.placed else []
    return sorted(parts, key=lambda part: is_rtl(part.text))


def fit_meta(parts: list[Part], room: int, glyphs: Glyphs) -> str:
    """Join parts into one line of `room` cells, leaving out the least worth first.

    The provider's name is cut before it is left out; what is left is cut as a whole.
    """
    between = f" {glyphs.between} "
    parts = [part._replace(text=cut(part.text, room, glyphs.cut)) for part in parts]
    while (over := cell_len(between.join([part.text for part in parts])) - room) > 0:
        place = min(range(len(parts)), key=lambda index: parts[index].worth)
        least = parts[place]
        if len(parts) == 1 or least.worth == KEPT_WORTH:
            break
        parts[place : place + 1] = _shorter(least, cell_len(least.text) - over, glyphs)
    return cut(between.join([part.text for part in parts]), room, glyphs.cut)


def _shorter(part: Part, room: int, glyphs: Glyphs) -> list[Part]:
    """Return what takes the place of a part that is too long: a short form, or nothing."""
    if part.worth == PROVIDER_WORTH and room >= MIN_PROVIDER:
        return [Part(cut(part.text, room, glyphs.cut), KEPT_WORTH)]
    return [Part(part.short, STATE_WORTH)] if part.short else []


def sidebar_line(
    entry: Entry, width: int, look: Look, *, tree: bool, folded: bool = False
) -> Strip:
    """Return one line of the sidebar; `tree` leaves room for fold marks."""
    palette, on, glyphs = look.palette, look.background, look.palette.glyphs
    figure = entry.progress or (f"{entry.count:,}" if entry.count else "")
    end = width - 2 - (len(figure) + 1 if figure else 0)
    indent = max(min(2 + 2 * entry.depth, end - MIN_LABEL - 2), 2)
    column = indent + 2 if tree else 2
    room = end - column
    is_failing = entry.view.kind == "feeds" and entry.progress
    is_wrong = entry.view.kind == "problems" or entry.progress == "!" or is_failing
    token = "warn" if is_wrong else "soft" if entry.count else "quiet"
    style = palette.style(token, on)
    if look.selected:
        style = palette.style("ink", on, bold=True)
    pieces: list[Piece] = []
    if look.selected:
        pieces.append((0, glyphs.here, palette.style("accent" if look.focused else "quiet", on)))
    if tree and entry.parent:
        fold = glyphs.folded if folded else glyphs.unfolded
        pieces.append((indent, fold, palette.style("quiet", on)))
    pieces.append((column, cut(entry.label, room, glyphs.cut), style))
    if figure:
        count = palette.style("ink" if look.selected else "quiet", on)
        pieces.append((width - 2 - len(figure), figure, count))
    return compose(width, palette.style("ink", on), pieces)
