"""A folder for the tests that entries of feeds are filed in."""

from pathlib import Path

from reader.feeds.filing.ledger import Ledger
from reader.feeds.filing.newcomers import Choice, Newcomers
from reader.feeds.filing.writing import write_files
from reader.feeds.values import Entry, Feed

NOW = "2026-11-25T12:00:00Z"
FEED, OTHER = Feed("https://a.example/feed"), Feed("https://b.example/feed")


def entry(url: str = "https://a.example/one", title: str = "One", **more: object) -> Entry:
    return Entry(title, url, published_at="2026-11-20T08:00:00Z")._replace(**more)  # type: ignore[arg-type]


class Desk:
    """A folder that entries are filed in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "library"
        self.folder.mkdir()
        self.state, self.cache = folder / "state", folder / "cache"

    def choose(self, *entries: Entry, feed: Feed = FEED) -> Choice:
        return self.newcomers().choose(feed, entries)

    def newcomers(self) -> Newcomers:
        return Newcomers(self.folder, self.cache, Ledger(self.folder, self.state), NOW)

    def file(self, *entries: Entry, feed: Feed = FEED, keep: bool = True) -> list[str]:
        """File what is new, and return the names of the files; without `keep` as if killed."""
        choice = self.choose(*entries, feed=feed)
        lines = write_files(self.folder, choice.files)
        if keep:
            Ledger(self.folder, self.state).add([*lines, *choice.lines])
        return [line.file for line in lines]

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("_news/*"))
