"""From the categories of a feed to the topics of a folder."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from reader.feeds.values import Entry, Feed
from reader.files.frontmatter import FrontMatterError, Value, decode, parse_fields
from reader.files.reading import Unreadable, read_regular
from reader.files.values import text


class TopicWords:
    """The topics that a folder has files of (`_data/topics`), by the words that mean them."""

    def __init__(self, folder: Path, files: Iterable[str]) -> None:
        """Read the files, in the order of their numbers; a broken one is passed over."""
        self._topics: dict[str, str] = {}
        for file in files:
            with suppress(Unreadable, FrontMatterError):
                self._take(parse_fields(decode(read_regular(folder / file, 1024 * 1024))))

    def topics_of(self, entry: Entry, feed: Feed) -> tuple[str, ...]:
        """Return what an article is filed under: its categories' topics, else the feed's folder."""
        found = (self._topics.get(_folded(category)) for category in entry.categories)
        return tuple(dict.fromkeys(filter(None, found))) or feed.folder[-1:]

    def _take(self, fields: dict[str, Value]) -> None:
        name = text(fields.get("name"))
        if name is None:
            return
        names = [name, text(fields.get("shortname"))]
        for field in ("keywords", "hashtags"):
            values = fields.get(field)
            names += map(text, values) if isinstance(values, list) else [text(values)]
        for word in filter(None, names):
            self._topics.setdefault(_folded(word), name)


def _folded(word: str) -> str:
    """Return a word as it is compared: without case, blanks and the sign of a hashtag."""
    return "".join(word.casefold().split()).lstrip("#").replace("-", "")
