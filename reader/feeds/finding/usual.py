"""Where the feed of a page is when the page does not say so."""

from urllib.parse import parse_qs, quote, urlsplit

MAX_PLACES = 8
"""How many places are worth a request."""

_VIDEOS = "https://www.youtube.com/feeds/videos.xml"
_USUAL = ("feed", "atom.xml", "index.xml", "feed.xml", "rss.xml", "rss", "feed.json")


def usual_places(url: str) -> tuple[str, ...]:
    """Return where sites mostly keep their feed, at most 8 addresses.

    The folder of the page is asked before the site: a site may have many blogs.
    """
    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}/"
    inner = site + parts.path.strip("/") + "/"
    folders = (site,) if inner == site + "/" else (inner, site)
    places = [folder + name for name in _USUAL for folder in folders]
    return tuple(places[:MAX_PLACES])


def known_places(url: str) -> tuple[str, ...]:
    """Return where sites that publish for many keep the feed of a page; none for other sites."""
    parts = urlsplit(url)
    name = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("old.")
    words = [word for word in parts.path.split("/") if word]
    match name, words:
        case "youtube.com", ["channel", channel, *_]:
            return (f"{_VIDEOS}?channel_id={channel}",)
        case "youtube.com", ["playlist"]:
            found = parse_qs(parts.query).get("list", [])[:1]
            return tuple(f"{_VIDEOS}?playlist_id={quote(one)}" for one in found)
        case "reddit.com", ["r" | "u" | "user" as kind, which, *_]:
            return (f"https://www.reddit.com/{kind}/{which}/.rss",)
        case "github.com", [owner, project, *_]:
            address = f"https://github.com/{owner}/{project}"
            return tuple(f"{address}/{one}.atom" for one in ("releases", "commits"))
    return ()
