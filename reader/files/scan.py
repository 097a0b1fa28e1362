"""Reading one file: its article with its body, its body alone, or the topic that it tells of."""

from datetime import UTC, datetime
from pathlib import Path

from reader.files import fields, frontmatter
from reader.files.frontmatter import MARKDOWN, FrontMatterError
from reader.files.reading import Unreadable, read_regular, read_with_stat
from reader.files.site import NO_SITE, Site
from reader.model import Article, Topic


def clock() -> str:
    """Return the time in the one form."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def read_article(
    base: Path, file: str, library: int = 0, site: Site = NO_SITE, now: str = ""
) -> Article | None:
    """Return the article in a file; None where it has no front matter and is not Markdown."""
    found = read_file(base, file, library, site, now)
    return found[0] if found else None


def read_file(
    base: Path, file: str, library: int = 0, site: Site = NO_SITE, now: str = ""
) -> tuple[Article, str] | None:
    """Return the article in a file and its body, empty with a problem; None as read_article."""
    try:
        data, disk = read_with_stat(f"{base}/{file}")
        document = frontmatter.parse(data, file)
    except (Unreadable, FrontMatterError) as error:
        return fields.to_problem(file, str(error), library), ""
    if document.fields is None and not file.lower().endswith(MARKDOWN):
        return None
    return fields.to_article(document, file, disk.st_mtime, library, site, now), document.body


def read_body(path: Path) -> str:
    """Return the text below the front matter of a file. Raises Unreadable or FrontMatterError."""
    return frontmatter.split(frontmatter.decode(read_regular(path)), path.name)[1]


def read_topic(path: Path) -> Topic | None:
    """Return the topic in a file of `_data/topics`; a broken one is as good as none."""
    try:
        text = frontmatter.decode(read_regular(path, limit=1024 * 1024))
        return fields.to_topic(frontmatter.parse_fields(text))
    except (Unreadable, FrontMatterError):
        return None
