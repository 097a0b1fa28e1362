"""The story of an article: who told it when, day by day, with this article in its place."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.dates import age, day, is_date, short_date
from reader.model import Article, Status
from reader.neighbours import Neighbour
from reader.pages import Page
from reader.text import is_rtl
from reader.tui.render.cells import wrap
from reader.tui.render.lines import Piece
from reader.tui.render.paper import PageLine, PageLook
from reader.tui.render.related import MARK, heading_lines, key_piece
from reader.tui.render.rows import KEPT_WORTH, PROVIDER_WORTH, STATE_WORTH, Clock, Part, fit_meta

TIME, RULE, TITLE = 5, 11, 13
NO_DAY = "Without a date"


class Telling(NamedTuple):
    """One article of the story with its number; the page's own one has no number."""

    number: int | None
    title: str
    provider: str | None
    published_at: str | None
    unread: bool = False
    said: tuple[Part, ...] = ()


def timeline_lines(page: Page, look: PageLook) -> Iterator[PageLine]:
    """Yield the story of a page in the order of time; nothing for a lone article."""
    if page.place is None:
        return
    told, zone = _tellings(page), look.clock.zone
    days = [day(one.published_at, zone) if one.published_at else None for one in told]
    yield from _heading(told, [one for one in days if one], look)
    before: str | None = ""
    for today, one in zip(days, told, strict=True):
        if today != before:
            if before != "":
                yield look.paper.line()
            name = NO_DAY if today is None else _day_name(today, look.clock)
            yield look.paper.line((TIME, name, look.palette.style("quiet")))
        before = today
        yield from _telling(one, look)


def _tellings(page: Page) -> list[Telling]:
    told = [_told(number, one) for number, one in enumerate(page.near, 1) if one.in_story]
    said = (Part("this article", KEPT_WORTH), *_states(page.status, page.article))
    own = Telling(None, page.title, page.provider, page.published_at, said=said)
    return [*told[: page.place], own, *told[page.place :]]


def _told(number: int, one: Neighbour) -> Telling:
    said = _states(one.status, one.article)
    said += [Part("muted", STATE_WORTH)] if one.muted else []
    if one.copy_of:
        said.insert(0, Part(f"copy of {one.copy_of}", STATE_WORTH))
    elif one.quality is not None:
        said.insert(0, Part(f"quality {one.quality}", 4))
    unread = one.status.unread
    return Telling(number, one.title, one.provider, one.published_at, unread, tuple(said))


def _states(status: Status, article: Article | None) -> list[Part]:
    """Return what else is said of an article, in a word each."""
    is_video = article is not None and article.is_video
    words = {"video": is_video, "starred": status.starred, "dismissed": status.dismissed}
    return [Part(word, STATE_WORTH) for word, is_so in words.items() if is_so]


def _heading(told: Sequence[Telling], days: Sequence[str], look: PageLook) -> Iterator[PageLine]:
    providers = {one.provider for one in told if one.provider}
    facts = [Part(f"{len(told):,} articles", KEPT_WORTH)]
    if len(providers) > 1:
        facts.append(Part(f"{len(providers):,} providers", 3))
    return heading_lines("Story", facts, _span(told, days, look.clock), look.paper)


def _span(told: Sequence[Telling], days: Sequence[str], clock: Clock) -> str:
    """Return from when to when the story was told: days, or the hours of its one day."""
    if not days:
        return ""
    first, last = (_day_name(one, clock)[4:] for one in (days[0], days[-1]))
    if days[0] != days[-1]:
        number, _, rest = first.partition(" ")
        shared = rest and last.endswith(f" {rest}")
        return f"{number if shared else first} to {last}"
    hours = [hour for one in told if (hour := _hour(one.published_at, clock))]
    if len(hours) < 2 or hours[0] == hours[-1]:
        return first
    return f"{first}, {hours[0]} to {hours[-1]}"


def _hour(when: str | None, clock: Clock) -> str:
    """Return the time of the day, empty where only the day is known."""
    return "" if when is None or is_date(when) else short_date(when, clock.zone)[-5:]


def _day_name(today: str, clock: Clock) -> str:
    """Return a day as `Tue 20 Oct`, with its year where that is not clear."""
    name, short = short_date(today, clock.zone), age(today, clock.now, clock.zone)
    return name if short.endswith(name[-5:]) else name[:-5]


def _telling(one: Telling, look: PageLook) -> Iterator[PageLine]:
    paper, style, glyphs = look.paper, look.palette.style, look.palette.glyphs
    is_own = one.number is None
    room = max(paper.room - TITLE + 2, 1)
    token = "ink" if one.unread or is_own else "soft"
    marks, rule = _marks(one, look), (RULE, glyphs.track, style("rule"))
    if is_own:
        rule = (RULE, glyphs.thumb, style("accent"))
    for title in wrap(one.title, room):
        marks.append(rule)
        text = (TITLE, title, style(token, bold=is_own))
        yield paper.line(*marks, text, target=one.number, marks=len(marks))
        marks = []
    meta = fit_meta(_meta(one), room, glyphs)
    yield paper.line(rule, (TITLE, meta, style("quiet")), target=one.number, marks=1)


def _marks(one: Telling, look: PageLook) -> list[Piece]:
    marks = list[Piece]()
    if one.unread:
        marks.append((MARK, look.palette.glyphs.unread, look.palette.style("accent")))
    marks += key_piece(one.number, look)
    if hour := _hour(one.published_at, look.clock):
        marks.append((TIME, hour, look.palette.style("quiet")))
    return marks


def _meta(one: Telling) -> list[Part]:
    parts = [Part(one.provider, PROVIDER_WORTH)] if one.provider else []
    return sorted([*parts, *one.said], key=lambda part: is_rtl(part.text))
