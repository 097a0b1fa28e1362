"""Going somewhere and coming back: the trail, and the list that follows to an article."""

from reader.model import Article
from reader.pages import Page
from reader.tui.screens.desk import Desk
from reader.tui.trail import Place, Walk
from reader.views import ALL


class Returning(Desk):
    """Remembers the places that one leaves."""

    def here(self) -> Place:
        """Return where one is, to come back to it."""
        return Place(
            view=self.view,
            order=self.order,
            text=self.text,
            page=self.page,
            page_top=self.article_page.top,
            cursor_id=self.cursor_id,
            list_top=self.list.scroll_offset.y,
            unfolded=self.rows.unfolded,
            walk=self.walk,
            crumbs=self.crumbs,
            row_height=self.list.row_height,
            turned=self.turned,
        )

    def go(self, page: Page, walk: Walk | None) -> None:
        """Go to another page, remember where one was, and let the list follow."""
        self.trail.leave(self.here())
        if self.page is not None:
            self.crumbs = (*(self.crumbs or (self.page,)), page)
        self.walk = walk
        if page.article is not None:
            self.follow(page.article)
            self.library.mark_opened(page.article)
        elif page.item is not None and page.item.key:
            self.library.mark_copy_read(page.item.key, page.library)
        self.show_page(self.library.refreshed(page))
        self.refresh_marks()

    def follow(self, article: Article) -> None:
        """Put the list's cursor on an article: here, inside its story, or else under All."""
        row = self.rows.index_of(article.id)
        if row is None and (leader := self.rows.stand_in(article)) is not None:
            self.rows.toggle(self.rows.index_of(leader.id) or 0)
            self.list.redraw()
            row = self.rows.index_of(article.id)
        if row is not None:
            self.list.move_to(row, quiet=True)
            return
        left = self.view.title
        row = self.library.store.row(article.id)
        self.open_view(ALL, text="", near=() if row is None else (row,), preview=False)
        self.say(f"Not in {left}, shown under All", "H", "back")

    def restore(self, place: Place) -> None:
        """Be back at a place, as it was left."""
        self.view, self.order, self.text = place.view, place.order, place.text
        self.turned = place.turned
        self._list_again(place.unfolded)
        row = self.row_of(place.cursor_id) if place.cursor_id else None
        is_same = row is not None and place.row_height == self.list.row_height
        self.list.show(self.rows, row or 0, top=place.list_top if is_same else None)
        self.walk, self.crumbs = place.walk, place.crumbs
        self.show_state()
        page = place.page and self.library.refreshed(place.page)
        self.show_page(page, top=place.page_top)
