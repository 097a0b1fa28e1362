"""Walking: from article to related article, back and forward, and to the next unread."""

from reader.neighbours import Neighbour
from reader.pages import Page
from reader.tui.screens.returning import Returning
from reader.tui.trail import Walk


class Walking(Returning):
    """The actions that lead from one article to another."""

    def action_related(self, step: int) -> None:
        """Go to the next or previous one of the related items that are being walked through."""
        if self.page is None:
            self.say("No article here")
            return
        walk = (self.walk or Walk(self.page)).moved(step)
        if walk is None:
            self.say("Nothing more is related", *(("H", "back") if self.trail.behind else ()))
            return
        self.go(self._stop(walk), walk)

    def action_jump(self, number: int) -> None:
        """Go to a related item or open a link, by the number that stands before it."""
        page = self.page
        if page is None:
            self.say("No article here")
        elif number <= len(page.near):
            self.go(self.neighbour_page(page.near[number - 1], page), None)
        elif number <= len(page.near) + len(page.links):
            self.open_address(page.links[number - len(page.near) - 1])
        else:
            self.say(f"There is no {number} on this page" if page.near else "Nothing is related")

    def action_back(self) -> None:
        """Go back to where one came from."""
        place = self.trail.back(self.here())
        if place is None:
            self.say("This is where you began")
        else:
            self.restore(place)

    def action_forward(self) -> None:
        """Go forward to where one came back from."""
        place = self.trail.forward(self.here())
        if place is None:
            self.say("Nothing lies ahead")
        else:
            self.restore(place)

    def action_article(self, step: int) -> None:
        """Read the next or previous article of the list that was not passed with its story."""
        row = self.rows.next_article(self.list.cursor, step)
        if row is None:
            self.say("The list ends here" if step > 0 else "The list begins here")
        else:
            self._read_row(row)

    def action_unread(self, step: int) -> None:
        """Go to the next or previous unread article of the list."""
        row = self.rows.next_unread(self.list.cursor, step)
        if row is None:
            self.say("Nothing more is unread here")
        elif self.reading:
            self._read_row(row)
        else:
            self.list.move_to(row)

    def action_read_on(self) -> None:
        """Page down; at the end of the text go to the next unread article."""
        if self.article_page.at_end:
            self.action_unread(1)
        else:
            self.article_page.action_page(2)

    def action_unfold(self) -> None:
        """Unfold the story of the row, or fold it again; in the sidebar, the topic."""
        if self.sidebar.has_focus:
            self.sidebar.action_fold()
            return
        at, before = self.cursor_id, len(self.rows)
        if not len(self.rows) or not self.rows.toggle(self.list.cursor):
            self.say("One article: there is nothing to unfold")
            return
        row = (self.row_of(at) if at else None) or 0
        self.list.show(self.rows, row)
        self.list.reveal(row + max(len(self.rows) - before, 0))
        self.show_state()
        self.preview()

    def read_cursor(self) -> None:
        """Read the article that the list's cursor stands on."""
        if len(self.rows):
            self._read_row(self.list.cursor)

    @property
    def reading(self) -> bool:
        """Whether the article pane has the keys."""
        return self.article_page.has_focus

    def neighbour_page(self, neighbour: Neighbour, page: Page) -> Page:
        """Return the page of a related item: the article's own, else one of its copy."""
        if neighbour.article is not None:
            return self.library.page(neighbour.article)
        return self.library.copy_page(neighbour.item, page.library)

    def _stop(self, walk: Walk) -> Page:
        if walk.step == 0:
            return walk.start
        return self.neighbour_page(walk.start.near[walk.step - 1], walk.start)

    def _read_row(self, row: int) -> None:
        self.crumbs, self.walk = (), None
        self.list.move_to(row, quiet=True)
        self.library.mark_opened(self.rows.article(row))
        self.preview()
        self.refresh_marks()

    def open_address(self, url: str) -> None:
        """Open an address in the browser."""
        raise NotImplementedError
