"""Articles as JSON records, with the names that programs may rely on."""

from reader.dates import iso
from reader.library import Library
from reader.model import Article
from reader.store import Near


def record(library: Library, article: Article) -> dict[str, object]:
    """Return an article as `list --json` prints it; missing is None."""
    status = library.status(article)
    known = article.problem is None
    fields: dict[str, object] = {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "excerpt": article.excerpt,
        "published_at": _time(article.published_at),
        "updated_at": _time(article.updated_at),
        "url": article.urls.best,
        "urls": article.urls._asdict() if known else None,
        "provider": article.provider,
        "domain": article.domain,
        "authors": list(article.authors) if known else None,
        "topics": list(article.topics) if known else None,
        "tags": list(article.tags) if known else None,
        "type": article.type,
        "lang": article.lang,
        "feed": article.feed,
        "quality": article.quality,
        "heat": article.heat,
        "picked": article.picked,
        "covered": article.covered,
        "images": [image._asdict() for image in article.images] if known else None,
        "related": [_related(near) for near in library.near(article)] if known else None,
        "leader": library.leader(article),
        "story": _story(library, article),
        "front": _front(library, article) if known else None,
        "read": status.read if known else None,
        "starred": status.starred if known else None,
        "dismissed": status.dismissed if known else None,
        "problem": article.problem,
    }
    if len(library.folders) > 1:
        fields["library"] = str(library.folders[article.library].root)
    return fields


def whole_record(library: Library, article: Article) -> dict[str, object]:
    """Return an article as `show --json` prints it: with its body and the related items whole."""
    near, is_sound = library.near(article), article.problem is None
    return record(library, article) | {
        "body": library.source(article) if article.has_body else None,
        "related": [related_record(one) for one in near] if is_sound else None,
        "versions": [one.path for one in library.versions(article)] if is_sound else None,
    }


def related_record(near: Near) -> dict[str, object]:
    """Return a related item whole, as the file has it."""
    item = near.item
    return _related(near) | {
        "excerpt": item.excerpt,
        "published_at": _time(item.published_at),
        "urls": item.urls._asdict(),
        "type": item.type,
        "provider": item.provider,
        "domain": item.domain,
        "quality": item.quality,
        "images": [image._asdict() for image in item.images],
    }


def computed_record(article: Article, why: str) -> dict[str, object]:
    """Return a related article that no file names, as far as it goes like one that a file does."""
    return {
        "id": article.id,
        "url": article.urls.best,
        "title": article.title,
        "excerpt": article.excerpt,
        "published_at": _time(article.published_at),
        "urls": article.urls._asdict(),
        "type": article.type,
        "provider": article.provider,
        "domain": article.domain,
        "quality": article.quality,
        "images": [image._asdict() for image in article.images],
        "why": why,
    }


def _story(library: Library, article: Article) -> dict[str, object] | None:
    """Return what is told of an article's event, None for a lone one; providers by their time."""
    members = library.story(article)
    if not members:
        return None
    in_time = sorted(members, key=lambda one: (one.published_at is None, one.published_at))
    times = [one.published_at for one in in_time if one.published_at]
    return {
        "id": members[0].id,
        "title": members[0].title,
        "size": len(members),
        "providers": list(dict.fromkeys(one.provider for one in in_time if one.provider)),
        "first": _time(times[0]) if times else None,
        "latest": _time(times[-1]) if times else None,
    }


def _front(library: Library, article: Article) -> dict[str, float] | None:
    """Return the points of an article in the order of importance, and what they are for."""
    if (found := library.points(article)) is None:
        return None
    terms = {"points": found.sum} | found._asdict()
    return {name: tenths / 10 for name, tenths in terms.items()}


def _related(near: Near) -> dict[str, object]:
    url = (near.article and near.article.urls.best) or near.item.urls.best
    return {"id": near.article.id if near.article else None, "url": url, "title": near.title}


def _time(when: str | None) -> str | None:
    return iso(when) if when else None
