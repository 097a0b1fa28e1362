"""The numbered addresses of one body."""

from urllib.parse import urljoin

from reader.urls import safe_url

MAX_LINKS = 2000
"""More are shown as text: no article has them, and a list of them is no help."""

MAX_ADDRESS = 4096
"""Characters before an address is looked at: what is longer is data, not an address."""


class Links:
    """Gives each safe address a number, the same one each time, counted from 1."""

    def __init__(self, base: str | None = None) -> None:
        self.full = False
        self._base = base
        self._numbers: dict[str, int] = {}
        self._seen: dict[str, int | None] = {}

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses in the order of their numbers."""
        return tuple(self._numbers)

    def number(self, address: str | None) -> int | None:
        """Return the number of an address as written; None where there is nothing safe to open."""
        address = (address or "").strip()
        if not address or address.startswith("#") or len(address) > MAX_ADDRESS:
            return None
        if address not in self._seen:
            self._seen[address] = self._add(self._resolve(address))
        return self._seen[address]

    def _add(self, url: str | None) -> int | None:
        if url is None or url in self._numbers:
            return self._numbers.get(url or "")
        if len(self._numbers) >= MAX_LINKS:
            self.full = True
            return None
        self._numbers[url] = len(self._numbers) + 1
        return self._numbers[url]

    def _resolve(self, address: str) -> str | None:
        if address.startswith("//"):
            address = "https:" + address
        try:
            return safe_url(urljoin(self._base, address) if self._base else address)
        except ValueError:
            return None
