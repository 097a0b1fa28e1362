"""Which articles of the store a filter wants, as a mask; each term is asked of all at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import reduce
from itertools import repeat
from operator import sub

from reader.filters import FIELDS, FLAGS, All, Either, Filter, FilterError, Not, Term
from reader.filters.expressions import TooSlow, finder, found_in
from reader.filters.fields import NAME, NUMBER, PARTS, TIME
from reader.filters.nodes import PATHS
from reader.filters.ranges import Range, Times, is_number_range, number_range, times
from reader.masks import Mask, both, by_bits, by_test, either, neither
from reader.model import HEAD, HERE, PROBLEM
from reader.ranking import coverage
from reader.snapshot.columns import HAS_ADDRESS, HAS_PICTURE, MISSING, NONE
from reader.store import Store
from reader.text import fold

QUICK = 2000
"""Rows whose texts are looked through in no time."""

Node = Term | Not | All | Either


@dataclass(frozen=True, slots=True)
class Asked:
    """What a filter asks for that the store does not know.

    `now` is aware, `zone` None is the local one. `read_at` has the moments, as in the index, by
    the numbers of keys; `paths` are those of all rows; `muted` is what mute rules hide.
    """

    now: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    zone: tzinfo | None = UTC
    read_at: Callable[[], Mapping[int, int]] = dict
    paths: Callable[[], Sequence[str]] = tuple
    muted: Callable[[], Mask] = bytes


NOTHING = Asked()


def matching(store: Store, wanted: Filter, asked: Asked = NOTHING) -> Mask:
    """Return where all of a filter holds, of all that is here. Raises FilterError.

    That is for an expression that takes too long, and for names that are nearly right.
    """
    return _Matching(store, asked).all(wanted.terms)


def unheard_of(store: Store, wanted: Filter) -> Term | None:
    """Return the first term that asks for a name which no article has."""
    asks = (term for term in wanted.leaves if term.field and FIELDS[term.field].takes == NAME)
    named = (term for term in asks if term.field not in PATHS and term.kind == "value")
    return next((term for term in named if 1 not in matching(store, Filter((term,)))), None)


def is_slow(term: Term, store: Store) -> bool:
    """Whether a term may take long, and was not answered yet: an expression, or many texts."""
    many = len(store.flags) > QUICK and term.field in ("path", "url")
    return (many or term.kind == "regex") and not store.has_kept(str(term))


def is_slow_order(wanted: Filter, store: Store) -> bool:
    """Whether a filter puts many titles into an order, and that was not done yet."""
    by_title = "title" in wanted.sort or "-title" in wanted.sort
    return by_title and len(store.flags) > QUICK and not store.has_title_places


class _Matching:
    """Makes the masks of nodes; those that are the same until the store is another are kept."""

    def __init__(self, store: Store, asked: Asked) -> None:
        self._store, self._asked = store, asked

    def all(self, nodes: Sequence[Node]) -> Mask:
        return reduce(both, map(self._node, nodes), self._store.here)

    def _node(self, node: Node) -> Mask:
        match node:
            case Not(one):
                return neither(self._node(one))
            case All(nodes):
                return reduce(both, map(self._node, nodes))
            case Either(nodes):
                return reduce(either, map(self._node, nodes))
            case Term():
                return self._term(node)

    def _term(self, term: Term) -> Mask:
        store, field = self._store, term.field
        takes = FIELDS[field].takes if field else ""
        if term.kind in ("word", "phrase"):
            return store.search(term.needle)
        if field in ("is", "has"):
            return self._flag(term)
        if takes == TIME:
            return self._time(term)
        if takes == NUMBER and is_number_range(term.value):
            return store.kept(str(term), lambda: self._number(term))
        if takes == NAME:
            return store.kept(str(term), lambda: self._name(term))
        if term.kind == "regex":
            return store.kept(str(term), lambda: self._expression(term, store.texts("title_text")))
        return self._article(term)

    # Flags

    def _flag(self, term: Term) -> Mask:
        store, flag = self._store, (FLAGS if term.field == "is" else PARTS)[term.value]
        sound = by_bits(store.flags, PROBLEM, PROBLEM * (term.value == "problem"))
        if flag.column in ("flags", "marks"):
            return both(sound, by_test(getattr(store, flag.column), flag.test))
        return both(sound, self._special(flag.column, term.value))

    def _special(self, column: str, value: str) -> Mask:
        store = self._store
        if column == "muted":
            return self._asked.muted() or bytes(len(store.flags))
        if column == "related":
            return bytes(map(bool, store.index.related))
        if column == "facts" and value == "image":
            return by_test(store.column("facts").tobytes(), lambda bits: bool(bits & HAS_PICTURE))
        if column == "facts":
            return bytes(map(bool, store.column("amp_key")))
        in_story = bytes(map(NONE.__ne__, store.index.leader))
        heads = by_bits(store.flags, HEAD | HERE, HEAD | HERE)
        return both(heads, in_story if column == "leader" else neither(in_story))

    # Numbers and times

    def _number(self, term: Term) -> Mask:
        index, wanted = self._store.index, number_range(term.value)
        sound = by_bits(self._store.flags, PROBLEM, 0)
        if term.field == "providers":
            wanted = Range(coverage(wanted.low), coverage(min(wanted.high, 1 << 20)))
            return both(sound, _within(map(sub, index.worth, index.standing), wanted))
        column = index.length if term.field == "words" else getattr(index, term.field)
        return both(sound, _within(column, wanted._replace(low=max(wanted.low, MISSING + 1))))

    def _time(self, term: Term) -> Mask:
        store, wanted = self._store, times(term.value, self._asked.now, self._asked.zone)
        if term.field == "read":
            found = map(self._asked.read_at().get, store.index.key, repeat(MISSING))
            return _within(found, wanted.moments)
        column = store.index.moment if term.field == "date" else store.column("updated")
        return _at_time(column, wanted)

    # Names

    def _name(self, term: Term) -> Mask:
        field, store = term.field, self._store
        if field in ("path", "url"):
            return self._address(term)
        names = {"provider": ("provider", "domain"), "topic": ("topics",)}.get(field, (field,))
        test = self._test(term)
        try:
            found = reduce(either, (store.where(name, test) for name in names))
        except TooSlow:
            raise _too_slow(term) from None
        if 1 not in found and term.kind == "value":
            self._see_nearly_right(term)
        return found

    def _test(self, term: Term) -> Callable[[Sequence[str]], bool]:
        """Return the test of names: an expression, the beginning of a name, or all of it."""
        if term.kind == "regex":
            finds = finder(term.value)
            return lambda names: any(map(finds, names))
        value = fold(term.value.removeprefix("=")).strip()
        if value.endswith("*"):
            return lambda names: any(fold(name).startswith(value[:-1]) for name in names)
        if term.field == "topic" and not term.value.startswith("="):
            topics = self._store.topics
            named = [name for name, _ in topics.walk() if fold(name) == value]
            within = frozenset(below for name in named for below in topics.within(name))
            return lambda names: not within.isdisjoint(names)
        return lambda names: any(fold(name) == value for name in names)

    def _see_nearly_right(self, term: Term) -> None:
        """Raise FilterError where a name that nobody has is nearly one that somebody has."""
        from reader.filters.mistakes import nearest

        names = self._store.names("topics" if term.field == "topic" else term.field)
        value = term.value.removeprefix("=").removesuffix("*")
        if any(fold(name) == fold(value) for name in names):
            return
        if near := nearest(value, names):
            message = f"no {term.field} is called `{value}`, did you mean `{near}`?"
            raise FilterError(message, term.column, value, near)

    def _address(self, term: Term) -> Mask:
        store = self._store
        texts = self._asked.paths() if term.field == "path" else store.texts("key_text")
        if term.kind == "regex":
            found = self._expression(term, texts)
        else:
            value = term.value.casefold().removesuffix("*")
            if term.field == "url":
                value = value.removeprefix("https://").removeprefix("http://")
                value = value.removeprefix("www.")
            found = bytes([value in text.casefold() for text in texts])
        if term.field == "path":
            return found
        has_address = by_test(store.column("facts").tobytes(), lambda bits: bits & HAS_ADDRESS > 0)
        return both(has_address, found)

    def _expression(self, term: Term, texts: Sequence[str]) -> Mask:
        try:
            return found_in(term.value, texts)
        except TooSlow:
            raise _too_slow(term) from None

    # Articles

    def _article(self, term: Term) -> Mask:
        """Return what is of the story of an article, or related to it."""
        store, mask = self._store, bytearray(len(self._store.flags))
        rows = store.named(term.value) or store.guessed(term.value)
        if not rows:
            message = f"no article has the address or id `{term.value}`"
            raise FilterError(message, term.column)
        for row in rows:
            story = store.story(row) or (row,)
            near = () if term.field == "story" else (*store.targets(row), *store.kin(row))
            for other in (*story, *near):
                mask[other] = 1
            if term.field == "related":
                mask[row] = 0
        return bytes(mask)


def _within(column: "Sequence[int] | map[int]", wanted: Range) -> Mask:
    low, high = wanted
    return bytes([low <= value <= high for value in column])


def _at_time(column: Sequence[int], wanted: Times) -> Mask:
    """Return where a moment is in a span: by its time, a day alone by its day."""
    (low, high), (first, last) = wanted
    low, first = max(low, MISSING + 1), max(first, MISSING + 1)
    return bytes(
        [low <= value <= high if value % 1_000_000 else first <= value <= last for value in column]
    )


def _too_slow(term: Term) -> FilterError:
    return FilterError("this expression takes too long; a simpler one does not", term.column)
