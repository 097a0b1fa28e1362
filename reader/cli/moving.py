"""`import` and `export`: feeds of another reader, and feeds for one."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from reader.cli.arguments import Options, UsageError
from reader.cli.home import home, made_home
from reader.cli.output import complain, prepare, say, say_json
from reader.feeds.subscribed.changes import keys_of
from reader.feeds.subscribed.newsboat import read_urls, write_urls
from reader.feeds.subscribed.opml import read_opml, write_opml
from reader.feeds.subscribed.subscriptions import SubscriptionError, change_feeds, read_feeds
from reader.feeds.subscribed.taking import LEFT, NOTES, Taken
from reader.feeds.subscribed.xml_tree import MAX_BYTES, XmlError
from reader.feeds.values import Feed
from reader.feeds.web.access import host_name, read_access
from reader.feeds.web.networks import is_address, is_public
from reader.files.reading import Unreadable, read_regular
from reader.folders import FEEDS_FILE
from reader.places import config_file, state_dir
from reader.settings import SettingsError
from reader.text import clean_line, counted
from reader.urls import canonical

MOST_NAMED = 10
"""How much of one kind is named; of more there is the number."""

_XML = (b"<", b"\xff\xfe", b"\xfe\xff")
_OWN_NETWORK = (".local", ".localhost", ".lan", ".internal", ".home.arpa")
_WRITERS = {"opml": write_opml, "urls": write_urls}


class _Import(NamedTuple):
    """What came of an import: feeds that are new, feeds that were there, and all the rest."""

    format: str
    taken: Taken
    new: Sequence[Feed]
    there: Sequence[Feed]
    own_network: Sequence[str]


def import_feeds(options: Options) -> int:
    """Take the feeds of a file; 1 if there was nothing to take."""
    name = options.words[0]
    try:
        body = read_regular(os.path.expanduser(name), MAX_BYTES)
        is_xml = body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_XML)
        taken = read_opml(body) if is_xml else read_urls(body)
    except (Unreadable, XmlError) as error:
        complain(f"{name}: {error}")
        return 1
    folder = made_home(options)
    try:
        done = _imported(folder, "opml" if is_xml else "urls", taken)
    except SubscriptionError as error:
        complain(str(error))
        return 1
    except SettingsError as error:
        raise UsageError(str(error)) from error
    if options.json:
        _tell_json(folder, done)
    else:
        _tell(name, folder, done)
    return 0 if taken.feeds else 1


def _imported(folder: Path, format_: str, taken: Taken) -> _Import:
    """Subscribe to what is not there yet. Raises SettingsError, SubscriptionError."""
    access = read_access(config_file(), state_dir())
    new: list[Feed] = []

    def change(feeds: tuple[Feed, ...]) -> tuple[Feed, ...]:
        known = keys_of(feeds)
        new[:] = [feed for feed in taken.feeds if canonical(feed.url) not in known]
        return (*feeds, *new)

    change_feeds(folder, change)
    hosts = {host_name(feed.url) for feed in new if not access.is_private(feed.url)}
    urls = {feed.url for feed in new}
    there = [feed for feed in taken.feeds if feed.url not in urls]
    return _Import(format_, taken, new, there, sorted(filter(_is_own_network, hosts)))


def _is_own_network(host: str) -> bool:
    """Whether a host looks like one of the user's own network; its name is not looked up."""
    if is_address(host):
        return not is_public(host)
    return "." not in host or host.endswith(_OWN_NETWORK)


def _tell(name: str, folder: Path, done: _Import) -> None:
    if not done.taken.feeds:
        complain(f"{name} has no feeds that can be taken")
    else:
        say(clean_line(f"{counted(len(done.new), 'feed')} taken into {folder / FEEDS_FILE}"))
    if done.there:
        say(f"{len(done.there):,} there already")
    for kind, why in LEFT.items():
        _name([what for one, what in done.taken.left if one == kind], f"not taken: {why}")
    for kind, why in NOTES.items():
        _name([what for one, what in done.taken.notes if one == kind], why)
    if done.own_network:
        hosts = ", ".join(f'"{host}"' for host in done.own_network)
        say(clean_line(f"Hosts of your own network are asked only if {config_file()} names them:"))
        say(f"  [feeds]\n  private_hosts = [{hosts}]")
    if done.new:
        say("`broadsheet refresh` asks them, and R in the reader")


def _name(things: Sequence[str], why: str) -> None:
    """Say how many there are of a kind, and which."""
    if not things:
        return
    say(f"{len(things):,} {why}")
    named = Counter(things).most_common()
    for thing, times in named[:MOST_NAMED]:
        say(f"  {thing}" if times == 1 else f"  {thing} ({times:,} times)")
    if len(named) > MOST_NAMED:
        say(f"  and {len(named) - MOST_NAMED:,} more")


def _tell_json(folder: Path, done: _Import) -> None:
    taken = done.taken
    say_json(
        {
            "library": str(folder),
            "format": done.format,
            "taken": [feed.url for feed in done.new],
            "there": [feed.url for feed in done.there],
            "not_taken": {kind: [what for k, what in taken.left if k == kind] for kind in LEFT},
            "notes": {kind: [what for k, what in taken.notes if k == kind] for kind in NOTES},
            "own_network": list(done.own_network),
        }
    )


def export_feeds(options: Options) -> int:
    """Print the feeds in the format of other readers; 1 if there are none."""
    format_ = next(iter(options.words), "opml")
    if format_ not in _WRITERS:
        raise UsageError(f"there is no format {format_}, but {' and '.join(_WRITERS)}")
    folder = home(options)
    try:
        feeds = read_feeds(folder)
    except SubscriptionError as error:
        complain(str(error))
        return 1
    if not feeds:
        complain(f"there are no feeds in {folder}")
        return 1
    if options.json:
        for feed in feeds:
            say_json(asdict(feed))
        return 0
    prepare(utf8=True)
    say(_WRITERS[format_](feeds).decode().rstrip("\n"))
    return 0
