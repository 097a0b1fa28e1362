"""Which addresses of the Internet Protocol belong to the open network, and to nobody's own.

After IANA's registries of special-purpose addresses (RFC 6890); `is_global` of the standard library
differs between versions of Python. What only stands for another address (NAT64, 6to4, Teredo,
mapped IPv4) is not public, for it may stand for a private one.
"""

from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address

_PUBLIC_6 = "2000::/3"
_SPECIAL_6 = ("2001::/23", "2001:db8::/32", "2002::/16", "3ffe::/16", "3fff::/20")
_SPECIAL_4 = (
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
    *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
    *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
)


def is_public(text: str) -> bool:
    """Return whether an address is one of the open network; False for what is no address."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    public, special = _networks(address.version)
    return address in public and not any(address in network for network in special)


def is_address(host: str) -> bool:
    """Return whether the host of a safe URL is an address, not a name."""
    return ":" in host or host.replace(".", "").isdigit()


def is_private_name(host: str) -> bool:
    """Return whether the host of a safe URL is nobody's on the open network, by its mere name."""
    if is_address(host):
        return not is_public(host)
    return host == "localhost" or host.endswith(".localhost")


@cache
def _networks(
    version: int,
) -> tuple[IPv4Network | IPv6Network, tuple[IPv4Network | IPv6Network, ...]]:
    if version == 4:
        return IPv4Network("0.0.0.0/0"), tuple(map(IPv4Network, _SPECIAL_4))
    return IPv6Network(_PUBLIC_6), tuple(map(IPv6Network, _SPECIAL_6))
