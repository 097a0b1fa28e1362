"""From an address that somebody typed to the feeds that it means."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reader.feeds.finding.usual import MAX_PLACES, known_places, usual_places
from reader.feeds.subscribed.taking import feed_url
from reader.feeds.values import Feed, Offer, Parsed, parsed_of
from reader.feeds.web.http import Answer, Fetcher, Refused
from reader.feeds.workers import WorkError, Workers
from reader.urls import canonical

_SCHEME = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*://|feed:)", re.IGNORECASE)
_OTHER_TRY = ("connect", "tls", "timeout")


class NotFound(Exception):  # noqa: N818 - it is what the message says
    """No feed was found; the message is a sentence."""


class Found(NamedTuple):
    """A feed that an address means; without `parsed` it was not looked at, or `error` says why."""

    feed: Feed
    parsed: Parsed | None = None
    error: str | None = None


class Discovery(NamedTuple):
    """What an address means: one feed, where `is_feed`, else those that a page has.

    `note` is what the user should know of how it was found.
    """

    url: str
    is_feed: bool
    found: tuple[Found, ...]
    note: str = ""


def typed_urls(text: str) -> tuple[str, ...]:
    """Return the addresses that a typed one may mean, the likeliest first; none for nonsense."""
    schemes = ("",) if _SCHEME.match(text) else ("https://", "http://")
    return tuple(url for scheme in schemes if (url := feed_url(scheme + text.strip())))


async def discover(urls: Sequence[str], fetcher: Fetcher, workers: Workers) -> Discovery:
    """Return what an address means, `urls` as `typed_urls` gives them. Raises NotFound."""
    url, answer = await _first(urls, fetcher)
    note = "" if url == urls[0] else "https did not answer: this is http, which others can read"
    if answer.status == 200 and (parsed := await _parsed(answer, workers)):
        return Discovery(answer.url, True, (_found(url, answer, parsed),), note)
    found = await _known(url, answer, fetcher, workers)
    if answer.status == 200:
        offers = await _offers(answer, workers)
        found += await _all_of(offers[:MAX_PLACES], fetcher, workers)
        found += (Found(Feed(one.url, one.title)) for one in offers[MAX_PLACES:])
        found = found or [await _guessed(answer, fetcher, workers)]
    elif not found:
        raise NotFound(f"{answer.url}: it answered {answer.said}")
    once: dict[str, Found] = {}
    for one in found:
        once.setdefault(canonical(one.feed.url), one)
    return Discovery(answer.url, False, tuple(once.values()), note)


async def _first(urls: Sequence[str], fetcher: Fetcher) -> tuple[str, Answer]:
    """Return the first address that has an answer, and that. Raises NotFound."""
    for url in urls:
        try:
            return url, await fetcher.get(url)
        except Refused as error:
            if url == urls[-1] or error.kind not in _OTHER_TRY:
                raise NotFound(f"{url}: {error}") from error
    raise NotFound("this is no address of the web")


async def _all_of(offers: Iterable[Offer], fetcher: Fetcher, workers: Workers) -> list[Found]:
    return await asyncio.gather(*(_looked_at(one, fetcher, workers) for one in offers))


async def _known(url: str, answer: Answer, fetcher: Fetcher, workers: Workers) -> list[Found]:
    """Return the feeds of a page whose places are known by its address."""
    places = known_places(url) or known_places(answer.url)
    found = await _all_of(map(Offer, places), fetcher, workers)
    return [one for one in found if one.parsed]


async def _guessed(answer: Answer, fetcher: Fetcher, workers: Workers) -> Found:
    """Return the feed of a page that does not name it. Raises NotFound."""
    for place in usual_places(answer.url):
        found = await _looked_at(Offer(place), fetcher, workers)
        if found.parsed:
            return found
    raise NotFound(f"{answer.url} is a page that offers no feed")


async def _parsed(answer: Answer, workers: Workers) -> Parsed | None:
    """Return what a feed tells, None for what is no feed."""
    try:
        parsed = parsed_of(await workers.do("parse", answer.body, **answer.facts))
    except WorkError as error:
        raise NotFound(f"{answer.url}: {error}") from error
    return None if parsed.wrong and not parsed.entries else parsed


async def _offers(answer: Answer, workers: Workers) -> list[Offer]:
    try:
        return [Offer(*one) for one in await workers.do("offers", answer.body, **answer.facts)]
    except WorkError as error:
        raise NotFound(f"{answer.url}: {error}") from error


async def _looked_at(offer: Offer, fetcher: Fetcher, workers: Workers) -> Found:
    """Return what the address of an offer has."""
    try:
        answer = await fetcher.get(offer.url)
        parsed = await _parsed(answer, workers) if answer.status == 200 else None
    except (Refused, NotFound) as error:
        return Found(Feed(offer.url, offer.title), error=str(error))
    if parsed is None:
        why = "it is no feed" if answer.status == 200 else f"it answered {answer.said}"
        return Found(Feed(offer.url, offer.title), error=why)
    return _found(offer.url, answer, parsed)


def _found(url: str, answer: Answer, parsed: Parsed) -> Found:
    return Found(Feed(answer.moved_to or url, parsed.title, site=parsed.site), parsed)
