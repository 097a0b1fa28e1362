"""RSS, RDF and Atom as feedparser reads them -> what a feed says."""

from typing import Any

from reader.feeds.formats.bounded_parser import parse
from reader.feeds.formats.pieces import MAX_ENTRIES, address, language, line, number, readable
from reader.feeds.formats.xml_entry import entry_of, title_of
from reader.feeds.values import Parsed
from reader.text import clean_line

NOT_A_FEED = "this is not a feed"
MAX_TTL = 366 * 24 * 60  # minutes

_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_NOT_WRONG = ("NonXMLContentType", "CharacterEncodingOverride")


def parse_xml(body: bytes, facts: dict[str, Any]) -> Parsed:
    """Return what an answer in XML says, as far as it can be read."""
    url = str(facts.get("url") or "")
    told = parse(body, url=url, charset=facts.get("charset"))
    if not (told.get("version") or told["entries"] or told["feed"].keys() & {"title", "link"}):
        return Parsed(wrong=NOT_A_FEED)
    feed, lang = told["feed"], language(told["feed"].get("language"))
    site = address(feed.get("link"), url)
    entries = [entry_of(entry, url, site, lang) for entry in told["entries"][:MAX_ENTRIES]]
    return Parsed(
        title=title_of(feed),
        site=site,
        entries=readable(entries),
        wrong=_wrong(told, body),
        ttl=_ttl(feed),
    )


def _wrong(told: Any, body: bytes) -> str | None:
    error = told.get("bozo_exception")
    kind = type(error).__name__
    if error is None or kind in _NOT_WRONG:
        return None
    if kind == "CharacterEncodingUnknown":
        return "its encoding is not known"
    where = getattr(error, "getLineNumber", lambda: None)()
    message = getattr(error, "getMessage", lambda: str(error))()
    if where and not body.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml"):
        where -= 1  # feedparser puts a line before it
    place = f", line {where}" if where else ""
    return f"its XML is not well-formed{place}: {clean_line(str(message), 200)}"


def _ttl(feed: Any) -> int | None:
    """Return the minutes that a feed wants to be left alone, by `ttl` or by `sy:updatePeriod`."""
    minutes = number(line(feed.get("ttl")))
    if minutes is None:
        period = _PERIODS.get(line(feed.get("sy_updateperiod")).lower())
        often = number(line(feed.get("sy_updatefrequency"))) or 1
        minutes = period and max(period // often, 1)
    return minutes and min(minutes, MAX_TTL)
