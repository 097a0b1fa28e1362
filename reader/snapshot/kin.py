"""Kin: a few articles for each that are near to it in subject and time, and of other stories."""

from array import array
from functools import cache
from itertools import repeat

from reader.snapshot.columns import KIN, NONE
from reader.snapshot.index import Index
from reader.snapshot.nearness import FARTHEST, apart


class Kin:
    """The kin of the rows of an index: `KIN` places for each, the nearest first."""

    def __init__(self, index: Index) -> None:
        self.index = index
        missing = KIN * len(index) - len(index.kin)
        index.kin.extend(repeat(NONE, missing))
        index.kin_nearness.extend(repeat(0, missing))
        counts, total = index.tables.topic_counts, index.counted.count(1)
        self._telling = {name for name, count in counts.items() if 2 * count < total}
        self._topics = cache(self._topics_of)

    def forget(self) -> None:
        """Let no article have kin."""
        self.index.kin = array("i", [NONE]) * (KIN * len(self.index))
        self.index.kin_nearness = array("H", bytes(2 * KIN * len(self.index)))

    def offer(self, one: int, two: int, likeness: int) -> None:
        """Let two articles be kin, each where none is nearer to the other."""
        near = self._nearness(one, two, likeness)
        self._put(one, two, near)
        self._put(two, one, near)

    def _nearness(self, one: int, two: int, likeness: int) -> int:
        """Return a likeness and half of it for a topic, less up to half of that for the time."""
        index = self.index
        if not self._topics(index.topics[one]).isdisjoint(self._topics(index.topics[two])):
            likeness += likeness // 2
        far = apart(index.moment[one], index.moment[two])
        return likeness - likeness * far // (2 * FARTHEST)

    def _topics_of(self, number: int) -> frozenset[str]:
        """Return the topics of a set but for those that most articles have."""
        return frozenset(self._telling.intersection(self.index.tables.topic_sets[number]))

    def _put(self, row: int, other: int, near: int) -> None:
        """Put an article among the kin of another, before what is less near."""
        places = slice(KIN * row, KIN * (row + 1))
        kin, nearness = self.index.kin[places], self.index.kin_nearness[places]
        if near <= nearness[-1] or other in kin:
            return
        at = next(place for place in range(KIN) if near > nearness[place])
        kin.insert(at, other)
        nearness.insert(at, near)
        self.index.kin[places], self.index.kin_nearness[places] = kin[:KIN], nearness[:KIN]
