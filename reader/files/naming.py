"""What an article is called: its own field, a heading in its text, or the words of its path."""

import re
from collections.abc import Iterator

from reader.body.source import outside_fences
from reader.files.names import TITLE
from reader.files.site import Site
from reader.files.values import Fields, first, text
from reader.text import clean_line, plain

HEAD = 8192
"""Characters of a body in which a heading is looked for."""

DAY = re.compile(r"(?:^|/)(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)")
_MACHINES = frozenset(("quality", "heat", "feed"))
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$|^(?=\S)(?![#>|*+-])(.+)\n=+[ \t]*$", re.MULTILINE)
_ID = re.compile(r"[ \t]*\{[#.:][^{}]{0,300}\}\Z")
_MARKS = frozenset("]*~_`")
_CODE = re.compile(r"(`{1,2})([^`]{1,300})\1")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{1,2000}(?:\s[^()]{0,300})?\)")
_LOUD = re.compile(r"(?<![\w*])(\*\*|\*|~~)(?=[^\s*])([^*~]{1,300})(?<=[^\s*])\1(?![\w*])")
_QUIET = re.compile(r"(?<!\w)(__|_)(?=[^\s_])([^_]{1,300})(?<=[^\s_])\1(?!\w)")


def title_of(fields: Fields, body: str, path: str, site: Site) -> str:
    """Return the title of an article; it always has one. `path` is clean."""
    if title := first(fields, TITLE, text):
        return title if _is_plain(fields) else without_marks(title) or title
    head = site.dialect.shown(body[:HEAD], html=False)
    heading = _heading(head, at_top=site.kind == "obsidian")
    words = plain(_ID.sub("", heading))
    return without_marks(words) or words_of(path, site.kind)


def _is_plain(fields: Fields) -> bool:
    """Whether a machine wrote the file, which knows no Markdown in titles."""
    return not _MACHINES.isdisjoint(fields)


def without_marks(title: str) -> str:
    """Return a clean line without the marks of Markdown that leave no doubt."""
    if _MARKS.isdisjoint(title):
        return title
    text = _LINK.sub(r"\1", title)
    text = _LOUD.sub(r"\2", _LOUD.sub(r"\2", text))
    text = _QUIET.sub(lambda found: found[2] if found[1] == "_" else found[0], text)
    return clean_line(_CODE.sub(r"\2", text))


def _heading(head: str, *, at_top: bool) -> str:
    """Return the first heading of a text, empty where there is none; code has none."""
    if "```" in head or "~~~" in head:
        head = "\n".join(outside_fences(head.split("\n")))
    found = _HEADING.search(head)
    if found is None or (at_top and head[: found.start()].strip()):
        return ""
    return found[1] or found[2]


def words_of(path: str, kind: str = "plain") -> str:
    """Return the words of a file's name, or of its folder's where the name says nothing."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0]
    if not stem:
        return name or path
    if kind == "obsidian":
        return stem
    if kind != "plain" and stem.partition(".")[0].lower() == "index":
        stem = folder.strip("/").rpartition("/")[2] or stem
    words = DAY.sub("", stem).strip("-_. ")
    return re.sub(r"[-_ ]+", " ", words) or stem


def days_in(path: str) -> Iterator[str]:
    """Yield the days in a path, that of the name before those of the folders."""
    for found in reversed(list(DAY.finditer(path))):
        yield "-".join(found.groups())
