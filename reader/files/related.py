"""The copies of other articles that a file carries in its `related` list."""

from reader.files.frontmatter import Value
from reader.files.names import EXCERPT, PUBLISHED_AT
from reader.files.scanner import Copy
from reader.files.sources import key_of, provider_of, urls_of
from reader.files.values import Fields, first, images, number, text, time
from reader.model import RelatedItem


def related_items(value: Value) -> tuple[RelatedItem, ...]:
    """Return the copies that have a title or an address."""
    if not isinstance(value, list):
        return ()
    found = [_item_of(fields) for fields in value if isinstance(fields, dict)]
    return tuple([item for item in found if item])


def _item_of(fields: Fields) -> RelatedItem | None:
    """Return what is made of a copy; once, where many files have it."""
    if not isinstance(fields, Copy):
        return _related_item(fields)
    if not hasattr(fields, "made"):
        fields.made = _related_item(fields)
    made: RelatedItem | None = fields.made
    return made


def _related_item(fields: Fields) -> RelatedItem | None:
    urls = urls_of(fields)
    title = text(fields.get("title")) or urls.best
    if title is None:
        return None
    provider, domain = provider_of(fields.get("provider"), urls.best)
    return RelatedItem(
        title=title,
        key=key_of(urls),
        excerpt=first(fields, EXCERPT, text),
        published_at=first(fields, PUBLISHED_AT, time),
        urls=urls,
        provider=provider,
        domain=domain,
        type=text(fields.get("type")),
        quality=number(fields.get("quality")),
        images=images(fields.get("images")),
    )
