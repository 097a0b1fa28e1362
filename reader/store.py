"""The in-memory store: all articles in columns, the stories and the related graph.

Articles are rows of an index; what is not in a column is read from the article's record when it
is asked for. Only the column of marks changes.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from reader.lookup import Lookup
from reader.masks import Mask, by_bits, either
from reader.model import HERE, HIDDEN, MUTED, PROBLEM, Article, RelatedItem, Topic
from reader.snapshot.codec import decode_copies, decode_head
from reader.snapshot.columns import KIN, NONE
from reader.snapshot.damage import Damaged
from reader.snapshot.index import Index
from reader.snapshot.segments import Records
from reader.topics import TopicTree

KEPT = 4096
"""The most articles that are kept after they were read from their records."""

MANY = 1000
"""Articles whose keys are read at once, and not with their records."""

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Near:
    """One related item: the copy in the file, and the article itself where it is in the folder."""

    item: RelatedItem
    article: Article | None = None

    @property
    def title(self) -> str:
        """The article's own title where it is here: copies can be stale."""
        return self.article.title if self.article else self.item.title


class Keyed(NamedTuple):
    """What it takes to mark the article of a row."""

    row: int
    library: int
    key: str


class Store(Lookup):
    """The articles of an index, their stories, what is related. Raises Damaged while reading.

    `flags` and `marks` have one byte a row, with the bits of `reader.model`.
    """

    def __init__(
        self,
        index: Index,
        records: Records,
        place: Path,
        reread: Callable[[int, Path], Article | None] = lambda row, place: None,
        earlier: "Store | None" = None,
    ) -> None:
        """Take an index with its records, and the folder of the cache that they are in.

        `reread` finds an article in its file, where the record is damaged. What an `earlier`
        store has opened to search in is not opened again.
        """
        super().__init__(index, records, place, earlier)
        self._reread = reread
        self.identity = (0, 0)
        """What tells the file of the index from others."""
        self.marks = bytearray(len(index))
        self.here = by_bits(self.flags, HERE, HERE)
        tables = index.tables
        listed = [Topic(name or "", parent) for name, parent in tables.listed]
        self.topics = TopicTree(listed, tables.used_topics)
        self.providers = tuple(tables.ranked_providers)
        self._articles: dict[int, Article] = {}
        self._by_marks: dict[str, Any] = {}

    def __len__(self) -> int:
        """How many articles there are, with those that are hidden or broken."""
        return len(self.index.by_quality)

    # Articles and their copies

    def article(self, row: int) -> Article:
        """Return the article of a row, without the copies in its file."""
        if (known := self._articles.get(row)) is not None:
            return known
        index = self.index
        try:
            part = self.records.read(index.segment[row], index.offset[row], index.head_size[row])
            article = decode_head(part, self.id(row), index.library[row])
        except Damaged:
            article = self._from_file(row)
        if self.flags[row] & HIDDEN and not article.hidden:
            article = replace(article, hidden="draft")
        if len(self._articles) >= KEPT:
            self._articles.clear()
        self._articles[row] = article
        return article

    def keyed(self, rows: Sequence[int]) -> Iterator[Keyed]:
        """Yield what it takes to mark the articles of rows, without those with a problem.

        Of many, the records are not read.
        """
        library, flags = self.index.library, self.flags
        sound = [row for row in rows if not flags[row] & PROBLEM]
        if len(sound) < MANY:
            return (Keyed(row, library[row], self.article(row).key) for row in sound)
        keys = self.texts("key_text")  # none of them where that is damaged
        return (Keyed(row, library[row], keys[row] or self.article(row).key) for row in sound)

    def copies(self, row: int) -> tuple[RelatedItem, ...]:
        """Return the copies of other articles in the file of a row."""
        index = self.index
        start, size = index.offset[row] + index.head_size[row], index.copies_size[row]
        try:
            return decode_copies(self.records.read(index.segment[row], start, size))
        except Damaged:
            self.is_damaged = True
            return ()

    def _from_file(self, row: int) -> Article:
        """Return an article whose record is damaged from its file, or as a problem."""
        self.is_damaged = True
        found, name = self._reread(row, self.place), self.id(row)
        if found is not None:
            return replace(found, id=name, related=())
        sentence = "its file is gone, and its record in the cache is damaged"
        return Article(name, name, name, name, name, self.index.library[row], problem=sentence)

    def near(self, row: int) -> tuple[Near, ...]:
        """Return the related items of an article, each once, without the article itself."""
        start, near = self.index.near_start[row], list[Near]()
        seen: set[int | str] = {row}
        for at, item in enumerate(self.copies(row), start):
            target = self.index.near[at]
            mark = target if target != NONE else item.key or _named(item)
            if mark not in seen:
                seen.add(mark)
                near.append(Near(item, self.article(target) if target != NONE else None))
        return tuple(near)

    def has_versions(self, row: int) -> bool:
        """Whether an article stands for earlier versions of itself."""
        versioned = self.index.versioned
        return row in versioned[bisect_left(versioned, row) :][:1]

    def order(self, name: str) -> Sequence[int]:
        """Return the rows of all articles in an order that marks do not change."""
        rows: Sequence[int] = getattr(self.index, f"by_{name}")
        return rows

    def targets(self, row: int) -> Sequence[int]:
        """Return the rows of what the file of an article calls related and is here."""
        start = self.index.near_start[row]
        near = self.index.near[start : start + self.index.near_size[row]]
        return [target for target in near if target != NONE]

    # Stories

    def leader(self, row: int) -> int | None:
        """Return the leader of a story by the row of any of its articles, None for a lone one."""
        leader = self.index.leader[row]
        return None if leader == NONE else leader

    def story(self, row: int) -> Sequence[int]:
        """Return an article's story, its leader first, then by quality; none for a lone one."""
        index, leader = self.index, self.index.leader[row]
        if leader == NONE:
            return ()
        at = bisect_left(index.story_leaders, leader)
        return index.members[index.story_ends[at - 1] if at else 0 : index.story_ends[at]]

    def kin(self, row: int) -> Sequence[int]:
        """Return what is near to an article in subject and time, the nearest first.

        None of it is of its story; there is none while it is not computed.
        """
        index, story = self.index, self.index.leader[row]
        near = index.kin[KIN * row : KIN * (row + 1)]
        return [
            other
            for other in near
            if other != NONE
            and self.flags[other] & (HERE | HIDDEN | PROBLEM) == HERE
            and (story == NONE or index.leader[other] != story)
        ]

    # Marks

    def kept_by_marks(self, name: str, make: Callable[[], _Made]) -> _Made:
        """Return what was made of the marks, and made anew after they have changed."""
        if name not in self._by_marks:
            self._by_marks[name] = make()
        made: _Made = self._by_marks[name]
        return made

    def mark(self, row: int, marks: int) -> None:
        """Set the marks of one row."""
        self.marks[row] = marks
        self._by_marks.clear()

    def set_marks(self, flags: Sequence[Mapping[int, int]]) -> None:
        """Set the marks of all rows from those by key number, one map for each library."""
        keys = self.index.key
        self._by_marks.clear()
        if not any(flags):
            self.marks = bytearray(len(keys))
            return
        if len(flags) == 1:
            marks = map(flags[0].get, keys, repeat(0))
        else:
            of = zip(self.index.library, keys, strict=True)
            marks = map(int, [flags[n].get(key, 0) for n, key in of])
        sound = by_bits(self.flags, PROBLEM, 0)
        self.marks = bytearray(map(int.__mul__, marks, sound))

    def mute(self, mask: Mask) -> None:
        """Mark as muted where a mask holds."""
        muted = mask.translate(bytes([0, MUTED, *range(2, 256)]))
        self.marks = bytearray(either(bytes(self.marks), muted))
        self._by_marks.clear()


def _named(item: RelatedItem) -> str:
    """Return what a copy without an address is known by."""
    return f"{item.title} · {item.provider}".casefold()
