"""Addresses: the one check before an address is shown, fetched or opened, and what it is known by.

The rules of the check are safety.md's, those of identity design.md's.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

MAX_URL = 2048  # characters
_MAX_HOST = 253  # characters, RFC 1035
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}

_ORDINARY = re.compile(
    r"https?://(?:[a-z0-9_][a-z0-9_-]{0,62}\.){1,3}[a-z][a-z0-9-]{0,62}"
    r"(?:[/?#][!#-;=?-\[\]_a-z~]*+)?"
)
_PARTS = re.compile(r"(https?)://([^/?#]*)(.*)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:@\[\]]+)(?::([0-9]{0,8}))?", re.ASCII)
_NOT_ALLOWED = re.compile(r"[\x00-\x1f\x7f-\x9f\s\\]")
_NOT_A_URI = re.compile(r"""[^!#-;=?-\[\]_a-z~]+""")
_LABEL = re.compile(r"[a-z0-9_][a-z0-9_-]{0,62}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!\Z)|\Z)){4}")
_TRACKING = re.compile(r"utm_|(?:fbclid|gclid)(?:=|\Z)", re.IGNORECASE)

# White space as str.strip knows it, and what is invisible and pasted along with an address.
_AROUND = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
# IDNA 2003, the standard library's, turns these into another host than browsers open today.
_DEVIATIONS = frozenset("ßẞς\u200c\u200d")


def safe_url(text: str | None) -> str | None:
    """Return an address fit to be shown, fetched and opened, None for anything else.

    http(s) only, without userinfo, white space, controls and backslashes; at most 2,048
    characters, all ASCII: the host in punycode, the rest percent-encoded. Never raises; idempotent.
    """
    if not text:
        return None
    if len(text) <= MAX_URL and _ORDINARY.fullmatch(text):
        return text
    return _safe_url(text)


def _safe_url(text: str) -> str | None:
    text = text.strip(_AROUND)
    if len(text) > MAX_URL or _NOT_ALLOWED.search(text):
        return None
    parts = _PARTS.fullmatch(text)
    authority = _safe_authority(parts[2]) if parts else None
    if parts is None or authority is None:
        return None
    try:
        url = f"{parts[1].lower()}://{authority}{_NOT_A_URI.sub(_percent, parts[3])}"
    except UnicodeEncodeError:  # half a surrogate pair
        return None
    return url if len(url) <= MAX_URL else None


def canonical(url: str) -> str:
    """Return what an address is known by, however it was shared: the key of design.md, Identity.

    Without scheme, `www.`, its default port, fragment, final slash and tracking parameters, the
    host in lower case. Idempotent; never raises: any text has a key.
    """
    if "?" in url or "#" in url:
        return _canonical(url)
    scheme, _, rest = url.partition("://")
    if scheme != "https" and scheme != "http":
        return _canonical(url)
    name, slash, path = rest.partition("/")
    if ":" in name:
        return _canonical(url)
    return f"{_bare(name.lower())}{slash}{path}".rstrip("/")


def _canonical(url: str) -> str:
    scheme, rest = _without_scheme(url.partition("#")[0])
    address, _, query = rest.partition("?")
    name, slash, path = address.partition("/")
    name = _bare(name.lower().removesuffix(_DEFAULT_PORTS.get(scheme, "\n")))
    kept = [part for part in query.split("&") if not _TRACKING.match(part)]
    query = "&".join(kept)
    return f"{name}{slash}{path}".rstrip("/") + (f"?{query}" if query else "")


def article_id(key: str) -> str:
    """Return the id of an article: the first 10 hex digits of the SHA-256 of its key."""
    return f"{key_number(key) >> 24:010x}"


def key_number(key: str) -> int:
    """Return the first 8 bytes of the SHA-256 of a key as a number, big-endian."""
    return int.from_bytes(_sha256()(key.encode("utf-8", "surrogatepass")).digest()[:8], "big")


@cache
def _sha256() -> Callable[[bytes], Any]:
    from hashlib import sha256

    return sha256


def host(url: str) -> str | None:
    """Return the host of an address in lower case, without `www.` and port; None without one."""
    parts = _PARTS.match(url)
    found = _AUTHORITY.fullmatch(parts[2].lower()) if parts else None
    return _bare(found[1]) if found else None


def short(url: str) -> str:
    """Return an address to be read, not to be opened: no scheme, no `www.`, no final slash."""
    rest = _without_scheme(url)[1]
    name, slash, path = rest.partition("/")
    return f"{_bare(name)}{slash}{path}".rstrip("/")


def _without_scheme(url: str) -> tuple[str, str]:
    scheme, mark, rest = url.partition("://")
    scheme = scheme.lower()
    return (scheme, rest) if mark and scheme in _DEFAULT_PORTS else ("", url)


def _bare(name: str) -> str:
    """Return a host without `www.`, unless nothing but a suffix is left (`www.com`)."""
    if name.startswith("www.") and "." in name[4:].rstrip("."):
        return name[4:]
    return name


def _safe_authority(text: str) -> str | None:
    found = _AUTHORITY.fullmatch(text)
    if found is None:
        return None
    name = _safe_ipv6(found[1]) if found[1][0] == "[" else _safe_host(found[1])
    port = int(found[2]) if found[2] else None
    if name is None or port == 0 or (port or 0) > 65535:
        return None
    return name if port is None else f"{name}:{port}"


def _safe_host(name: str) -> str | None:
    ascii_name = name.lower() if name.isascii() else _punycode(name)
    if ascii_name is None or len(ascii_name) > _MAX_HOST:
        return None
    labels = ascii_name.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        return None
    if _NUMBER.fullmatch(labels[-1]) and not _IPV4.fullmatch(ascii_name):
        return None  # browsers read 2130706433 and 0x7f.1 as 127.0.0.1: a disguise
    return ascii_name


def _punycode(name: str) -> str | None:
    if len(name) > _MAX_HOST or not _DEVIATIONS.isdisjoint(name):
        return None
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


def _safe_ipv6(text: str) -> str | None:
    from ipaddress import IPv6Address

    try:
        return f"[{IPv6Address(text[1:-1])}]"
    except ValueError:
        return None


def _percent(found: re.Match[str]) -> str:
    return "".join([f"%{byte:02X}" for byte in found[0].encode("utf-8")])
