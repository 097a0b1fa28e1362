"""Articles, files and folders for the tests, in our own words."""

from collections.abc import Iterable
from pathlib import Path

from reader.files.fields import to_article
from reader.files.frontmatter import Document, Value
from reader.files.scan import Batch, Contents, scan
from reader.model import Article, RelatedItem, Status, Urls
from reader.store import Store
from reader.urls import article_id, canonical

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


def store_of(articles: Iterable[Article], statuses: dict[str, Status] | None = None) -> Store:
    """Return an indexed store; `statuses` are by key and may change later."""
    store = Store(status_by({} if statuses is None else statuses))
    for one in articles:
        store.add(one)
    store.index()
    return store


def status_by(statuses: dict[str, Status]):
    """Return the function that finds an article's status by its key."""
    return lambda one: statuses.get(one.key, Status())


def scanned(root: Path, library: int = 0) -> tuple[Contents, list[Article], int]:
    """Return what a scan yields: contents, all articles, and how many were passed over late."""
    contents, *batches = scan(root, library)
    assert isinstance(contents, Contents)
    assert all(isinstance(batch, Batch) for batch in batches)
    articles = [one for batch in batches for one in batch.articles]
    return contents, articles, sum(batch.passed_over for batch in batches)
