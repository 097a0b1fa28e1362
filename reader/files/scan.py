"""Reading a folder: what is there first, then its articles in batches, in order of their paths."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from reader.files import fields, frontmatter
from reader.files.found import Batch, Contents, Result
from reader.files.frontmatter import MARKDOWN, FrontMatterError
from reader.files.reading import Unreadable, read_regular, read_with_stat
from reader.files.recognition import site_of
from reader.files.site import NO_SITE, Site
from reader.files.walk import Walked, walk
from reader.model import Article, Topic

FIRST_BATCH = 64
BATCH = 256


def scan(root: Path, library: int = 0) -> Iterator[Result]:
    """Read a folder, or one file: its contents, then batches; a bad file is an article too."""
    is_folder = root.is_dir()
    site = site_of(root) if is_folder else NO_SITE
    base, walked = (root, walk(root, site)) if is_folder else (root.parent, Walked([root.name]))
    topics = tuple(topic for path in walked.topics if (topic := read_topic(base / path)))
    total = len(walked.files) + len(walked.unreadable)
    yield Contents(library, total, dict(walked.passed_over), topics, site)
    if walked.unreadable:
        problems = (fields.to_problem(path, why, library) for path, why in walked.unreadable)
        yield Batch(library, tuple(problems))
    yield from _batches(_Reader(base, library, site), walked.files)


def _batches(reader: "_Reader", files: list[str]) -> Iterator[Batch]:
    start, size = 0, FIRST_BATCH
    while start < len(files):
        names = files[start : start + size]
        articles, others = reader.read(names)
        yield Batch(reader.library, articles, others)
        start, size = start + size, BATCH
    if reader.kept:
        drafts = (replace(one, hidden="draft") for one in reader.kept)
        yield Batch(reader.library, tuple(drafts))


class _Reader:
    """Reads the files of one folder, and keeps back what may be a draft.

    `published: false` makes a draft only where no article of the folder has quality or heat.
    """

    def __init__(self, base: Path, library: int, site: Site) -> None:
        self.base, self.library, self.site = base, library, site
        self.kept: list[Article] = []
        self._has_figures = site.kind == "obsidian"
        self._now = clock()

    def read(self, names: list[str]) -> tuple[tuple[Article, ...], int]:
        """Return the articles in these files, and how many of the files hold none."""
        found, others = [], 0
        for name in names:
            article = read_article(self.base, name, self.library, self.site, self._now)
            if article is None:
                others += 1
            elif not self._keeps(article):
                found.append(article)
        return (*self._released(), *found), others

    def _keeps(self, article: Article) -> bool:
        if self._has_figures:
            return False
        if article.quality is not None or article.heat is not None:
            self._has_figures = True
        elif article.picked is False and not article.hidden:
            self.kept.append(article)
            return True
        return False

    def _released(self) -> list[Article]:
        """Return what was kept back, once it is known to be no draft."""
        kept = self.kept if self._has_figures else []
        if kept:
            self.kept = []
        return kept


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
