"""Every command, once: its keys, its words, and where it works.

Bindings, palette, help and the remapping of keys are made from this table and from nothing
else. A new command is a row here and an action of that name on the screen or widget.
"""

from itertools import zip_longest
from typing import NamedTuple

from textual.binding import Binding, BindingType

EVERYWHERE, LISTS, ORDER, ARTICLE, GO = "Everywhere", "Lists", "Order", "Article", "g, then"
FEEDS = "Feeds"
GROUPS = (EVERYWHERE, GO, LISTS, ORDER, ARTICLE, FEEDS)


class Command(NamedTuple):
    """One thing to do. `scopes` are the widgets that bind it; rows of one `help` share a line."""

    id: str
    keys: str
    action: str
    title: str
    group: str
    scopes: tuple[str, ...] = ("screen",)
    help: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The keys as a person reads them."""
        return tuple(LABELS.get(key, key) for key in self.keys.split(","))


LABELS = {
    "question_mark": "?",
    "escape": "esc",
    "f1": "F1",
    "exclamation_mark": "!",
    "asterisk": "*",
    "pagedown": "PgDn",
    "pageup": "PgUp",
}
ROWS, TEXT, PAGE, LIST = ("rows",), ("text",), ("page",), ("list", "sidebar")
FEED = ("feeds",)

COMMANDS = (
    Command("help", "?,f1", "screen.help", "this help", EVERYWHERE),
    Command("palette", ":,ctrl+p", "screen.palette", "every command", EVERYWHERE),
    Command("filter", "/", "screen.filter", "filter, or find in the text", EVERYWHERE),
    Command("save", "F", "screen.save", "save the filter, or change it", EVERYWHERE),
    Command("suggest", "f", "screen.suggest", "filters made from the article", EVERYWHERE),
    Command("close", "escape", "screen.close", "close, or back", EVERYWHERE),
    Command("pane.next", "tab", "screen.pane(1)", "next pane", EVERYWHERE,
            help="next, previous pane"),
    Command("pane.previous", "shift+tab", "screen.pane(-1)", "previous pane", EVERYWHERE,
            help="next, previous pane"),
    Command("pane.left", "h,left", "screen.side(-1)", "pane to the left", EVERYWHERE,
            help="pane to the left, right"),
    Command("pane.right", "l,right", "screen.side(1)", "pane to the right", EVERYWHERE,
            help="pane to the left, right"),
    Command("pane.narrower", "<", "screen.widen(-2)", "narrower pane", EVERYWHERE,
            help="narrower, wider pane"),
    Command("pane.wider", ">", "screen.widen(2)", "wider pane", EVERYWHERE,
            help="narrower, wider pane"),
    Command("undo", "u", "screen.undo", "undo", EVERYWHERE),
    Command("redo", "ctrl+r", "screen.redo", "redo", EVERYWHERE),
    Command("rescan", "r", "screen.rescan", "read the folder again", EVERYWHERE),
    Command("fetch", "R", "screen.fetch", "fetch the feeds, or stop", EVERYWHERE),
    Command("quit", "q", "screen.leave", "back, then quit", EVERYWHERE),
    Command("go", "g", "screen.go", "go to (with one more key)", EVERYWHERE, help="-"),
    Command("go.top", "g", "go_to('top')", "top of the list", GO, ("go",)),
    Command("go.related", "r", "go_to('related')", "related", GO, ("go",)),
    Command("go.unread", "u", "go_to('unread')", "unread only, or all again", GO, ("go",)),
    Command("go.starred", "s", "go_to('starred')", "starred", GO, ("go",)),
    Command("go.feeds", "f", "go_to('feeds')", "feeds", GO, ("go",)),
    Command("go.edition", "b", "go_to('edition')", "edition", GO, ("go",)),
    Command("go.edition.new", "B", "go_to('new edition')", "make a new edition", GO, ("go",)),
    Command("move.down", "j,down", "move(1)", "down", LISTS, ROWS, "down, up"),
    Command("move.up", "k,up", "move(-1)", "up", LISTS, ROWS, "down, up"),
    Command("move.top", "home", "first", "top", LISTS, (*ROWS, *TEXT)),
    Command("move.end", "G,end", "last", "end", LISTS, (*ROWS, *TEXT)),
    Command("move.half.down", "ctrl+d", "page(1)", "half a page down", LISTS, (*ROWS, *TEXT),
            "half a page down, up"),
    Command("move.half.up", "ctrl+u", "page(-1)", "half a page up", LISTS, (*ROWS, *TEXT),
            "half a page down, up"),
    Command("move.page.down", "pagedown", "page(2)", "page down", LISTS, (*ROWS, *TEXT),
            "page down, up"),
    Command("move.page.up", "pageup", "page(-2)", "page up", LISTS, (*ROWS, *TEXT),
            "page down, up"),
    Command("choose", "enter", "choose", "read the article", LISTS, ROWS),
    Command("unread.next", "n", "screen.unread(1)", "next unread", LISTS,
            help="next, previous unread"),
    Command("unread.previous", "N", "screen.unread(-1)", "previous unread", LISTS,
            help="next, previous unread"),
    Command("unfold", "space", "screen.unfold", "unfold the story, or the topic", LISTS,
            LIST),
    Command("why", "exclamation_mark", "screen.why", "why is this here", LISTS),
    Command("stories", "c", "screen.stories", "stories, or every article", LISTS),
    Command("read.all", "A", "screen.read_all", "mark all as read", LISTS),
    Command("bulk", "asterisk", "screen.bulk", "mark or open all of these", LISTS),
    Command("order.front", "1", "screen.order('front')", "importance", ORDER, LIST),
    Command("order.quality", "2", "screen.order('quality')", "quality", ORDER, LIST),
    Command("order.newest", "3", "screen.order('newest')", "newest", ORDER, LIST),
    Command("order.heat", "4", "screen.order('heat')", "heat", ORDER, LIST),
    Command("order.coverage", "5", "screen.order('related')", "coverage", ORDER, LIST),
    Command("order.unread", "6", "screen.order('unread')", "unread first", ORDER, LIST),
    Command("scroll.down", "j,down", "scroll(1)", "scroll down", ARTICLE, TEXT, "-"),
    Command("scroll.up", "k,up", "scroll(-1)", "scroll up", ARTICLE, TEXT, "-"),
    Command("read.on", "space", "screen.read_on", "page down, then next unread", ARTICLE, PAGE),
    Command("related.next", "]", "screen.related(1)", "next related", ARTICLE,
            help="next, previous related"),
    Command("related.previous", "[", "screen.related(-1)", "previous related", ARTICLE,
            help="next, previous related"),
    *(
        Command(f"jump.{number}", str(number), f"screen.jump({number})",
                f"related article or link {number}", ARTICLE, PAGE, "related article, or link")
        for number in range(1, 10)
    ),
    Command("related.first", "enter", "screen.jump(1)", "first related", ARTICLE, PAGE),
    Command("back", "H", "screen.back", "back", ARTICLE, help="back, forward"),
    Command("forward", "L", "screen.forward", "forward", ARTICLE, help="back, forward"),
    Command("article.next", "J", "screen.article(1)", "next article", ARTICLE,
            help="next, previous article"),
    Command("article.previous", "K", "screen.article(-1)", "previous article", ARTICLE,
            help="next, previous article"),
    Command("open", "o", "screen.open", "original in the browser", ARTICLE),
    Command("open.other", "O", "screen.open_other", "choose: web, AMP, cached AMP", ARTICLE),
    Command("copy", "y", "screen.copy_address", "copy the address", ARTICLE),
    Command("full", "x", "screen.full_text", "full text, or the excerpt again", ARTICLE),
    Command("facts", "i", "screen.facts", "all that the file says", ARTICLE),
    Command("versions", "D", "screen.versions", "what changed", ARTICLE),
    Command("star", "s", "screen.star", "star", ARTICLE),
    Command("read", "m", "screen.read", "read, or unread", ARTICLE),
    Command("dismiss", "d", "screen.dismiss_article", "dismiss, or bring back", ARTICLE),
    Command("mute", "M", "screen.mute", "mute what is like it", ARTICLE),
    Command("feeds.fetch", "R", "fetch", "fetch this one now, or stop", FEEDS, FEED),
    Command("feeds.add", "a", "add", "subscribe to a feed", FEEDS, FEED),
    Command("feeds.rename", "e", "rename", "rename", FEEDS, FEED),
    Command("feeds.move", "m", "move_feed", "move to a folder", FEEDS, FEED),
    Command("feeds.pause", "p", "pause", "pause, or go on", FEEDS, FEED),
    Command("feeds.text", "f", "full_text", "full text always, or not", FEEDS, FEED),
    Command("feeds.remove", "d", "remove", "remove; the articles stay", FEEDS, FEED),
    Command("feeds.error", "exclamation_mark", "error", "what went wrong last", FEEDS, FEED),
    Command("feeds.undo", "u", "undo", "undo", FEEDS, FEED, "-"),
    Command("feeds.redo", "ctrl+r", "redo", "redo", FEEDS, FEED, "-"),
    Command("feeds.help", "?,f1", "help", "help", FEEDS, FEED, "-"),
    Command("feeds.top", "g", "top", "top", FEEDS, FEED, "-"),
    Command("feeds.close", "escape,q", "close", "close", FEEDS, FEED, "-"),
)  # fmt: skip


def bindings(*scopes: str) -> list[BindingType]:
    """Return the bindings of a screen or widget, each with the id that a user remaps it by."""
    return [
        Binding(command.keys, command.action, command.title, show=False, id=command.id)
        for command in COMMANDS
        if not set(scopes).isdisjoint(command.scopes)
    ]


def help_lines(group: str) -> list[tuple[str, str]]:
    """Return keys and words of a group for the help; commands with one `help` share a line.

    A shared line has the first key of each command, then the second ones. A command with the
    help `-` has no line of its own, for another line shows its keys.
    """
    lines: dict[str, list[tuple[str, ...]]] = {}
    for command in COMMANDS:
        if command.group == group and command.help != "-":
            lines.setdefault(command.help or command.title, []).append(command.labels)
    return [(_shown(labels), text) for text, labels in lines.items()]


def _shown(labels: list[tuple[str, ...]]) -> str:
    if len(labels) > 2:
        return f"{labels[0][0]} to {labels[-1][0]}"
    return " ".join(key for keys in zip_longest(*labels, fillvalue="") for key in keys if key)
