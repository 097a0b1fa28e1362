"""Rules on the screen: filters are saved, changed and removed, and what is not wanted is muted."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import work
from textual.worker import get_current_worker

from reader.rules import KINDS, QUICK
from reader.saved import Mute, Rule, Rules, RulesError, Saved
from reader.text import counted
from reader.tui.screens.following import Following
from reader.tui.screens.marking import Marking
from reader.tui.screens.walking import Walking
from reader.views import ALL, FRONT, View

if TYPE_CHECKING:
    from reader.tui.screens.muting import Muting

_MEANT = {
    **{kind: f"is:{kind}" for kind in ("picked", "unread", "starred", "dismissed", "muted")},
    "problems": "is:problem",
}
"""The filters that views stand for."""


class Saving(Marking, Walking, Following):
    """What `F` and `M` do, and the keys of the sidebar on a rule."""

    _rules: Rules | None = None
    """The rules that the list was made with."""

    _going: View | None = None
    """The view that was asked for last."""

    # Saved filters

    def action_save(self) -> None:
        """Name the filter that the list has; change the one that the list is of."""
        from reader.tui.screens.naming import NamingSheet

        rule, text = self.library.rule(self.view), self._filter_of_list()
        if isinstance(rule, Mute) or not text:
            self.say("There is no filter to save", "/", "filters the list")
            return
        edited = rule if rule and not self.text else None
        title = f"Change “{rule.name}”" if edited and rule else "Save the filter"
        sheet = NamingSheet(title, rule.name if rule else "", text)
        self.app.push_screen(sheet, lambda saved: self._save(saved, edited))

    def _save(self, saved: Saved | None, edited: Rule | None) -> None:
        if saved is None:
            return
        library = self.library

        def save() -> None:
            if edited is None:
                library.save(saved.name, saved.filter)
            elif edited != saved:
                library.edit(edited, saved)

        if self._changed(save):
            self._rules = library.rules
            self.open_view(View("saved", saved.name), text="")
            self.say(f"Saved as “{saved.name}”", "u", "undoes")

    def _filter_of_list(self) -> str:
        """Return the filter that finds what the list has, empty where it has everything."""
        from reader.filters import Filter, FilterError, Term, parse

        view, rule = self.view, self.library.rule(self.view)
        own = rule.filter if rule else _MEANT.get(view.kind, "")
        if view.kind in ("topic", "provider"):
            own = str(Term(view.kind, view.name))
        with suppress(FilterError):
            return str(parse(own).narrowed(parse(self.text) if self.text else Filter()))
        return own

    @property
    def _rule_here(self) -> Rule | None:
        """The rule that the cursor of the sidebar stands on, while it has the keys."""
        view = self.sidebar.view if self.sidebar.has_focus else None
        return self.library.rule(view) if view else None

    def action_article(self, step: int) -> None:
        """In the sidebar a rule moves."""
        if (rule := self._rule_here) is None:
            super().action_article(step)
        elif self._changed(lambda: self.library.move(rule, step)):
            self.refresh_marks()

    def action_dismiss_article(self) -> None:
        """In the sidebar a rule is removed."""
        if (rule := self._rule_here) is None:
            super().action_dismiss_article()
        else:
            self._remove(rule)

    def _remove(self, rule: Rule) -> None:
        if self._changed(lambda: self.library.remove(rule)):
            self.refresh_marks()
            gone = "not muted any more" if isinstance(rule, Mute) else "removed"
            self.say(f"“{rule.name}” is {gone}", "u", "undoes")

    # What is muted

    def action_mute(self) -> None:
        """Offer to mute what is like the article; of one that is muted, take the rule away."""
        from reader.tui.screens.muting import MuteSheet, filters_to_mute

        page, article = self.page, self.article
        if page is None or article is None:
            self.say("No article here")
        elif page.muted_by is not None:
            self._remove(page.muted_by)
        elif article.problem:
            self.say("This file is not understood: there is nothing to mute")
        else:
            found = filters_to_mute(article, self.text)
            told = [(text, self._told(text, what)) for text, what in found]
            self.app.push_screen(MuteSheet(article.title, told), self._mute)

    def _told(self, text: str, what: str) -> str:
        """Say how many articles a filter finds, where that is known at once."""
        if not (len(self.library.store) <= QUICK or self.library.is_searched(text)):
            return what
        return f"{counted(self.library.count(ALL, text))} {what}"

    def _mute(self, muting: "Muting | None") -> None:
        if muting is None:
            return
        if self._changed(lambda: self.library.mute(muting.text, muting.days)):
            self.refresh_marks()
            self.say(self._said_of(muting.text), "u", "undoes")
            self._look_for_rules()

    def _said_of(self, text: str) -> str:
        hidden = self.library.muted_now(text)
        return f"Muted {text}" if hidden is None else f"Muted {counted(hidden)} by {text}"

    # What has changed

    def _changed(self, change: Callable[[], object]) -> bool:
        """Change the rules; say why where that cannot be."""
        try:
            change()
        except RulesError as error:
            self.say(str(error), failed=True)
            return False
        return True

    def action_undo(self) -> None:
        """Take back the last change, of a rule, too."""
        self._changed(super().action_undo)

    def action_redo(self) -> None:
        """Make the change again, of a rule, too."""
        self._changed(super().action_redo)

    def start_following(self) -> None:
        """Look at the rules, too."""
        self._rules = self.library.rules
        self._say_mistake()
        self.call_after_refresh(self._look_for_rules)
        super().start_following()

    def refresh_marks(self) -> None:
        """Make the list anew where rules are others."""
        super().refresh_marks()
        if self._rules is not None and self._rules is not self.library.rules:
            self.show_rules()

    def show_rules(self) -> None:
        """Show what is muted, and what is not any more."""
        self._rules = self.library.rules
        if self.view.kind in KINDS and self.library.rule(self.view) is None:
            self.change_view(FRONT)
        else:
            self.reload()
        self._say_mistake()

    def _say_mistake(self) -> None:
        if self.library.rules_mistake:
            self.say(self.library.rules_mistake, failed=True)

    def _follow(self) -> None:
        if self.library.follow_rules():
            self.show_rules()
        self._look_for_rules()
        super()._follow()

    def _look_for_rules(self) -> None:
        if self.library.has_to_find and self.library.is_open:
            self._find_rules()

    @work(thread=True, exclusive=True, group="rules")
    def _find_rules(self) -> None:
        self.library.find_rules()
        self.app.call_from_thread(self._rules_found)

    def _rules_found(self) -> None:
        if self.library.follow_rules():
            self.show_rules()
        self.library.watch_rules()
        self.show_state()

    # Rules that take a while

    def change_view(self, view: View) -> None:
        """Show another view, as soon as what its rule asks for is found."""
        self._going = view
        if view.kind in KINDS and not self.library.is_searched(self.text, view):
            self._find_rule(view, self.text)
        else:
            self._show_view(view)

    @work(thread=True, exclusive=True, group="search")
    def _find_rule(self, view: View, text: str) -> None:
        from reader.filters import FilterError
        from reader.snapshot.searching import Superseded

        worker = get_current_worker()
        with suppress(Superseded, FilterError):
            self.library.search(text, lambda: worker.is_cancelled, view)
            self.app.call_from_thread(self._found_rule, view)

    def _found_rule(self, view: View) -> None:
        if view == self._going:
            self._show_view(view)

    def _show_view(self, view: View) -> None:
        """Show a view from its top."""
        self.keep_position()
        self.crumbs, self.walk = (), None
        self.open_view(view)
