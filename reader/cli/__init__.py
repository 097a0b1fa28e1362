"""The command line: arguments and subcommands; what one needs is imported when it is run."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from reader.cli.arguments import Options, UsageError, parse
from reader.cli.output import complain, prepare
from reader.text import one_line

FEED_COMMANDS = {
    "add": ("reader.cli.adding", "add"),
    "feeds": ("reader.cli.feeds", "list_feeds"),
    "refresh": ("reader.cli.refreshing", "refresh"),
    "import": ("reader.cli.moving", "import_feeds"),
    "export": ("reader.cli.moving", "export_feeds"),
    "prune": ("reader.cli.pruning", "prune"),
}
"""The commands about feeds: the module and the function of each."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line. Returns the exit status: 0 done, 1 problems found, 2 wrong usage."""
    try:
        return _run(arguments)
    except UsageError as error:
        complain(*error.args)
        return 2
    except BrokenPipeError:
        _forget_output()
        return 0
    except OSError as error:
        complain(one_line(error))
        _forget_output()
        return 1
    except KeyboardInterrupt:
        return 130


def _run(arguments: Sequence[str]) -> int:
    """Run it; what was printed is out when this returns, so that a failure to print is seen."""
    prepare()
    try:
        options = parse(arguments)
        gc.disable()  # what is imported is no garbage, and looking through it takes 4 ms
        command = _command(options.command)
        gc.freeze()
        gc.enable()
        prepare(utf8=options.json)
        return command(options)
    finally:
        sys.stdout.flush()


def _command(name: str) -> Callable[[Options], int]:
    if name == "read":
        from reader.cli.start import read

        return read
    if name in FEED_COMMANDS:
        module, function = FEED_COMMANDS[name]
        found: Callable[[Options], int] = getattr(import_module(module), function)
        return found
    from reader.cli.commands import COMMANDS

    return COMMANDS[name]


def _forget_output() -> None:
    """Print what is left to nobody, or Python complains when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
