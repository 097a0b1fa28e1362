"""Pages, and which feeds they offer; a job of the worker, as pages are hostile."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree  # type: ignore[import-untyped]  # lxml tells no types

from reader.feeds.values import Offer
from reader.text import clean_line
from reader.urls import canonical, safe_url

MAX_OFFERS = 50
_MAX_ELEMENTS = 50_000
_MAX_TITLE = 200  # characters

_TYPES = frozenset(
    (
        *("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        *("application/feed+json", "application/json", "application/xml", "text/xml"),
    )
)
_NO_FEED = re.compile(r"wp-json|oembed|opensearch|sitemap|manifest", re.IGNORECASE)
_LIKE_A_FEED = re.compile(
    r"/(?:feeds?|rss|atom)/?\Z|\.(?:rss|atom|rdf)\Z|(?:feed|rss|atom|index)[\w-]*\.(?:xml|json)\Z",
    re.IGNORECASE,
)
_OF_COMMENTS = re.compile(r"comment|kommentar", re.IGNORECASE)


def find_offers(body: bytes, facts: dict[str, Any]) -> list[Offer]:
    """Return the feeds that a page offers: what it declares, then what it links to.

    `facts` has the page's "url", and "charset" where the server said it. Feeds of comments come
    last.
    """
    root = _parsed(body, facts.get("charset"))
    if root is None:
        return []
    elements = list(islice(root.iter("base", "link", "a"), _MAX_ELEMENTS))
    base = facts["url"]
    for element in elements:
        if element.tag == "base" and element.get("href"):
            base = _joined(base, element.get("href")) or base
            break
    found = [*_declared(elements, base), *_linked(elements, base)]
    found.sort(key=lambda offer: bool(_OF_COMMENTS.search(offer.url + offer.title)))
    once = {canonical(offer.url): offer for offer in reversed(found)}
    return [offer for offer in found if once[canonical(offer.url)] is offer][:MAX_OFFERS]


def _parsed(body: bytes, charset: str | None) -> Any:
    """Return the outermost element of a page, None where there is none."""
    if charset is None and _is_utf8(body):
        charset = "utf-8"
    try:
        parser = etree.HTMLParser(encoding=charset, remove_comments=True, no_network=True)
    except LookupError:
        parser = etree.HTMLParser(remove_comments=True, no_network=True)
    try:
        return etree.fromstring(body, parser)
    except (etree.LxmlError, ValueError):
        return None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _declared(elements: list[Any], base: str) -> Iterator[Offer]:
    for element in elements:
        relations = (element.get("rel") or "").lower().split()
        type_ = (element.get("type") or "").partition(";")[0].strip().lower()
        is_feed = "feed" in relations or ("alternate" in relations and type_ in _TYPES)
        url = _joined(base, element.get("href")) if is_feed else None
        if url and not _NO_FEED.search(url):
            yield Offer(url, _title(element.get("title")))


def _linked(elements: list[Any], base: str) -> Iterator[Offer]:
    for element in elements:
        url = _joined(base, element.get("href")) if element.tag == "a" else None
        if url and _LIKE_A_FEED.search(urlsplit(url).path) and not _NO_FEED.search(url):
            yield Offer(url, _title(element.get("title") or "".join(element.itertext())))


def _joined(base: str, link: str | None) -> str | None:
    """Return the address that a link of a page leads to, None for none of the web."""
    try:
        return safe_url(urljoin(base, link.strip())) if link else None
    except ValueError:
        return None


def _title(text: str | None) -> str:
    return clean_line(text or "", _MAX_TITLE)
