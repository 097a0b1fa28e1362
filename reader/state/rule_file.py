"""The file of rules on the disk: read when it has changed, and written whole."""

import os
from pathlib import Path

from reader.files.reading import Unreadable, read_regular
from reader.state.whole import sweep, write_whole

LARGEST = 1024 * 1024


class RuleFile:
    """A text that people write by hand, too. What a link leads to is written if it is followed."""

    def __init__(self, path: Path, *, follow: bool) -> None:
        self.path = Path(os.path.realpath(path)) if follow else path
        self._seen: object = None

    def has_changed(self) -> bool:
        """Whether the file is another one than at the last call."""
        try:
            disk = os.lstat(self.path)
            now: object = (disk.st_ino, disk.st_size, disk.st_mtime_ns)
        except OSError:
            now = "gone"
        before, self._seen = self._seen, now
        return before != now

    def read(self) -> str:
        """Return the text, empty where there is no file. Raises Unreadable."""
        if not os.path.lexists(self.path):
            return ""
        try:
            return read_regular(self.path, LARGEST).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Unreadable("it is not written in UTF-8") from error

    def write(self, text: str) -> None:
        """Write the text whole or not at all. Raises OSError."""
        sweep(self.path.parent)
        write_whole(self.path, text.encode(), mode=0o644)
