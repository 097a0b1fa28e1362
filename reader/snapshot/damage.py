"""The one way in which a cache is of no use, whatever is wrong with it."""

import os
import stat


class Damaged(Exception):  # noqa: N818 - it says what the file is
    """A file of the cache that cannot be trusted: it is thrown away, and made anew."""


def open_ours(path: str | os.PathLike[str]) -> int:
    """Open a regular file that this user owns, to read it. Raises Damaged."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Damaged(str(error.strerror)) from error
    found = os.fstat(handle)
    if stat.S_ISREG(found.st_mode) and found.st_uid == os.getuid():
        return handle
    os.close(handle)
    raise Damaged("it is not a file of this user")
