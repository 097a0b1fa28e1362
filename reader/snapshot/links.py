"""Which articles of an index are alike: each link is there from both of its ends."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from reader.grouping import Link
from reader.snapshot.index import Index

_ROW, _OTHER = 40, 16  # bits below which a link has its rows; those below are the likeness
_MASK = (1 << (_ROW - _OTHER)) - 1


def linked(index: Index, row: int) -> Iterator[tuple[int, int]]:
    """Yield the rows that an article is linked to, with how alike they are."""
    links = index.links
    for at in range(bisect_left(links, row << _ROW), len(links)):
        if links[at] >> _ROW != row:
            return
        yield links[at] >> _OTHER & _MASK, links[at] & ((1 << _OTHER) - 1)


def set_links(index: Index, links: Iterable[Link]) -> None:
    """Let these be all links."""
    index.links = array("Q", sorted(end for link in links for end in _ends(link)))


def add_link(index: Index, link: Link) -> None:
    """Add a link that is not there."""
    for end in _ends(link):
        index.links.insert(bisect_left(index.links, end), end)


def drop_link(index: Index, link: Link) -> None:
    """Take a link out."""
    for end in _ends(link):
        del index.links[bisect_left(index.links, end)]


def drop_links(index: Index, row: int) -> None:
    """Take out all links of an article."""
    for other, likeness in list(linked(index, row)):
        drop_link(index, Link(likeness, row, other))


def _ends(link: Link) -> tuple[int, int]:
    one, two = link.one, link.two
    return (
        one << _ROW | two << _OTHER | link.likeness,
        two << _ROW | one << _OTHER | link.likeness,
    )
