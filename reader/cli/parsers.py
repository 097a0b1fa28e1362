"""The parsers of the command line, with the texts of its help."""

import argparse
import re

from reader.cli.arguments import NAMES, STATES, SWITCHES, UsageError

MOST_MINUTES = 600


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> "None":  # type: ignore[override]  # it does not return
        raise UsageError(f"{message}; `{self.prog} --help` explains")


def parser_of(command: str) -> argparse.ArgumentParser:
    """Return the parser of a command's words, which stand behind its options."""
    return _reader_parser() if command == "read" else _command_parser(command)


def _reader_parser() -> argparse.ArgumentParser:
    parser = _parser("broadsheet", "Read the news in a folder of plain text files.", _EPILOG)
    parser.add_argument("words", nargs="*", metavar="FOLDER|FILE", help="what to open")
    parser.add_argument(
        "--plain", action="store_true", help="read without panes, line by line, at a prompt"
    )
    parser.add_argument(
        "--no-watch", action="store_true", help="show what others change only when r is pressed"
    )
    return parser


def _command_parser(command: str) -> argparse.ArgumentParser:
    about, argument, number, meaning = _COMMANDS[command]
    epilog = _filter_help() if command in ("list", "mark", "prune") else None
    parser = _parser(f"broadsheet {command}", about, epilog)
    if command == "mark":
        parser.add_argument("state", metavar="STATE", choices=STATES, help=", ".join(STATES))
    if argument:
        parser.add_argument("words", nargs=number, metavar=argument, help=meaning)
    else:
        parser.set_defaults(words=())
    for name in SWITCHES.get(command, ()):
        parser.add_argument(f"--{name}", action="store_true", help=_SWITCHES[name])
    if command == "edition":
        parser.add_argument(
            "--minutes", type=_minutes, metavar="N", help="how long it is to be, 1 to 600"
        )
    if command == "refresh":
        parser.add_argument(
            "--every", type=_seconds, metavar="TIME", help="go on, and look this often: 30m, 2h"
        )
    if command == "add":
        parser.add_argument("--folder", default="", metavar="NAME", help="the folder it goes in")
        parser.add_argument("--title", default="", metavar="NAME", help="what it is called here")
    return parser


def _seconds(text: str) -> int:
    """Return a length of time in seconds, from a minute to a day. Raises ArgumentTypeError."""
    found = re.fullmatch("([0-9]{1,5})([smh])", text)
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if not 60 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError("it has to be a time such as 30m or 2h, at most a day")
    return seconds


_UNITS = {"s": 1, "m": 60, "h": 3600}


def _minutes(text: str) -> int:
    """Return a number of minutes. Raises ArgumentTypeError."""
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= MOST_MINUTES:
        raise argparse.ArgumentTypeError(f"it has to be a number from 1 to {MOST_MINUTES}")
    return int(text)


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
    parser.add_argument(
        "--fresh", action="store_true", help="look at every file, also where there are thousands"
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    return parser


class _Version(argparse.Action):
    """Prints the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"broadsheet {version('broadsheet')}")  # noqa: T201
        parser.exit()


_ARTICLE = ("ARTICLE", None, "an address, a path, or a part of an id that no other has")
_TERMS = "words and terms; `broadsheet help filters` explains them"
_COMMANDS: dict[str, tuple[str, str, str | None, str]] = {
    "list": ("List the articles that match a filter.", "FILTER", "*", "words and terms, see below"),
    "mark": (
        "Mark the articles that match a filter, in one step.",
        "FILTER",
        "+",
        "words and terms, see below",
    ),
    "show": ("Show one article.", *_ARTICLE),
    "open": (
        "Open the original of an article in the browser.",
        "ARTICLE|FILTER",
        "+",
        f"{_ARTICLE[2]}; with --filter {_TERMS}",
    ),
    "related": ("List what is related to an article.", *_ARTICLE),
    "story": ("List who reported what of an article's event, in the order of time.", *_ARTICLE),
    "edition": (
        "Print the edition: a front page for the time there is.",
        "FILTER",
        "*",
        f"print one that is made of what matches, and is not kept: {_TERMS}",
    ),
    "topics": ("List the topics with their articles.", "", None, ""),
    "check": (
        "Say what is in a folder, and which files have problems.",
        "FOLDER",
        "*",
        "what to check",
    ),
    "init": ("Let a folder keep its own marks, to share them.", "FOLDER", "*", "the folder"),
    "add": (
        "Subscribe to a feed, or to one that a page offers.",
        "URL",
        "+",
        "the address of a feed or of a page",
    ),
    "feeds": ("List the feeds, and how they are.", "", None, ""),
    "refresh": (
        "Ask the feeds that are due, and file what is new.",
        "FEED",
        "*",
        "only these: addresses or parts of their names",
    ),
    "import": (
        "Take the feeds of another reader: an OPML file, or newsboat's urls.",
        "FILE",
        None,
        "the file to read",
    ),
    "export": ("Print the feeds for another reader.", "FORMAT", "?", "opml, or urls"),
    "prune": (
        "Move articles that came from feeds to the bin.",
        "FILTER",
        "*",
        "words and terms, see below",
    ),
}

_SWITCHES = {
    "stories": "list each story once, by its leader or the best of it that matches",
    "next": "make the next one, although this one is not read",
    "markdown": "print Markdown, for a mail or a page",
    "filter": "open the originals of what matches a filter, at most 10 of them",
    "yes": "ask nothing, and do it for all of them",
    "dry-run": "say how many it would change, and change nothing",
    "fail-empty": "end with exit status 1 where nothing matches",
    "full": "get the whole text from the article's page, and keep it",
    "all": "ask all feeds, also those that are not due",
    "undo": "put back what was moved to the bin last",
    "computed": "go on with what no file names: the same event, then what is near it",
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
