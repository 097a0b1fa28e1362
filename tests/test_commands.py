from collections import Counter
from inspect import signature
from itertools import combinations

import pytest
from textual.actions import parse
from textual.binding import Binding

from reader.tui.commands import COMMANDS, GROUPS, LABELS, bindings, help_lines
from reader.tui.screens.feeds import FeedsScreen
from reader.tui.screens.go import GoSheet
from reader.tui.screens.help import HelpText
from reader.tui.screens.reader import ReaderScreen
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_page import ArticlePage
from reader.tui.widgets.feed_list import FeedList
from reader.tui.widgets.sidebar import Sidebar

SCOPES = {
    "screen": (ReaderScreen,),
    "rows": (ArticleList, Sidebar, FeedList),
    "list": (ArticleList,),
    "sidebar": (Sidebar,),
    "text": (ArticlePage, HelpText),
    "page": (ArticlePage,),
    "go": (GoSheet,),
    "feeds": (FeedsScreen,),
}
ACTIVE_AT_ONCE = (
    ("screen", "rows", "list"),
    ("screen", "rows", "sidebar"),
    ("screen", "text", "page"),
    ("go",),
    ("feeds", "rows"),
)
TOGETHER = [pytest.param(scopes, id=" and ".join(scopes)) for scopes in ACTIVE_AT_ONCE]


def keys(*scopes):
    """The keys of some scopes, as Textual knows them."""
    return [binding.key for binding in Binding.make_bindings(bindings(*scopes))]


def test_every_command_has_an_id_of_its_own():
    assert [name for name, count in Counter(one.id for one in COMMANDS).items() if count > 1] == []


def test_every_binding_has_the_id_that_a_user_remaps_it_by():
    assert [one.id for one in bindings(*SCOPES)] == [one.id for one in COMMANDS]


@pytest.mark.parametrize("scopes", TOGETHER)
def test_no_key_does_two_things_at_once(scopes):
    assert [key for key, count in Counter(keys(*scopes)).items() if count > 1] == []


@pytest.mark.parametrize("scopes", TOGETHER)
def test_a_command_of_two_scopes_is_bound_once(scopes):
    for one, two in combinations(bindings(*scopes), 2):
        assert one.id != two.id


def test_typing_in_an_input_is_never_taken_by_a_priority_binding():
    assert [one.id for one in bindings(*SCOPES) if one.priority] == []


def test_keys_that_terminals_confuse_are_not_used():
    used = {key for scope in SCOPES for key in keys(scope)}
    assert used.isdisjoint({"ctrl+i", "ctrl+j", "ctrl+h", "ctrl+m", "ctrl+z"})


def test_ctrl_d_moves_and_never_deletes():
    assert {one.action for one in COMMANDS if "ctrl+d" in one.keys.split(",")} == {"page(1)"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_action_is_there_and_takes_what_the_table_gives(command):
    destination, name, arguments = parse(command.action)
    for scope in command.scopes:
        for owner in (ReaderScreen,) if destination == "screen" else SCOPES[scope]:
            action = getattr(owner, f"action_{name}")
            signature(action).bind(owner, *arguments)


@pytest.mark.parametrize(
    ("widget", "scopes"),
    [
        (ReaderScreen, ("screen",)),
        (ArticleList, ("rows", "list")),
        (Sidebar, ("rows", "sidebar")),
        (ArticlePage, ("text", "page")),
        (GoSheet, ("go",)),
        (FeedsScreen, ("feeds",)),
    ],
)
def test_widgets_bind_what_the_table_says(widget, scopes):
    ours = [one for ancestor in widget.__mro__ for one in vars(ancestor).get("BINDINGS", ())]
    named = [one.id for one in ours if isinstance(one, Binding) and one.id]
    assert sorted(named) == sorted(one.id for one in bindings(*scopes))


def test_every_scope_and_group_is_known():
    assert {scope for one in COMMANDS for scope in one.scopes} == set(SCOPES)
    assert {one.group for one in COMMANDS} == set(GROUPS)


def test_the_help_shows_every_key():
    shown = {part for group in GROUPS for keys, _ in help_lines(group) for part in keys.split()}
    shown |= {str(number) for number in range(1, 10)} if "to" in shown else set()
    assert [key for one in COMMANDS for key in one.labels if key not in shown] == []


def test_the_help_says_what_each_key_does_in_one_line():
    lines = [line for group in GROUPS for line in help_lines(group)]
    assert all(keys and text and text != "-" and "\n" not in text for keys, text in lines)
    assert max(len(keys) for keys, _ in lines) < 15  # the help's column of keys
    assert max(len(text) for _, text in lines) <= 31  # and that of words, of 50


def test_commands_of_one_meaning_share_a_line_with_first_keys_first():
    lists, article = dict(help_lines("Lists")), dict(help_lines("Article"))
    assert "j k down up   down, up" in [f"{keys}   {text}" for keys, text in help_lines("Lists")]
    assert ("n N", "next, previous unread") in [(key, text) for key, text in help_lines("Lists")]
    assert article["1 to 9"] == "related article, or link"
    assert lists["ctrl+d ctrl+u"] == "half a page down, up"


def test_keys_have_names_that_stand_on_a_keyboard():
    labels = {label for one in COMMANDS for label in one.labels}
    assert labels.isdisjoint(LABELS)
    assert {"?", "F1", "esc", "PgUp", "PgDn"} <= labels


def test_titles_are_words_for_the_palette():
    for one in COMMANDS:
        assert one.title
        assert one.title == one.title.strip().removesuffix(".")


def test_no_two_commands_of_one_scope_have_the_same_words():
    titles = Counter((one.title, one.group, scope) for one in COMMANDS for scope in one.scopes)
    assert [title for title, count in titles.items() if count > 1] == []
