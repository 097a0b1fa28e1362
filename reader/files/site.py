"""A folder as a site: its kind, its address, and where its articles are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from reader.body.dialect import Dialect
from reader.model import Urls
from reader.urls import host

if TYPE_CHECKING:
    from reader.files.kinds import Kind

PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Site:
    """A folder's kind, its own address (with the final slash), and what was decided from it.

    `home` is the folder that articles are in, empty for anywhere; `apart` are beginnings of paths
    with the reason why no article is there; `by_path` says that addresses follow the paths.
    """

    kind: str = PLAIN
    address: str | None = None
    decided: tuple[str, ...] = ()
    home: str = ""
    apart: tuple[tuple[str, str], ...] = ()
    by_path: bool = False
    languages: bool = False
    future: bool = False

    @property
    def row(self) -> "Kind":
        """What is known of all sites of the kind."""
        return _row(self.kind)

    @classmethod
    def of(cls, values: Sequence[Any]) -> "Site":
        """Return a site from its values in order, as they come back from JSON."""
        kind, address, decided, home, apart, *others = values
        return cls(kind, address, tuple(decided), home, tuple(map(tuple, apart)), *others)

    @property
    def dialect(self) -> Dialect:
        """How texts are written here."""
        return Dialect(self.row.dialect, self.address, self.by_path)

    def base(self, urls: Urls) -> str | None:
        """Return what the relative addresses in an article's text lead from.

        An article that was taken from elsewhere brings its text along; one that only points
        elsewhere has the site's own.
        """
        if self.address is None or urls.original:
            return urls.best
        return urls.web if urls.web and host(urls.web) == host(self.address) else self.address

    def why_apart(self, path: str) -> str | None:
        """Return why no article is where a path leads, None where there may be one."""
        for beginning, why in self.apart:
            if path == beginning or path.startswith(f"{beginning}/"):
                return why
        return f"outside {self.home}" if not path.startswith(self.home) else None

    def is_index(self, path: str) -> bool:
        """Whether a file is a list of others: a section's, or the front page of the site."""
        folder, _, name = path.rpartition("/")
        if self.kind in ("hugo", "zola"):
            return name.startswith("_index.")
        roots = ("", "src", "content", self.home.rstrip("/"))
        return folder in roots and name.partition(".")[0].lower() in self.row.index


@cache
def _row(kind: str) -> "Kind":
    """Return a row of the table, which is imported when it is first asked for."""
    from reader.files.kinds import BY_NAME, Kind

    return BY_NAME.get(kind) or Kind(PLAIN, "Plain files", ())


NO_SITE = Site()
