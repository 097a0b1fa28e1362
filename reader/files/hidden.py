"""Why an article is not among the news: the reasons of its file, its site and the clock."""

from collections.abc import Callable

from reader.dates import iso
from reader.files.site import PLAIN, Site
from reader.files.values import Fields, boolean, first, text, time

EXPIRES = ("expiryDate", "expirydate", "unpublishdate")
APPEARS = ("publishDate", "date")
NOT_LISTED = "not listed by the site"
NO_PAGE = "not a page of the site"

Reason = str | None


def why_hidden(fields: Fields, path: str, site: Site, now: str, when: str | None) -> Reason:
    """Return why an article is hidden, None for one that is not.

    `now` is a time of the one form; `when` is when the article was published.
    """
    if boolean(fields.get("removed")):
        return "withdrawn"
    if site.kind == "obsidian":
        return None
    if boolean(fields.get("draft")) or _is_among_drafts(path, site):
        return "draft"
    expires = first(fields, EXPIRES, time)
    if expires and now and iso(expires) <= now:
        return "expired"
    own = _OF_KIND.get(site.kind)
    return own(fields, path) or _not_yet(fields, path, site, now, when) if own else None


def _is_among_drafts(path: str, site: Site) -> bool:
    return site.kind != PLAIN and bool(site.row.drafts) and f"/{site.row.drafts}/" in f"/{path}"


def _not_yet(fields: Fields, path: str, site: Site, now: str, when: str | None) -> Reason:
    if site.future or not now:
        return None
    if site.kind == "jekyll" and "/_posts/" not in f"/{path}":
        return None
    appears = first(fields, APPEARS, time) if site.kind == "hugo" else when
    return "not yet published" if appears and iso(appears) > now else None


def _hugo(fields: Fields, path: str) -> Reason:
    build = fields.get("build") or fields.get("_build")
    options = build if isinstance(build, dict) else {}
    if boolean(fields.get("headless")) or options.get("render") in ("never", "link", "false"):
        return NO_PAGE
    return NOT_LISTED if options.get("list") in ("never", "false") else None


def _zola(fields: Fields, path: str) -> Reason:
    return NO_PAGE if boolean(fields.get("render")) is False else None


def _eleventy(fields: Fields, path: str) -> Reason:
    if boolean(fields.get("permalink")) is False:
        return NO_PAGE
    is_list = isinstance(fields.get("pagination"), dict)
    excluded = boolean(fields.get("eleventyExcludeFromCollections"))
    return NOT_LISTED if is_list or excluded else None


def _pelican(fields: Fields, path: str) -> Reason:
    status = (text(fields.get("status")) or "").lower()
    return {"draft": "draft", "hidden": NOT_LISTED, "skip": NO_PAGE}.get(status)


def _none(fields: Fields, path: str) -> Reason:
    return None


_OF_KIND: dict[str, Callable[[Fields, str], Reason]] = {
    "hugo": _hugo,
    "zola": _zola,
    "eleventy": _eleventy,
    "pelican": _pelican,
    "jekyll": _none,
    "hexo": _none,
}
