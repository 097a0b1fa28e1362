"""The lists in JSON that the seed's sites have of their articles (format.md)."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from reader.feeds.formats import pieces
from reader.feeds.formats.texts import Text, cut_at_word, excerpt_and_body
from reader.feeds.values import Entry, Parsed
from reader.model import Image
from reader.text import plain

_URLS = ("originalUrl", "webUrl", "sourceUrl")
_KINDS = ("article", "video", "course", "book", "webinar", "profile", "download", "forum")


def parse_list(told: dict[str, Any], url: str) -> Parsed:
    """Return the articles of one page of a site, and the address of the next page."""
    items = pieces.objects(told["value"])[: pieces.MAX_ENTRIES]
    return Parsed(
        entries=pieces.readable(_entry(item, url) for item in items),
        next_page=_next_page(told.get("nextPage"), url),
    )


def _next_page(value: object, url: str) -> str | None:
    """Return the address of a page that is given as one, or by its number."""
    page = pieces.number(value)
    if page is None:
        return pieces.address(value, url)
    parts = urlsplit(url)
    query = [(name, text) for name, text in parse_qsl(parts.query, True) if name != "page"]
    return pieces.address(parts._replace(query=urlencode([*query, ("page", page)])).geturl(), url)


def _entry(told: dict[str, Any], url: str) -> Entry:
    excerpt = _plain(told.get("excerpt") or told.get("abstract"))
    content = told.get("content")
    texts = [Text(content, True, url)] if isinstance(content, str) and content.strip() else []
    beginning, body = excerpt_and_body(texts)
    provider = told.get("provider")
    kind = told.get("type")
    published, updated = (
        pieces.moment(told.get(f"{name}DateTime")) for name in ("published", "updated")
    )
    return Entry(
        title=_plain(told.get("title")),
        url=_first(told, _URLS, url),
        guid=pieces.guid(told.get("guid") or told.get("_id") or told.get("id")),
        published_at=published or updated,
        updated_at=updated,
        excerpt=cut_at_word(excerpt) or beginning,
        body=None if body == excerpt else body,
        type=kind if kind in _KINDS else "article",
        source=pieces.line(provider.get("name"), pieces.MAX_NAME) or None
        if isinstance(provider, dict)
        else None,
        authors=pieces.names(pieces.listed(told.get("authors"))),
        categories=pieces.names([*pieces.listed(told.get("topics")), *_categories(told)]),
        images=_images(told, url),
        lang=pieces.language(told.get("locale")),
        amp=_first(told, ("ampWebUrl", "ampUrl"), url),
        quality=_score(told.get("quality")),
        heat=_score(told.get("heat", told.get("score"))),
    )


def _plain(value: object) -> str:
    return (
        plain(value[: 4 * pieces.MAX_TITLE])[: pieces.MAX_TITLE] if isinstance(value, str) else ""
    )


def _first(told: dict[str, Any], names: tuple[str, ...], url: str) -> str | None:
    return next((found for name in names if (found := pieces.address(told.get(name), url))), None)


def _categories(told: dict[str, Any]) -> list[Any]:
    """Return the categories but `news`, which all are."""
    found = [one for one in pieces.listed(told.get("categories")) if one != "news"]
    return found + pieces.listed(told.get("tags"))


def _images(told: dict[str, Any], url: str) -> tuple[Image, ...]:
    found: dict[str, Image] = {}
    for one in pieces.objects(told.get("images"))[: pieces.MAX_NAMES]:
        place = pieces.address(one.get("url"), url)
        if place:
            size = pieces.number(one.get("width")), pieces.number(one.get("height"))
            found.setdefault(place, Image(place, *size, pieces.line(one.get("title")) or None))
    return tuple(found.values())


def _score(value: object) -> int | None:
    return value if type(value) is int and abs(value) < 1_000_000 else None
