"""The settings of a site, read from its configuration under bounds, and never run."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from reader.files.frontmatter import FrontMatterError, Value, decode, parse_fields
from reader.files.reading import Unreadable, read_regular

MAX_CONFIG = 1024 * 1024
"""Bytes of a configuration."""

_ASSIGNMENT = re.compile(r"^([A-Z][A-Z0-9_]{1,60})[ \t]{0,9}=[ \t]{0,9}(.*)$", re.MULTILINE)
_TEXT = re.compile(r"""([rRuU]?)(["'])((?:(?!\2)[^\\\n]){0,2000})\2\s{0,9}(?:#.*)?""")
_LANGUAGES = {".toml": "toml", ".json": "json"}


def present(root: Path, names: Iterable[str]) -> frozenset[str]:
    """Return those of the names that are in a folder, without following links.

    A name with a final slash is a folder's.
    """
    return frozenset(name for name in names if _is_there(root, name))


def _is_there(root: Path, name: str) -> bool:
    parts = name.rstrip("/").split("/")
    places = [root.joinpath(*parts[: number + 1]) for number in range(len(parts))]
    if not os.path.lexists(places[0]) or any(map(os.path.islink, places)):
        return False
    return os.path.isdir(places[-1]) if name.endswith("/") else os.path.isfile(places[-1])


def read_configs(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of these files; one that cannot be read is empty."""
    return {name: _bytes(root / name) for name in names}


def _bytes(path: Path) -> bytes:
    try:
        return read_regular(path, MAX_CONFIG)
    except Unreadable:
        return b""


def settings(name: str, data: bytes) -> dict[str, Value]:
    """Return what a configuration sets, by names in lower case. Raises FrontMatterError."""
    end = os.path.splitext(name)[1]
    text = decode(data)
    if end == ".py":
        return _of_program(text)
    if end in (".js", ".mjs", ".cjs", ".ts") or not text.strip():
        return {}
    fields = parse_fields(text, 1, _LANGUAGES.get(end, "yaml"))
    return {key.lower(): value for key, value in fields.items()}


def all_settings(configs: dict[str, bytes]) -> tuple[dict[str, Value], list[str]]:
    """Return what all configurations set, the first wins, and a sentence for each unreadable."""
    found: dict[str, Value] = {}
    troubles = []
    for name, data in configs.items():
        try:
            more = settings(name, data)
            found = more | {key: one for key, one in found.items() if one or key not in more}
        except FrontMatterError as error:
            troubles.append(f"{name} cannot be understood ({error}), and is left out.")
    return found, troubles


def _of_program(text: str) -> dict[str, Value]:
    """Return the names that a Python program sets to a plain text; others are set to None."""
    found: dict[str, Value] = {}
    for one in _ASSIGNMENT.finditer(text):
        value = _TEXT.fullmatch(one[2].strip())
        found[one[1].lower()] = value[3] if value else None
    return found
