"""What the words of a command line mean."""

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

NAMES = (
    *("list", "mark", "show", "open", "related", "story", "topics", "edition", "check", "init"),
    *("add", "feeds", "refresh", "import", "export", "prune"),
)

STATES = ("read", "unread", "starred", "unstarred", "dismissed", "undismissed")
"""What articles can be marked as."""

FILTERING = ("list", "mark", "edition", "prune")
"""What takes the terms of a filter; `open` does, too, where it is told so."""

SWITCHES = {
    "list": ("stories", "fail-empty"),
    "mark": ("dry-run", "fail-empty"),
    "open": ("filter", "yes", "fail-empty"),
    "show": ("full",),
    "related": ("computed",),
    "edition": ("next", "markdown", "fail-empty"),
    "add": ("yes",),
    "refresh": ("all",),
    "prune": ("dry-run", "yes", "undo"),
}
"""What a command can be told besides what all can."""

WITH_VALUE = ("--library", "--minutes", "--every", "--folder", "--title")
"""The options that are followed by a value."""

_TERM_WITH_BLANKS = (
    r"(?i)((?:-|not:)*(?:title|excerpt|body|topic|provider|domain|author|tag|type|feed|lang|path"
    r"|url):)(?!/)([^\"]*\s[^\"]*)"
)
_NEXT_TERM = r"\s(?:-?[A-Za-z]+:|-\S|OR\s|/\S+/(?:\s|$))"


class UsageError(Exception):
    """A command line that makes no sense: a sentence, and lines that are shown below it."""


class Options(NamedTuple):
    """A command line, understood. `words` are folders, an article, or the terms of a filter.

    `every` is seconds.
    """

    command: str
    words: tuple[str, ...] = ()
    libraries: tuple[Path, ...] = ()
    json: bool = False
    plain: bool = False
    watch: bool = True
    fresh: bool = False
    stories: bool = False
    computed: bool = False
    filter: bool = False
    yes: bool = False
    dry_run: bool = False
    fail_empty: bool = False
    next: bool = False
    markdown: bool = False
    minutes: int | None = None
    state: str = ""
    full: bool = False
    all: bool = False
    undo: bool = False
    every: int | None = None
    folder: str = ""
    title: str = ""


def parse(arguments: Sequence[str]) -> Options:
    """Understand the words after the program's name. Raises UsageError; `--help` exits."""
    place = _first_word(arguments)
    if place is not None and arguments[place] == "help":
        about = arguments[place + 1 :][:1]
        return parse(["list" if one == "filters" else one for one in (*about, "--help")])
    if place is not None and arguments[place] in NAMES:
        return _parsed(arguments[place], [*arguments[:place], *arguments[place + 1 :]])
    if any(word.startswith("-") for word in arguments):
        return _parsed("read", arguments)
    return Options("read", tuple(arguments))


def _first_word(arguments: Sequence[str]) -> int | None:
    """Return where the first word is that is neither an option nor the value of one."""
    is_value = False
    for place, word in enumerate(arguments):
        if word == "--":
            return None
        if not (is_value or word.startswith("-")):
            return place
        is_value = word in WITH_VALUE and not is_value
    return None


def _parsed(command: str, words: Sequence[str]) -> Options:
    """Understand the words of a command, options among them."""
    from reader.cli.parsers import parser_of  # argparse takes 3 ms, which folders alone do not need

    filtering = command in FILTERING or (command == "open" and "--filter" in words)
    if command != "topics":
        words = _words_last(words, dashed=filtering)
    parsed = parser_of(command).parse_args(words)
    found = (parsed.words,) if isinstance(parsed.words, str) else tuple(parsed.words or ())
    if command == "open" and not filtering and len(found) > 1:
        raise UsageError("one article is opened, or with --filter all that match")
    if filtering:
        found = tuple(map(quoted, found))
    libraries = tuple(map(Path, parsed.library or ()))
    known = Options(command, found, libraries, json=parsed.json, fresh=parsed.fresh)
    switches = [name.replace("-", "_") for name in SWITCHES.get(command, ())]
    known = known._replace(**{name: getattr(parsed, name) for name in switches})
    if command == "read":
        return known._replace(plain=parsed.plain, watch=not parsed.no_watch)
    if command == "mark":
        return known._replace(state=parsed.state)
    if command == "edition":
        return known._replace(minutes=parsed.minutes)
    if command == "refresh":
        return known._replace(every=parsed.every)
    if command == "add":
        return known._replace(folder=parsed.folder, title=parsed.title)
    return known


def quoted(word: str) -> str:
    """Give a term back the quotation marks that the shell took: `topic:Power Apps`."""
    found = re.fullmatch(_TERM_WITH_BLANKS, word)
    if found is None or re.search(_NEXT_TERM, found[2]):
        return word
    value = found[2].replace("\\", "\\\\")
    return f'{found[1]}"{value}"'


def _words_last(arguments: Sequence[str], *, dashed: bool = False) -> list[str]:
    """Move the words behind `--`, so that options may stand anywhere among them.

    `dashed` words, such as the terms of a filter, may begin with one `-`.
    """
    options: list[str] = []
    words: list[str] = []
    rest = iter(arguments)
    for word in rest:
        if word == "--":
            words += rest
        elif word in WITH_VALUE:
            options += [word, *islice(rest, 1)]
        elif word.startswith("--") or word == "-h" or (_is_dashed(word) and not dashed):
            options.append(word)
        else:
            words.append(word)
    return [*options, "--", *words] if words else options


def _is_dashed(word: str) -> bool:
    return word.startswith("-") and word != "-"
