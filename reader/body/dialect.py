"""What a site's generator makes of a text before it is Markdown or HTML."""

from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urljoin

Name: TypeAlias = Literal["", "liquid", "hugo", "zola", "pelican", "wiki"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a site writes; `address` is the site's own, with its final slash, where it has one.

    `by_path` says that a page's address is the path of its file.
    """

    name: Name = ""
    address: str | None = None
    by_path: bool = False

    @property
    def root(self) -> str:
        """The path that the site lives at, with a slash at both ends."""
        return "/" + (self.address or "").partition("://")[2].partition("/")[2]

    def locate(self, path: str) -> str:
        """Return the address of a path of the site, or the path where the site has none."""
        path = path.lstrip("/")
        return urljoin(self.address, path) if self.address else f"/{path}"

    def page(self, file: str) -> str:
        """Return the address of the page that a content file becomes, `#` where nobody knows."""
        path, _, anchor = file.partition("#")
        stem = path.rpartition(".")[0] or path
        if not self.by_path or not stem:
            return "#"
        stem = stem.removesuffix("/_index").removesuffix("/index").strip("/")
        return self.locate(f"{stem}/" + (f"#{anchor}" if anchor else ""))

    def shown(self, source: str, *, html: bool) -> str:
        """Return Markdown or HTML without the generator's own marks."""
        if self.name == "wiki":
            from reader.body.wiki import shown
        elif self.name == "pelican":
            from reader.body.pelican import shown
        elif self.name:
            from reader.body.shortcodes import shown
        else:
            return source
        return shown(source, self, html=html)


PLAIN = Dialect()
