"""When two entries are one article, and when an article has changed."""

import re

from reader.feeds.filing.ledger import mark
from reader.feeds.values import Entry
from reader.urls import canonical, safe_url

_CACHED_AMP = re.compile(r"(https?)://[a-z0-9-]+\.cdn\.ampproject\.org/[a-z]/(s/)?(.+)")
_AMP = re.compile(r"amp(?:=1|=true)?|outputType=amp", re.IGNORECASE)
_AMP_PATH = re.compile(r"^/amp(?=/.)|(?<=.)/amp/?$")
_PARTS = re.compile(r"(https?://[^/?]+)([^?]*)\??(.*)")
_TARGET = re.compile(r"(?<=\])\([^()\s]*(?:\s[^()]*)?\)|https?://\S+")
_COUNT = re.compile(
    r"\d(?<!\w\d)[\d.,]*[km]?\s*\+?\s*(?:comments?|views?|likes?|shares?|points?|repl(?:y|ies)"
    r"|reactions?|upvotes?|claps?|reads?|retweets?|(?:minutes?|mins?|hours?|days?|weeks?)\s+ago)\b"
)
_COUNTED = re.compile(
    r"\b(?:comments?|views?|likes?|shares?|points?|replies|reactions?|score)\s*[:(]\s*\d[\d.,]*[km]?"
)
_AFTER = re.compile(r"[:(]\s*\d")  # without which nothing is counted in the second way
_WORD = re.compile(r"\w+")
_IS_URL = re.compile(r"https?://", re.IGNORECASE)


def uncached(url: str) -> str:
    """Return the address of the page that a cache of AMP pages has a copy of, or what was given."""
    found = _CACHED_AMP.fullmatch(url)
    page = safe_url(f"{'https' if found[2] else 'http'}://{found[3]}") if found else None
    return page or url


def without_amp(url: str) -> str:
    """Return the address of the page that an AMP page stands for, as far as the address tells."""
    url = uncached(url)
    parts = _PARTS.fullmatch(url) if "amp" in url else None
    if parts is None:
        return url
    query = "&".join(part for part in parts[3].split("&") if not _AMP.fullmatch(part))
    return f"{parts[1]}{_AMP_PATH.sub('', parts[2])}" + (f"?{query}" if query else "")


def link_key(entry: Entry) -> str:
    """Return what an entry is known by everywhere: its canonical URL, empty without one."""
    return canonical(without_amp(entry.url)) if entry.url else ""


def own_key(entry: Entry, feed: str) -> str:
    """Return what an entry is known by in a feed: its guid, else its title and time or words."""
    known = entry.guid or f"{entry.title}\n{entry.published_at}"
    if not entry.guid and not (entry.title and entry.published_at):
        known = " ".join(words_of(entry._replace(body=None)))
    return f"{feed}\n{known}"


def guid_mark(entry: Entry, feed: str) -> str:
    """Return the ledger's mark of a guid, empty without one; only addresses are so everywhere."""
    if not entry.guid:
        return ""
    if _IS_URL.match(entry.guid):
        return mark(canonical(without_amp(entry.guid)))
    return mark(f"{feed}\n{entry.guid}")


def words_of(entry: Entry) -> list[str]:
    """Return the words that tell whether an article has changed.

    Where links lead does not matter, and neither do counters (of comments, views, hours), white
    space, punctuation and case.
    """
    text = f"{entry.title}\n{entry.body or entry.excerpt or ''}"
    if "://" in text or "](" in text:
        text = _TARGET.sub(" ", text)
    text = _COUNT.sub(" ", text.casefold())
    if _AFTER.search(text):
        text = _COUNTED.sub(" ", text)
    return _WORD.findall(text)
