"""`feeds`: what is subscribed, and how each feed is."""

from datetime import UTC, datetime

from reader.cli.arguments import Options, UsageError
from reader.cli.home import HINT, home
from reader.cli.naming import loaded
from reader.cli.output import complain, is_terminal, say_json, say_table
from reader.dates import age, iso
from reader.feed_tally import FeedLine
from reader.feeds.subscribed.subscriptions import SubscriptionError
from reader.library import Library

HEADS = ("feed", "unread", "latest", "a week", "next", "health")
WIDTHS = (26, 6, 11, 6, 10, 0)


def list_feeds(options: Options) -> int:
    """Print the feeds in the order of their file, with what is here of each."""
    folders, now = options.libraries or (home(options),), datetime.now(UTC)
    if not (options.libraries or folders[0].exists()):
        complain(f"there are no feeds yet; {HINT}")
        return 0
    library = loaded(folders, fresh=options.fresh)
    try:
        lines = library.feeds(now)
    except SubscriptionError as error:
        raise UsageError(str(error)) from error
    if not lines:
        complain(f"there are no feeds in {library.name}; {HINT}")
    if options.json:
        for line in lines:
            say_json(record(library, line))
    elif is_terminal():
        say_table([*([HEADS] if lines else []), *(_row(line, now) for line in lines)], WIDTHS)
    else:
        say_table([_plain_row(line) for line in lines], ())
    return 0


def record(library: Library, line: FeedLine) -> dict[str, object]:
    """Return a feed as `feeds --json` prints it; missing is None."""
    feed, known = line.feed, line.record
    fields: dict[str, object] = {
        "url": feed.url,
        "name": feed.name,
        "folder": list(feed.folder),
        "site": feed.site,
        "unread": line.unread,
        "count": line.count,
        "last": iso(line.newest) if line.newest else None,
        "per_week": None if line.per_week is None else round(line.per_week, 1),
        "next": _time(line.due_at),
        "health": line.health,
        "failing": line.failing,
        "paused": feed.paused,
        "error": known.error,
    }
    if len(library.folders) > 1:
        fields["library"] = str(library.folders[line.library].root)
    return fields


def _row(line: FeedLine, now: datetime) -> tuple[str, ...]:
    """Return a feed for a person."""
    unread = f"{line.unread:,}" if line.unread else ""
    latest = age(line.newest, now, None) if line.newest else ""
    return (
        line.name,
        f"{unread:>6}",
        latest,
        f"{line.rate:>6}",
        line.next_asked(now),
        line.health,
    )


def _plain_row(line: FeedLine) -> tuple[str, ...]:
    """Return a feed for a program, uncut."""
    last = iso(line.newest) if line.newest else ""
    return (
        line.feed.url,
        line.feed.name,
        "/".join(line.feed.folder),
        str(line.unread),
        str(line.count),
        last,
        line.health,
    )


def _time(seconds: float | None) -> str | None:
    """Return a time in the form of JSON output; None for a feed that is due at any time."""
    if not seconds:
        return None
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
