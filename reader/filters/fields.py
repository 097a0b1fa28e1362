"""The fields of the filter language as tables: help, completions and errors are made from them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from reader.model import (
    BODY,
    COVERED,
    DISMISSED,
    HIDDEN,
    PASSED,
    PICKED,
    PROBLEM,
    READ,
    STARRED,
    VIDEO,
)

NAME, TEXT, FLAG, NUMBER, TIME, ARTICLE, ORDER, COUNT = (
    *("name", "text", "flag", "number", "time", "article", "order", "count"),
)
"""What may stand behind the colon of a field."""


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand before a colon; `takes` says what after it, `values` are all there are."""

    takes: str
    help: str
    example: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flag:
    """A value of `is:` or `has:`: what its help says, and its test of what `column` holds.

    `column` is "flags", what is known of an article, "marks", what the user did with it, or
    "facts"; or "leader", "lone" and "muted", which no column has.
    """

    help: str
    column: str
    test: Callable[[int], bool] = bool


def _any_of(bits: int) -> Callable[[int], bool]:
    return lambda value: bool(value & bits)


FLAGS = {
    "unread": Flag(
        "neither read nor passed with its story", "marks", lambda bits: not bits & (READ | PASSED)
    ),
    "read": Flag("opened or marked as read", "marks", _any_of(READ)),
    "passed": Flag("its story's leader was read", "marks", _any_of(PASSED)),
    "starred": Flag("kept with a star", "marks", _any_of(STARRED)),
    "dismissed": Flag("taken out of the news", "marks", _any_of(DISMISSED)),
    "picked": Flag("on the site's own front page", "flags", _any_of(PICKED)),
    "covered": Flag("told by another article", "flags", _any_of(COVERED)),
    "leader": Flag("stands for a story", "leader"),
    "lone": Flag("of no story", "lone"),
    "video": Flag("a film, not a text", "flags", _any_of(VIDEO)),
    "muted": Flag("hidden by a mute rule", "muted"),
    "hidden": Flag("a draft, withdrawn, not yet or no longer published", "flags", _any_of(HIDDEN)),
    "problem": Flag("a file that cannot be understood", "flags", _any_of(PROBLEM)),
}

PARTS = {
    "image": Flag("a picture", "facts"),
    "related": Flag("something related", "related"),
    "body": Flag("the whole text in its file", "flags", _any_of(BODY)),
    "amp": Flag("an AMP address", "facts"),
}

SORTS = {
    "front": "the most important first: quality, coverage, age",
    "quality": "highest quality first, then newest",
    "newest": "newest first",
    "oldest": "oldest first",
    "heat": "highest heat first, then quality",
    "related": "most articles on the same story first, then quality",
    "unread": "unread first, then quality",
    "title": "A to Z",
    "words": "longest first",
    "provider": "by the names of providers, A to Z",
}
"""The orders in their natural direction."""

FIELDS = {
    "title": Field(TEXT, "in the title", "azure"),
    "excerpt": Field(TEXT, "in the excerpt", "azure"),
    "body": Field(TEXT, "in the text", "azure"),
    "topic": Field(NAME, "filed under this topic or a sub-topic; `=` for it alone", "AI"),
    "provider": Field(NAME, "published by this provider, by its name or domain", "ZDNet"),
    "domain": Field(NAME, "published at this domain", "zdnet.com"),
    "author": Field(NAME, "written by this author", '"Ada Lovelace"'),
    "tag": Field(NAME, "with this tag", "emea"),
    "type": Field(NAME, "of this type", "video"),
    "feed": Field(NAME, "came with this feed", "example.com/f"),
    "lang": Field(NAME, "in this language", "de"),
    "path": Field(NAME, "its file's path has this in it", "_news/2020"),
    "url": Field(NAME, "its address has this in it", "zdnet.com/a"),
    "is": Field(FLAG, "what it is or what was done with it", "unread", FLAGS),
    "has": Field(FLAG, "what there is of it", "image", PARTS),
    "quality": Field(NUMBER, "quality", ">=80"),
    "heat": Field(NUMBER, "heat", ">100"),
    "related": Field(NUMBER, "how many are related; or related to this article", ">3"),
    "providers": Field(NUMBER, "how many providers tell its story", ">=4"),
    "words": Field(NUMBER, "words of its text", "<500"),
    "date": Field(TIME, "published at this time", "7d"),
    "updated": Field(TIME, "changed by its site at this time", "2d"),
    "read": Field(TIME, "read at this time", "7d"),
    "story": Field(ARTICLE, "of the story of this article", "zdnet.com/a"),
    "sort": Field(ORDER, "the order of the list", "newest", SORTS),
    "limit": Field(COUNT, "so many of the list", "20"),
}
"""What may stand before a colon; a new field is a row here and a mask in `reader/matching.py`."""


def describe() -> Iterator[tuple[str, str]]:
    """Yield every kind of term as one types it, with a sentence on what it means."""
    yield "word", "begins a word of title, excerpt, provider, topics or text"
    yield '"a phrase"', "these whole words, side by side"
    yield "/expression/", "a regular expression in the title; in names: `author:/ada/`"
    for name, one in FIELDS.items():
        if not one.values:
            yield f"{name}:{one.example}", one.help
        for value, meaning in one.values.items():
            yield f"{name}:{value}", meaning.help if isinstance(meaning, Flag) else str(meaning)
    yield "-TERM", "everything but that; `not:TERM` is the same"
    yield "ONE OR TWO", "one of both; it binds closer than standing side by side"
    yield "(TERMS)", "what belongs together"
