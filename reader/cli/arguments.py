"""What the words of a command line mean."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

NAMES = ("list", "show", "open", "related", "topics", "check", "init")

_TERM_WITH_BLANKS = re.compile(r"(-?[A-Za-z]+:)([^\"]*\s[^\"]*)\Z")
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


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> "None":  # type: ignore[override]  # it does not return
        raise UsageError(f"{message}; `{self.prog} --help` explains")


def parse(arguments: Sequence[str]) -> Options:
    """Understand the words after the program's name. Raises UsageError; `--help` exits."""
    command = next((word for word in arguments if not word.startswith("-")), "")
    before = arguments.index(command) if command in NAMES else -1
    if before >= 0 and _takes_value(arguments[:before]):
        before = -1
    if before < 0:
        return _options("read", _reader_parser().parse_args(arguments))
    rest = [*arguments[:before], *arguments[before + 1 :]]
    if command == "list":
        rest = _filter_last(rest)
    return _options(command, _command_parser(command).parse_args(rest))


def _takes_value(before: Sequence[str]) -> bool:
    return bool(before) and before[-1] == "--library"


def _options(command: str, parsed: argparse.Namespace) -> Options:
    words = (parsed.words,) if isinstance(parsed.words, str) else tuple(parsed.words or ())
    if command == "list":
        words = tuple(map(quoted, words))
    libraries = tuple(map(Path, parsed.library or ()))
    return Options(command, words, libraries, json=parsed.json)


def quoted(word: str) -> str:
    """Give a term back the quotation marks that the shell took: `topic:Power Apps`."""
    found = _TERM_WITH_BLANKS.fullmatch(word)
    if found is None or _NEXT_TERM.search(found[2]):
        return word
    return f'{found[1]}"{found[2]}"'


def _filter_last(arguments: Sequence[str]) -> list[str]:
    """Move the filter behind `--`, so that `-word` is a term and not an option."""
    options: list[str] = []
    terms: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            terms += words
        elif word in ("--json", "--help", "-h") or word.startswith("--library="):
            options.append(word)
        elif word == "--library":
            options += [word, next(words, "")]
        elif word.startswith("--"):
            raise UsageError(f"unknown option {word}; `broadsheet list --help` explains")
        else:
            terms.append(word)
    return [*options, "--", *terms]


def _reader_parser() -> argparse.ArgumentParser:
    parser = _parser("broadsheet", "Read the news in a folder of plain text files.", _EPILOG)
    parser.add_argument("words", nargs="*", metavar="FOLDER|FILE", help="what to open")
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
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
