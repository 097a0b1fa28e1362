"""The top of a page: headline, byline and facts, or what is wrong with the file."""

from collections.abc import Iterator

from rich.cells import cell_len

from reader.dates import age, ago, long_date, short_date
from reader.pages import Page
from reader.text import is_rtl
from reader.tui.render.cells import cut, wrap
from reader.tui.render.lines import Piece
from reader.tui.render.paper import LEFT, PageLine, PageLook


def headline_lines(page: Page, look: PageLook) -> Iterator[PageLine]:
    """Yield the headline and what is said of the article, each with a blank line after it."""
    paper, style = look.paper, look.palette.style
    for title in wrap(page.title, paper.room):
        yield paper.line((LEFT, title, style("ink", bold=True)))
    yield paper.line()
    if page.problem:
        for sentence in wrap(page.problem, paper.room):
            yield paper.line((LEFT, sentence, style("warn")))
    else:
        yield from _byline(page, look)
        for line in _joined(_facts(page, look), paper.room, f" {look.palette.glyphs.between} "):
            yield paper.line((LEFT, line, style("quiet")))
    yield paper.line()


def _byline(page: Page, look: PageLook) -> Iterator[PageLine]:
    """Yield provider and time in one line; a name from right to left stands last in it."""
    paper, style, glyphs = look.paper, look.palette.style, look.palette.glyphs
    between = f" {glyphs.between} "
    shortest = _times(page, look)[-1:]
    least = sum(cell_len(between + time) for time in shortest)
    provider = cut(page.provider or "", paper.room - least, glyphs.cut)
    room = paper.room - (cell_len(provider + between) if provider else 0)
    when = next((time for time in _times(page, look) if cell_len(time) <= room), "")
    parts = [(provider, style("ink")), (when, style("quiet"))]
    if is_rtl(provider):
        parts.reverse()
    pieces: list[Piece] = []
    column = LEFT
    for text, text_style in parts:
        if text and pieces:
            pieces.append((column, between, style("quiet")))
            column += len(between)
        if text:
            pieces.append((column, text, text_style))
            column += cell_len(text)
    if pieces:
        yield paper.line(*pieces)


def _times(page: Page, look: PageLook) -> list[str]:
    """Return date and age in all forms, the longest first."""
    if page.published_at is None:
        return []
    when, clock = page.published_at, look.clock
    date = long_date(when, clock.zone)
    return [
        f"{date} {look.palette.glyphs.between} {ago(when, clock.now, clock.zone)}",
        date,
        short_date(when, clock.zone),
        age(when, clock.now, clock.zone),
    ]


def _facts(page: Page, look: PageLook) -> list[str]:
    article, facts = page.article, list[str]()
    if page.quality is not None:
        facts.append(f"quality {page.quality}")
    if article is None:
        return [*facts, "not in this folder"]
    if article.heat is not None and article.heat >= 0:
        facts.append(f"heat {article.heat}")
    if page.covered_by or article.covered:
        facts.append(f"covered by {page.covered_by}" if page.covered_by else "covered")
    named = (
        (article.picked, "picked"),
        (article.is_video, "video"),
        (page.status.starred, "starred"),
        (page.status.dismissed, "dismissed"),
    )
    facts += [name for is_so, name in named if is_so]
    if muted := page.muted_by:
        end = f" until {short_date(muted.until, look.clock.zone)}" if muted.until else ""
        facts.append(f"muted by {muted.name}{end}")
    if page.is_changed:
        facts.append(_changed(article.updated_at, look))
    if page.full is not None:
        between = look.palette.glyphs.between
        shown = f"full text {between} x shows the excerpt again"
        facts.append(shown if page.full else "x shows the full text")
    return facts + [name for name in (article.hidden, ", ".join(article.authors)) if name]


def _changed(when: str | None, look: PageLook) -> str:
    """Say that there are earlier versions, and which key tells what changed."""
    clock = look.clock
    since = f"changed {ago(when, clock.now, clock.zone)}" if when else "changed"
    return f"{since} {look.palette.glyphs.between} D"


def _joined(facts: list[str], room: int, between: str) -> Iterator[str]:
    """Yield lines of as many facts as fit; one that is longer than a line is broken at words."""
    line = ""
    for fact in facts:
        longer = line + between + fact if line else fact
        if line and cell_len(longer) > room:
            yield from wrap(line, room)
            longer = fact
        line = longer
    if line:
        yield from wrap(line, room)
