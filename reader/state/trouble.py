"""What is said when the disk refuses: a sentence for the shell, a few words for the screen."""

import errno

from reader.files.reading import reason
from reader.text import clean_line, counted

_BRIEF = {
    errno.ENOSPC: "Disk full",
    errno.EDQUOT: "Quota used up",
    errno.EROFS: "Disk is read-only",
    errno.EACCES: "No permission",
    errno.EPERM: "No permission",
    errno.ENOENT: "Folder is gone",
    errno.ENOTDIR: "Folder is gone",
    errno.ESTALE: "Folder is gone",
    errno.ENODEV: "Folder is gone",
    errno.EAGAIN: "Another reader is writing",
}


def sentence(fact: str, error: Exception) -> str:
    """Return what cannot be done, and the system's words for why."""
    why = reason(error) if isinstance(error, OSError) else str(error)
    return clean_line(f"{fact}: {why}")


def brief(error: OSError, marks: int) -> str:
    """Return why marks are not written in two words, and how many wait."""
    why = _BRIEF.get(error.errno or 0, "Disk error")
    return f"{why}: {counted(marks, 'mark')} kept in memory"
