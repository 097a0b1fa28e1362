"""OPML, in which readers hand over what is subscribed: read, written, and changed as it is."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from reader.feeds.subscribed.outlines import (
    NAMESPACE,
    Outline,
    body_of,
    feed_of,
    outlines,
    prefix_of,
    take,
    told_of,
)
from reader.feeds.subscribed.taking import Taken, Taking, folder_of
from reader.feeds.subscribed.xml_tree import Document, XmlError, read_xml, write_xml
from reader.feeds.values import Feed
from reader.urls import canonical


def read_opml(body: bytes) -> Taken:
    """Return the feeds of a file, in its order. Raises XmlError."""
    return feeds_of(open_opml(body))


def write_opml(feeds: Iterable[Feed]) -> bytes:
    """Return a file with these feeds."""
    document = new_opml()
    put_feeds(document, feeds)
    return write_xml(document)


def new_opml() -> Document:
    """Return a document without feeds."""
    root = Element("opml", {"version": "2.0", "xmlns:broadsheet": NAMESPACE})
    SubElement(SubElement(root, "head"), "title").text = "Feeds"
    SubElement(root, "body")
    return Document(root)


def open_opml(body: bytes) -> Document:
    """Return a file as the document that it is. Raises XmlError."""
    document = read_xml(body)
    if document.root.tag.lower() != "opml":
        raise XmlError(f"it is no OPML: its first element is <{document.root.tag:.40}>")
    return document


def feeds_of(document: Document) -> Taken:
    """Return the feeds of a document, in its order."""
    taking, prefix = Taking(), prefix_of(document.root)
    for outline in outlines(document.root):
        take(taking, outline, prefix)
    return taking.taken()


def put_feeds(document: Document, feeds: Iterable[Feed]) -> None:
    """Let a document have these feeds and no others; all else in it stays as it is.

    A feed is found by its address, else by one of its former ones.
    """
    prefix, wanted = prefix_of(document.root), tuple(feeds)
    found = list(outlines(document.root))
    there = [(one, feed) for one in found if (feed := feed_of(one, prefix))]
    by_key = {canonical(feed.url): (one, feed) for one, feed in reversed(there)}
    folders = {one.path: one.element for one in reversed(found) if not one.address}
    folders[()] = body_of(document.root)
    used: set[Element] = set()
    for feed in wanted:
        before = next((by_key.pop(key) for key in _keys(feed) if key in by_key), None)
        if before:
            _change(feed, *before, folders, prefix)
            used.add(before[0].element)
        else:
            left = {one.element for one, _ in by_key.values()}
            used.add(_new(feed, left, folders, prefix))
    keys = {canonical(feed.url) for feed in wanted}
    for outline, feed in there:
        if outline.element not in used and canonical(feed.url) not in keys:
            _remove(outline)


def _keys(feed: Feed) -> Iterator[str]:
    yield from map(canonical, (feed.url, *reversed(feed.formerly)))


def _change(
    feed: Feed, outline: Outline, before: Feed, folders: dict[tuple[str, ...], Element], prefix: str
) -> None:
    """Let the outline of a feed say what it is now, where it is now."""
    _tell(outline.element, told_of(feed, prefix), told_of(before, prefix))
    if feed.folder != before.folder:
        outline.parent.remove(outline.element)
        _folder(feed.folder, folders).append(outline.element)
        _set(outline.element, "category", "")


def _new(
    feed: Feed, left: set[Element], folders: dict[tuple[str, ...], Element], prefix: str
) -> Element:
    """Put an outline of a feed in its folder, before the first one of `left`, else as the last."""
    element, folder = Element("outline"), _folder(feed.folder, folders)
    _tell(element, told_of(feed, prefix), {})
    later = (at for at, one in enumerate(folder) if one in left) if left else iter(())
    folder.insert(next(later, len(folder)), element)
    return element


def _folder(path: tuple[str, ...], folders: dict[tuple[str, ...], Element]) -> Element:
    """Return the outline of a folder, made where there is none."""
    path = folder_of(path)
    if path not in folders:
        told = {"text": path[-1], "title": path[-1]}
        folders[path] = SubElement(_folder(path[:-1], folders), "outline", told)
    return folders[path]


def _tell(element: Element, told: dict[str, str], before: dict[str, str]) -> None:
    """Set the attributes that are not as before; what else an outline says stays as it is."""
    for name, value in told.items():
        if value != before.get(name, ""):
            _set(element, name, value)


def _set(element: Element, name: str, value: str) -> None:
    known = next((one for one in element.attrib if one.lower() == name.lower()), name)
    if value:
        element.set(known, value)
    else:
        element.attrib.pop(known, None)


def _remove(outline: Outline) -> None:
    """Remove a feed; where there are others in it, only its address."""
    if len(outline.element):
        _set(outline.element, "xmlUrl", "")
    else:
        outline.parent.remove(outline.element)
