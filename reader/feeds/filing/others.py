"""What a folder holds besides what the ledger knows: files of others, or not yet in the ledger."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from reader.feeds.filing.ledger import mark
from reader.files.scan import read_article
from reader.snapshot.cache import cache_folder
from reader.snapshot.columns import NONE
from reader.snapshot.damage import Damaged
from reader.snapshot.index import NAME, read_index, read_paths


def other_articles(
    folder: Path, cache_dir: Path, files: Sequence[str], known: Collection[str]
) -> dict[str, str]:
    """Return the files among `files` that are not `known`, by the ledger's marks of their keys.

    What the cache holds of the folder is taken from it; the others are read.
    """
    others = set(files).difference(known)
    cached = dict(_cached(cache_folder(cache_dir, [folder]))) if others else {}
    found: dict[str, str] = {}
    for file in sorted(others):
        key = cached.get(file)
        if key is None:
            article = read_article(folder, file)
            key = mark(article.key) if article else None
        if key:
            found.setdefault(key, file)
    return found


def _cached(place: Path) -> Iterator[tuple[str, str]]:
    """Yield the paths of a cached folder with the marks of their keys."""
    with suppress(Damaged):
        index = read_index(place / NAME)
        for path, _, row in zip(*read_paths(place / NAME), strict=True):
            if row != NONE and row < len(index):
                yield path, f"{index.key[row]:016x}"
