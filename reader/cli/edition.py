"""The edition as text: plain for a mail or the terminal, Markdown, or JSON."""

import re
from collections.abc import Iterator
from datetime import date
from textwrap import wrap

from reader.cli.arguments import Options, UsageError
from reader.cli.matching import empty_status, mistake
from reader.cli.naming import loaded
from reader.cli.output import complain, prepare, say, say_json
from reader.cli.records import record
from reader.dates import day, long_date, short_date
from reader.filters import FilterError, parse
from reader.library import Library
from reader.listing import Listing, Row
from reader.state.journal import StateError
from reader.views import EDITION

WIDTH = 72
_LEFT = "    "
_GLUE = "\u00a0"
_END = "The end."
_NOTHING = "Nothing unread is left for an edition."

_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>#|~&!@$^=]"  # marks that mean something anywhere
    r"|:(?!\s|\Z|(?<=\d:)\d)|(?i:(?<=www)\.)"  # addresses, and emoji by name
)
_ITEM = re.compile(r"\A(\d{0,9})([-+.)])")


def print_edition(options: Options) -> int:
    """Print the edition, or say that there is none. Returns 1 where it could not be kept."""
    if options.json and options.markdown:
        raise UsageError("an edition is printed as --json or as --markdown")
    prepare(utf8=True)
    library = loaded(options.libraries, fresh=options.fresh)
    text = " ".join(options.words)
    status = 0 if text else _brought_up_to_date(library, options)
    listing = _made_of(library, options, text) if text else library.listing(EDITION)
    rows = [listing[at] for at in range(len(listing))] if status is not None else []
    if options.json:
        for row in rows:
            say_json(_record(library, row))
    elif not rows:
        say(_NOTHING)
    else:
        kept = library.edition
        head = _head(kept.day if kept and not text else date.today(), rows)
        for line in (_markdown if options.markdown else _plain)(head, rows):
            say(line)
    return status or empty_status(options, len(rows))


def _made_of(library: Library, options: Options, text: str) -> Listing:
    """Return an edition of what matches a filter. Raises UsageError."""
    if options.next:
        raise UsageError("an edition with a filter is not kept, so it has no next one")
    try:
        if (wanted := parse(text)).sort or wanted.limit:
            raise UsageError("an edition has its own order, and --minutes says how long it is")
        return library.edition_of(text, options.minutes)
    except FilterError as error:
        raise mistake(text, error) from error


def _brought_up_to_date(library: Library, options: Options) -> int | None:
    """Make the next edition where it is time for it; None where nothing is left for it."""
    kept, today = library.edition, date.today()
    is_other = options.minutes and kept and options.minutes != kept.minutes
    if not (options.next or is_other or library.needs_edition(today)):
        return 0
    try:
        return 0 if library.make_edition(today, options.minutes) else None
    except StateError as error:
        complain(str(error))
        return 1


def _head(day: date, rows: list[Row]) -> tuple[str, str]:
    """Return the title of the edition, and how much it is."""
    when = long_date(day.isoformat(), None)
    stories = "1 story" if len(rows) == 1 else f"{len(rows)} stories"
    minutes = sum(row.placed.minutes for row in rows if row.placed)
    return f"Edition of {when}", f"{stories} · {minutes} min"


def _plain(head: tuple[str, str], rows: list[Row]) -> Iterator[str]:
    yield " · ".join(head)
    for row in rows:
        article = row.article
        yield ""
        number = f"{row.placed.number if row.placed else 0:>2}  "
        yield from _wrapped(article.title, number)
        yield from _wrapped(f"{_GLUE}· ".join(one.replace(" ", _GLUE) for one in _facts(row)))
        yield from _wrapped(article.excerpt or "")
        if url := article.urls.best:
            yield _LEFT + url
    yield f"\n{_END}"


def _wrapped(text: str, first: str = _LEFT) -> Iterator[str]:
    """Yield a text in lines of 72 characters at most; glue keeps words together."""
    lines = wrap(text, WIDTH, initial_indent=first, subsequent_indent=_LEFT, break_on_hyphens=False)
    return (line.replace(_GLUE, " ") for line in lines)


def _markdown(head: tuple[str, str], rows: list[Row]) -> Iterator[str]:
    yield f"# {head[0]}\n\n{head[1]}"
    for row in rows:
        article, url = row.article, row.article.urls.best
        title = escaped(article.title)
        heading = f"[{title}](<{url.replace('&', '&amp;')}>)" if url else title
        yield f"\n## {row.placed.number if row.placed else 0}. {heading}"
        for text in filter(None, (" · ".join(_facts(row)), article.excerpt)):
            yield f"\n{escaped(text)}"
    yield f"\n---\n\n{_END}"


def escaped(text: str) -> str:
    """Return a text as one line of Markdown in which nothing is markup, nor a link."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    return _ITEM.sub(r"\1\\\2", line)


def _facts(row: Row) -> list[str]:
    article, story = row.article, row.story
    when = short_date(day(article.published_at, None), None) if article.published_at else ""
    size = f"{story.articles} articles" if story else ""
    tellers = f"{story.providers} providers" if story and story.providers > 1 else ""
    minutes = f"{row.placed.minutes} min" if row.placed else ""
    parts = article.provider, when, size, tellers, minutes, "" if row.status.unread else "read"
    return [part for part in parts if part]


def _record(library: Library, row: Row) -> dict[str, object]:
    placed = row.placed._asdict() if row.placed else {}
    return placed | record(library, row.article)
