"""Whom feeds may be asked of, and how: what config.toml settles, and which hosts were named."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from reader.settings import SettingsError, read_config
from reader.text import clean_line
from reader.urls import safe_url

_NAMED = "private-hosts"
_SETTINGS = ("private_hosts", "proxy")
_SOURCES = ("password_command", "password_env", "token_command", "token_env")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Key(NamedTuple):
    """What shows a host who is asking: from a command, else from a variable of the environment.

    With a user it is a password, without one a bearer token.
    """

    user: str | None
    command: tuple[str, ...] = ()
    variable: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """Hosts that may be on private networks, keys by `host` or `host:port`, and a proxy's URL."""

    private_hosts: frozenset[str] = frozenset()
    keys: Mapping[str, Key] = field(default_factory=dict)
    proxy: str | None = None

    def key(self, url: str) -> Key | None:
        """Return the key to show where an address leads: only to its host, and not in the open."""
        if not self.keys or not (url.startswith("https:") or self.is_private(url)):
            return None
        return self.keys.get(place(url))

    def is_private(self, url: str) -> bool:
        """Return whether the host of an address may be on a private network."""
        return host_name(url) in self.private_hosts


def host_name(url: str) -> str:
    """Return the host of a safe URL, an IPv6 address without its brackets."""
    return urlsplit(url).hostname or ""


def place(url: str) -> str:
    """Return host and port of a safe URL, without the port that its scheme has anyway."""
    parts = urlsplit(url)
    name, port = parts.hostname or "", parts.port
    return name if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{name}:{port}"


def read_access(config_file: Path, state_dir: Path) -> Access:
    """Return what a file of settings and this machine allow. Raises SettingsError."""
    return read_config(config_file, partial(_access, _named(state_dir)))


def name_host(state_dir: Path, url: str) -> bool:
    """Remember that the user named the host of an address, if it is on a private network.

    Returns whether it is. Looks the host up, so it may take seconds. Raises OSError.
    """
    from reader.feeds.web.connecting import addresses
    from reader.feeds.web.networks import is_public

    safe = safe_url(url)
    if safe is None:
        return False
    host = host_name(safe)
    try:
        private = not all(map(is_public, addresses(host)))
    except OSError:
        return False
    if private and host not in _named(state_dir):
        state_dir.mkdir(parents=True, exist_ok=True)
        with open(state_dir / _NAMED, "a", encoding="ascii") as file:
            file.write(f"{host}\n")
            file.flush()
            os.fsync(file.fileno())
    return private


def _named(state_dir: Path) -> frozenset[str]:
    try:
        lines = (state_dir / _NAMED).read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return frozenset()
    return frozenset(filter(None, map(_host, lines)))


def _access(named: frozenset[str], found: dict[str, Any]) -> Access:
    feeds, rows = found.get("feeds", {}), found.get("access", [])
    if not isinstance(feeds, dict):
        raise SettingsError("`feeds` has to be a table, written `[feeds]`")
    for name in feeds.keys() - set(_SETTINGS):
        known = ", ".join(f"feeds.{one}" for one in _SETTINGS)
        raise SettingsError(f"there is no setting `feeds.{clean_line(name)}`, but {known}")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SettingsError("`access` has to be tables, each written `[[access]]`")
    hosts = _private_hosts(feeds.get("private_hosts", []))
    return Access(named | hosts, dict(map(_key, rows)), _proxy(feeds.get("proxy")))


def _private_hosts(found: object) -> frozenset[str]:
    if not isinstance(found, list):
        raise SettingsError('`feeds.private_hosts` has to be a list, like `["nas.local"]`')
    return frozenset(map(_private_host, found))


def _private_host(text: object) -> str:
    host = _host(text)
    if host is None:
        wrong = clean_line(str(text), 80)
        raise SettingsError(f"`feeds.private_hosts` has `{wrong}`, which is no host without a port")
    return host


def _proxy(found: object) -> str | None:
    if found is None:
        return None
    url = safe_url(found) if isinstance(found, str) else None
    if url is None:
        raise SettingsError("`feeds.proxy` has to be an address, like `http://127.0.0.1:8118`")
    return url


def _key(row: dict[str, Any]) -> tuple[str, Key]:
    """Return one table of `access` as the place that it is for and its key."""
    parts = _parts(row.get("host"))
    if parts is None:
        raise SettingsError('each `[[access]]` needs a `host`, like `"example.org"`')
    where = place(parts.geturl())
    try:
        return where, _shown(row, row.get("user"))
    except ValueError as error:
        raise SettingsError(f"`[[access]]` for {where} {error}") from error


def _shown(row: dict[str, Any], user: object) -> Key:
    """Return the key of a table. Raises ValueError with what the table lacks."""
    for unknown in row.keys() - {"host", "user", *_SOURCES}:
        raise ValueError(f"has `{clean_line(unknown)}`, which means nothing")
    sources = [name for name in _SOURCES if name in row]
    if len(sources) != 1:
        raise ValueError(f"needs one of {', '.join(_SOURCES)}")
    source, value = sources[0], row[sources[0]]
    if source.startswith("password"):
        if not isinstance(user, str) or ":" in user:
            raise ValueError("needs a `user`, which has no colon")
    elif user is not None:
        raise ValueError("has a `user`, which belongs to a password")
    name = user if isinstance(user, str) else None
    if source.endswith("_env"):
        if not isinstance(value, str) or not value:
            raise ValueError(f"needs the name of a variable as `{source}`")
        return Key(name, variable=value)
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise ValueError(f'needs a list as `{source}`, like `["pass", "show", "news"]`')
    return Key(name, command=tuple(value))


def _host(text: object) -> str | None:
    """Return a host in its one form, None for what is none or has a port."""
    if isinstance(text, str) and text.count(":") > 1 and text[0] != "[":
        text = f"[{text}]"
    parts = _parts(text)
    return parts.hostname if parts and parts.port is None else None


def _parts(text: object) -> SplitResult | None:
    """Return `host` or `host:port` as the parts of an address, None for anything else."""
    url = safe_url(f"https://{text}/") if isinstance(text, str) else None
    parts = urlsplit(url) if url else None
    return parts if parts and parts[2:] == ("/", "", "") else None
