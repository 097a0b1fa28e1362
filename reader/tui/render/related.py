"""The related items below an article: a heading over a rule, then each with its number."""

from collections.abc import Iterator

from reader.dates import age
from reader.neighbours import Neighbour
from reader.pages import Page
from reader.text import counted, is_rtl
from reader.tui.render.cells import wrap
from reader.tui.render.lines import Piece
from reader.tui.render.paper import LEFT, PageLine, PageLook, Paper
from reader.tui.render.rows import KEPT_WORTH, PROVIDER_WORTH, Part, fit_meta

MARK, KEY, FIGURE, TITLE = 1, 3, 4, 10
KEYS = 9


def related_lines(page: Page, look: PageLook) -> Iterator[PageLine]:
    """Yield the lines of what is related to a page; nothing where that is nothing."""
    near = [(number, one) for number, one in enumerate(page.near, 1) if not one.in_story]
    if not near:
        return
    if page.place is not None:
        yield look.paper.line()
    yield from _heading([one for _, one in near], look.paper)
    for number, neighbour in near:
        yield from _neighbour(number, neighbour, look, look.paper)


def heading_lines(title: str, facts: list[Part], state: str, paper: Paper) -> Iterator[PageLine]:
    """Yield a title with facts beside it and a state at the right, over a rule."""
    style, glyphs = paper.palette.style, paper.palette.glyphs
    column = LEFT + paper.room - len(state)
    room = column - LEFT - len(title) - 3 - (2 if state else 0)
    line = fit_meta(facts, room, glyphs) if room >= len(facts[0].text) else ""
    pieces = [
        (LEFT, title, style("ink", bold=True)),
        (LEFT + len(title) + 3, line, style("quiet")),
        (column, state, style("quiet")),
    ]
    yield paper.line(*pieces, heads=True)
    yield paper.line((LEFT, glyphs.rule * paper.room, style("rule")))


def key_piece(number: int | None, look: PageLook) -> list[Piece]:
    """Return the digit that leads to a neighbour, where it has one; bold while it works."""
    if number is None or number > KEYS:
        return []
    style = look.palette.style("ink" if look.focused else "quiet", bold=look.focused)
    return [(KEY, str(number), style)]


def _heading(near: list[Neighbour], paper: Paper) -> Iterator[PageLine]:
    count, unread = len(near), sum(one.status.unread for one in near)
    facts = [Part(counted(count), KEPT_WORTH)]
    providers = len({one.provider for one in near if one.provider})
    if providers > 1:
        facts.append(Part(f"{providers:,} providers", 3))
    return heading_lines("Related", facts, f"{unread:,} unread" if unread else "all read", paper)


def _neighbour(
    number: int, neighbour: Neighbour, look: PageLook, paper: Paper
) -> Iterator[PageLine]:
    style, unread = paper.palette.style, neighbour.status.unread
    room = paper.room - TITLE + LEFT
    marks = _marks(number, neighbour, look)
    title_style = style("ink" if unread else "soft")
    for title in wrap(neighbour.title, room):
        yield paper.line(*marks, (TITLE, title, title_style), target=number, marks=len(marks))
        marks = []
    meta = fit_meta(_meta(neighbour, look), room, paper.palette.glyphs)
    yield paper.line((TITLE, meta, style("quiet")), target=number)


def _marks(number: int, neighbour: Neighbour, look: PageLook) -> list[Piece]:
    style, marks = look.palette.style, list[Piece]()
    if neighbour.status.unread:
        marks.append((MARK, look.palette.glyphs.unread, style("accent")))
    marks += key_piece(number, look)
    if neighbour.quality is not None:
        marks.append((FIGURE, f"{neighbour.quality:>4}"[-4:], style("quiet")))
    return marks


def _meta(neighbour: Neighbour, look: PageLook) -> list[Part]:
    """Return what is said of a neighbour: why it is one stands for its age where it is computed."""
    parts = [Part(neighbour.provider, PROVIDER_WORTH)] if neighbour.provider else []
    if neighbour.why:
        parts.append(Part(neighbour.why, KEPT_WORTH))
    elif neighbour.published_at:
        clock = look.clock
        parts.append(Part(age(neighbour.published_at, clock.now, clock.zone), KEPT_WORTH))
    if neighbour.article is None:
        parts.append(Part("not in this folder", 4, short="not here"))
    elif neighbour.article.is_video:
        parts.append(Part("video", KEPT_WORTH))
    parts += [Part("muted", 4)] if neighbour.muted else []
    return sorted(parts, key=lambda part: is_rtl(part.text))
