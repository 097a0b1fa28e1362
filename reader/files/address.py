"""The address of an article on its own site, from its file and the site's settings.

Where a generator could have made another one of them, there is none: an address that leads
nowhere is worse than no address.
"""

import re
from collections.abc import Callable
from urllib.parse import urljoin

from reader.files.site import Site
from reader.files.values import Fields
from reader.urls import host, safe_url

_PATH = re.compile(r"(?!//)/?(?![a-z]{1,10}:)[^:{}\s*]{1,500}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,200}")
_ZOLA_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,200}")
_FOLDERS = re.compile(r"(?:[a-z0-9][a-z0-9_-]{0,200}/){0,20}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[^_-]{1,40})?[-_](?=.)")
_STYLES = ("date", "pretty", "ordinal", "weekdate", "none")


def own_address(fields: Fields, path: str, site: Site) -> str | None:
    """Return where the site has an article, None where that is not certain."""
    find = _OF_KIND.get(site.kind) if site.address else None
    found = find(fields, path, site) if find else None
    if found is None or site.address is None:
        return None
    try:
        url = safe_url(urljoin(site.address, found.lstrip("/")))
    except ValueError:
        return None
    return url if url and host(url) == host(site.address) else None


def _fixed(fields: Fields, name: str) -> str | None:
    """Return a path of the site that a field names, without any place to fill in."""
    value = fields.get(name)
    if isinstance(value, str) and value not in _STYLES and _PATH.fullmatch(value):
        return value
    return None


def _jekyll(fields: Fields, path: str, site: Site) -> str | None:
    return _fixed(fields, "permalink")


def _eleventy(fields: Fields, path: str, site: Site) -> str | None:
    found = _fixed(fields, "permalink")
    if found is None or found in ("true", "false"):
        return None
    return found.removesuffix("index.html")


def _pelican(fields: Fields, path: str, site: Site) -> str | None:
    if fields.get("url"):
        return _fixed(fields, "url")
    slug = fields.get("slug")
    if not site.by_path or not isinstance(slug, str) or "/pages/" in path or fields.get("lang"):
        return None
    return f"{slug}.html" if _SLUG.fullmatch(slug) else None


def _hugo(fields: Fields, path: str, site: Site) -> str | None:
    if fields.get("url"):
        found = _fixed(fields, "url")
        return found if found and (found.startswith("/") or not site.languages) else None
    return _by_path(fields, path, site, _SLUG) or _alias(fields, site)


def _zola(fields: Fields, path: str, site: Site) -> str | None:
    if fields.get("path"):
        found = _fixed(fields, "path")
        return f"{found.strip('/')}/" if found else None
    return _by_path(fields, path, site, _ZOLA_SLUG) or _alias(fields, site)


def _by_path(fields: Fields, path: str, site: Site, simple: re.Pattern[str]) -> str | None:
    """Return the path of a file below the home folder, where its names are used as they are."""
    folder, _, name = path.removeprefix(site.home).rpartition("/")
    stem, _, end = name.partition(".")
    if not site.by_path or not site.home or end != "md":
        return None
    if stem == "index":
        folder, _, stem = folder.rpartition("/")
    slug = fields.get("slug")
    stem = slug if isinstance(slug, str) and slug else stem
    if site.kind == "zola":
        stem = _DAY.sub("", stem)
    parents = f"{folder}/" if folder else ""
    if simple.fullmatch(stem) and _FOLDERS.fullmatch(parents):
        return f"{parents}{stem}/"
    return None


def _alias(fields: Fields, site: Site) -> str | None:
    """Return an older path, which leads to the article; several languages have several."""
    aliases = fields.get("aliases")
    found = aliases[0] if isinstance(aliases, list) and aliases else None
    is_sure = isinstance(found, str) and found.startswith("/") and not site.languages
    return found if is_sure and isinstance(found, str) and _PATH.fullmatch(found) else None


_OF_KIND: dict[str, Callable[[Fields, str, Site], str | None]] = {
    "jekyll": _jekyll,
    "hexo": _jekyll,
    "eleventy": _eleventy,
    "pelican": _pelican,
    "hugo": _hugo,
    "zola": _zola,
}
