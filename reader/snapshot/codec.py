"""An article as the parts of its record: the head, and the copies that its file carries.

Both are JSON, in which named tuples are arrays.
"""

import json
from functools import lru_cache
from operator import attrgetter
from typing import Any

from reader.model import Article, Image, RelatedItem, Urls
from reader.snapshot.damage import Damaged

HEAD = (
    *("key", "path", "file", "title", "excerpt", "published_at", "updated_at", "urls"),
    *("provider", "domain", "authors", "topics", "tags", "type", "lang", "feed"),
    *("quality", "heat", "picked"),
    *("images", "has_body", "hidden", "problem"),
)
"""What the head holds: all of an article but its copies, and what the index has in columns."""

MANY = 1024
"""Copies that are remembered, for most are in several files that lie near each other."""

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_head_of = attrgetter(*HEAD)


def encode_head(article: Article) -> bytes:
    """Return the head of an article."""
    return _encode(_head_of(article)).encode()


def decode_head(part: bytes, article_id: str, library: int) -> Article:
    """Return the article of a head, without its copies. Raises Damaged."""
    try:
        found: dict[str, Any] = dict(zip(HEAD, json.loads(part), strict=True))
        found["urls"], found["images"] = Urls(*found["urls"]), _images(found["images"])
        for name in ("authors", "topics", "tags"):
            found[name] = tuple(found[name])
        return Article(id=article_id, library=library, **found)
    except (ValueError, TypeError, RecursionError) as error:
        raise Damaged("a record is none of this version") from error


def encode_copies(items: tuple[RelatedItem, ...]) -> bytes:
    """Return the copies of an article; nothing where it has none."""
    return f"[{','.join(map(_encode_copy, items))}]".encode() if items else b""


@lru_cache(MANY)
def _encode_copy(item: RelatedItem) -> str:
    return _encode(item)


def decode_copies(part: bytes) -> tuple[RelatedItem, ...]:
    """Return the copies of an article. Raises Damaged."""
    try:
        return tuple(map(_copy, json.loads(part))) if part else ()
    except (ValueError, TypeError, RecursionError) as error:
        raise Damaged("a record is none of this version") from error


def _copy(values: list[Any]) -> RelatedItem:
    title, key, excerpt, published_at, urls, provider, domain, kind, quality, images = values
    of, pictures = Urls(*urls), _images(images)
    return RelatedItem(
        title, key, excerpt, published_at, of, provider, domain, kind, quality, pictures
    )


def _images(found: Any) -> tuple[Image, ...]:
    return tuple(Image(*image) for image in found)
