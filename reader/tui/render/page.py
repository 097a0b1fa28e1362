"""The article pane as lines: headline, byline, text, address, and the related items."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from reader.body import Block, Body
from reader.dates import age, ago, long_date, short_date
from reader.pages import Neighbour, Page
from reader.tui.render.cells import breaks, cut, wrap
from reader.tui.render.lines import Piece, compose
from reader.tui.render.palette import Palette
from reader.tui.render.rows import Clock, Part, fit_meta
from reader.urls import short

LEFT = 2
RELATED_TITLE = 10
MAX_TEXT = 72
KEYS = 9
ITALIC = Style(italic=True)

Run = tuple[int, Style]
"""Where in a text a style begins."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the pane; `target` is the number of the related item or link that it belongs to."""

    strip: Strip
    target: int | None = None


@dataclass(frozen=True, slots=True)
class PageLook:
    """What a page is drawn with: cells, colours, time, and whether digits work now."""

    width: int
    palette: Palette
    clock: Clock
    focused: bool = False
    airy: bool = True

    @property
    def room(self) -> int:
        """Cells of a line of text."""
        return max(min(MAX_TEXT, self.width - LEFT - 2), 8)

    def line(self, *pieces: Piece) -> Strip:
        """Return a line of the pane's width."""
        return compose(self.width, self.palette.style("ink"), pieces)


def page_lines(page: Page, look: PageLook, crumbs: tuple[str, ...] = ()) -> list[PageLine]:
    """Return all lines of a page from top to bottom."""
    lines = [PageLine(strip) for strip in _head(page, look, crumbs)]
    if page.body is not None:
        lines += _body(page.body, look, first_number=len(page.near) + 1)
    elif page.excerpt:
        lines += _paragraph(page.excerpt, look)
        lines.append(PageLine(look.line()))
    lines += _address(page, look)
    if page.near:
        lines.append(PageLine(_related_heading(page, look)))
        rule = look.palette.glyphs.rule * look.room
        lines.append(PageLine(look.line((LEFT, rule, look.palette.style("rule")))))
        for number, neighbour in enumerate(page.near, 1):
            lines += _neighbour(number, neighbour, look)
    lines.append(PageLine(look.line()))
    return lines


def first_related_line(lines: list[PageLine], page: Page) -> int:
    """Return the line where the related items begin: their heading."""
    first = (at for at, line in enumerate(lines) if line.target is not None)
    numbers = [at for at in first if (lines[at].target or 0) <= len(page.near)]
    return max(numbers[0] - 2, 0) if numbers and page.near else len(lines)


def _head(page: Page, look: PageLook, crumbs: tuple[str, ...]) -> Iterator[Strip]:
    style, glyphs = look.palette.style, look.palette.glyphs
    if crumbs:
        yield _crumbs(crumbs, look)
    if crumbs or look.airy:
        yield look.line()
    for title in wrap(page.title, look.room):
        yield look.line((LEFT, title, style("ink", bold=True)))
    yield look.line()
    if page.problem:
        for sentence in wrap(page.problem, look.room):
            yield look.line((LEFT, sentence, style("warn")))
        yield look.line()
        return
    provider = cut(page.provider or "", look.room, glyphs.cut)
    rest = _when(page, look, look.room - cell_len(provider))
    between = f" {glyphs.between} " if provider and rest else ""
    yield look.line(
        (LEFT, provider, style("ink")), (LEFT + cell_len(provider), between + rest, style("quiet"))
    )
    if facts := _facts(page):
        for line in wrap(f" {glyphs.between} ".join(facts), look.room):
            yield look.line((LEFT, line, style("quiet")))
    yield look.line()


def _crumbs(crumbs: tuple[str, ...], look: PageLook) -> Strip:
    style, glyphs = look.palette.style, look.palette.glyphs
    between, room = f" {glyphs.path} ", look.room - 3
    while len(crumbs) > 2 and cell_len(between.join(crumbs)) > room:
        crumbs = (glyphs.cut, *crumbs[1 + (crumbs[0] == glyphs.cut) :])
    *before, last = crumbs
    path = cut(
        "".join(name + between for name in before), max(room - cell_len(last), 0), glyphs.cut
    )
    last = cut(last, room - cell_len(path), glyphs.cut)
    return look.line(
        (LEFT, "H", style("ink", bold=True)),
        (LEFT + 3, path, style("quiet")),
        (LEFT + 3 + cell_len(path), last, style("soft")),
    )


def _when(page: Page, look: PageLook, room: int) -> str:
    """Return date and age; without room the age goes first, then the long form of the date."""
    if page.published_at is None:
        return ""
    when, clock, between = page.published_at, look.clock, f" {look.palette.glyphs.between} "
    date = long_date(when, clock.zone)
    with_age = f"{date}{between}{ago(when, clock.now, clock.zone)}"
    for text in (with_age, date, short_date(when, clock.zone)):
        if cell_len(between + text) <= room:
            return text
    return age(when, clock.now, clock.zone)


def _facts(page: Page) -> list[str]:
    article, facts = page.article, []
    if page.quality is not None:
        facts.append(f"quality {page.quality}")
    if article is None:
        return [*facts, "not in this folder"]
    if article.heat is not None and article.heat >= 0:
        facts.append(f"heat {article.heat}")
    if article.covered:
        facts.append(f"covered by {page.covered_by}" if page.covered_by else "covered")
    named = (
        (article.picked, "picked"),
        (article.is_video, "video"),
        (page.status.starred, "starred"),
        (page.status.dismissed, "dismissed"),
    )
    facts += [name for is_so, name in named if is_so]
    return facts + [name for name in (article.hidden, ", ".join(article.authors)) if name]


def _address(page: Page, look: PageLook) -> Iterator[PageLine]:
    url, style = page.urls.best, look.palette.style
    if url is None:
        return
    address = cut(short(url), look.room - 3, look.palette.glyphs.cut)
    key, rest = (LEFT, "o", style("ink", bold=True)), (LEFT + 3, address, style("quiet"))
    yield PageLine(look.line(key, rest), target=0)
    yield PageLine(look.line())


def _related_heading(page: Page, look: PageLook) -> Strip:
    style, between = look.palette.style, f" {look.palette.glyphs.between} "
    count = len(page.near)
    facts = [f"{count} article{'' if count == 1 else 's'}"]
    if page.providers > 1:
        facts.append(f"{page.providers} providers")
    unread = sum(one.status.unread for one in page.near)
    state = f"{unread} unread" if unread else "all read"
    column = LEFT + look.room - len(state)
    pieces = [(LEFT, "Related", style("ink", bold=True))]
    facts_room = column - LEFT - 12
    pieces.append((LEFT + 10, cut(between.join(facts), facts_room), style("quiet")))
    return look.line(*pieces, (column, state, style("quiet")))


def _neighbour(number: int, neighbour: Neighbour, look: PageLook) -> Iterator[PageLine]:
    style, glyphs = look.palette.style, look.palette.glyphs
    unread = neighbour.status.unread
    room = look.room - RELATED_TITLE + LEFT
    titles = wrap(neighbour.title, room)
    for at, title in enumerate(titles):
        left: list[Piece] = []
        if at == 0 and unread:
            left.append((1, glyphs.unread, style("accent")))
        if at == 0 and number <= KEYS:
            key = style("ink" if look.focused else "quiet", bold=look.focused)
            left.append((3, str(number), key))
        if at == 0 and neighbour.quality is not None:
            left.append((4, f"{neighbour.quality:>4}"[-4:], style("quiet")))
        text = (RELATED_TITLE, title, style("ink" if unread else "soft"))
        yield PageLine(look.line(*left, text), number)
    parts = [Part(neighbour.provider, 5)] if neighbour.provider else []
    if neighbour.published_at:
        clock = look.clock
        parts.append(Part(age(neighbour.published_at, clock.now, clock.zone), 9))
    if neighbour.article is None:
        parts.append(Part("not in this folder", 4))
    elif neighbour.article.is_video:
        parts.append(Part("video", 8))
    meta = fit_meta(parts, room, glyphs)
    yield PageLine(look.line((RELATED_TITLE, meta, style("quiet"))), number)


def _paragraph(text: str, look: PageLook) -> Iterator[PageLine]:
    for line in wrap(text, look.room):
        yield PageLine(look.line((LEFT, line, look.palette.style("ink"))))


def _body(body: Body, look: PageLook, first_number: int) -> Iterator[PageLine]:
    for block in body.blocks:
        yield from _block(block, look, first_number)
        if block.kind != "item":
            yield PageLine(look.line())
    if body.blocks and body.blocks[-1].kind == "item":
        yield PageLine(look.line())
    if body.cut:
        yield from _paragraph("The text is longer and was cut here.", look)
        yield PageLine(look.line())
    for number, link in enumerate(body.links, first_number):
        address = cut(short(link), look.room - 5, look.palette.glyphs.cut)
        key = (LEFT, f"[{number}]", look.palette.style("soft"))
        column = LEFT + len(key[1]) + 1
        yield PageLine(look.line(key, (column, address, look.palette.style("quiet"))), number)
    if body.links:
        yield PageLine(look.line())


def _block(block: Block, look: PageLook, first_number: int) -> Iterator[PageLine]:
    style = look.palette.style
    if block.kind == "rule":
        rule = look.palette.glyphs.rule * look.room
        yield PageLine(look.line((LEFT, rule, style("rule"))))
        return
    quote = f"{look.palette.glyphs.track} " if block.kind == "quote" else ""
    indent = 2 * block.level if block.kind == "item" else 0
    hang = max(cell_len(block.marker) + 1, 2) if block.marker else 2 * (block.kind == "code")
    left = min(indent + hang + len(quote), look.room // 2)
    text, runs = _styled(block, look, first_number)
    lines = _lines_of(text, look.room - left, verbatim=block.kind == "code")
    for number, (start, end) in enumerate(lines):
        pieces: list[Piece] = []
        if quote:
            pieces.append((LEFT, quote, style("rule")))
        elif block.marker and number == 0:
            pieces.append((LEFT + left - hang, block.marker, style("quiet")))
        pieces += _pieces(text, runs, start, end, LEFT + left)
        yield PageLine(look.line(*pieces))


def _lines_of(text: str, width: int, *, verbatim: bool) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if verbatim or not line:
            yield at, at + len(line)
        else:
            yield from ((at + start, at + end) for start, end in breaks(line, width))
        at += len(line) + 1


def _styled(block: Block, look: PageLook, first_number: int) -> tuple[str, list[Run]]:
    """Return a block's text, and where in it each style begins."""
    texts, runs, at = [], [], 0
    token = "soft" if block.kind in ("quote", "code") else "ink"

    def add(text: str, style: Style) -> None:
        nonlocal at
        texts.append(text)
        runs.append((at, style))
        at += len(text)

    for span in block.spans:
        bold = span.strong or block.kind == "heading"
        style = look.palette.style("soft" if span.code else token, bold=bold)
        add(span.text, style + ITALIC if span.emphasis else style)
        if span.link is not None:
            add(f" [{span.link + first_number - 1}]", look.palette.style("quiet"))
    return "".join(texts), runs


def _pieces(text: str, runs: list[Run], start: int, end: int, column: int) -> Iterator[Piece]:
    """Yield the pieces of one line of a text, split where the style changes."""
    at = max(bisect_right(runs, start, key=itemgetter(0)) - 1, 0)
    while at < len(runs) and runs[at][0] < end:
        stop = runs[at + 1][0] if at + 1 < len(runs) else len(text)
        piece = text[max(runs[at][0], start) : min(stop, end)]
        yield column, piece, runs[at][1]
        column += cell_len(piece)
        at += 1
