"""The main screen: topics, articles and the article, put together from what each part does."""

from typing import ClassVar

from textual.binding import BindingType

from reader.feeding import FEEDS
from reader.memory import Memory
from reader.state.journal import StateError
from reader.tui.commands import bindings
from reader.tui.screens.editing import Editing
from reader.tui.screens.fetching import Fetching
from reader.tui.screens.full_text import FullText
from reader.tui.screens.looking import Looking
from reader.tui.screens.marking import Marking
from reader.tui.screens.narrowing import Narrowing
from reader.tui.screens.opening import Opening
from reader.tui.screens.panes import Panes, Widths
from reader.tui.screens.saving import Saving
from reader.tui.screens.suggesting import Suggesting
from reader.tui.screens.walking import Walking
from reader.tui.widgets.article_list import ArticleList
from reader.tui.widgets.article_page import ArticlePage
from reader.tui.widgets.sidebar import Sidebar
from reader.views import EDITION, FRONT, STARRED, UNREAD


class ReaderScreen(
    Saving,
    Editing,
    Marking,
    Opening,
    Looking,
    Walking,
    Narrowing,
    Suggesting,
    FullText,
    Fetching,
    Panes,
):
    """Handles what the widgets tell, and the actions that belong to no single part."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("screen")

    def on_mount(self) -> None:
        """Restore how the folder was left, and show what is read already."""
        memory = self.library.memory()
        self.view, self.order, self.turned = memory.view, memory.order, frozenset(memory.turned)
        self.history = memory.history
        self.widths = Widths(memory.sidebar, memory.article_pane)
        self.lay_out()
        self.start_loading()
        self.start_following()
        self.show_state()

    def begin(self) -> None:
        """Go to the article where the folder was left."""
        place = self.library.memory().place
        row = None if self.moved or place is None else self.library.store.row(place)
        if self.moved:
            self.reload()
        else:
            self.open_view(self.view, near=() if row is None else self.with_story(row))

    def on_unmount(self) -> None:
        """Remember how the folder is left."""
        self.keep_position()
        widths, turned = self.widths, tuple(sorted(self.turned))
        place = self.view, self.order, self.cursor_id
        memory = Memory(*place, widths.sidebar, widths.article, turned, self.history)
        try:
            self.library.remember(memory)
        except StateError as error:
            self.log(str(error))

    # What the widgets tell

    def on_article_list_moved(self, event: ArticleList.Moved) -> None:
        """Show the article beside its row."""
        event.stop()
        self.moved = True
        self.crumbs, self.walk = (), None
        self.preview()

    def on_article_list_chosen(self, event: ArticleList.Chosen) -> None:
        """Read the article."""
        event.stop()
        self.read_cursor()
        self.set_focus(self.article_page)

    def on_sidebar_moved(self, event: Sidebar.Moved) -> None:
        """Narrow the list; the feeds are no list of articles."""
        event.stop()
        if self.sidebar.view not in (None, FEEDS):
            self.change_view(self.sidebar.view)

    def on_sidebar_chosen(self, event: Sidebar.Chosen) -> None:
        """Go on in the list, or to the feeds."""
        event.stop()
        if self.sidebar.view == FEEDS:
            self.open_feeds()
        else:
            self.set_focus(self.list)

    def on_article_page_jumped(self, event: ArticlePage.Jumped) -> None:
        """Follow what was clicked."""
        event.stop()
        if event.number == 0:
            self.action_open()
        else:
            self.action_jump(event.number)

    # Views, orders, filters

    def action_order(self, order: str) -> None:
        """Put the list into another order; the cursor stays with its article."""
        if self.view == EDITION:
            self.say("An edition has its own order")
            return
        if self.library.sort(self.text, self.view):
            self.say("The filter says the order", "/", "changes it")
            return
        self.open_view(self.view, order=order, near=self.around_cursor())

    def action_stories(self) -> None:
        """Show each story once, or every article; the cursor stays with its article's story."""
        if self.view == EDITION:
            self.say("An edition is made of stories")
            return
        at = self.list.cursor
        near = self.with_story(self.rows.numbers[at]) if at < len(self.rows) else ()
        self.turned ^= {self.view.kind}
        self.open_view(self.view, near=near)
        self.say("Each story once" if self.is_in_stories(self.view) else "Every article")

    def with_story(self, row: int) -> tuple[int, ...]:
        """Return a row of the store, and what may stand for it in a list."""
        return row, *self.library.store.story(row)

    # Sheets and the way out

    def action_go(self) -> None:
        """Offer the keys that may follow `g`."""
        from reader.tui.screens.go import GoSheet

        self.app.push_screen(GoSheet(), self.action_go_to)

    def action_go_to(self, place: str | None) -> None:
        """Go to one of the places of the sheet."""
        if place == "top":
            focused = self.focused
            (focused if isinstance(focused, Sidebar | ArticlePage) else self.list).action_first()
        elif place == "related":
            self.set_focus(self.article_page)
            self.article_page.show_related()
        elif place == "starred":
            self.change_view(STARRED)
        elif place == "unread":
            self._toggle_unread()
        elif place == "edition":
            self.open_edition()
        elif place == "new edition":
            self.make_edition()
        elif place == "feeds":
            self.open_feeds()

    def _toggle_unread(self) -> None:
        """Narrow the list to what is unread, by a filter that shows, or widen it again."""
        if self.view == UNREAD:
            self.say("This list is of unread articles", "q", "goes to the front page")
        else:
            from reader.filters import ONLY_UNREAD, parse

            text = str(parse(self.text).toggled(ONLY_UNREAD))
            self.open_view(self.view, text=text, near=self.around_cursor())

    def action_close(self) -> None:
        """Go one step back, without leaving the program."""
        if not self._step_back():
            self.say("This is the front page", "q", "quits")

    def action_leave(self) -> None:
        """Go one step back; from the front page leave."""
        if not self._step_back():
            self.app.exit()

    def _step_back(self) -> bool:
        if self.status_line.notice is not None and self.status_line.notice.failed:
            self.status_line.clear()
        elif not self.list.has_focus:
            self.set_focus(self.list)
        elif self.text:
            self.open_view(self.view, text="", near=self.around_cursor())
        elif self.view != FRONT:
            self.change_view(FRONT)
        else:
            return False
        return True
