"""feedparser's own test feeds, which are not in the repository: what they hold and expect."""

import os
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = "feedparser==6.0.14"
PIP = ["uv", "run", "--no-project", "--with", "pip", "python", "-m", "pip"]

_FILE = re.compile(r"feedparser-[0-9.]+/tests/((?:wellformed|illformed|encoding|entities)/.*\.xml)")
_EXPECT = re.compile(rb"Description:\s*(?:.*?)\s*Expect:\s*(.*)\s*-->")
_HEADER = re.compile(rb"^Header:\s+([^:]+):(.+)$", re.MULTILINE)


class Case(NamedTuple):
    """One feed, what feedparser expects of it, and the headers that it comes with."""

    name: str
    data: bytes
    expect: str
    headers: dict[str, str]


def cases() -> list[Case] | str:
    """Return the feeds, or why they are not at hand.

    Only where FEEDPARSER_SUITE is set: to the folder where the package is kept.
    """
    if "FEEDPARSER_SUITE" not in os.environ:
        return f"the feeds of {PACKAGE} are fetched only where FEEDPARSER_SUITE is set"
    kept = os.environ["FEEDPARSER_SUITE"]
    folder = Path(kept if os.path.isabs(kept) else tempfile.mkdtemp())
    if not list(folder.glob("feedparser-*.tar.gz")):
        command = [*PIP, "download", PACKAGE, "--no-deps"]
        command += ["--no-binary", ":all:", "-d", str(folder)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=180)
        except (OSError, subprocess.SubprocessError) as error:
            return f"pip cannot fetch {PACKAGE} ({type(error).__name__})"
    (package,) = folder.glob("feedparser-*.tar.gz")
    return list(_unpacked(package))


def _unpacked(package: Path) -> Iterator[Case]:
    with tarfile.open(package) as files:
        for file in files:
            name = _FILE.fullmatch(file.name)
            content = files.extractfile(file) if name else None
            if name and content:
                data = content.read()
                expect = _EXPECT.search(data)
                headers = {
                    key.decode().strip().lower(): value.decode("latin-1").strip()
                    for key, value in _HEADER.findall(data)
                }
                text = expect[1].decode("utf-8", "replace").strip() if expect else ""
                yield Case(name[1], data, text, headers)
