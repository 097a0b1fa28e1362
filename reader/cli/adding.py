"""`add`: from an address to a feed that is subscribed, with a look at it before."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from reader.cli.arguments import Options, UsageError
from reader.cli.choosing import chosen, newest
from reader.cli.home import made_home
from reader.cli.output import complain, is_terminal, say, say_json
from reader.cli.refreshing import refresh
from reader.feeds.finding.discovery import Discovery, Found, NotFound, discover, typed_urls
from reader.feeds.subscribed.changes import NotChanged, added, find
from reader.feeds.subscribed.subscriptions import SubscriptionError, change_feeds, read_feeds
from reader.feeds.subscribed.taking import folder_of, name_of, without_login
from reader.feeds.values import Feed
from reader.feeds.web.access import name_host, read_access
from reader.feeds.web.http import Fetcher
from reader.feeds.workers import Workers
from reader.places import config_file, state_dir
from reader.settings import SettingsError
from reader.text import clean_line


def add(options: Options) -> int:
    """Subscribe to what addresses mean; 1 if one of them means no feed."""
    if options.title and len(options.words) > 1:
        raise UsageError("--title names one feed: add the others by themselves")
    folder = made_home(options)
    try:
        return max([_add(options, folder, text) for text in options.words])
    except SubscriptionError as error:
        complain(str(error))
        return 1
    except SettingsError as error:
        raise UsageError(str(error)) from error


def _add(options: Options, folder: Path, text: str) -> int:
    """Subscribe to what one address means; returns the exit status."""
    if without_login(text) != text:
        complain("a name and a password belong to [[access]] in config.toml, not to an address")
        return 1
    urls, feeds = typed_urls(text), read_feeds(folder)
    there = next((feed for url in urls if (feed := find(feeds, url))), None)
    if there:
        _tell(options, Found(there), feeds, "is there already")
        return 0
    asks = not (options.yes or options.json) and sys.stdin.isatty() and is_terminal()
    if asks:
        say(f"Asking {clean_line(text)} ...")
    try:
        found = asyncio.run(_discovered(urls))
    except NotFound as error:
        complain(str(error))
        return 1
    if found.note and not options.json:
        say(f"{found.url}: {found.note}")
    if asks:
        _subscribe(options, folder, chosen(found, feeds))
        return 0
    return _take_first(options, folder, found)


async def _discovered(urls: Sequence[str]) -> Discovery:
    """Find out what an address means; its host may be on the user's own network."""
    for url in urls[:1]:
        name_host(state_dir(), url)
    async with Fetcher(read_access(config_file(), state_dir())) as fetcher, Workers() as workers:
        return await discover(urls, fetcher, workers)


def _take_first(options: Options, folder: Path, found: Discovery) -> int:
    """Subscribe to the first feed that could be had, without a question, and name the others."""
    first = next((one for one in found.found if one.parsed), None)
    if first:
        _subscribe(options, folder, [first])
    else:
        complain(f"{found.url}: none of its feeds could be read")
    others = [one for one in found.found if one is not first]
    if others and not options.json:
        say("The page has others:")
    for one in others:
        if options.json:
            _tell_json(one, read_feeds(folder))
        else:
            say(f"  {one.feed.url}  {one.error or one.feed.title}".rstrip())
    return 0 if first else 1


def _subscribe(options: Options, folder: Path, wanted: Sequence[Found]) -> None:
    """Write feeds into the folder's file, those apart that are there, and file their articles."""
    if options.title and len(wanted) > 1:
        complain("--title names one feed, so these keep their own names")
    new: list[str] = []
    for one in wanted:
        title = name_of(options.title) if len(wanted) == 1 else ""
        path = folder_of(options.folder.split("/"))
        feed = replace(one.feed, title=title or name_of(one.feed.title), folder=path)
        try:
            feeds = change_feeds(folder, partial(added, feed=feed))
        except NotChanged:
            _tell(options, one, read_feeds(folder), "is there already")
            continue
        _tell(options, Found(feed, one.parsed), feeds, "is subscribed")
        new.append(feed.url)
    if new and not options.json:
        refresh(Options("refresh", tuple(new), (folder,)))


def _tell(options: Options, found: Found, feeds: Sequence[Feed], what: str) -> None:
    """Say what became of a feed."""
    if options.json:
        _tell_json(found, feeds)
    else:
        say(f"{found.feed.name} {what}")


def _tell_json(found: Found, feeds: Sequence[Feed]) -> None:
    feed, parsed = found.feed, found.parsed
    say_json(
        {
            "url": feed.url,
            "title": feed.title,
            "folder": list(feed.folder),
            "site": feed.site,
            "subscribed": find(feeds, feed.url) is not None,
            "articles": len(parsed.entries) if parsed else None,
            "newest": [
                {"title": one.title, "published_at": one.published_at, "url": one.url}
                for one in newest(parsed)
            ],
            "error": found.error or (parsed and parsed.wrong),
        }
    )
