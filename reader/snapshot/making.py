"""Adding rows to an index and taking them out; `derive` then makes the lists anew."""

from array import array

from reader.model import HERE
from reader.snapshot.columns import NONE
from reader.snapshot.index import Index
from reader.snapshot.rows import Row
from reader.snapshot.segments import SegmentWriter

_DERIVED = {"ordinal": 0, "flags": 0, "leader": NONE, "related": 0}
"""Columns that `derive` fills, with what stands there until then."""

_AS_THEY_ARE = (
    *("library", "key", "base", "facts", "quality", "heat", "moment"),
    *("web_key", "amp_key", "cdn_amp_key", "title", "named"),
)


class Making:
    """An index that is being made; names are numbered as they come."""

    def __init__(self, index: Index) -> None:
        self.index = index
        tables = index.tables
        self._providers = {name: n for n, name in enumerate(tables.providers)}
        self._domains = {name: n for n, name in enumerate(tables.domains)}
        self._topic_sets = {tuple(names): n for n, names in enumerate(tables.topic_sets)}

    def add(self, row: Row, writer: SegmentWriter) -> int:
        """Append the record of an article, and its row; returns its number. Raises OSError."""
        index = self.index
        offset, sizes = writer.append((row.head, row.copies, row.words))
        number = len(index)
        for name in _AS_THEY_ARE:
            getattr(index, name).append(getattr(row, name))
        index.segment.append(self._segment(writer.name))
        index.offset.append(offset)
        index.head_size.append(sizes[0])
        index.copies_size.append(sizes[1])
        index.words_size.append(sizes[2])
        index.provider.append(_number(row.provider, self._providers, index.tables.providers))
        index.domain.append(_number(row.domain, self._domains, index.tables.domains))
        index.topics.append(self._topic_set(row.topics))
        self._add_copies(row.copies_of)
        for name, value in _DERIVED.items():
            getattr(index, name).append(value)
        return number

    def remove(self, number: int) -> None:
        """Take an article out; its row stays, as no longer here."""
        self.index.base[number] &= ~HERE

    def _add_copies(self, copies_of: bytes) -> None:
        index = self.index
        index.near_start.append(len(index.copy_key))
        numbers = array("Q")
        numbers.frombytes(copies_of)
        index.near_size.append(len(numbers) // 3)
        index.copy_key.extend(numbers[0::3])
        index.copy_title.extend(numbers[1::3])
        index.copy_named.extend(numbers[2::3])

    def _segment(self, name: str) -> int:
        names = self.index.tables.segments
        if not names or names[-1] != name:
            names.append(name)
        return len(names) - 1

    def _topic_set(self, topics: tuple[str, ...]) -> int:
        number = self._topic_sets.setdefault(topics, len(self._topic_sets))
        if number == len(self.index.tables.topic_sets):
            self.index.tables.topic_sets.append(list(topics))
        return number


def _number(name: str | None, numbers: dict[str, int], names: list[str]) -> int:
    if name is None:
        return NONE
    number = numbers.setdefault(name, len(numbers))
    if number == len(names):
        names.append(name)
    return number
