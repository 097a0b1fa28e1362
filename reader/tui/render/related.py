"""The related items below an article: a heading over a rule, then each with its number."""

from collections.abc import Iterator

from reader.dates import age
from reader.pages import Neighbour, Page
from reader.text import is_rtl
from reader.tui.render.cells import wrap
from reader.tui.render.lines import Piece
from reader.tui.render.paper import LEFT, PageLine, PageLook, Paper
from reader.tui.render.rows import KEPT_WORTH, PROVIDER_WORTH, Part, fit_meta

TITLE = 10
KEYS = 9


def related_lines(page: Page, look: PageLook) -> Iterator[PageLine]:
    """Yield the lines of what is related to a page; nothing where that is nothing."""
    if not page.near:
        return
    paper = look.paper
    yield _heading(page, paper)
    yield paper.line((LEFT, paper.palette.glyphs.rule * paper.room, paper.palette.style("rule")))
    for number, neighbour in enumerate(page.near, 1):
        yield from _neighbour(number, neighbour, look, paper)


def _heading(page: Page, paper: Paper) -> PageLine:
    style, count = paper.palette.style, len(page.near)
    unread = sum(one.status.unread for one in page.near)
    state = f"{unread:,} unread" if unread else "all read"
    column = LEFT + paper.room - len(state)
    facts = [Part(f"{count:,} article{'' if count == 1 else 's'}", KEPT_WORTH)]
    providers = len({one.provider for one in page.near if one.provider})
    if providers > 1:
        facts.append(Part(f"{providers:,} providers", 3))
    room = column - LEFT - TITLE - 2
    line = fit_meta(facts, room, paper.palette.glyphs) if room >= len(facts[0].text) else ""
    return paper.line(
        (LEFT, "Related", style("ink", bold=True)),
        (LEFT + TITLE, line, style("quiet")),
        (column, state, style("quiet")),
    )


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
        marks.append((1, look.palette.glyphs.unread, style("accent")))
    if number <= KEYS:
        key = style("ink" if look.focused else "quiet", bold=look.focused)
        marks.append((3, str(number), key))
    if neighbour.quality is not None:
        marks.append((4, f"{neighbour.quality:>4}"[-4:], style("quiet")))
    return marks


def _meta(neighbour: Neighbour, look: PageLook) -> list[Part]:
    parts = [Part(neighbour.provider, PROVIDER_WORTH)] if neighbour.provider else []
    if neighbour.published_at:
        clock = look.clock
        parts.append(Part(age(neighbour.published_at, clock.now, clock.zone), KEPT_WORTH))
    if neighbour.article is None:
        parts.append(Part("not in this folder", 4, short="not here"))
    elif neighbour.article.is_video:
        parts.append(Part("video", KEPT_WORTH))
    return sorted(parts, key=lambda part: is_rtl(part.text))
