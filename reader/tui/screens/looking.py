"""Looking things up: the keys, every command, and what a file says."""

from textual import work
from textual.dom import DOMNode

from reader.model import Article
from reader.text import one_line
from reader.tui.screens.desk import Desk


class Looking(Desk):
    """The actions that show something over the whole screen, or run what was found."""

    def action_help(self) -> None:
        """Show every key."""
        from reader.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Offer every command, and the themes."""
        from reader.tui.screens.palette import PaletteSheet

        self.app.push_screen(PaletteSheet(), self._run_command)

    async def _run_command(self, command: tuple[str, str] | None) -> None:
        if command is None:
            return
        kind, action = command
        if kind == "theme":
            self.app.theme = action
        else:
            scopes: dict[str, DOMNode] = {"rows": self.list, "page": self.article_page}
            await self.app.run_action(action, scopes.get(kind, self))

    def action_why(self) -> None:
        """Say why the article of the cursor is where it is."""
        at = self.list.cursor
        if at >= len(self.rows):
            self.say("No article here")
        elif self.rows.article(at).problem:
            self.say("A file that is not understood stands last")
        else:
            from reader.tui.screens.why import WhySheet

            order = self.library.sort(self.text, self.view) or self.order
            why = self.library.why(self.rows, at, order)
            self.app.push_screen(WhySheet(self.rows.article(at).title, why))

    def action_facts(self) -> None:
        """Show all that the file of the article says."""
        if self.page is None:
            self.say("No article here")
        elif self.article is None:
            self.say("Not in this folder: there is no file to look into")
        else:
            self._read_facts(self.article)

    @work(thread=True, exclusive=True, group="facts")
    def _read_facts(self, article: Article) -> None:
        from reader.files.frontmatter import FrontMatterError
        from reader.files.reading import Unreadable

        try:
            facts = self.library.facts(article)
        except (Unreadable, FrontMatterError) as error:
            self.app.call_from_thread(self.say, one_line(error), failed=True)
        else:
            self.app.call_from_thread(self._show_facts, article.path, facts)

    def _show_facts(self, path: str, facts: list[tuple[str, str]]) -> None:
        from reader.tui.screens.facts import FactsScreen

        if facts:
            self.app.push_screen(FactsScreen(path, facts))
        else:
            self.say("The file has no front matter")

    def action_versions(self) -> None:
        """Tell what changed between the versions of the article."""
        if self.article is None:
            self.say(
                "Not in this folder: there is no file to look into"
                if self.page
                else "No article here"
            )
        else:
            self._read_versions(self.article)

    @work(thread=True, exclusive=True, group="versions")
    def _read_versions(self, article: Article) -> None:
        self.app.call_from_thread(self._show_versions, self.library.versions(article))

    def _show_versions(self, versions: list[Article]) -> None:
        from reader.tui.screens.changes import ChangesScreen

        if len(versions) > 1:
            self.app.push_screen(ChangesScreen(versions, self.library.changes))
        else:
            self.say("There is one version of this article")
