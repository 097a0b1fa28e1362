"""From the fields of a file to an Article: which name means what, in which order.

The order of the names is the table in format.md, first hit wins; every text is cleaned here.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

from reader.body.excerpt import first_paragraph
from reader.dates import normalise
from reader.files.frontmatter import Document, Value
from reader.model import Article, Image, RelatedItem, Topic, Urls
from reader.text import clean_line, plain
from reader.urls import article_id, canonical, host, safe_url

Fields = dict[str, Value]
T = TypeVar("T")

TITLE = ("title", "linkTitle", "newstitle", "name")
PUBLISHED_AT = (
    "publishedDateTime",
    "date",
    "published",
    "publishDate",
    "pubDate",
    "published_date",
    "created",
)
UPDATED_AT = (
    "updatedDateTime",
    "updated",
    "lastmod",
    "modified",
    "last_modified_at",
    "lastUpdated",
)
EXCERPT = ("excerpt", "summary", "description", "abstract")
ORIGINAL = ("originalUrl",)
WEB = ("webUrl", "sourceUrl")
OTHER_URL = ("link", "external_url", "url", "canonical", "canonical_url", "canonicalUrl", "source")
AMP = ("ampWebUrl", "ampUrl")
CDN_AMP = ("cdnAmpWebUrl", "cdnAmpUrl")
PROVIDER = ("provider", "site", "publisher")
TOPICS = ("topics", "tags", "tag", "categories", "category", "keywords")
HEAT = ("heat", "score")
IMAGES = ("images", "image", "cover", "thumbnail", "featured_image")

_INTEGER = re.compile(r"([+-]?\d{1,9})(?:\.\d*)?\Z")
_IFRAME_SOURCE = re.compile(r"""<iframe\b[^<>]{0,2000}?\ssrc\s*=\s*["']([^"'<>]+)""", re.IGNORECASE)
_DAY_IN_NAME = re.compile(r"(?:^|/)(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)")
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_TRUE = frozenset(("true", "yes", "on", "y", "1"))
_FALSE = frozenset(("false", "no", "off", "n", "0"))


def to_article(document: Document, file: str, mtime: float, library: int = 0) -> Article:
    """Return the article that a file holds; `mtime` (seconds) dates a file that has no date."""
    fields = document.fields or {}
    path, html = clean_line(file), file.lower().endswith(".html")
    urls = _urls(fields)
    key = _key(urls) or path
    provider, domain = _provider(_first(fields, PROVIDER, _filled), urls.best)
    quality, heat = number(fields.get("quality")), _first(fields, HEAT, number)
    return Article(
        id=article_id(key),
        key=key,
        path=path,
        file=file,
        library=library,
        title=_title(fields, document.body, path),
        excerpt=_first(fields, EXCERPT, _text) or first_paragraph(document.body, html=html),
        published_at=_published_at(fields, path, mtime),
        updated_at=_first(fields, UPDATED_AT, _time),
        urls=urls,
        provider=provider,
        domain=domain,
        authors=_names(fields.get("authors")) or _names(fields.get("author")),
        topics=_first(fields, TOPICS, _names) or (),
        tags=_names(fields.get("tags")),
        type=_text(fields.get("type")),
        quality=quality,
        heat=heat,
        picked=_picked(fields.get("published"), quality, heat),
        images=_first(fields, IMAGES, _images) or (),
        related=tuple(_related(fields.get("related"))),
        has_body=bool(document.body.strip()),
        hidden=_hidden(fields),
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
    name = _text(fields.get("name"))
    if name is None:
        return None
    return Topic(name, _text(fields.get("parent")), _text(fields.get("description")))


def number(value: Value) -> int | None:
    """Return a whole number of at most nine digits, None for anything else."""
    found = _INTEGER.match(value) if isinstance(value, str) else None
    return int(found[1]) if found else None


def boolean(value: Value) -> bool | None:
    """Return what YAML 1.1 calls a boolean, None for anything else."""
    word = value.lower() if isinstance(value, str) else None
    return True if word in _TRUE else False if word in _FALSE else None


def _first(fields: Fields, names: Iterable[str], read: Callable[[Value], T | None]) -> T | None:
    """Return what is read from the first of the names that has something to be read."""
    found = (read(fields[name]) for name in names if name in fields)
    return next((value for value in found if value is not None and value != ()), None)


def _filled(value: Value) -> Value:
    """Return a text, or a map that says who it is."""
    if isinstance(value, dict):
        return value if any(_text(value.get(name)) for name in ("name", "domain", "id")) else None
    return value if _text(value) else None


def _key(urls: Urls) -> str | None:
    """Return what an article is known by; the address of an AMP page says too little."""
    url = urls.original or urls.web
    return canonical(url) if url else None


def _text(value: Value) -> str | None:
    return (plain(value) or None) if isinstance(value, str) else None


def _time(value: Value) -> str | None:
    return normalise(value) if isinstance(value, str) else None


def _title(fields: Fields, body: str, path: str) -> str:
    if title := _first(fields, TITLE, _text):
        return title
    heading = _HEADING.search(body[:8192])
    return (plain(heading[1]) if heading else "") or _words_of(path)


def _words_of(path: str) -> str:
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0]
    if not stem:
        return name or path
    words = _DAY_IN_NAME.sub("", stem).strip("-_. ")
    return re.sub(r"[-_ ]+", " ", words) or stem


def _published_at(fields: Fields, path: str, mtime: float) -> str | None:
    if when := _first(fields, PUBLISHED_AT, _time):
        return when
    for found in reversed(list(_DAY_IN_NAME.finditer(path))):  # the name before the folders
        if day := normalise("-".join(found.groups())):
            return day
    try:
        return normalise(datetime.fromtimestamp(mtime, UTC).isoformat())
    except (ValueError, OverflowError, OSError):  # a clock beyond the year 9999
        return None


def _urls(fields: Fields) -> Urls:
    urls = Urls(
        original=_url(fields, ORIGINAL),
        web=_url(fields, WEB),
        amp=_url(fields, AMP),
        cdn_amp=_url(fields, CDN_AMP),
    )
    if urls.original or urls.web:
        return urls
    other = _url(fields, OTHER_URL) or _video(fields.get("featuredContent"))
    return Urls(web=other, amp=urls.amp, cdn_amp=urls.cdn_amp) if other else urls


def _url(fields: Fields, names: Iterable[str]) -> str | None:
    for name in names:
        if isinstance(value := fields.get(name), str) and (url := safe_url(value)):
            return url
    return None


def _video(value: Value) -> str | None:
    found = _IFRAME_SOURCE.search(value) if isinstance(value, str) else None
    return safe_url(found[1]) if found else None


def _provider(value: Value, url: str | None) -> tuple[str | None, str | None]:
    fields = value if isinstance(value, dict) else {"name": value}
    domain = _text(fields.get("domain")) or _text(fields.get("id"))
    domain = domain or (host(url) if url else None)
    return _text(fields.get("name")) or domain, domain


def _names(value: Value) -> tuple[str, ...]:
    """Return names from a list of texts or of maps with a `name`, or from a text with commas."""
    if isinstance(value, str):
        value = list(value.split(","))
    if not isinstance(value, list):
        return ()
    names = (_text(item.get("name") if isinstance(item, dict) else item) for item in value)
    return tuple(dict.fromkeys(name for name in names if name))


def _picked(published: Value, quality: int | None, heat: int | None) -> bool | None:
    if (picked := boolean(published)) is not None:
        return picked
    return None if quality is None and heat is None else True


def _hidden(fields: Fields) -> str | None:
    if boolean(fields.get("removed")):
        return "withdrawn"
    return "draft" if boolean(fields.get("draft")) else None


def _images(value: Value) -> tuple[Image, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(image for item in items if (image := _image(item)))


def _image(value: Value) -> Image | None:
    fields: Fields = value if isinstance(value, dict) else {"url": value}
    if url := _url(fields, ("url",)):
        width, height = number(fields.get("width")), number(fields.get("height"))
        return Image(url, width, height, _text(fields.get("title")))
    return None


def _related(value: Value) -> Iterator[RelatedItem]:
    for fields in value if isinstance(value, list) else []:
        if isinstance(fields, dict) and (item := _related_item(fields)):
            yield item


def _related_item(fields: Fields) -> RelatedItem | None:
    urls = _urls(fields)
    title = _text(fields.get("title")) or urls.best
    if title is None:
        return None
    provider, domain = _provider(fields.get("provider"), urls.best)
    return RelatedItem(
        title=title,
        key=_key(urls),
        excerpt=_first(fields, EXCERPT, _text),
        published_at=_first(fields, PUBLISHED_AT, _time),
        urls=urls,
        provider=provider,
        domain=domain,
        type=_text(fields.get("type")),
        quality=number(fields.get("quality")),
        images=_images(fields.get("images")),
    )
