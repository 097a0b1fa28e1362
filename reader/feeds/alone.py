"""One refresh of a folder at a time, whoever starts it."""

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from reader.feeds.filing.ledger import FOLDER
from reader.files.reading import reason
from reader.state.own import AS_IT_IS, locked
from reader.text import clean_line


class RefreshError(Exception):
    """Why a refresh could not go on, in one sentence."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other refreshes of a folder out. Raises RefreshError."""
    path, where = folder / FOLDER / "lock", clean_line(str(folder))
    lock = ExitStack()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.enter_context(locked(path, AS_IT_IS | os.O_CREAT, 0.0))
    except OSError as error:
        if error.errno == errno.EAGAIN:
            raise RefreshError(f"another refresh of {where} is at work") from error
        why = f"nothing can be written to {where}: {reason(error)}"
        raise RefreshError(why) from error
    try:
        yield
    finally:
        with suppress(OSError):
            lock.close()
