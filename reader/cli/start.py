"""Opening the reader; the other commands are loaded for themselves only."""

import os
import sys
from pathlib import Path

from reader.cli.arguments import Options
from reader.cli.naming import folders, loaded, open_library
from reader.cli.output import is_terminal
from reader.library import Library


def read(options: Options) -> int:
    """Open the reader; on a dumb terminal the plain one, and without any print the list."""
    if options.plain or (not options.json and _is_typing() and _is_dumb()):
        from reader.cli.plain import start as start_plain

        return start_plain(loaded(folders(options), fresh=options.fresh))
    if not options.json and _is_typing():
        from reader.cli.screen import start

        def opener(paths: tuple[Path, ...]) -> Library:
            library = open_library(paths)
            library.watch, library.finds_later = options.watch, True
            return library

        return start(opener, folders(options))
    from reader.cli.commands import list_articles

    found = options._replace(command="list", words=(), libraries=folders(options))
    return list_articles(found)


def _is_typing() -> bool:
    """Whether a person types, and sees what comes of it."""
    return sys.stdin is not None and sys.stdin.isatty() and is_terminal()


def _is_dumb() -> bool:
    """Whether the terminal can do no more than write one line after the other."""
    return (os.environ.get("TERM") or "dumb") == "dumb"
