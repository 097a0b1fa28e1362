"""Showing what an address means, and asking at the terminal what is wanted of it."""

import re
import sys
from collections.abc import Sequence

from reader.cli.output import say
from reader.dates import day
from reader.feeds.finding.discovery import Discovery, Found
from reader.feeds.subscribed.changes import find
from reader.feeds.values import Entry, Feed, Parsed
from reader.text import counted

NEWEST = 3
"""Articles that are shown of a feed before it is subscribed."""

_YES = ("", "y", "yes")


def chosen(found: Discovery, feeds: Sequence[Feed]) -> list[Found]:
    """Show what was found, and return what the user wants of it."""
    if found.is_feed:
        _show(found.found[0], feeds)
        answer = _answer("Subscribe? [Y/n] ")
        return list(found.found) if answer is not None and answer.lower() in _YES else []
    say(f"{found.url} has {counted(len(found.found), 'feed')}:")
    for number, one in enumerate(found.found, 1):
        _show(one, feeds, f"{number:>3}  ")
    known = {str(number): one for number, one in enumerate(found.found, 1)}
    while True:
        answer = _answer("Which? [numbers, or nothing] ")
        words = list(filter(None, re.split(r"[\s,]+", answer or "")))
        if all(word in known for word in words):
            return [known[word] for word in dict.fromkeys(words)]
        say(f"Type numbers from 1 to {len(known)}, or nothing.")


def _answer(question: str) -> str | None:
    """Return what the user types at a question, None at the end of input."""
    sys.stdout.write(question)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if line:
        return line.strip()
    say()
    return None


def _show(one: Found, feeds: Sequence[Feed], mark: str = "") -> None:
    """Show a feed, with its newest articles."""
    gap = " " * len(mark)
    count = f" · {counted(len(one.parsed.entries))}" if one.parsed else ""
    there = " · subscribed already" if find(feeds, one.feed.url) else ""
    say(f"{mark}{one.feed.name}{count}{there}")
    if one.feed.title:
        say(f"{gap}{one.feed.url}")
    if one.error:
        say(f"{gap}{one.error}")
    for entry in newest(one.parsed):
        when = day(entry.published_at, None) if entry.published_at else ""
        say(f"{gap}{when:>12}  {entry.title or entry.url or ''}")


def newest(parsed: Parsed | None) -> list[Entry]:
    """Return the newest articles of a feed."""
    entries = parsed.entries if parsed else ()
    return sorted(entries, key=lambda entry: entry.published_at or "", reverse=True)[:NEWEST]
