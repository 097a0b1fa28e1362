"""One article as plain lines: what `show` prints, and the reader without panes."""

from collections.abc import Iterator

from reader.body.plain import plain_text
from reader.dates import day, long_date
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable
from reader.library import Library
from reader.model import Article

RELATED_COLUMNS = (3, 12, 10, 20, 0)


def article_lines(library: Library, article: Article) -> Iterator[str]:
    """Yield the lines of an article: title, facts, text, addresses, with blank ones between."""
    yield article.title
    when = long_date(article.published_at, None) if article.published_at else None
    if article.provider or when:
        yield " · ".join(fact for fact in (article.provider, when) if fact)
    if facts := [*_figures(article), *article.topics]:
        yield " · ".join(facts)
    if text := article.problem or _text(library, article) or article.excerpt:
        yield f"\n{text}"
    for url in dict.fromkeys(filter(None, (article.urls.best, article.urls.web))):
        yield f"\n{url}"


def related_rows(library: Library, article: Article) -> Iterator[tuple[str, ...]]:
    """Yield number, id, day, provider and title of what is related."""
    for number, near in enumerate(library.near(article), 1):
        here = near.article or near.item
        when = day(here.published_at, None) if here.published_at else ""
        mark = near.article.id if near.article else "not here"
        yield str(number).rjust(3), mark, when, here.provider or "", near.title


def _figures(article: Article) -> Iterator[str]:
    if article.quality is not None:
        yield f"quality {article.quality}"
    if article.covered:
        yield "covered"
    elif article.heat is not None:
        yield f"heat {article.heat}"


def _text(library: Library, article: Article) -> str | None:
    if not article.has_body:
        return None
    try:
        return plain_text(library.body(article))
    except (Unreadable, FrontMatterError) as error:
        return f"{article.path}: {error}"
