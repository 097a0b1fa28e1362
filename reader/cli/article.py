"""One article as plain lines: what `show` prints, and the reader without panes."""

from collections.abc import Iterator, Sequence

from reader.body.plain import plain_text
from reader.dates import day, long_date, short_time
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable
from reader.library import Library
from reader.model import Article
from reader.stories import same_piece

RELATED_COLUMNS = (3, 12, 10, 20, 0)
COMPUTED_COLUMNS = (12, 10, 20, 0, 30)
STORY_COLUMNS = (17, 12, 20, 0)
VERSION_COLUMNS = (17, 0)


def article_lines(library: Library, article: Article, text: str | None = None) -> Iterator[str]:
    """Yield the lines of an article: title, facts, text, addresses, with blank ones between.

    `text` stands for that of the file.
    """
    yield article.title
    when = long_date(article.published_at, None) if article.published_at else None
    if article.provider or when:
        yield " · ".join(fact for fact in (article.provider, when) if fact)
    if facts := [*_figures(article), *article.topics]:
        yield " · ".join(facts)
    if text := article.problem or text or _text(library, article) or article.excerpt:
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


def computed_rows(found: Sequence[tuple[Article, str]]) -> Iterator[tuple[str, ...]]:
    """Yield id, day, provider, title and reason of what is related but named in no file."""
    for article, why in found:
        when = day(article.published_at, None) if article.published_at else ""
        yield article.id, when, article.provider or "", article.title, why


def version_rows(library: Library, article: Article) -> Iterator[tuple[str, ...]]:
    """Yield time and path of each version of an article, the oldest first; none of a single one."""
    found = library.versions(article)
    for one in found if len(found) > 1 else ():
        when = one.updated_at or one.published_at
        yield short_time(when, None) if when else "", one.path


def story_rows(articles: Sequence[Article]) -> Iterator[tuple[str, ...]]:
    """Yield time, id, provider and title of each article of a story."""
    for at, article in enumerate(articles):
        same = [one for one in articles[:at] if same_piece(one.title, article.title)]
        title = f"{article.title} (copy of {same[0].name})" if same else article.title
        when = short_time(article.published_at, None) if article.published_at else ""
        yield when, article.id, article.provider or "", title


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
