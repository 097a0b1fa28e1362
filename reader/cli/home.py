"""The folder that feeds are kept in."""

import os
from contextlib import suppress
from pathlib import Path

from reader.cli.arguments import Options, UsageError
from reader.folders import NoFolder, open_folder
from reader.places import default_library, state_dir
from reader.state.journal import StateError
from reader.state.place import OWN

HINT = "`broadsheet add URL` subscribes to one"
"""What is said where there are no feeds."""


def home(options: Options) -> Path:
    """Return the first folder that was named, else the user's own library. Raises UsageError."""
    if not options.libraries:
        return default_library()
    try:
        return open_folder(options.libraries[0]).base
    except NoFolder as error:
        raise UsageError(str(error)) from error


def made_home(options: Options) -> Path:
    """Return the folder as `home` does, the user's own made, where it keeps its own marks."""
    folder = home(options)
    if not options.libraries:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(StateError):
            if not os.path.isdir(folder / OWN):
                from reader.state.moving import init

                init(folder.resolve(), state_dir())
    return folder
