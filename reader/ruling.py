"""Filters that were saved, and what is muted: kept where people see them, changed and undone."""

import os
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from reader.editions import Editions
from reader.files.reading import Unreadable
from reader.ledger import Step
from reader.rewriting import added, moved, removed, replaced
from reader.saved import FILE, Mute, Rule, Rules, RulesError, Saved, read_rules, until
from reader.state.place import OWN
from reader.state.rule_file import RuleFile
from reader.text import clean_line, one_line

Change = Callable[[str], str]


class _Done(NamedTuple):
    """A change of the rules: what it is called, when, the text before and after, and its ways."""

    label: str
    at: str
    before: str
    after: str
    back: Change
    again: Change


class Ruling(Editions):
    """Articles of folders, and the rules that people made for them."""

    def __init__(self, paths: Collection[Path], state_dir: Path, cache_dir: Path) -> None:
        """Open folders or files. Raises NoFolder; nothing is read yet."""
        self.rules = Rules()
        self.rules_mistake: str | None = None
        """What is wrong with the file of rules, in a sentence, None while all is well."""
        self._rules_folder, self._file = state_dir, RuleFile(state_dir / FILE, follow=True)
        self._own: RuleFile | None = None
        self._done: list[_Done] = []
        self._undone: list[tuple[str, _Done]] = []
        super().__init__(paths, state_dir, cache_dir)
        self.follow_rules()

    def keep_rules_in(self, folder: Path) -> None:
        """Keep the rules in a folder, but for a library that keeps its own journal."""
        self._rules_folder = folder
        self.follow_rules()

    def follow_rules(self) -> bool:
        """Take in what became of the file of rules; whether anything did."""
        self._find_file()
        return self._file.has_changed() and self._read()

    def _find_file(self) -> None:
        """Look where the rules are: a library that is the user's own has its own when it has any.

        The first change of them in it is one to its own file, with all that was in the other one.
        """
        folder = self.folders[0]
        own = folder.base / OWN.parent / FILE if self._is_own(folder) else None
        self._own = RuleFile(own, follow=False) if own else None
        has_own = own is not None and os.path.lexists(own)
        path = own if own and has_own else Path(os.path.realpath(self._rules_folder / FILE))
        if path != self._file.path:
            self._file = RuleFile(path, follow=not has_own)

    def _read(self) -> bool:
        """Read the rules; after a mistake the last right ones stay. Whether anything is new."""
        before = self.rules, self.rules_mistake
        try:
            self.rules, self.rules_mistake = read_rules(self._file.read()), None
        except (Unreadable, RulesError) as error:
            self.rules_mistake = clean_line(f"{self._file.path}: {error}")
        return before != (self.rules, self.rules_mistake)

    # Changing them

    def save(self, name: str, text: str) -> None:
        """Save a filter under a name; one of that name is replaced. Raises RulesError."""
        self._put(Saved(clean_line(name), clean_line(text)), "filter saved")

    def mute(self, text: str, days: int | None) -> Mute:
        """Mute what a filter finds, for some days or for good. Raises RulesError."""
        rule = Mute(clean_line(text), until(datetime.now(UTC), days) if days else None)
        self._put(rule, f"{rule.name} muted")
        return rule

    def edit(self, rule: Rule, other: Rule) -> None:
        """Put another rule in the place of one. Raises RulesError."""
        self._change_rules(
            "filter changed",
            lambda text: replaced(text, rule, other),
            lambda text: replaced(text, other, rule),
        )

    def remove(self, rule: Rule) -> None:
        """Take a rule away. Raises RulesError."""
        label = "filter removed" if isinstance(rule, Saved) else f"{rule.name} not muted any more"
        self._change_rules(label, lambda text: removed(text, rule), lambda text: added(text, rule))

    def move(self, rule: Rule, step: int) -> bool:
        """Let a rule and its neighbour change places; False at the end. Raises RulesError."""
        return self._change_rules(
            "filter moved",
            lambda text: moved(text, rule, step),
            lambda text: moved(text, rule, -step),
        )

    def _put(self, rule: Rule, label: str) -> None:
        self.follow_rules()
        others: tuple[Rule, ...] = self.rules.saved if isinstance(rule, Saved) else self.rules.muted
        known = next((one for one in others if one.name == rule.name), None)
        if known is None:
            self._change_rules(
                label, lambda text: added(text, rule), lambda text: removed(text, rule)
            )
        elif known != rule:
            self.edit(known, rule)

    def _change_rules(self, label: str, again: Change, back: Change) -> bool:
        """Change the file, and remember how it was; False where nothing changes."""
        before, after = self._rewrite(again)
        if before == after:
            return False
        self._done.append(_Done(label, self._ledger.stamp(), before, after, back, again))
        self._undone.clear()
        return True

    def _rewrite(self, change: Change) -> tuple[str, str]:
        """Write the file anew; returns its text before and after. Raises RulesError."""
        self._find_file()
        try:
            before = self._file.read()
            after = change(before)
            if after != before:
                (self._own or self._file).write(after)
        except (Unreadable, RulesError) as error:
            raise RulesError(clean_line(f"{self._file.path}: {error}")) from error
        except OSError as error:
            raise RulesError(one_line(error)) from error
        self.follow_rules()
        return before, after

    def undo(self) -> Step | None:
        """Take back the last change of marks or rules; None where there is none.

        A change of rules is known for as long as the library is open. Raises RulesError where the
        file cannot be changed back.
        """
        self.follow()
        if not self._done or self._done[-1].at < self._ledger.last_step:
            return super().undo()
        done = self._done.pop()
        self._rewrite(lambda text: done.before if text == done.after else done.back(text))
        self._undone.append((self._ledger.stamp(), done))
        return Step(done.label, {})

    def redo(self) -> Step | None:
        """Make the change again that was taken back last. Raises RulesError as `undo` does."""
        self.follow()
        if self._undone and self._undone[-1][0] < self._ledger.newest_step:
            self._undone.clear()
        at = self._undone[-1][0] if self._undone else ""
        if at < (marked := self._ledger.last_undone) or not at:
            newest = self._done[-1].at if self._done else ""
            return super().redo() if marked > newest else None
        done = self._undone.pop()[1]
        self._rewrite(lambda text: done.after if text == done.before else done.again(text))
        self._done.append(done)
        return Step(done.label, {})
