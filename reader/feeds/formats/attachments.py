"""The pictures, recordings and films that came with an article, as feedparser tells of them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from reader.feeds.formats.pieces import MAX_NAMES, address, line, number
from reader.feeds.values import Enclosure
from reader.model import Image

_get = dict.get
_KEYS = frozenset(("media_content", "media_thumbnail", "image", "news_image", "yt_videoid"))
_ICON = re.compile(r"https?://(?:\w+\.)?gravatar\.com/avatar/")
MAX_ICON = 48  # pixels
_USUAL = 640  # pixels, for want of a width
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
        if place is None or _ICON.match(place):
            continue
        if _is_image(one, kind):
            images.setdefault(place, _image(place, one))
            continue
        is_film = is_film or kind.startswith(("video/", _FLASH)) or _get(one, "medium") == "video"
        if kind != _FLASH:
            size = number(_get(one, "length") or _get(one, "filesize"))
            enclosures.setdefault(place, Enclosure(place, kind or None, size))
    few = tuple(enclosures.values())[:MAX_NAMES]
    return _pictures(images.values()), few, is_film


def _is_image(told: Any, kind: str) -> bool:
    """Whether a file is a picture; those of newspapers say no more of themselves than a width."""
    if kind or _get(told, "medium"):
        return kind.startswith("image/") or _get(told, "medium") == "image"
    return "width" in told and "duration" not in told and _get(told, "rel") != "enclosure"


def _pictures(images: Iterable[Image]) -> tuple[Image, ...]:
    """Return pictures, the widest first, without faces and icons."""
    real = [one for one in images if one.width is None or one.width > MAX_ICON]
    real.sort(key=lambda one: -(one.width or _USUAL))
    return tuple(real[:MAX_NAMES])


def _is_plain(links: Any) -> bool:
    return all(_get(one, "rel") != "enclosure" for one in links)


def _files(told: Any, links: Any) -> Iterator[dict[str, Any]]:
    for one in links:
        if _get(one, "rel") == "enclosure":
            yield one
    yield from _get(told, "media_content") or ()
    for one in _get(told, "media_thumbnail") or ():
        yield {**one, "medium": "image", "type": "image/"}
    if "news_image" in told:
        yield {"url": told["news_image"], "medium": "image"}
    image = _get(told, "image")
    if isinstance(image, dict):
        yield {**image, "type": "image/"}


def _image(url: str, told: Any) -> Image:
    return Image(url, number(_get(told, "width")), number(_get(told, "height")))
