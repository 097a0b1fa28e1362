"""The sheet of `f`: filters that are made from an article."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from reader.dates import day
from reader.model import Article
from reader.tui.screens.choice_sheet import ChoiceSheet
from reader.tui.screens.returning import Returning
from reader.tui.widgets.choice_list import Choice
from reader.tui.widgets.status_line import Hint
from reader.views import ALL

MOST = 9
"""As many as have a digit."""


class Suggestion(NamedTuple):
    """A filter, what it has in common with the article, and how many articles match."""

    text: str
    shared: str
    articles: int


class SuggestionSheet(ChoiceSheet[str]):
    """Answers with the filter that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,f", "close", "close", show=False),
        *(Binding(str(number), f"take({number - 1})", show=False) for number in range(1, MOST + 1)),
    ]

    hints = (Hint("enter", "show them"), Hint("↑ ↓", "choose"), Hint("esc", "close"))

    def __init__(self, title: str, suggestions: list[Suggestion]) -> None:
        super().__init__(f"All like “{title}”")
        self._suggestions = suggestions

    def choices(self) -> tuple[Choice, ...]:
        """Return the filters, each with its count."""
        return tuple(map(_choice, range(1, MOST + 1), self._suggestions))

    def take(self, at: int) -> None:
        """Take a filter."""
        self.answer(self._suggestions[at].text)


class Suggesting(Returning):
    """What `f` does."""

    def action_suggest(self) -> None:
        """Offer filters that are made from the article on the page."""
        article = self.article
        if article is None:
            self.say("No article here")
            return
        found = list(self._suggestions(article))[:MOST]
        if not found:
            self.say("The file says nothing that a filter could be made from")
            return
        self.app.push_screen(SuggestionSheet(article.title, found), self._suggested)

    def _suggestions(self, article: Article) -> Iterator[Suggestion]:
        for text, shared in filters_of(article, in_story=bool(self.library.story(article))):
            yield Suggestion(text, shared, self.library.count(ALL, text))

    def _suggested(self, text: str | None) -> None:
        """Show what matches under All; the way back is the trail's."""
        if text is None or self.article is None:
            return
        row = self.library.store.row(self.article.id)
        self.trail.leave(self.here())
        self.crumbs, self.walk = (), None
        self.open_view(ALL, text=text, near=() if row is None else (row,))
        self.set_focus(self.list)
        self.say(f"All that match {text}", "H", "back")


def filters_of(article: Article, *, in_story: bool) -> Iterator[tuple[str, str]]:
    """Yield filters that an article matches, each with what all that match have in common."""
    from reader.filters import Term

    if article.provider:
        yield str(Term("provider", article.provider)), "by this provider"
    for topic in article.topics:
        yield str(Term("topic", topic)), "under this topic"
    if in_story:
        yield f"story:{article.id}", "on this event"
    if article.published_at:
        yield f"date:{day(article.published_at, None)}", "of this day"
    for author in article.authors:
        yield str(Term("author", author)), "by this author"


def _choice(number: int, one: Suggestion) -> Choice:
    return Choice(one.text, f"{one.articles:,} {one.shared}", str(number))
