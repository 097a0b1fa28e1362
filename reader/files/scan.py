"""Reading a folder: what is there first, then its articles in batches, in order of their paths."""

import os
from collections.abc import Iterator
from pathlib import Path

from reader.files import fields, frontmatter
from reader.files.found import Batch, Contents, Result
from reader.files.frontmatter import FrontMatterError
from reader.files.reading import Unreadable, read_regular
from reader.files.walk import Walked, walk
from reader.model import Article, Topic

FIRST_BATCH = 64
BATCH = 256


def scan(root: Path, library: int = 0) -> Iterator[Result]:
    """Read a folder, or one file: its contents, then batches; a bad file is an article too."""
    base, walked = (root, walk(root)) if root.is_dir() else (root.parent, Walked([root.name]))
    topics = tuple(topic for path in walked.topics if (topic := read_topic(base / path)))
    total = len(walked.files) + len(walked.unreadable)
    yield Contents(library, total, dict(walked.passed_over), topics)
    if walked.unreadable:
        problems = (fields.to_problem(path, why, library) for path, why in walked.unreadable)
        yield Batch(library, tuple(problems))
    start, size = 0, FIRST_BATCH
    while start < len(walked.files):
        names = walked.files[start : start + size]
        found = [article for name in names if (article := read_article(base, name, library))]
        yield Batch(library, tuple(found), len(names) - len(found))
        start, size = start + size, BATCH


def read_article(base: Path, file: str, library: int = 0) -> Article | None:
    """Return the article in a file; None where it has no front matter and is not Markdown."""
    try:
        data = read_regular(base / file)
        document = frontmatter.parse(data)
    except (Unreadable, FrontMatterError) as error:
        return fields.to_problem(file, str(error), library)
    if document.fields is None and not file.lower().endswith((".md", ".markdown")):
        return None
    return fields.to_article(document, file, _modified(base / file), library)


def read_body(path: Path) -> str:
    """Return the text below the front matter of a file. Raises Unreadable or FrontMatterError."""
    return frontmatter.split(frontmatter.decode(read_regular(path)))[1]


def read_topic(path: Path) -> Topic | None:
    """Return the topic in a file of `_data/topics`; a broken one is as good as none."""
    try:
        text = frontmatter.decode(read_regular(path, limit=1024 * 1024))
        return fields.to_topic(frontmatter.parse_fields(text))
    except (Unreadable, FrontMatterError):
        return None


def _modified(path: Path) -> float:
    try:
        return os.stat(path, follow_symlinks=False).st_mtime
    except OSError:
        return 0.0
