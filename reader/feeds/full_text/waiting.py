"""Files whose full text is wanted and was not asked for yet, for a refresh may end before that."""

from collections.abc import Collection, Iterable
from pathlib import Path

from reader.files.reading import Unreadable, read_regular
from reader.state.place import memory_folder
from reader.state.whole import write_whole

_NAME = "texts.jsonl"  # a path a line; losing it costs some full texts


class Waiting:
    """The files of a folder that wait for their full texts, in the user's state."""

    def __init__(self, folder: Path, state_dir: Path) -> None:
        """Read which they are; none where that is damaged."""
        self._path = memory_folder(folder, state_dir) / _NAME
        try:
            kept = read_regular(self._path).decode("utf-8", "surrogateescape").splitlines()
        except Unreadable:
            kept = []
        self._files = dict.fromkeys(kept)
        self._is_kept = True

    @property
    def files(self) -> Collection[str]:
        """Those that wait, in the order in which they came."""
        return tuple(self._files)

    def add(self, files: Iterable[str]) -> None:
        """Let some files wait, on the disk when this returns. Raises OSError."""
        if new := dict.fromkeys(files):
            self._files |= new
            self._is_kept = False
            self.keep()

    def done(self, file: str) -> None:
        """Let a file wait no longer: it was asked for, whatever came of that."""
        if file in self._files:
            del self._files[file]
            self._is_kept = False

    def keep(self) -> None:
        """Keep which they are now. Raises OSError."""
        if not self._is_kept:
            text = "".join(f"{file}\n" for file in self._files)
            write_whole(self._path, text.encode("utf-8", "surrogateescape"))
            self._is_kept = True
