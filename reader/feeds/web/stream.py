"""One connection, as httpcore reads and writes it: bounded, counted, and closed at once."""

import asyncio
import ssl
from collections.abc import Callable
from typing import Any, cast

from reader.feeds.web.unpacking import too_large

_BUFFERED = 1 << 18  # bytes that wait to be read, or to be sent


class Stale(ConnectionResetError):  # noqa: N818 - it is a reason to ask again
    """The server closed a connection that was kept before it answered anything on it."""


class Stream(asyncio.Protocol):
    """A connection; `heard` is told how many bytes came, `most` may come after a request."""

    def __init__(self, heard: Callable[[int], None], most: int) -> None:
        self._heard, self._most = heard, most
        self._buffer = bytearray()
        self._ended = False
        self._error: Exception | None = None
        self._waiting: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport
        self._requests = self._since = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Keep what came until it is read."""
        self._heard(len(data))
        self._buffer += data
        if len(self._buffer) > _BUFFERED:
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Know that nothing more will come."""
        self._ended = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Know that nothing more will come, and why."""
        self._ended, self._error = True, exc
        self._wake()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes, none at the end. Raises OSError, Stale, Refused."""
        while not self._buffer and not self._ended:
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        if not self._buffer:
            return self._nothing()
        data = bytes(self._buffer[:max_bytes])
        del self._buffer[:max_bytes]
        self._transport.resume_reading()
        self._since += len(data)
        if self._since > self._most:
            raise too_large(self._most, data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes; where that fails, reading says so. Raises OSError if they are never taken."""
        if self._transport.get_write_buffer_size() > _BUFFERED:
            raise ConnectionResetError("the server does not read")
        if buffer:
            self._requests += 1
            self._since = 0
            self._transport.write(buffer)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "Stream":
        """Go on in secret with the host of that name. Raises OSError."""
        if self._buffer:
            raise ssl.SSLError(ssl.SSL_ERROR_SSL, "the server spoke too early")
        loop = asyncio.get_running_loop()
        try:
            transport = await loop.start_tls(
                self._transport, self, ssl_context, server_hostname=server_hostname
            )
        except BaseException:
            self.abort()
            raise
        if transport is None:
            raise ConnectionResetError("the server closed the connection")
        self._transport = transport
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks of a connection."""
        if info == "is_readable":
            return bool(self._buffer) or self._ended
        return self._transport.get_extra_info(info)

    async def aclose(self) -> None:
        """Close the connection without a farewell."""
        self.abort()

    def abort(self) -> None:
        """Close the connection without a farewell."""
        self._transport.abort()

    def _nothing(self) -> bytes:
        if self._requests > 1 and not self._since:
            raise Stale
        if self._error:
            raise self._error
        return b""

    def _wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)
