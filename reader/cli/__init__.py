"""The command line: arguments and subcommands. The screen is imported only to start one."""

import os
import sys
from collections.abc import Sequence

from reader.cli.arguments import UsageError, parse
from reader.cli.commands import COMMANDS
from reader.cli.output import complain


def run(arguments: Sequence[str]) -> int:
    """Run one command line. Returns the exit status: 0 done, 1 problems found, 2 wrong usage."""
    try:
        options = parse(arguments)
        status = COMMANDS[options.command](options)
        sys.stdout.flush()
    except UsageError as error:
        complain(str(error))
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return status
