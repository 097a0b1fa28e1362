"""From an entry of a feed to the file of an article: its name, its front matter, its body."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from reader.feeds.filing.sameness import uncached
from reader.feeds.values import Entry, Feed
from reader.text import clean_block, clean_line, plain
from reader.urls import article_id, host

FOLDER = "_news"

_SLUG = 60  # characters
_TITLE = 80  # characters of a text that stands for a title
_WORD = re.compile("[a-z0-9]+")
_ESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)\\U([0-9A-F]{8})")  # emoji, by libyaml only
_LIST = re.compile(r"^- .*(?:\n(?:-| ) .*)*", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ ./+_-][A-Za-z0-9]+)*")
_NOT_PLAIN = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_LIQUID = re.compile(r"\{[{%]")


def file_name(entry: Entry, key: str, day: str) -> str:
    """Return the path of the file of an article: `_news/2020-10-20-words-of-title-1a2b3c4d5e.md`.

    `key` is what the article is known by, `day` stands where it has no date.
    """
    when = (entry.published_at or day)[:10]
    parts = [when, slug(title_of(entry)), article_id(key)]
    return f"{FOLDER}/{'-'.join(filter(None, parts))}.md"


def slug(title: str) -> str:
    """Return the words of a title in ASCII, joined by hyphens; empty where none is left."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    text = "-".join(_WORD.findall(letters.replace("'", "")))
    return text if len(text) <= _SLUG else text[: _SLUG + 1].rpartition("-")[0] or text[:_SLUG]


def title_of(entry: Entry) -> str:
    """Return the title of an entry, else the beginning of its text, else its address."""
    if entry.title:
        return entry.title
    text = clean_line(entry.excerpt or entry.body or "")
    if len(text) > _TITLE:
        text = f"{text[:_TITLE].rpartition(' ')[0] or text[:_TITLE]}…"
    return text or entry.url or "Untitled"


def file_text(entry: Entry, feed: Feed, topics: tuple[str, ...], now: str) -> str:
    """Return the whole file of an article. `now` is when it came, for want of a date.

    Text and addresses of an entry are clean; what does not exist has no field.
    """
    return f"---\n{_yaml(_fields(entry, feed, topics, now))}---\n\n{body_of(entry)}"


def body_of(entry: Entry) -> str:
    """Return the body as it stands in the file: nothing, or clean lines and a line's end."""
    text = clean_block(entry.body or "")
    return f"{text}\n" if text else ""


def _fields(entry: Entry, feed: Feed, topics: tuple[str, ...], now: str) -> dict[str, Any]:
    original = uncached(entry.url) if entry.url else None
    amp = entry.amp or (entry.url if original != entry.url else None)
    fields = {
        "category": "news",
        "title": _Quoted(_as_html(title_of(entry))),
        "excerpt": _quoted(_as_html(entry.excerpt or "")),
        "publishedDateTime": _Time(entry.published_at or now),
        "updatedDateTime": entry.updated_at and _Time(entry.updated_at),
        "originalUrl": _quoted(original),
        "webUrl": _quoted(original),
        "ampWebUrl": _quoted(amp),
        "type": entry.type,
        "quality": entry.quality,
        "heat": entry.heat,
        "provider": _provider(entry, feed, original),
        "topics": list(topics),
        "tags": list(entry.categories),
        "authors": list(entry.authors),
        "images": [_map(image._asdict()) for image in entry.images],
        "enclosures": [_map(one._asdict()) for one in entry.enclosures],
        "guid": _quoted(entry.guid),
        "feed": _Quoted(feed.url),
        "lang": entry.lang,
        "render_with_liquid": False if _LIQUID.search(entry.body or "") else None,
    }
    return _map(fields)


def _as_html(text: str) -> str:
    """Return a text as a field holds it: as HTML where it would be taken for that."""
    return text if plain(text) == text else text.replace("&", "&amp;").replace("<", "&lt;")


def _provider(entry: Entry, feed: Feed, url: str | None) -> dict[str, Any]:
    domain = host(url or feed.site or feed.url)
    if entry.source_url and domain in (host(feed.site or feed.url), host(feed.url)):
        domain = host(entry.source_url)  # the address is one of the aggregator's
    return _map({"name": _quoted(entry.source or feed.title or domain), "domain": domain})


def _map(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what there is of some fields, addresses in quotation marks."""
    return {
        name: _Quoted(value) if name == "url" else value
        for name, value in fields.items()
        if value is not None and value != [] and value != ""
    }


class _Quoted(str):
    """A text that stands in quotation marks."""

    __slots__ = ()


class _Time(str):
    """A time of the one form, which stands as it is."""

    __slots__ = ()


def _quoted(text: str | None) -> _Quoted | None:
    return _Quoted(text) if text else None


def _yaml(fields: dict[str, Any]) -> str:
    import yaml

    text = yaml.dump(
        fields, Dumper=_dumper(), sort_keys=False, allow_unicode=True, width=_NO_WIDTH, indent=2
    )
    text = _ESCAPED.sub(lambda found: f"{found[1]}{chr(int(found[2], 16))}", text)
    return _LIST.sub(lambda found: "  " + found[0].replace("\n", "\n  "), text)


_NO_WIDTH = 2**30  # characters; lines are not folded


@cache
def _dumper() -> Any:
    """Return a safe dumper that writes our texts and times as the files of sites have them."""
    import yaml

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        pass

    def quoted(dumper: Any, text: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')

    def words(dumper: Any, text: str) -> Any:
        is_plain = _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN
        style = None if is_plain else '"'
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def time(dumper: Any, text: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(text))

    Dumper.add_representer(str, words)
    Dumper.add_representer(_Quoted, quoted)
    Dumper.add_representer(_Time, time)
    return Dumper
