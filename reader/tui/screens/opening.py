"""Opening the original in the browser, and copying its address."""

from reader.browser import NoBrowser, open_in_browser
from reader.model import Article, Urls
from reader.tui.screens.desk import Desk
from reader.urls import host


class Opening(Desk):
    """The actions that lead out of the program."""

    def action_open(self) -> None:
        """Open the original of the article on the page."""
        if url := self._address():
            self.open_address(url)

    def action_open_other(self) -> None:
        """Choose among the addresses of the article."""
        from reader.tui.screens.chooser import Chooser

        if self._address() and self.page is not None:
            self.app.push_screen(Chooser(self.page.title, addresses(self.page.urls)), self._chosen)

    def action_copy_address(self) -> None:
        """Copy the address of the article."""
        if url := self._address():
            self._copy(url, "Copied")

    def open_address(self, url: str) -> None:
        """Start the browser and mark the article as read; without one, copy the address."""
        article = self.article
        try:
            open_in_browser(url)
            self._mark_opened(article)
            self.say(f"Opened {host(url)} in the browser")
        except NoBrowser:
            self._mark_opened(article)
            self._copy(url, "No browser here: address copied")
        except ValueError as error:
            self.say(str(error), failed=True)

    def _copy(self, url: str, fact: str) -> None:
        """Copy an address and show it whole, on a sheet where a line is too short for it."""
        self.app.copy_to_clipboard(url)
        if len(fact) + len(url) < self.app.size.width - 24:
            self.say(f"{fact}  {url}")
        else:
            from reader.tui.screens.address import AddressSheet

            self.app.push_screen(AddressSheet(fact, url))

    def _mark_opened(self, article: Article | None) -> None:
        if article is not None and self.library.mark_opened(article):
            self.refresh_marks()

    def _address(self) -> str | None:
        if self.page is None:
            self.say("No article here")
            return None
        if self.page.urls.best is None:
            self.say("The file gives no address that can be opened")
        return self.page.urls.best

    def _chosen(self, choice: tuple[str, str] | None) -> None:
        if choice is None:
            return
        what, url = choice
        if what == "copy":
            self._copy(url, "Copied")
        else:
            self.open_address(url)


def addresses(urls: Urls) -> list[tuple[str, str]]:
    """Return the name and the address of each form that an article has."""
    named = (
        ("original", urls.original),
        ("web", urls.web),
        ("AMP", urls.amp),
        ("cached AMP", urls.cdn_amp),
    )
    return [(name, url) for name, url in named if url]
