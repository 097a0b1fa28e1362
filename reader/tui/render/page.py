"""The article pane as lines: headline, byline, text, address, story, and what is related."""

from collections.abc import Iterator

from reader.pages import Page
from reader.tui.render.cells import cut
from reader.tui.render.crumbs import crumb_line
from reader.tui.render.headline import headline_lines
from reader.tui.render.paper import LEFT, PageLine, PageLook, Paper, paragraph
from reader.tui.render.related import related_lines
from reader.tui.render.timeline import timeline_lines
from reader.urls import short

__all__ = ["PageLine", "PageLook", "first_related_line", "page_lines"]


def page_lines(page: Page, look: PageLook, crumbs: tuple[str, ...] = ()) -> list[PageLine]:
    """Return all lines of a page from top to bottom."""
    paper = look.paper
    lines = [crumb_line(crumbs, paper)] if crumbs else []
    if crumbs or look.airy:
        lines.append(paper.line())
    lines += headline_lines(page, look)
    if page.body is not None:
        from reader.tui.render.body import body_lines  # comes in while the body is being read

        lines += body_lines(page.body, paper, first_number=len(page.near) + 1)
    elif page.excerpt:
        lines += paragraph(page.excerpt, paper)
    lines += _address(page, paper)
    lines += timeline_lines(page, look)
    lines += related_lines(page, look)
    lines.append(paper.line())
    return lines


def first_related_line(lines: list[PageLine]) -> int:
    """Return the line where what is near begins, the story or what is related: its heading."""
    return next((at for at, line in enumerate(lines) if line.heads), len(lines))


def _address(page: Page, paper: Paper) -> Iterator[PageLine]:
    url, style = page.urls.best, paper.palette.style
    if url is None:
        return
    address = cut(short(url), paper.room - 3, paper.palette.glyphs.cut)
    key, rest = (LEFT, "o", style("ink", bold=True)), (LEFT + 3, address, style("quiet"))
    yield paper.line(key, rest, target=0)
    yield paper.line()
