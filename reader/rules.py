"""What rules find: what is muted, and how many unread articles each saved filter has."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from reader.masks import Mask, both, by_bits, either
from reader.model import MUTED
from reader.ruling import Ruling
from reader.saved import Mute, Rule, Saved
from reader.snapshot.columns import NONE
from reader.snapshot.damage import Damaged
from reader.snapshot.index import NAME, read_paths
from reader.store import Store
from reader.tally import Entry, Unread
from reader.text import clean_line
from reader.views import View, kind_mask

if TYPE_CHECKING:
    from reader.filters import Filter, Term
    from reader.matching import Asked
    from reader.snapshot.publication import Publication

KINDS = ("saved", "mute")
"""The kinds of views that are rules."""

QUICK = 2000
"""Articles among which everything that is saved is counted at once."""


class _Made:
    """What was found for rules in one store, by the texts of their filters."""

    def __init__(self) -> None:
        self.muted: dict[str, Mask] = {}
        self.unread: dict[str, Unread] = {}
        self.mistakes: dict[str, str] = {}


class Ruled(Ruling):
    """Articles of folders without what is muted, and what saved filters find among them."""

    def __init__(self, paths: Collection[Path], state_dir: Path, cache_dir: Path) -> None:
        """Open folders or files. Raises NoFolder; nothing is read yet."""
        self._made: WeakKeyDictionary[Store, _Made] = WeakKeyDictionary()
        self._hiding: list[tuple[Mute, Mask]] = []
        self._hour = f"{_now():%Y%m%d%H}"
        self.finds_later = False
        """Whether rules that take a while are found by `find_rules`, in another thread."""
        super().__init__(paths, state_dir, cache_dir)

    def follow_rules(self) -> bool:
        """Take in what became of the file of rules, and of the time; whether anything did."""
        has_changed, hour = super().follow_rules(), f"{_now():%Y%m%d%H}"
        is_later, self._hour = hour != self._hour and self._ask_for_time(), hour
        if is_later:
            self._made.clear()
        if is_later or [rule for rule, _ in self._hiding] != self._to_hide():
            self.set_marks()
            return True
        if has_changed:
            self._count_saved()
        return has_changed

    def rule(self, view: View) -> Rule | None:
        """Return the rule that a view is of, None where there is none any more."""
        rules: tuple[Rule, ...] = self.rules.saved if view.kind == "saved" else self.rules.muted
        named = (one for one in rules if view.kind in KINDS and one.name == view.name)
        return next(named, None)

    def mistake(self, view: View) -> str | None:
        """Return what is wrong with the filter of a rule, in a sentence, None where it is right."""
        if (rule := self.rule(view)) is None:
            return None
        self._find(self.store, rule)
        return self._made_of(self.store).mistakes.get(rule.filter)

    def muted_by(self, row: int) -> Mute | None:
        """Return the rule that hides an article, None where none does."""
        return next((rule for rule, mask in self._hiding if mask[row]), None)

    def muted_now(self, text: str) -> int | None:
        """Return how many articles a mute rule hides, None while that is not known."""
        found = (mask.count(1) for rule, mask in self._hiding if rule.filter == text)
        return next(found, None)

    def rule_entries(self) -> list[Entry]:
        """Return the lines of the sidebar: what is unread of saved filters, and what is muted."""
        saved = [self._entry(View("saved", rule.name), rule) for rule in self.rules.saved]
        return saved + [self._entry(View("mute", rule.name), rule) for rule in self.rules.muted]

    def _entry(self, view: View, rule: Rule) -> Entry:
        is_mistaken = rule.filter in self._made_of(self.store).mistakes
        is_saved = isinstance(rule, Saved)
        count = self.tally.saved[view] if is_saved else self.muted_now(rule.filter) or 0
        return Entry(view, view.name, count, progress="!" if is_mistaken else "")

    # Counting

    @property
    def has_to_find(self) -> bool:
        """Whether there is a rule of which it is not known yet what it finds."""
        return not all(map(self._is_found, self._all))

    def find_rules(self, store: Store | None = None) -> None:
        """Find what rules want, in any thread; `follow_rules` and `watch_rules` take it."""
        for rule in self._all:
            self._find(self.store if store is None else store, rule)

    def watch_rules(self) -> None:
        """Count what is unread of saved filters from now on, where it was found."""
        unread = self._made_of(self.store).unread
        found = (rule for rule in self.rules.saved if rule.filter in unread)
        self.tally.watch({View("saved", rule.name): unread[rule.filter] for rule in found})

    def prepare(self, publication: "Publication") -> Store:
        """Open what was published, and find in it what rules want."""
        store = super().prepare(publication)
        for rule in self._holding():
            if not _is_about_marks(rule):  # they are not there yet
                self._find(store, rule)
        if publication.complete:
            self.find_rules(store)
        return store

    def set_marks(self) -> None:
        """Count all articles with their marks, and what is saved."""
        super().set_marks()
        self._count_saved()

    def _count_saved(self) -> None:
        """Count what is saved, of many articles what was found before only."""
        if len(self.store.flags) <= QUICK:
            for rule in self.rules.saved:
                self._find(self.store, rule)
        self.watch_rules()

    def _mute(self) -> None:
        """Let the store know what is muted, before it is counted."""
        made = self._made_of(self.store)
        for rule in (hiding := self._to_hide()):
            self._find(self.store, rule)
        self._hiding = [(rule, made.muted[rule.filter]) for rule in hiding]
        if self._hiding:
            self.store.mute(reduce(either, (mask for _, mask in self._hiding)))

    def _to_hide(self) -> list[Mute]:
        """Return the mute rules of which it is known what they hide, or found here and now."""
        return [
            rule
            for rule in self._holding()
            if not self.finds_later or self._is_found(rule) or self._is_quick(rule)
        ]

    def _holding(self) -> list[Mute]:
        """Return the mute rules whose time is not over."""
        now = _now()
        return [rule for rule in self.rules.muted if rule.holds(now)]

    @property
    def _all(self) -> tuple[Rule, ...]:
        return (*self._holding(), *self.rules.saved)

    # Finding

    def _made_of(self, store: Store) -> _Made:
        return self._made.setdefault(store, _Made())

    def _is_found(self, rule: Rule) -> bool:
        made = self._made_of(self.store)
        return rule.filter in (made.unread if isinstance(rule, Saved) else made.muted)

    def _is_quick(self, rule: Rule) -> bool:
        """Whether what a rule wants is found in no time."""
        store = self.store
        if len(store.flags) <= QUICK or _is_about_marks(rule):
            return True
        from reader.matching import is_slow

        leaves = list(_leaves(rule))
        is_known = all(store.has_searched(term.needle) for term in leaves if term.needle)
        return is_known and not any(is_slow(term, store) for term in leaves)

    def _find(self, store: Store, rule: Rule) -> None:
        """Find what a rule wants in a store, once; what is no filter finds nothing."""
        made, text, nothing = self._made_of(store), rule.filter, bytes(len(store.flags))
        if text in (made.unread if isinstance(rule, Saved) else made.muted):
            return
        from reader.filters import FilterError, parse

        unread, muted = Unread(nothing, nothing), nothing
        try:
            if isinstance(rule, Saved):
                unread = self._unread(store, parse(text))
            else:
                muted = self._muted(store, parse(text))
        except FilterError as error:
            made.mistakes[text] = error.message
        if isinstance(rule, Saved):
            made.unread[text] = unread
        else:
            made.muted[text] = muted

    def _unread(self, store: Store, wanted: "Filter") -> Unread:
        from reader.unread import unread_of

        return unread_of(store, wanted, self._asked(store))

    def _muted(self, store: Store, wanted: "Filter") -> Mask:
        from reader.matching import matching

        return both(matching(store, wanted, self._asked(store)), kind_mask(store, "sound"))

    def _asked(self, of: Store | None = None) -> "Asked":
        """Return what a filter asks for beside a store, by default the one that is shown."""
        from reader.matching import Asked

        store = self.store if of is None else of
        return Asked(
            _now(),
            None,
            self._ledger.read_moments,
            lambda: _paths(store),
            lambda: by_bits(store.marks, MUTED, MUTED),
        )

    def _ask_for_time(self) -> bool:
        """Whether some rule is about how long ago something is."""
        if not any(self.rules):
            return False
        from reader.filters import FIELDS
        from reader.filters.fields import TIME

        rules: tuple[Rule, ...] = (*self.rules.saved, *self.rules.muted)
        leaves = (term for rule in rules for term in _leaves(rule))
        return any(term.field and FIELDS[term.field].takes == TIME for term in leaves)


def _is_about_marks(rule: Rule) -> bool:
    return any(term.field in ("is", "read") for term in _leaves(rule))


def _leaves(rule: Rule) -> "Iterator[Term]":
    from reader.filters import FilterError, parse

    with suppress(FilterError):
        yield from parse(rule.filter).leaves


def _paths(store: Store) -> list[str]:
    """Return the path of each row's file; nothing where there is none any more."""
    paths = [""] * len(store.index)
    with suppress(Damaged):
        for path, _, row in zip(*read_paths(store.place / NAME), strict=True):
            if NONE != row < len(paths):
                paths[row] = clean_line(path)
    return paths


def _now() -> datetime:
    return datetime.now(UTC)
