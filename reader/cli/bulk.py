"""The commands that act on all that a filter finds: `mark`, and `open --filter`."""

from collections.abc import Callable, Sequence

from reader.browser import MOST_OPENED, NoBrowser, open_in_browser
from reader.cli.arguments import Options, UsageError
from reader.cli.matching import empty_status, matching
from reader.cli.naming import loaded
from reader.cli.output import complain, say, say_json
from reader.cli.records import record
from reader.library import Library
from reader.model import Article, Status
from reader.text import counted
from reader.views import ALL

_CHANGES: dict[str, Callable[[Status], bool]] = {
    "read": lambda status: not status.read,
    "unread": lambda status: status.read or status.passed,
    "starred": lambda status: not status.starred,
    "unstarred": lambda status: status.starred,
    "dismissed": lambda status: not status.dismissed,
    "undismissed": lambda status: status.dismissed,
}
"""Whether marking an article of this status as that changes it."""


def mark(options: Options) -> int:
    """Mark what matches a filter, as one step, and say how many articles that changed."""
    state, text = options.state, " ".join(options.words)
    if not text.strip():
        raise UsageError(f"`mark {state}` needs a filter; `broadsheet help filters` explains")
    library = loaded(options.libraries, fresh=options.fresh)
    found = [one for one in matching(library, ALL, text).articles if one.problem is None]
    changing = [one for one in found if _CHANGES[state](library.status(one))]
    if not options.dry_run:
        mark_as(library, state, changing)
    lost = library.close()
    if options.json:
        for article in changing:
            say_json(record(library, article))
    else:
        say(_sentence(options, state, len(found), len(changing)))
    if lost:
        complain(lost)
    return 1 if lost else empty_status(options, len(found))


def mark_as(library: Library, state: str, articles: Sequence[Article]) -> int:
    """Mark articles in one step; returns how many changed."""
    is_so = not state.startswith("un")
    match state.removeprefix("un"):
        case "read":
            return library.mark_read(articles, read=is_so)
        case "starred":
            return library.star(*articles, starred=is_so)
        case _:
            return library.dismiss(articles, dismissed=is_so)


def _sentence(options: Options, state: str, found: int, changing: int) -> str:
    if options.dry_run:
        return f"{counted(found)} found, {changing:,} of them would be marked as {state}"
    if not changing:
        return f"{counted(found)} found, none of them to be marked as {state}"
    return f"{counted(changing)} marked as {state}; u in the reader undoes it"


def open_matching(options: Options) -> int:
    """Open the originals of what matches a filter, the first ten or all, and mark them as read."""
    library = loaded(options.libraries, fresh=options.fresh)
    listed = matching(library, ALL, " ".join(options.words)).articles
    found = [one for one in listed if one.urls.best]
    opened = found if options.yes else found[:MOST_OPENED]
    unopened = [url for one in opened if (url := one.urls.best) and not _starts(url)]
    library.mark_read([one for one in opened if not library.status(one).read])
    lost = library.close()
    if options.json:
        for article in opened:
            say_json(record(library, article))
    else:
        for url in unopened:
            say(url)
    if len(opened) < len(found):
        complain(f"{len(opened)} of {len(found):,} are opened; --yes opens them all")
    if lost:
        complain(lost)
    return 1 if lost else empty_status(options, len(found))


def _starts(url: str) -> bool:
    """Open an address in the browser; False where there is none."""
    try:
        open_in_browser(url)
    except NoBrowser:
        return False
    return True
