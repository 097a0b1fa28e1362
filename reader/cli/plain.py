"""The reader without panes: numbered lines and a prompt, for screen readers and plain terminals."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from reader.browser import NoBrowser, open_in_browser
from reader.cli.article import article_lines
from reader.cli.output import complain, say
from reader.dates import age
from reader.filters import FilterError
from reader.library import Library
from reader.listing import Listing, Row
from reader.model import RelatedItem
from reader.neighbours import Neighbour
from reader.pages import Page
from reader.text import clean_line
from reader.views import ALL, FRONT

SCREENFUL = 20
"""Lines of a list that are said at once."""


class Command(NamedTuple):
    """What may be typed: its words, what it does, and the sentence that `help` says."""

    words: str
    act: "Callable[[Plain, str], None]"
    help: str


class Plain:
    """Takes one line after the other and says what came of it; nothing is drawn over."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.rows: Listing = library.listing(FRONT)
        self.said = 0
        self.row = -1
        self.page: Page | None = None
        self.behind: list[Page] = []

    def run(self, lines: Iterable[str]) -> None:
        """Say the front page, then answer lines until they end or one is `quit`."""
        self.list("")
        for line in lines:
            word, _, rest = clean_line(line).partition(" ")
            if word.lower() in ("quit", "q"):
                return
            if word:
                self.answer(word.lower(), rest.strip())

    def answer(self, word: str, rest: str) -> None:
        """Do what one line says."""
        if word.isdecimal():
            self.number(word)
        elif found := [one for one in COMMANDS if word in one.words.split()]:
            found[0].act(self, rest)
        else:
            say(f"There is no command {word}; help names them.")

    def list(self, text: str) -> None:
        """List the front page, or what matches a filter."""
        try:
            self.rows = self.library.listing(ALL if text else FRONT, text=text)
        except FilterError as error:
            say(f"{error}.")
            return
        self.said, self.row = 0, -1
        if not len(self.rows):
            fact, sentence = self.library.why_empty(ALL if text else FRONT, text)
            say(f"{fact}. {sentence}".strip())
            return
        one, several = ("article", "articles") if text else ("story", "stories")
        say(f"{len(self.rows):,} {one if len(self.rows) == 1 else several}.")
        self.more("")

    def more(self, _: str) -> None:
        """Say the next lines of the list."""
        end = min(self.said + SCREENFUL, len(self.rows))
        for number in range(self.said, end):
            say(self._line(number, self.rows[number]))
        if self.said == end:
            say("The list ends here.")
        elif end < len(self.rows):
            say(f"more says the next of {len(self.rows) - end:,}.")
        self.said = end

    def number(self, text: str) -> None:
        """Read an article of the list."""
        number = int(text[:9])
        if len(text) > 9 or not 1 <= number <= len(self.rows):
            say(f"The list has no number {text[:9]}.")
            return
        self.row = number - 1
        self._read(self.library.page(self.rows.article(self.row)))

    def next(self, _: str) -> None:
        """Read the next unread article of the list."""
        for row in range(self.row + 1, len(self.rows)):
            if self.rows[row].unread:
                self.number(str(row + 1))
                return
        say("Nothing more is unread here.")

    def related(self, text: str) -> None:
        """Name what is related, or read one of it."""
        near = self.page.near if self.page else ()
        if not near:
            say("Nothing is related." if self.page else "No article is read.")
        elif not text:
            self._say_related(near)
        elif text.isdecimal() and len(text) < 9 and 1 <= int(text) <= len(near):
            self._read(self._page_of(near[int(text) - 1]))
        else:
            say(f"There is no related {text}; there are {len(near)}.")

    def back(self, _: str) -> None:
        """Read again what was read before."""
        if not self.behind:
            say("This is where you began.")
            return
        self._say_page(self.behind.pop())

    def open(self, _: str) -> None:
        """Open the original in the browser, or say its address where there is none."""
        url = self.page.urls.best if self.page else None
        if url is None:
            say("This gives no address that can be opened." if self.page else "No article is read.")
            return
        try:
            open_in_browser(url)
            say("Opened in the browser.")
        except NoBrowser:
            say(f"No browser here: {url}")

    def star(self, _: str) -> None:
        """Star the article, or take the star away."""
        article = self.page.article if self.page else None
        if article is None:
            say("No article of this folder is read.")
            return
        starred = not self.library.status(article).starred
        self.library.star(article, starred=starred)
        say("Starred." if starred else "Star taken away.")

    def undo(self, _: str) -> None:
        """Take back the last mark."""
        step = self.library.undo()
        say(f"Undone: {step.label}." if step else "Nothing to undo.")

    def help(self, _: str) -> None:
        """Name the commands."""
        for command in COMMANDS:
            say(f"{command.words.replace(' ', ' or ')}: {command.help}")
        say("quit or q: leave.")

    def _read(self, page: Page) -> None:
        """Go to a page from the one before, and mark it as read."""
        if self.page is not None:
            self.behind.append(self.page)
        if page.article is not None:
            self.library.mark_opened(page.article)
        elif page.item is not None and page.item.key:
            self.library.mark_copy_read(page.item.key, page.library)
        self._say_page(page)
        if self.library.trouble:
            say(f"{self.library.trouble}.")

    def _say_page(self, page: Page) -> None:
        self.page = self.library.refreshed(page)
        if page.article is not None:
            for line in article_lines(self.library, page.article):
                say(line)
        elif page.item is not None:
            _say_copy(page.item)
        if page.near:
            say(f"\n{len(page.near)} related; related names them.")

    def _page_of(self, neighbour: Neighbour) -> Page:
        if neighbour.article is not None:
            return self.library.page(neighbour.article)
        return self.library.copy_page(neighbour.item, self.page.library if self.page else 0)

    def _say_related(self, near: tuple[Neighbour, ...]) -> None:
        for number, one in enumerate(near, 1):
            facts = (one.provider, "unread" if one.status.unread else "")
            where = "" if one.article else "not in this folder"
            say(_sentence(f"{number}. {one.title}", *facts, where))

    def _line(self, number: int, row: Row) -> str:
        article = row.article
        when = ""
        if article.published_at:
            when = age(article.published_at, datetime.now(UTC), None)
        story = f"{row.story.articles} articles" if row.story else ""
        new = f"{row.new} new in a story that you read" if row.new else ""
        video = "video" if article.is_video else ""
        state = "unread" if row.unread and not article.problem else ""
        star = "starred" if row.status.starred else ""
        first = f"{number + 1}. {article.title}"
        return _sentence(
            first, article.provider, when, new, story, video, star, state, article.problem
        )


def _say_copy(item: RelatedItem) -> None:
    say(item.title)
    say(_sentence(item.provider or "", "not in this folder"))
    for text in filter(None, (item.excerpt, item.urls.best)):
        say(f"\n{text}")


def _sentence(first: str, *facts: str | None) -> str:
    """Join what is said of one thing into a line that is easy to listen to."""
    return ". ".join(part for part in (first.rstrip("."), *facts) if part) + "."


COMMANDS = (
    Command("list l", Plain.list, "the front page, or list and a filter, such as list is:unread"),
    Command("more m", Plain.more, "the next lines of the list"),
    Command("next n", Plain.next, "read the next unread article; a number alone reads that one"),
    Command("related r", Plain.related, "what is related; with a number, read it"),
    Command("back b", Plain.back, "what was read before"),
    Command("open o", Plain.open, "the original in the browser"),
    Command("star s", Plain.star, "star the article, or take the star away"),
    Command("undo u", Plain.undo, "take back the last mark"),
    Command("help h ?", Plain.help, "these words"),
)


def start(library: Library) -> int:
    """Read a loaded library at a prompt, to the end of the input. Returns the exit status."""
    try:
        Plain(library).run(_typed())
    finally:
        lost = library.close()
        if lost:
            complain(lost)
    return 1 if lost else 0


def _typed() -> Iterable[str]:
    while True:
        try:
            yield input("> ")
        except EOFError:
            return
