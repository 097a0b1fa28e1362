"""JSON that a server sends -> what a feed says: JSON Feed 1 and 1.1, or a site's own list."""

import json
from typing import Any

from reader.feeds.formats import pieces
from reader.feeds.formats.site_list import parse_list
from reader.feeds.formats.texts import Text, excerpt_and_body, with_recording
from reader.feeds.values import Enclosure, Entry, Parsed
from reader.model import Image
from reader.text import plain

NOT_A_FEED = "this is JSON, but not a feed"


def parse_json(body: bytes, facts: dict[str, Any]) -> Parsed:
    """Return what an answer in JSON says."""
    url = str(facts.get("url") or "")
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        where = getattr(error, "lineno", None)
        return Parsed(wrong=f"its JSON is broken{f', line {where}' if where else ''}")
    if isinstance(told, dict) and isinstance(told.get("value"), list):
        return parse_list(told, url)
    if isinstance(told, dict) and isinstance(told.get("items"), list):
        return _feed(told, url)
    return Parsed(wrong=NOT_A_FEED)


def _feed(told: dict[str, Any], url: str) -> Parsed:
    lang = pieces.language(told.get("language"))
    items = pieces.objects(told["items"])[: pieces.MAX_ENTRIES]
    return Parsed(
        title=pieces.line(told.get("title")),
        site=pieces.address(told.get("home_page_url"), url),
        entries=pieces.readable(_entry(item, told, url, lang) for item in items),
        next_page=pieces.address(told.get("next_url"), url),
    )


def _entry(told: dict[str, Any], feed: dict[str, Any], url: str, lang: str | None) -> Entry:
    own = pieces.address(told.get("url"), url)
    outside = pieces.address(told.get("external_url"), url)
    published, updated = (
        pieces.moment(told.get(f"date_{name}")) for name in ("published", "modified")
    )
    title = _title(told.get("title"))
    excerpt, body = excerpt_and_body(_texts(told, own or url), title, own)
    files = _enclosures(told, url)
    return Entry(
        title=title,
        url=own or outside or pieces.address(told.get("id"), None),
        guid=pieces.guid(told.get("id")),
        published_at=published or updated,
        updated_at=updated,
        excerpt=excerpt,
        body=with_recording(excerpt, body, files),
        type="video"
        if any((file.type or "").startswith("video/") for file in files)
        else "article",
        authors=_authors(told) or _authors(feed),
        categories=pieces.names(pieces.listed(told.get("tags"))),
        images=_images(told, url),
        enclosures=files,
        lang=pieces.language(told.get("language")) or lang,
    )


def _title(value: object) -> str:
    """Return a title, which is plain text by the standard and holds entities all the same."""
    title = pieces.line(value)
    return title if "<" in title else plain(title)


def _texts(told: dict[str, Any], base: str) -> list[Text]:
    names = (("summary", False), ("content_html", True), ("content_text", False))
    texts = [Text(told[name], html, base) for name, html in names if _is_text(told.get(name))]
    return texts[:2]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _authors(told: dict[str, Any]) -> tuple[str, ...]:
    authors = [*pieces.objects(told.get("authors")), told.get("author")]
    return pieces.names([one.get("name") for one in authors if isinstance(one, dict)])


def _images(told: dict[str, Any], url: str) -> tuple[Image, ...]:
    places = (pieces.address(told.get(name), url) for name in ("image", "banner_image"))
    return tuple([Image(place) for place in dict.fromkeys(places) if place])


def _enclosures(told: dict[str, Any], url: str) -> tuple[Enclosure, ...]:
    found: dict[str, Enclosure] = {}
    for one in pieces.objects(told.get("attachments"))[: pieces.MAX_NAMES]:
        place = pieces.address(one.get("url"), url)
        if place:
            kind = pieces.line(one.get("mime_type"), 100).lower() or None
            found.setdefault(place, Enclosure(place, kind, pieces.number(one.get("size_in_bytes"))))
    return tuple(found.values())
