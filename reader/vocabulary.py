"""The values that a filter can ask for, each with how many articles have it."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import compress

from reader.filters import FIELDS, Filter, Term
from reader.filters.completing import Known
from reader.filters.fields import FLAG
from reader.masks import both
from reader.matching import Asked, matching
from reader.snapshot.columns import NONE
from reader.store import Store
from reader.text import fold
from reader.views import kind_mask

COLUMNS = {"topic": "topics"} | {
    name: name for name in ("provider", "domain", "author", "tag", "type", "lang", "feed")
}
"""The fields whose values are names in a column of the store."""

NO_NEWS = ("dismissed", "hidden", "problem")
"""The flags of what is not among the news."""


class Vocabulary:
    """The values of a store's fields, the most frequent first; each field is counted once."""

    def __init__(self, store: Store, asked: Callable[[], Asked]) -> None:
        self.store, self._asked = store, asked
        self._names: dict[str, Sequence[Known]] = {}

    def __call__(self, field: str) -> Sequence[Known]:
        """Return the values of a field; none for one that takes neither names nor flags."""
        if FIELDS[field].takes == FLAG:
            return self.store.kept_by_marks(f"{field}:", lambda: self._flags(field))
        if field not in self._names:
            counts = self._counts(field).most_common() if field in COLUMNS else ()
            self._names[field] = [Known(name, fold(name), count) for name, count in counts]
        return self._names[field]

    def _counts(self, field: str) -> Counter[str]:
        """Count the sound articles by name, those of a topic with those of its sub-topics."""
        store, column, topics = self.store, COLUMNS[field], self.store.topics
        numbers, sets = store.column(column), store.sets(column)
        counts = Counter({name: 0 for name, _ in topics.walk()} if field == "topic" else ())
        for number, count in Counter(compress(numbers, kind_mask(store, "sound"))).items():
            names = sets[number] if number != NONE else ()
            for name in topics.above(names) if field == "topic" else set(names):
                counts[name] += count
        return counts

    def _flags(self, field: str) -> list[Known]:
        return [Known(name, name, self._count(field, name)) for name in FIELDS[field].values]

    def _count(self, field: str, name: str) -> int:
        kind = kind_mask(self.store, "all" if name in NO_NEWS else "live")
        if name == "hidden":
            kind = self.store.here
        found = matching(self.store, Filter((Term(field, name),)), self._asked())
        return both(kind, found).count(1)
