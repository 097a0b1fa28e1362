"""An invented article in the format of the seed, and in RSS."""

import base64
from email.utils import format_datetime
from xml.sax.saxutils import escape

from bench.newsroom import Article

PICKED_FROM = 90
"""An article at least this hot is `published: true`."""


def front_matter(article: Article, *, related: bool) -> str:
    """Return the whole file of an article, with or without its related list."""
    provider = article.provider
    heat = article.quality + 10 * len(article.story) if article.leads or not related else -1
    logo = f"https://site.example/assets/images/{provider.domain}-50x50.jpg"
    secret = base64.b64encode(article.secret).decode()
    vector = base64.b64encode(article.secret[:16]).decode()
    parts = [
        f"---\ncategory: news\n{_head(article)}originalUrl: {quoted(article.url)}\n"
        f"webUrl: {quoted(article.url)}\n{_amp(article)}type: article\n"
        f"quality: {article.quality}\nheat: {heat}\n"
        f"published: {'true' if heat >= PICKED_FROM else 'false'}\n",
        f"provider:\n  name: {provider.name}\n  domain: {provider.domain}\n"
        + (
            f"  images:\n    - url: {quoted(logo)}\n      width: 50\n      height: 50\n"
            if provider.has_logo
            else ""
        ),
        "topics:\n" + "".join(f"  - {topic}\n" for topic in article.topics),
        _images(article),
        "related:\n" + "".join(map(_item, article.story)) if related and article.story else "",
        f'secured: "{secret};{vector}"\n---\n\n',
    ]
    return "\n".join(part for part in parts if part)


def rss_item(article: Article) -> str:
    """Return the article as an item of a feed."""
    link = escape(article.url)
    return (
        f"<item><title>{escape(article.title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<description>{escape(article.excerpt)}</description>"
        f"<pubDate>{format_datetime(article.moment)}</pubDate>"
        f"<author>{escape(article.provider.name)}</author></item>\n"
    )


def quoted(text: str) -> str:
    """Return a double-quoted YAML scalar."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\r", "\\r").replace("\n", "\\n") + '"'


def _head(article: Article) -> str:
    return (
        f"title: {quoted(article.title)}\nexcerpt: {quoted(article.excerpt)}\n"
        f"publishedDateTime: {article.moment:%Y-%m-%dT%H:%M:%SZ}\n"
    )


def _amp(article: Article) -> str:
    if not article.provider.has_amp:
        return ""
    host = article.provider.domain.replace("-", "--").replace(".", "-")
    cdn = f"https://{host}.cdn.ampproject.org/c/s/{article.url.removeprefix('https://')}amp/"
    return f"ampWebUrl: {quoted(article.url + 'amp/')}\ncdnAmpWebUrl: {quoted(cdn)}\n"


def _images(article: Article) -> str:
    if article.image is None:
        return ""
    width, height = article.image
    url = quoted(f"https://img.{article.provider.domain}/{article.slug}.jpg")
    size = f"    width: {width}\n    height: {height}\n    isCached: true\n"
    return f"images:\n  - url: {url}\n{size}"


def _item(article: Article) -> str:
    """What stands for an article in the related list of another."""
    provider = article.provider
    lines = (
        f"{_head(article)}webUrl: {quoted(article.url)}\n{_amp(article)}type: article\n"
        f"provider:\n  name: {provider.name}\n  domain: {provider.domain}\n"
        f"quality: {article.quality}\n{_images(article)}"
    )
    return "  - " + lines.rstrip("\n").replace("\n", "\n    ") + "\n"
