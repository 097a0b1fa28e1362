"""`prune`: moves articles that came from feeds to the bin of their folder, and back."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from reader.cli.arguments import Options, UsageError
from reader.cli.home import home
from reader.cli.matching import matching
from reader.cli.naming import loaded
from reader.cli.output import is_terminal, say, say_json
from reader.cli.records import record
from reader.feeds.filing.bin import put_in_bin, take_back
from reader.feeds.filing.ledger import Ledger
from reader.library import Library
from reader.model import Article
from reader.places import state_dir
from reader.text import counted
from reader.views import ALL


def prune(options: Options) -> int:
    """Move what matches a filter to the bin, after a question; or put the last of it back."""
    text = " ".join(options.words)
    if len(options.libraries) > 1:
        raise UsageError("`prune` moves the files of one folder: name one --library")
    if options.undo:
        if text.strip():
            raise UsageError("`prune --undo` takes no filter: it puts back what was moved last")
        return _undo(options)
    if not text.strip():
        raise UsageError("`prune` needs a filter; `broadsheet help filters` explains")
    folder = home(options)
    if not folder.is_dir():
        raise UsageError(f"there is nothing to prune, for there is no folder {folder} yet")
    return _prune(options, folder, text)


def _prune(options: Options, folder: Path, text: str) -> int:
    library, ledger = loaded((folder,), fresh=options.fresh), Ledger(folder, state_dir())
    found = list(matching(library, ALL, text).articles)
    ours = [one for one in found if ledger.written(one.file) is not None]
    if not options.json:
        _tell_of_others(len(found) - len(ours), len(found))
    if options.dry_run or not ours:
        return _tell(options, [record(library, one) for one in ours], "would be moved to the bin")
    if not _is_wanted(options, library, ours):
        say("Nothing was moved")
        return 0
    versions = [one.file for article in ours for one in library.versions(article)]
    files = [file for file in versions if ledger.written(file) is not None]
    records = {one.file: record(library, one) for one in ours}
    moved = put_in_bin(folder, files, datetime.now(UTC))
    records = {file: one for file, one in records.items() if file in moved}
    done = "moved to the bin; `broadsheet prune --undo` undoes it"
    done = f"with {counted(len(moved), 'file')} {done}" if len(moved) > len(records) else done
    return _tell(options, list(records.values()), done)


def _tell_of_others(others: int, found: int) -> None:
    if others:
        are = "is not from a feed and stays" if others == 1 else "are not from feeds and stay"
        say(f"{others:,} of {counted(found)} {are}")


def _tell(options: Options, records: Sequence[dict[str, object]], done: str) -> int:
    if options.json:
        for one in records:
            say_json(one)
    else:
        say(f"{counted(len(records))} {done}")
    return 0


def _is_wanted(options: Options, library: Library, ours: Sequence[Article]) -> bool:
    """Ask whether articles are to be moved, unless that was said. Raises UsageError."""
    if options.yes:
        return True
    if options.json or not (sys.stdin.isatty() and is_terminal()):
        raise UsageError("`prune` moves files only with --yes; --dry-run says how many")
    starred = sum(library.status(one).starred for one in ours)
    among = f" ({starred:,} of them starred)" if starred else ""
    sys.stdout.write(f"Move {counted(len(ours))}{among} to the bin? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _undo(options: Options) -> int:
    back = take_back(home(options))
    if options.json:
        say_json(back._asdict())
        return 0
    left = f"; {back.left:,} stay in the bin, for other files have their names"
    if back.moved or back.left:
        say(f"{counted(back.moved, 'file')} put back{left if back.left else ''}")
    else:
        say("There is nothing in the bin")
    return 0
