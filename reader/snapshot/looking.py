"""Looking at folders: what kind of site each is, what is in it, and what else it says of itself."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

from reader.files.reading import reason
from reader.files.recognition import site_of
from reader.files.scan import read_topic
from reader.files.site import NO_SITE
from reader.files.walk import Walked, found_file, walk
from reader.snapshot.reading import Base

NO_ARTICLE = "no front matter"
"""Why a file is passed over that had to be read to know."""

Look = tuple[Base, Walked]


def base_of(root: Path, library: int) -> Base:
    """Return what the files of a folder, or the one file that a root is, are read with."""
    if root.is_dir():
        return Base(root, library, site_of(root))
    return Base(root.parent, library, NO_SITE)


def look_at(root: Path, library: int) -> Look:
    """Return what is in a folder, or the one file that a root is; nothing where it is gone."""
    base = base_of(root, library)
    if root.is_dir():
        return base, walk(root, base.site)
    try:
        return base, found_file(root)
    except OSError as error:
        return base, Walked(unreadable=[("./", f"the folder cannot be read: {reason(error)}")])


def tables_of(looks: Sequence[Look]) -> dict[str, Any]:
    """Return what is in the tables of an index beside its articles, as it comes back from JSON."""
    topics = [read_topic(base.folder / path) for base, walked in looks for path in walked.topics]
    values: dict[str, Any] = {
        "sites": [astuple(base.site) for base, _ in looks],
        "listed": [(one.name, one.parent) for one in topics if one],
        "passed_over": sum((walked.passed_over for _, walked in looks), Counter[str]()),
        "walked": [(base.library, *one) for base, walked in looks for one in walked.folders],
    }
    return {name: json.loads(json.dumps(value)) for name, value in values.items()}
