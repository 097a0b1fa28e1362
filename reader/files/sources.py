"""Where an article is from: its addresses, what it is known by, and who published it."""

import re

from reader.files.frontmatter import Value
from reader.files.names import AMP, CDN_AMP, ORIGINAL, OTHER_URL, WEB
from reader.files.values import Fields, text, url
from reader.model import Urls
from reader.urls import canonical, host, safe_url

_IFRAME_SOURCE = re.compile(r"""<iframe\b[^<>]{0,2000}?\ssrc\s*=\s*["']([^"'<>]+)""", re.IGNORECASE)


def urls_of(fields: Fields) -> Urls:
    """Return the addresses that a file names; the other names count where the first have none."""
    original, web = url(fields, ORIGINAL), url(fields, WEB)
    if not original and not web:
        web = url(fields, OTHER_URL) or _video(fields.get("featuredContent"))
    return Urls(original, web, url(fields, AMP), url(fields, CDN_AMP))


def key_of(urls: Urls) -> str | None:
    """Return what an article is known by; the address of an AMP page says too little."""
    found = urls.original or urls.web
    return canonical(found) if found else None


def provider_of(value: Value, found: str | None) -> tuple[str | None, str | None]:
    """Return name and domain of a provider, which `found`, an address, may have to tell."""
    fields = value if isinstance(value, dict) else {"name": value}
    domain = text(fields.get("domain")) or text(fields.get("id"))
    domain = domain or (host(found) if found else None)
    return text(fields.get("name")) or domain, domain


def _video(value: Value) -> str | None:
    found = _IFRAME_SOURCE.search(value) if isinstance(value, str) else None
    return safe_url(found[1]) if found else None
