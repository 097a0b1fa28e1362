"""Linking: computed stories and kin of an index, from the words of its articles.

What is new is linked when the lists are made, where that is little; otherwise all is linked anew,
in steps. Either way the stories are those that the articles make, in whatever order they came.
"""

from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from copy import copy
from itertools import chain

from reader.grouping import LEAST_LIKENESS, NOBODY, Group, Link, components, grouped
from reader.masks import both, by_bits, neither
from reader.model import COVERED, HERE, HIDDEN, PROBLEM
from reader.snapshot.columns import FULL, LEADS, LINKED, MISSING, NONE
from reader.snapshot.index import Index
from reader.snapshot.kin import Kin
from reader.snapshot.links import add_link, drop_link, drop_links, linked, set_links
from reader.snapshot.nearness import Nearness
from reader.snapshot.segments import Records
from reader.snapshot.terms import Terms, make_terms

FEW, SMALL = 50, 500
"""So many new articles are linked at once; and all are, where there are no more than so many."""

_STEP = 100  # articles of one step
_BLOCK = 1 << 12  # rows that are compared at once


def link_some(index: Index, moved: Iterable[int], records: Records | None) -> None:
    """Take out what is gone, and link what is new, if that is little. Raises Damaged.

    `moved` are the rows of which the files say another story now. Without records nothing is new.
    """
    linking = Linking(index)
    linking.touch(moved)
    linking.drop_gone()
    if records and not linking.is_due():
        linking.link_news(records)
    if records and linking.is_due() and len(index) <= SMALL:
        deque(relink(index, records), 0)
        return
    index.tables.stale |= linking.is_due() and is_open(index)
    linking.regroup()


def is_open(index: Index) -> bool:
    """Whether there are articles of which no file says what story they are of."""
    here = by_bits(index.flags.tobytes(), HERE | HIDDEN | PROBLEM | COVERED, HERE)
    leads = by_bits(index.facts.tobytes(), LEADS, LEADS)
    return 1 in both(here, neither(leads))


def is_due(index: Index) -> bool:
    """Whether there is more to link than is done at once."""
    return Linking(index).is_due()


def relink(index: Index, records: Records) -> Iterator[None]:
    """Link all articles anew, in steps of some milliseconds. Raises Damaged.

    It ends without a result as soon as the lists are made anew meanwhile.
    """
    flags, made = index.flags, copy(index)
    for name, code in (LINKED | {"kin": "i"}).items():
        setattr(made, name, array(code))
    made.counted, made.joined = array("B", bytes(len(index))), array("i", [NONE]) * len(index)
    linking = Linking(made)
    for _ in chain(make_terms(made, records, linking.news), linking.link_all()):
        yield
        if index.flags is not flags or len(index) != len(made.counted):
            return
    for name in (*LINKED, "kin", "counted", "joined"):
        setattr(index, name, getattr(made, name))
    index.tables.stale = False


class Linking:
    """The links of an index that is made anew, and the stories that they make.

    `news` are to be linked; what is gone is not.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._terms = Terms(index)
        self._near, self._kin = Nearness(index, self._terms), Kin(index)
        self._touched = set[int]()
        wanted = by_bits(index.flags.tobytes(), HERE | HIDDEN | PROBLEM, HERE)
        self.news, self._gone = list[int](), list[int]()
        for row in differing(index.counted.tobytes(), wanted):
            (self.news if wanted[row] else self._gone).append(row)

    def is_due(self) -> bool:
        """Whether there is more to link than is done at once."""
        return self.index.tables.stale or len(self.news) > FEW

    def touch(self, rows: Iterable[int]) -> None:
        """Let the stories of these be made anew."""
        self._touched.update(rows)

    def drop_gone(self) -> None:
        """Take out the links of what is gone."""
        self._near.take_out(self._gone)
        for row in self._gone:
            self._drop(row)
            self.index.joined[row] = NONE
        self._count(self._gone, -1)

    def link_news(self, records: Records) -> None:
        """Link what is new."""
        for _ in make_terms(self.index, records, self.news):
            pass
        self._count(self.news, 1)
        self._near.put_in(self.news)
        for row in self.news:
            self._link(row)

    def link_all(self) -> Iterator[None]:
        """Link what is new in an index in which nothing is linked, in steps."""
        for at in range(0, len(self.news), _STEP):
            self._terms.count(self.news[at : at + _STEP], 1)
            yield
        self._near.order()
        links = list[Link]()
        for number, (row, alike) in enumerate(self._near.sweep()):
            for one in alike:
                if one.may_link and one.likeness >= LEAST_LIKENESS:
                    links.append(Link(one.likeness, row, one.row))
                else:
                    self._offer(row, one.row, one.likeness)
            if number % _STEP == 0:
                yield
        set_links(self.index, links)
        self._touched = {row for link in links for row in link[1:]}
        yield
        self.regroup()

    def _count(self, rows: list[int], by: int) -> None:
        """Count rows in or out, and link anew where words tell something else now."""
        before = self._terms.rarity
        counted = self._terms.count(rows, by)
        now = self._terms.rarity
        if before.size != now.size:
            self.index.tables.stale |= is_open(self.index)
            return
        for number, count in counted.items():
            one, two = before.telling(count), now.telling(self.index.counts[number])
            if one < two:
                self._relink(set(self._terms.holders(number)).difference(rows))
            elif one > two:
                self._weaken(set(self._terms.holders(number)).difference(rows))

    def _relink(self, rows: Iterable[int]) -> None:
        """Link those anew that have a word that tells more now."""
        for row in rows:
            if self.index.counted[row]:
                self._link(row)

    def _weaken(self, rows: set[int]) -> None:
        """Link those anew that are linked and have a word that tells less now."""
        for row in rows:
            for other, before in list(linked(self.index, row)):
                if other in rows:
                    drop_link(self.index, Link(before, row, other))
                    self._touched |= {row, other}
                    if self._near.is_compared(row, other):
                        self._add(Link(self._near.likeness(row, other), row, other))

    def _drop(self, row: int) -> None:
        self._touched.update((row, *(other for other, _ in linked(self.index, row))))
        drop_links(self.index, row)

    def _link(self, row: int) -> None:
        self._drop(row)
        for one in self._near.find(row):
            if one.may_link:
                self._add(Link(one.likeness, row, one.row))
            if not (one.may_link and one.likeness >= LEAST_LIKENESS):
                self._offer(row, one.row, one.likeness)

    def _add(self, link: Link) -> None:
        if link.likeness >= LEAST_LIKENESS:
            self._touched |= {link.one, link.two}
            add_link(self.index, link)

    # Stories

    def regroup(self) -> None:
        """Make the stories of what was touched anew, and of all that hangs together with it."""
        index = self.index
        rows = [row for row in self._touched if index.counted[row]]
        for together in components(rows, lambda row: (other for other, _ in linked(index, row))):
            links = [
                Link(likeness, row, other)
                for row in together
                for other, likeness in linked(index, row)
                if row < other
            ]
            self._set_stories(together, links)

    def _set_stories(self, rows: list[int], links: list[Link]) -> None:
        index = self.index
        said = {row: leader for row in rows if (leader := self._said(row)) != NOBODY}
        sizes = {leader: max(index.said.count(leader), 1) for leader in set(said.values())}
        groups = grouped(
            rows, links, name=self._name, likeness=self._near.likeness, said=said, sizes=sizes
        )
        for group in groups:
            leader = self._leader(group)
            for row in group.rows:
                is_said = index.said[row] != NONE
                index.joined[row] = NONE if is_said else leader
        for link in links:
            one, two = self._story(link.one), self._story(link.two)
            if one == NONE or one != two:
                self._offer(link.one, link.two, link.likeness)

    def _story(self, row: int) -> int:
        return max(self.index.said[row], self.index.joined[row])

    def _leader(self, group: Group) -> int:
        """Return the files' leader, else the best; none where nothing is computed."""
        if all(self._said(row) == group.said != NOBODY for row in group.rows):
            return NONE
        if group.said != NOBODY:
            return group.said
        return best(self.index, group.rows) if len(group.rows) > 1 else NONE

    def _said(self, row: int) -> int:
        """Return the leader of the story that the files say a row is of."""
        index = self.index
        if index.said[row] != NONE:
            return index.said[row]
        decides = index.facts[row] & LEADS or index.flags[row] & COVERED
        return row if decides else NOBODY

    def _name(self, row: int) -> tuple[int, int]:
        return self.index.key[row], self.index.ordinal[row]

    def _offer(self, one: int, two: int, likeness: int) -> None:
        if self._said(one) != self._said(two) or self._said(one) == NOBODY:
            self._kin.offer(one, two, likeness)


def best(index: Index, rows: Iterable[int]) -> int:
    """Return who stands for a story: quality, then the earliest of those with a full excerpt."""
    return min(
        rows,
        key=lambda row: (
            bool(index.flags[row] & PROBLEM),
            -index.quality[row],
            not index.facts[row] & FULL,
            index.moment[row] == MISSING,
            index.moment[row],
            index.key[row],
            index.ordinal[row],
        ),
    )


def differing(one: bytes, two: bytes, size: int = 1) -> Iterator[int]:
    """Yield the rows in which two columns differ, whose values have so many bytes."""
    for start in range(0, len(one), _BLOCK):
        if one[start : start + _BLOCK] != two[start : start + _BLOCK]:
            for at in range(start, min(start + _BLOCK, len(one)), size):
                if one[at : at + size] != two[at : at + size]:
                    yield at // size
