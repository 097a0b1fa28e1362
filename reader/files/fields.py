"""From the fields of a file to an Article: which name means what, in which order.

Every text is cleaned here.
"""

from datetime import UTC, datetime

from reader.body.excerpt import first_paragraph
from reader.dates import normalise
from reader.files.address import own_address
from reader.files.frontmatter import Document, Value
from reader.files.hidden import why_hidden
from reader.files.names import (
    EXCERPT,
    FEED,
    HEAT,
    IMAGES,
    LANG,
    PROVIDER,
    PUBLISHED_AT,
    UPDATED_AT,
)
from reader.files.naming import days_in, title_of, without_marks
from reader.files.related import related_items
from reader.files.shape import authors_of, prepared, tags_of, topics_of
from reader.files.site import NO_SITE, PLAIN, Site
from reader.files.sources import key_of, provider_of, urls_of
from reader.files.values import Fields, boolean, filled, first, images, number, text, time
from reader.model import Article, Image, Topic, Urls
from reader.text import clean_line
from reader.urls import article_id
from reader.versions import known_by


def to_article(
    document: Document,
    file: str,
    mtime: float,
    library: int = 0,
    site: Site = NO_SITE,
    now: str = "",
) -> Article:
    """Return the article that a file holds; `mtime` (seconds) dates a file that has no date.

    `site` is what its folder is; `now`, a time of the one form, is what hides what is not out yet.
    """
    fields, path = prepared(document, site), clean_line(file)
    urls = urls_of(fields)
    feed = first(fields, FEED, text)
    key = key_of(urls) or (known_by(path) if feed else path)
    own = own_address(fields, file, site)
    if own and not urls.best:
        urls = Urls(web=own)
    published_at = _published_at(fields, path, mtime)
    provider, domain = provider_of(first(fields, PROVIDER, filled), urls.best or site.address)
    quality, heat = number(fields.get("quality")), first(fields, HEAT, number)
    return Article(
        id=article_id(key),
        key=key,
        path=path,
        file=file,
        library=library,
        title=title_of(fields, document.body, path, site),
        excerpt=_excerpt(fields, document.body, site, html=file.lower().endswith(".html")),
        published_at=published_at,
        updated_at=first(fields, UPDATED_AT, time),
        urls=urls,
        provider=provider,
        domain=domain,
        authors=authors_of(fields, site),
        topics=topics_of(fields, document.body, site),
        tags=tags_of(fields, site),
        type=text(fields.get("type")),
        lang=first(fields, LANG, text),
        feed=feed,
        quality=quality,
        heat=heat,
        picked=_picked(fields.get("published"), quality, heat),
        images=_images(fields, own, site),
        related=related_items(fields.get("related")),
        has_body=bool(document.body.strip()),
        hidden=why_hidden(fields, path, site, now, published_at),
    )


def to_problem(file: str, sentence: str, library: int = 0) -> Article:
    """Return what stands in the list for a file that cannot be understood."""
    path = clean_line(file)
    title = path.rpartition("/")[2] or path
    key = path
    return Article(
        id=article_id(key),
        key=key,
        path=path,
        file=file,
        title=title,
        library=library,
        problem=clean_line(sentence),
    )


def to_topic(fields: Fields) -> Topic | None:
    """Return a topic of the folder's own list, None where it has no name."""
    name = text(fields.get("name"))
    if name is None:
        return None
    return Topic(name, text(fields.get("parent")))


def _excerpt(fields: Fields, body: str, site: Site, *, html: bool) -> str | None:
    if site.kind == PLAIN:
        return first(fields, EXCERPT, text) or first_paragraph(body, html=html)
    dialect = site.dialect

    def shown(value: Value) -> str | None:
        found = text(dialect.shown(value, html=True)) if isinstance(value, str) else None
        return without_marks(found) if found else None

    return first(fields, EXCERPT, shown) or first_paragraph(body, html=html, dialect=dialect)


def _published_at(fields: Fields, path: str, mtime: float) -> str | None:
    if when := first(fields, PUBLISHED_AT, time):
        return when
    for found in days_in(path):
        if day := normalise(found):
            return day
    try:
        return normalise(datetime.fromtimestamp(mtime, UTC).isoformat())
    except (ValueError, OverflowError, OSError):  # a clock beyond the year 9999
        return None


def _picked(published: Value, quality: int | None, heat: int | None) -> bool | None:
    if (picked := boolean(published)) is not None:
        return picked
    return None if quality is None and heat is None else True


def _images(fields: Fields, own: str | None, site: Site) -> tuple[Image, ...]:
    """Return the pictures that the first of the names holds, at addresses that can be opened."""
    base = own or site.address
    return first(fields, IMAGES, lambda value: images(value, base)) or ()
