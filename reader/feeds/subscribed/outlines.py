"""The outlines of an OPML document: which are feeds, and what they say."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from reader.feeds.subscribed.taking import Taking, folder_of, name_of
from reader.feeds.values import Feed
from reader.urls import safe_url

NAMESPACE = "urn:broadsheet:feeds"
"""What our own options are attributes of."""

_USUAL_PREFIX = "broadsheet"


class Outline(NamedTuple):
    """An outline, where it is, and what it says; `told` has the attributes in lower case.

    `folder` are the names of the folders around it.
    """

    element: Element
    parent: Element
    folder: tuple[str, ...]
    told: dict[str, str]

    @property
    def path(self) -> tuple[str, ...]:
        """The names of the folders around it and its own."""
        return self.folder + folder_of([self.name])

    @property
    def name(self) -> str:
        """What it is called."""
        return name_of(self.told.get("title"), self.told.get("text"))

    @property
    def address(self) -> str:
        """The address of a feed as it stands there, empty for a folder."""
        return self.told.get("xmlurl", "").strip()


def outlines(root: Element) -> Iterator[Outline]:
    """Yield the outlines of a document in its order."""
    yield from _inside(body_of(root), ())


def _inside(parent: Element, folder: tuple[str, ...]) -> Iterator[Outline]:
    for element in parent:
        if isinstance(element.tag, str) and element.tag.lower() == "outline":
            told = {name.lower(): value for name, value in element.attrib.items()}
            outline = Outline(element, parent, folder, told)
            yield outline
            yield from _inside(element, folder if outline.address else outline.path)


def body_of(root: Element) -> Element:
    """Return the element that the outlines are in, made where there is none."""
    found = next((one for one in root if str(one.tag).lower() == "body"), None)
    return SubElement(root, "body") if found is None else found


def prefix_of(root: Element) -> str:
    """Return the prefix of our own attributes in a document, declared where it was not."""
    for name, value in root.attrib.items():
        if value == NAMESPACE and name.startswith("xmlns:"):
            return name.removeprefix("xmlns:")
    prefix = _USUAL_PREFIX
    while f"xmlns:{prefix}" in root.attrib:
        prefix += "-"
    root.set(f"xmlns:{prefix}", NAMESPACE)
    return prefix


def take(taking: Taking, outline: Outline, prefix: str) -> None:
    """Take what an outline names; what readers write there as commands is left."""
    told, address = outline.told, outline.address
    if address and (command := told.get("filtercmd", "").strip()):
        taking.leave("commands", command)
    elif address:
        taking.take(address, _feed(outline, f"{prefix}:".lower()))
    elif told.get("type", "").lower() in ("include", "link"):
        taking.leave("lists", told.get("url") or outline.name)


def feed_of(outline: Outline, prefix: str) -> Feed | None:
    """Return the feed that an outline is, None for anything else."""
    taking = Taking()
    take(taking, outline, prefix)
    return next(iter(taking.taken().feeds), None)


def _feed(outline: Outline, own: str) -> Feed:
    told = outline.told
    category = told.get("category", "").partition(",")[0].split("/")
    formerly = map(safe_url, told.get(f"{own}formerly", "").split())
    return Feed(
        url=outline.address,
        title=outline.name,
        folder=outline.folder or folder_of(category),
        site=safe_url(told.get("htmlurl")),
        paused=told.get(f"{own}paused") == "true",
        full_text=told.get(f"{own}fulltext") == "true",
        formerly=tuple(url for url in formerly if url),
    )


def told_of(feed: Feed, prefix: str) -> dict[str, str]:
    """Return the attributes of a feed, empty ones for what is not so."""
    return {
        "text": name_of(feed.title) or feed.url,
        "title": name_of(feed.title),
        "type": "rss",
        "xmlUrl": feed.url,
        "htmlUrl": feed.site or "",
        f"{prefix}:paused": "true" if feed.paused else "",
        f"{prefix}:fullText": "true" if feed.full_text else "",
        f"{prefix}:formerly": " ".join(feed.formerly),
    }
