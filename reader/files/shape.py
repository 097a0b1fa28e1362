"""Fields as other people's sites shape them, brought to the names and shapes that we know."""

import re

from reader.body.wiki import inline_tags
from reader.files.frontmatter import Document, Value
from reader.files.names import PEOPLE, TOPICS
from reader.files.site import PLAIN, Site
from reader.files.values import Fields, all_names, first, names

_KNOWN = (
    "title linkTitle date published publishDate pubDate created updated lastmod modified excerpt"
    " summary description abstract link external_url url canonical canonical_url canonicalUrl"
    " source originalUrl webUrl sourceUrl provider site publisher author authors topics tags tag"
    " categories category taxonomies keywords images image cover thumbnail featured_image draft"
    " removed expiryDate unpublishdate slug aliases quality heat status type permalink headless"
    " build params lang"
)
_BY_LOWER = {name.lower(): name for name in _KNOWN.split()}
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]{0,300}\|)?([^\[\]|]{1,300})\]\]")


def prepared(document: Document, site: Site) -> Fields:
    """Return the fields of a file by our names, those that it keeps in a map of its own included.

    What stands at the top wins over what stands in the map.
    """
    fields = document.fields or {}
    if site.kind == PLAIN:
        return fields
    if site.row.any_case:
        fields = _by_our_names(fields)
    inner = fields.get(site.row.inner)
    if isinstance(inner, dict):
        fields = (_by_our_names(inner) if site.row.any_case else inner) | fields
    return {name: _unlinked(value) for name, value in fields.items()} if _is_wiki(site) else fields


def topics_of(fields: Fields, body: str, site: Site) -> tuple[str, ...]:
    """Return the topics that the first of the names holds, and a vault's tags in the text."""
    found: tuple[str, ...] = ()
    for name in TOPICS:
        if name == "category" and fields.get(name) == "news" and "publishedDateTime" in fields:
            continue  # every file of the sites' own format says so
        if name in fields and (found := _topics(name, fields[name], site)):
            break
    return tuple(dict.fromkeys([*found, *inline_tags(body)])) if _is_wiki(site) else found


def tags_of(fields: Fields, site: Site) -> tuple[str, ...]:
    """Return what the field of that name holds."""
    return _topics("tags", fields.get("tags"), site)


def authors_of(fields: Fields, site: Site) -> tuple[str, ...]:
    """Return the names of the authors, in whatever shape they are written."""
    taxonomies = fields.get("taxonomies")
    places = (fields, taxonomies) if isinstance(taxonomies, dict) else (fields,)
    for place in places:
        if found := first(place, PEOPLE, lambda value: all_names(value, site.row.separators)):
            return found
    return ()


def _topics(name: str, value: Value, site: Site) -> tuple[str, ...]:
    if name == "taxonomies" and isinstance(value, dict):
        kept = [one for key, one in value.items() if key.lower() not in PEOPLE]
        return all_names([list(all_names(one)) for one in kept])
    if site.kind == PLAIN:
        return names(value)
    return all_names(value, site.row.separators, spaces=name in site.row.spaces)


def _by_our_names(fields: Fields) -> Fields:
    return {_BY_LOWER.get(name.lower(), name): value for name, value in fields.items()}


def _is_wiki(site: Site) -> bool:
    return site.kind != PLAIN and site.row.dialect == "wiki"


def _unlinked(value: Value) -> Value:
    """Return texts with the words of their wiki links only."""
    if isinstance(value, list):
        return [_unlinked(item) for item in value]
    return _WIKI_LINK.sub(r"\1", value) if isinstance(value, str) and "[[" in value else value
