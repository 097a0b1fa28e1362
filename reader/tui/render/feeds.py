"""The feeds as lines: one each, in columns that give way on narrow screens, and what is known."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from reader.dates import age, short_date
from reader.feed_tally import FeedLine
from reader.tui.render.cells import cut, wrap
from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Glyphs
from reader.tui.render.rows import Clock, Look

MARK, NAME, END = 2, 4, 2
"""Columns of the mark and the name, and blank cells at the right."""

BETWEEN = 2
LABEL = 12
"""Cells of the labels of what is known of a feed."""

HEADS = ("unread", "latest", "a week", "next")


class Columns(NamedTuple):
    """Cells of each column; 0 where there is no room for it. The first and last begin at left."""

    name: int
    unread: int
    latest: int
    week: int
    next: int
    health: int

    @classmethod
    def of(cls, width: int) -> "Columns":
        """Return the columns for a screen of some cells."""
        name = max(min(width // 4, 44), 22)
        figures = (6, 11, 6 if width >= 120 else 0, 10 if width >= 100 else 0)
        used = NAME + name + sum(cells + BETWEEN for cells in figures if cells) + END
        return cls(name, *figures, max(width - used - BETWEEN - 1, 0))

    def place(self, texts: Iterable[str], styles: Iterable[Style], glyphs: Glyphs) -> list[Piece]:
        """Return the pieces of a line: name, four figures at the right of theirs, health."""
        name, *figures, health = texts
        first, *others, last = styles
        pieces, end = [(NAME, cut(name, self.name, glyphs.cut), first)], NAME + self.name
        for text, style, cells in zip(figures, others, self[1:5], strict=True):
            if cells:
                end += BETWEEN + cells
                pieces.append((end - cell_len(text), text, style))
        pieces.append((end + BETWEEN + 1, cut(health, self.health, glyphs.cut), last))
        return pieces


def head_line(width: int, look: Look) -> Strip:
    """Return the line with the names of the columns."""
    quiet, columns = look.palette.style("quiet"), Columns.of(width)
    texts = ("feed", *HEADS, "health")
    return compose(width, quiet, columns.place(texts, [quiet] * 6, look.palette.glyphs))


def folder_line(names: str, width: int, look: Look) -> Strip:
    """Return the line with the name of a folder of feeds."""
    palette = look.palette
    name = cut(names, width - MARK - END, palette.glyphs.cut)
    return compose(width, palette.style("ink"), [(MARK, name, palette.style("soft"))])


def feed_line(line: FeedLine, width: int, look: Look, *, asked: bool = False) -> Strip:
    """Return the line of a feed; `asked` says that it is being asked now."""
    palette, on, glyphs = look.palette, look.background, look.palette.glyphs
    texts = (
        line.name,
        f"{line.unread:,}" if line.unread else "",
        age(line.newest, look.clock.now, look.clock.zone) if line.newest else "",
        line.rate,
        "fetching" if asked else line.next_asked(look.clock.now),
        line.health,
    )
    pieces: list[Piece] = []
    if look.selected:
        pieces.append((0, glyphs.here, palette.style("accent" if look.focused else "quiet", on)))
    if line.failing:
        pieces.append((MARK, glyphs.problem, palette.style("warn", on)))
    elif line.unread:
        pieces.append((MARK, glyphs.unread, palette.style("accent", on)))
    pieces += Columns.of(width).place(texts, _feed_styles(line, look, asked=asked), glyphs)
    return compose(width, palette.style("ink", on), pieces)


def _feed_styles(line: FeedLine, look: Look, *, asked: bool) -> tuple[Style, ...]:
    """Return how each column of a feed looks: unread is bold, failing stands out."""
    palette, on, bold = look.palette, look.background, line.unread > 0
    name = palette.style("ink" if bold else "soft", on, bold=bold)
    if look.selected:
        name = palette.selected_title(on, bold=bold)
    meta = palette.style("soft" if look.selected else "quiet", on)
    health = meta
    if line.failing:
        health = palette.style("warn", on)
    elif line.record.failures:
        health = palette.style("soft", on)
    following = palette.style("accent", on) if asked else meta
    return name, palette.style("ink" if bold else "quiet", on), meta, meta, following, health


def detail_lines(line: FeedLine | None, width: int, look: Look) -> list[Strip]:
    """Return what is known of a feed: below a blank line its name over a rule, and four lines."""
    palette = look.palette
    style, glyphs, room = palette.style, palette.glyphs, width - MARK - END
    lines: list[list[Piece]] = [[]]
    if line is not None:
        lines.append([(MARK, cut(line.name, room, glyphs.cut), style("soft", bold=True))])
        lines.append([(MARK, glyphs.rule * room, style("rule"))])
        for label, text, token in _facts(line, look.clock):
            value = cut(text, room - LABEL, glyphs.cut)
            lines.append([(MARK, label, style("quiet")), (MARK + LABEL, value, style(token))])
    return [compose(width, style("ink"), pieces) for pieces in lines]


def error_lines(line: FeedLine, width: int, most: int, clock: Clock) -> list[tuple[str, str]]:
    """Return what went wrong with a feed last, as lines with their tokens, `most` at most."""
    record, room = line.record, width - MARK - END
    lines = [(text, "warn" if record.error else "ink") for text in wrap(_last_try(line), room)]
    tried = _when(record.asked_at, clock)
    lines.append((f"asked {tried}, last answered well {_when(record.well_at, clock)}", "quiet"))
    if record.head:
        lines += [("", "ink"), ("The answer begins:", "quiet")]
        raw = [part for one in record.head.splitlines() for part in wrap(one, room)]
        lines += [(text, "soft") for text in raw[: max(most - len(lines), 1)]]
    return lines


def _facts(line: FeedLine, clock: Clock) -> list[tuple[str, str, str]]:
    """Return label, text and token of each line about a feed."""
    record = line.record
    then = line.next_asked(clock.now) or ("stopped" if record.gone else "when it goes on")
    options = ["full text always"] if line.feed.full_text else []
    options += [f"{record.failures} failures in a row"] if record.failures > 1 else []
    return [
        ("address", line.feed.url, "soft"),
        ("last good", _when(record.well_at, clock), "soft"),
        ("last try", f"{_when(record.asked_at, clock)}: {_last_try(line)}", _token(line)),
        ("then", "; ".join(("due now" if then == "due" else then, *options)), "soft"),
    ]


def _token(line: FeedLine) -> str:
    return "warn" if line.record.error or line.record.gone else "soft"


def _last_try(line: FeedLine) -> str:
    """Return what came of the last asking, in a sentence."""
    record = line.record
    if record.gone:
        return "it answered that it is gone for good (410), and is not asked any more"
    return record.error or record.note or record.wrong or "nothing was wrong"


def _when(seconds: float | None, clock: Clock) -> str:
    if seconds is None:
        return "never"
    when = datetime.fromtimestamp(seconds, UTC)
    return short_date(f"{when:%Y-%m-%dT%H:%M:%SZ}", clock.zone)
