"""Which articles of the store a filter wants, as a mask; each term is asked of all at once."""

from functools import reduce

from reader.filters import FIELDS, FLAGS, TEXTS, Filter, Term
from reader.masks import Mask, both, by_bits, by_test, either, neither
from reader.model import PROBLEM
from reader.search import needle_of
from reader.store import Store


def matching(store: Store, wanted: Filter) -> Mask:
    """Return where all terms of a filter hold, of all that is here."""
    mask = store.here
    for term in wanted.terms:
        found = _found(store, term)
        mask = both(mask, neither(found) if term.negated else found)
    return mask


def named(store: Store, field: str, value: str) -> Mask:
    """Return where a topic, a provider or a domain has the name that a field of a filter wants."""
    columns, test_of = FIELDS[field].columns, FIELDS[field].test
    assert test_of is not None  # noqa: S101 - a field with columns has one
    test = test_of(value, store.topics)
    return reduce(either, [store.where(column, test) for column in columns])


def _found(store: Store, term: Term) -> Mask:
    if term.field in TEXTS:
        return store.search(needle_of(term.field, term.value))
    if term.field == "is":
        flag = FLAGS[term.value]
        sound = by_bits(store.flags, PROBLEM, 0)
        return both(sound, by_test(getattr(store, flag.column), flag.test))
    return store.kept((term.field, term.value), lambda: named(store, term.field, term.value))
