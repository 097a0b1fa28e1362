"""Articles, files and folders for the tests, in our own words."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reader.files.fields import to_article
from reader.files.frontmatter import Document, Value
from reader.files.scan import clock, read_article
from reader.files.site import Site
from reader.model import Article, RelatedItem, Status, Topic, Urls, bits_of
from reader.search import FIELDS, Needle, words_of
from reader.snapshot.columns import NONE
from reader.snapshot.derive import derive
from reader.snapshot.index import NAME, Index, read_index
from reader.snapshot.looking import NO_ARTICLE, look_at
from reader.snapshot.making import Making
from reader.snapshot.packing import pack
from reader.snapshot.refreshing import refresh
from reader.snapshot.rows import row_of
from reader.snapshot.segments import DiskRecords, MemoryRecords
from reader.store import Store
from reader.urls import article_id, canonical, key_number

SECRET = "c2VjcmV0IHdvcmRz;aXYgb2YgMTYgYnl0ZXM="

SEED_LIKE = f"""---
category: news
title: "A rocket company’s satellites will carry a cloud: \\"Azure Space\\""
excerpt: "A data centre in a box, linked by satellite.\\r\\nIt goes where no cable does."
publishedDateTime: 2020-10-20T13:13:00Z
originalUrl: "https://www.example.com/2020/azure-space/"
webUrl: "https://www.example.com/2020/azure-space/"
ampWebUrl: "https://www.example.com/2020/azure-space/amp/"
cdnAmpWebUrl: "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/2020/azure-space/amp/"
type: article
quality: 94
heat: -1
published: false

provider:
  name: Example Wire
  domain: example.com
  images:
    - url: "https://images.example.com/wire-50x50.jpg"
      width: 50
      height: 50

topics:
  - Azure
  - AI

images:
  - url: "https://images.example.com/space.png"
    width: 630
    height: 479
    isCached: true

related:
  - title: "A cloud goes to space"
    excerpt: "The other paper tells it in fewer words."
    publishedDateTime: 2020-10-20T13:01:00Z
    webUrl: "https://www.example.org/cloud-in-space/"
    type: article
    provider:
      name: Example Post
      domain: example.org
    quality: 104

secured: "{SECRET}"
---

"""


def front(*lines: str, body: str = "") -> str:
    """Return the text of an article file with these lines of front matter."""
    return "\n".join(["---", *lines, "---", "", body])


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files under a folder, by their relative paths."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def from_fields(
    fields: dict[str, Value], file: str = "_news/2020-10-21-a-file.md", body: str = ""
) -> Article:
    """Return the article that these fields make."""
    return to_article(Document(fields, body), file, 0.0)


def article(name: str, *related: str | RelatedItem, **values: object) -> Article:
    """Return an article at an address made of its name; a name among `related` becomes a copy."""
    url = values.pop("url", f"https://example.com/{name}")
    path = str(values.pop("path", f"{name}.md"))
    key = canonical(str(url)) if url else path
    copies = tuple(copy(one) if isinstance(one, str) else one for one in related)
    urls = Urls(original=str(url)) if url else Urls()
    facts = {"id": article_id(key), "title": f"On {name}", "file": path, "urls": urls}
    facts["related"] = copies
    return Article(key=key, path=path, **(facts | values))


def copy(name: str, **values: object) -> RelatedItem:
    """Return the copy of an article that a `related` list holds."""
    url = f"https://www.example.com/{name}/"
    return RelatedItem(**({"title": f"On {name}", "key": canonical(url)} | values))


class MemorySegment:
    """A segment of records that is in memory only."""

    name = "memory"

    def __init__(self) -> None:
        self.data = b""

    def append(self, records: bytes) -> int:
        """Append records; returns where they begin."""
        start, self.data = len(self.data), self.data + records
        return start


def index_of(articles: Iterable[Article], topics: Iterable[Topic] = ()) -> tuple[Index, bytes]:
    """Return an index of articles, as if each had a file, and the records that belong to it."""
    index, segment = Index(), MemorySegment()
    making = Making(index)
    for one in articles:
        packed, records = pack([row_of(one, words_of(one))])
        row = making.add(packed, segment.name, segment.append(records))
        index.paths.append(one.file)
        for name, value in {"library": one.library, "row": row, "size": 0, "time": 0}.items():
            getattr(index, f"file_{name}").append(value)
        index.file_inode.append(0)
    index.tables.listed = [[topic.name, topic.parent] for topic in topics]
    derive(index)
    return index, segment.data


def store_of(
    articles: Iterable[Article],
    statuses: dict[str, Status] | None = None,
    topics: Iterable[Topic] = (),
) -> Store:
    """Return a store of articles; `statuses` are by key, in all libraries."""
    index, records = index_of(articles, topics)
    store = Store(index, MemoryRecords([records]), Path())
    marks = {key_number(key): bits_of(status) for key, status in (statuses or {}).items()}
    store.set_marks([marks] * (max(index.library, default=0) + 1))
    return store


def found_in(words: str, needle: Needle) -> bool:
    """Return whether the words of an article have what is looked for; nothing is everywhere."""
    if needle.field:
        words = words.split("\n")[FIELDS.index(needle.field)]
    return needle.text in words


def row(store: Store, one: Article | str) -> int:
    """Return the row of an article, or of the one in a file."""
    file = one if isinstance(one, str) else one.file
    return next(row for row in store.index.by_quality if store.article(row).file == file)


def names(store: Store, rows: Iterable[int]) -> str:
    """Return the names of the files of rows, without their ends."""
    return " ".join(store.article(row).path.removesuffix(".md") for row in rows)


def status_by(statuses: dict[str, Status]):
    """Return the function that finds an article's status by its key."""
    return lambda one: statuses.get(one.key, Status())


class Contents(NamedTuple):
    """What a folder holds beside its articles; `files` are those that may hold one."""

    files: int
    passed_over: dict[str, int]
    topics: tuple[Topic, ...]
    site: Site


def scanned(root: Path) -> tuple[Contents, list[Article], int]:
    """Return what the keeper finds in a folder: the articles whole, in the order of their paths.

    The last figure is how many of the files turned out to hold no article.
    """
    with tempfile.TemporaryDirectory() as cache:
        place = refresh([root], Path(cache)).place
        index = read_index(place / NAME, whole=True)
        store = Store(index, DiskRecords(place, index.tables.segments), place)
        files = sorted(zip(index.paths, index.file_row, strict=True))
        rows = [row for _, row in files if row != NONE]
        articles = [replace(store.article(row), related=store.copies(row)) for row in rows]
    tables = index.tables
    late = tables.passed_over.pop(NO_ARTICLE, 0)
    topics = tuple(Topic(name or "", parent) for name, parent in tables.listed)
    site = Site.of(tables.sites[0])
    return Contents(tables.files + late, tables.passed_over, topics, site), articles, late


def listed(root: Path) -> Iterator[list[Article]]:
    """List a folder first, and then read the articles in its files."""
    base, walked = look_at(root, 0)
    yield []
    found = (read_article(base.folder, path, 0, base.site, clock()) for path in walked.files)
    yield [one for one in found if one is not None]
