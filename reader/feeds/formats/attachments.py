"""The pictures, recordings and films that came with an article, as feedparser tells of them."""

from collections.abc import Iterator
from typing import Any

from reader.feeds.formats.pieces import MAX_NAMES, address, line, number
from reader.feeds.values import Enclosure
from reader.model import Image

_get = dict.get
_KEYS = frozenset(("media_content", "media_thumbnail", "image", "yt_videoid"))
_FLASH = "application/x-shockwave-flash"  # how YouTube still gives its films


def attachments(told: Any, url: str) -> tuple[tuple[Image, ...], tuple[Enclosure, ...], bool]:
    """Return the pictures, the other files, and whether the article is a film."""
    links = _get(told, "links")
    if _KEYS.isdisjoint(told) and (not links or _is_plain(links)):
        return (), (), False
    images: dict[str, Image] = {}
    enclosures: dict[str, Enclosure] = {}
    is_film = _get(told, "yt_videoid") is not None
    for one in _files(told, links or ()):
        place = address(_get(one, "url") or _get(one, "href"), url)
        kind = line(_get(one, "type"), 100).lower()
        if place is None:
            continue
        if kind.startswith("image/") or _get(one, "medium") == "image":
            images.setdefault(place, _image(place, one))
            continue
        is_film = is_film or kind.startswith(("video/", _FLASH)) or _get(one, "medium") == "video"
        if kind != _FLASH:
            size = number(_get(one, "length") or _get(one, "filesize"))
            enclosures.setdefault(place, Enclosure(place, kind or None, size))
    few = tuple(enclosures.values())[:MAX_NAMES]
    return tuple(images.values())[:MAX_NAMES], few, is_film


def _is_plain(links: Any) -> bool:
    return all(_get(one, "rel") != "enclosure" for one in links)


def _files(told: Any, links: Any) -> Iterator[dict[str, Any]]:
    for one in links:
        if _get(one, "rel") == "enclosure":
            yield one
    yield from _get(told, "media_content") or ()
    for one in _get(told, "media_thumbnail") or ():
        yield {**one, "medium": "image", "type": "image/"}
    image = _get(told, "image")
    if isinstance(image, dict):
        yield {**image, "type": "image/"}


def _image(url: str, told: Any) -> Image:
    return Image(url, number(_get(told, "width")), number(_get(told, "height")))
