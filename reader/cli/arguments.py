"""What the words of a command line mean."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

NAMES = ("list", "show", "open", "related", "topics", "check", "init")

_TERM_WITH_BLANKS = re.compile(r"(-?(?:topic|provider):)([^\"]*\s[^\"]*)\Z", re.IGNORECASE)
_NEXT_TERM = re.compile(r"\s-?[a-z]+:")


class UsageError(Exception):
    """A command line that makes no sense; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Options:
    """A command line, understood. `words` are folders, an article, or the terms of a filter."""

    command: str
    words: tuple[str, ...] = ()
    libraries: tuple[Path, ...] = ()
    json: bool = False
    plain: bool = False


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> "None":  # type: ignore[override]  # it does not return
        raise UsageError(f"{message}; `{self.prog} --help` explains")


def parse(arguments: Sequence[str]) -> Options:
    """Understand the words after the program's name. Raises UsageError; `--help` exits."""
    place = _first_word(arguments)
    if place is not None and arguments[place] == "help":
        return parse([*arguments[place + 1 :][:1], "--help"])
    if place is None or arguments[place] not in NAMES:
        return _options("read", _reader_parser().parse_args(_words_last(arguments)))
    command, rest = arguments[place], [*arguments[:place], *arguments[place + 1 :]]
    if _COMMANDS[command][1]:
        rest = _words_last(rest, dashed=command == "list")
    return _options(command, _command_parser(command).parse_args(rest))


def _first_word(arguments: Sequence[str]) -> int | None:
    """Return where the first word is that is neither an option nor the value of one."""
    is_value = False
    for place, word in enumerate(arguments):
        if word == "--":
            return None
        if not (is_value or word.startswith("-")):
            return place
        is_value = word == "--library" and not is_value
    return None


def _options(command: str, parsed: argparse.Namespace) -> Options:
    words = (parsed.words,) if isinstance(parsed.words, str) else tuple(parsed.words or ())
    if command == "list":
        words = tuple(map(quoted, words))
    libraries = tuple(map(Path, parsed.library or ()))
    plain = command == "read" and parsed.plain
    return Options(command, words, libraries, json=parsed.json, plain=plain)


def quoted(word: str) -> str:
    """Give a term back the quotation marks that the shell took: `topic:Power Apps`."""
    found = _TERM_WITH_BLANKS.fullmatch(word)
    if found is None or _NEXT_TERM.search(found[2]):
        return word
    return f'{found[1]}"{found[2]}"'


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
        elif word == "--library":
            options += [word, *islice(rest, 1)]
        elif word.startswith("--") or word == "-h" or (_is_dashed(word) and not dashed):
            options.append(word)
        else:
            words.append(word)
    return [*options, "--", *words] if words else options


def _is_dashed(word: str) -> bool:
    return word.startswith("-") and word != "-"


def _reader_parser() -> argparse.ArgumentParser:
    parser = _parser("broadsheet", "Read the news in a folder of plain text files.", _EPILOG)
    parser.add_argument("words", nargs="*", metavar="FOLDER|FILE", help="what to open")
    parser.add_argument(
        "--plain", action="store_true", help="read without panes, line by line, at a prompt"
    )
    return parser


def _command_parser(command: str) -> argparse.ArgumentParser:
    about, argument, number, meaning = _COMMANDS[command]
    epilog = _filter_help() if command == "list" else None
    parser = _parser(f"broadsheet {command}", about, epilog)
    if argument:
        parser.add_argument("words", nargs=number, metavar=argument, help=meaning)
    else:
        parser.set_defaults(words=())
    return parser


def _parser(name: str, about: str, epilog: str | None) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=name,
        description=about,
        epilog=epilog,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--library", action="append", metavar="FOLDER", help="the folder to use; may be repeated"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    return parser


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"broadsheet {version('broadsheet')}")  # noqa: T201
        parser.exit()


_ARTICLE = ("ARTICLE", None, "an address, a path, or a part of an id that no other has")
_COMMANDS: dict[str, tuple[str, str, str | None, str]] = {
    "list": ("List the articles that match a filter.", "FILTER", "*", "words and terms, see below"),
    "show": ("Show one article.", *_ARTICLE),
    "open": ("Open the original of an article in the browser.", *_ARTICLE),
    "related": ("List what is related to an article.", *_ARTICLE),
    "topics": ("List the topics with their articles.", "", None, ""),
    "check": (
        "Say what is in a folder, and which files have problems.",
        "FOLDER",
        "*",
        "what to check",
    ),
    "init": ("Let a folder keep its own marks, to share them.", "FOLDER", "*", "the folder"),
}

_EPILOG = (
    "commands:\n"
    + "\n".join(f"  {name:9} {_COMMANDS[name][0]}" for name in NAMES)
    + (
        "\n\nWithout a folder: your own library, or the articles that come with the program."
        "\n`broadsheet COMMAND --help` explains a command; ? shows the keys in the reader."
    )
)


def _filter_help() -> str:
    from reader.filters import describe

    lines = [f"  {term:18} {meaning}" for term, meaning in describe()]
    return "\n".join(["terms, all of which must hold:", *lines, "", "-- ends the options."])
