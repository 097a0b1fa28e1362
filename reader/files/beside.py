"""The files beside an article's own that hold it as it was before."""

from pathlib import Path

from reader.files.scan import clock, read_article
from reader.files.site import Site
from reader.model import Article
from reader.stories import same_piece
from reader.versions import numbered, path_of

MOST = 100
"""The most versions that are looked for."""


def versions(base: Path, article: Article, site: Site) -> list[Article]:
    """Return an article with its earlier versions, the oldest first, without their ids' ends.

    Each lies beside the one after it and has its key; both came from feeds, or have nearly the
    same title. What cannot be read is passed over.
    """
    first, number = numbered(article.file)
    found = [article]
    for at in range(number - 1, max(number - MOST, 0), -1):
        before, later = _read(base, path_of(first, at), article, site), found[-1]
        if before is None:
            continue
        if not ((before.feed and later.feed) or same_piece(before.title, later.title)):
            break
        found.append(before)
    return found[::-1]


def _read(base: Path, file: str, article: Article, site: Site) -> Article | None:
    """Return the article in a file if it has the key of another."""
    if not (base / file).is_file():
        return None
    found = read_article(base, file, article.library, site, clock())
    return found if found and found.key == article.key and not found.problem else None
