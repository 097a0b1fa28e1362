"""An article as feedparser tells of it -> an article as feeds tell of it here."""

from functools import lru_cache
from typing import Any

from reader.dates import normalise
from reader.feeds.formats import pieces
from reader.feeds.formats.attachments import attachments
from reader.feeds.formats.moments import odd_moment
from reader.feeds.formats.texts import Text, excerpt_and_body, with_recording
from reader.feeds.values import Entry
from reader.text import clean_line, plain
from reader.urls import host

_get = dict.get
_HTML = ("text/html", "application/xhtml+xml")


def entry_of(told: Any, url: str, site: str | None, lang: str | None) -> Entry:
    """Return an article of a feed, of which `url` and `site` are; `lang` is the feed's language."""
    images, enclosures, is_film = attachments(told, url)
    own, title, source = _url(told, url), title_of(told), _source(told)
    if source:
        title = title.removesuffix(f" - {source}")
        source = None if source == title else source
    texts = _texts(told, is_film=is_film)
    if any("<" in text.value and not text.base for text in texts):
        base = _base_of(own, site or url, url)
        texts = [text if text.base else text._replace(base=base) for text in texts]
    excerpt, body = excerpt_and_body(texts, title, own)
    if source and excerpt == f"{title} {source}":
        excerpt = body = None
    body = with_recording(excerpt, body, enclosures)
    published, updated = _moment(told, "published"), _moment(told, "updated")
    detail = _get(told, "title_detail") or {}
    return Entry(
        title=title,
        url=own,
        guid=pieces.guid(_get(told, "id")),
        published_at=published or updated or _moment(told, "created"),
        updated_at=updated,
        excerpt=excerpt,
        body=body,
        type="video" if is_film else "article",
        source=source,
        authors=_authors(told),
        categories=_categories(told),
        images=images,
        enclosures=enclosures,
        lang=pieces.language(_get(detail, "language")) or lang,
        amp=_amp(told, url),
        source_url=_source_url(told) if source else None,
    )


def title_of(told: Any) -> str:
    """Return the title of a feed or an article as a plain line."""
    title = _get(told, "title")
    if not isinstance(title, str):
        return ""
    title = title[: 4 * pieces.MAX_TITLE]
    if ("<" in title or "&" in title) and _is_html(_get(told, "title_detail")):
        title = plain(title)
    return clean_line(title, pieces.MAX_TITLE)


def _is_html(detail: Any) -> bool:
    return detail is not None and _get(detail, "type") in _HTML


def _url(told: Any, url: str) -> str | None:
    """Return where an article is; a guid stands for a link only where it is a whole address."""
    links = _get(told, "links")
    places = [
        (_get(told, "feedburner_origlink"), url),
        (_get(told, "link"), url if links else None),
    ]
    places += [(_get(one, "href"), url) for one in links or () if _get(one, "rel") == "alternate"]
    found = (found for place, base in places if (found := pieces.address(place, base)))
    return next(map(pieces.unwrapped, found), None)


def _base_of(own: str | None, site: str, url: str) -> str:
    """Return what the addresses in a text are relative to that does not say it: its page, mostly.

    A page elsewhere is what the text is about, not where it stands.
    """
    if own and own.startswith(_home(site)):
        return own
    return own if own and host(own) in (host(site), host(url)) else site


@lru_cache(maxsize=1)
def _home(site: str) -> str:
    return "/".join([*site.split("/", 3)[:3], ""])


def _amp(told: Any, url: str) -> str | None:
    for one in _get(told, "links") or ():
        if _get(one, "rel") == "amphtml":
            return pieces.address(_get(one, "href"), url)
    return None


def _moment(told: Any, name: str) -> str | None:
    """Return a time as it is written, or as feedparser reads ways to write it that are rare."""
    written = _get(told, name)
    if not isinstance(written, str) or not written:
        return None
    return normalise(written) or odd_moment(written) or _as_read(_get(told, f"{name}_parsed"))


def _as_read(moment: Any) -> str | None:
    if moment is None or not 1 <= moment[0] <= 9999:
        return None
    return normalise("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*moment[:6]))


def _texts(told: Any, *, is_film: bool) -> list[Text]:
    """Return the summary and the fullest content; what a film says of itself is plain text."""
    found = []
    summary, detail = _get(told, "summary"), _get(told, "summary_detail")
    if isinstance(summary, str):
        html = (detail is None or _is_html(detail)) and not (is_film and "</" not in summary)
        found.append(Text(summary, html, _base(detail)))
    contents = [
        Text(one["value"], _is_html(one), _base(one))
        for one in _get(told, "content") or ()
        if isinstance(_get(one, "value"), str) and _get(one, "type") in (*_HTML, "text/plain")
    ]
    if contents:
        found.append(max(contents, key=lambda text: len(text.value)))
    return found


def _base(detail: Any) -> str:
    return (detail and _get(detail, "base")) or ""


def _source(told: Any) -> str | None:
    source = _get(told, "source")
    if isinstance(source, dict):
        return title_of(source) or None
    return pieces.line(_get(told, "news_source")).partition(" on MSN")[0] or None


def _source_url(told: Any) -> str | None:
    source = _get(told, "source")
    return pieces.address(_get(source, "href"), None) if isinstance(source, dict) else None


def _authors(told: Any) -> tuple[str, ...]:
    return pieces.people([_get(author, "name") for author in _get(told, "authors") or ()])


def _categories(told: Any) -> tuple[str, ...]:
    tags = _get(told, "tags")
    if not tags:
        return ()
    return pieces.labels([_get(tag, "label") or _get(tag, "term") for tag in tags])
