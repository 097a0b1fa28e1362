"""An article as the parts of its record: the head, and the copies that its file carries."""

import json
from functools import lru_cache

from reader.model import Article, Image, RelatedItem, Urls
from reader.snapshot.damage import Damaged

MANY = 1024
"""Copies that are remembered, for most are in several files that lie near each other."""

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def encode_head(article: Article) -> bytes:
    """Return all of an article but its copies, and what the index has in columns."""
    urls = article.urls
    return _encode(
        [
            article.key,
            article.path,
            article.file,
            article.title,
            article.excerpt,
            article.published_at,
            article.updated_at,
            [urls.original, urls.web, urls.amp, urls.cdn_amp],
            article.provider,
            article.domain,
            article.authors,
            article.topics,
            article.tags,
            article.type,
            article.quality,
            article.heat,
            article.picked,
            [[one.url, one.width, one.height, one.title] for one in article.images],
            article.has_body,
            article.hidden,
            article.problem,
        ]
    ).encode()


def decode_head(part: bytes, article_id: str, library: int) -> Article:
    """Return the article of a head, without its copies. Raises Damaged."""
    try:
        (key, path, file, title, excerpt, published_at, updated_at, urls, provider, domain, authors,
         topics, tags, kind, quality, heat, picked, images, has_body, hidden, problem) = json.loads(
            part
        )  # fmt: skip
        return Article(
            id=article_id,
            key=key,
            path=path,
            file=file,
            title=title,
            library=library,
            excerpt=excerpt,
            published_at=published_at,
            updated_at=updated_at,
            urls=Urls(*urls),
            provider=provider,
            domain=domain,
            authors=tuple(authors),
            topics=tuple(topics),
            tags=tuple(tags),
            type=kind,
            quality=quality,
            heat=heat,
            picked=picked,
            images=tuple(Image(*image) for image in images),
            has_body=has_body,
            hidden=hidden,
            problem=problem,
        )
    except (ValueError, TypeError, RecursionError) as error:
        raise Damaged("a record is none of this version") from error


def encode_copies(items: tuple[RelatedItem, ...]) -> bytes:
    """Return the copies of an article; nothing where it has none."""
    return f"[{','.join(map(_encode_copy, items))}]".encode() if items else b""


@lru_cache(MANY)
def _encode_copy(one: RelatedItem) -> str:
    urls = one.urls
    return _encode(
        [
            one.title,
            one.key,
            one.excerpt,
            one.published_at,
            [urls.original, urls.web, urls.amp, urls.cdn_amp],
            one.provider,
            one.domain,
            one.type,
            one.quality,
            [[image.url, image.width, image.height, image.title] for image in one.images],
        ]
    )


def decode_copies(part: bytes) -> tuple[RelatedItem, ...]:
    """Return the copies of an article. Raises Damaged."""
    if not part:
        return ()
    try:
        return tuple(
            RelatedItem(
                title, key, excerpt, when, Urls(*urls), provider, domain, kind, quality,
                tuple(Image(*image) for image in images),
            )
            for title, key, excerpt, when, urls, provider, domain, kind, quality, images
            in json.loads(part)
        )  # fmt: skip
    except (ValueError, TypeError, RecursionError) as error:
        raise Damaged("a record is none of this version") from error
