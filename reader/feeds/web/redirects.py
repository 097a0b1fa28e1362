"""Where an answer sends us on, and when we do not go."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from urllib.parse import urljoin

from reader.feeds.web.refused import Refused
from reader.text import clean_line
from reader.urls import safe_url

MAX_REDIRECTS = 5
PERMANENT = frozenset((301, 308))
TEMPORARY = frozenset((302, 303, 307))


def without_fragment(url: str) -> str:
    """Return an address as it is asked for."""
    return url.partition("#")[0]


def next_address(trail: Sequence[str], location: str, private: Callable[[str], bool]) -> str:
    """Return where to go after the last address of a trail. Raises Refused.

    `private` says whether the host of an address may be on a private network: to such a host only
    another such host may lead, or whoever runs a public feed could reach into a user's own network.
    """
    target = _target(trail[-1], location)
    if trail[-1].startswith("https:") and not target.startswith("https:"):
        raise Refused("it redirects from https to http, which is not followed", "not allowed")
    if private(target) and not all(map(private, trail)):
        raise Refused(f"it redirects into a private network: {target}", "not allowed")
    if target in trail:
        raise Refused(
            "it redirects in a circle; it may want cookies, which are not kept", "redirects"
        )
    if len(trail) > MAX_REDIRECTS:
        raise Refused(f"it redirects more than {MAX_REDIRECTS} times", "redirects")
    return target


def _target(url: str, location: str) -> str:
    with suppress(UnicodeError):  # headers are Latin-1, but for those who write UTF-8
        location = location.encode("latin-1").decode("utf-8")
    try:
        target = safe_url(urljoin(url, location))
    except ValueError:
        target = None
    if target is None:
        where = clean_line(location, 200)
        raise Refused(f"it redirects to what is no address to follow: {where}", "not allowed")
    return without_fragment(target)
