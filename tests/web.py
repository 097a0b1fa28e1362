"""A web on loopback for the tests: servers, certificates, and what names mean.

Nothing leaves the machine: connections to public addresses end on loopback.
"""

import asyncio
import atexit
import os
import shutil
import socket
import ssl
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from unittest.mock import patch

import trustme

from reader.feeds.web import connecting
from reader.feeds.web.networks import is_public

HOST, PUBLIC, PRIVATE = "open.example", "93.184.216.34", "127.0.0.1"
ENDLESS = 1 << 30

Names = Mapping[str, list[list[str]]]
Handler = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


def says(
    body: bytes = b"", *headers: str, status: str = "200 OK", length: str | None = None
) -> Handler:
    """Return what answers every request in this way and closes; PORT is the server's own."""
    size = f"Content-Length: {len(body)}" if length is None else length
    lines = [f"HTTP/1.1 {status}", *headers, *([size] if size else []), "Connection: close"]
    return raw(*("\r\n".join(lines) + "\r\n\r\n").encode("latin-1").split(b"\0\0"), body)


def raw(*parts: bytes) -> Handler:
    """Return what answers with these bytes and closes."""

    async def answer(request: bytes, writer: asyncio.StreamWriter) -> None:
        port = str(writer.get_extra_info("sockname")[1]).encode()
        writer.write(b"".join(parts).replace(b"PORT", port))
        await writer.drain()

    return answer


def goes_on(start: bytes, again: bytes, pause: float = 0) -> Handler:
    """Return what never ends an answer."""

    async def answer(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        for _ in range(ENDLESS):
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


async def silent(request: bytes, writer: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.sleep(ENDLESS)


def leads(*, to: str, status: int = 302) -> Handler:
    """Return what redirects every request."""
    return says(b"", f"Location: {to}", status=f"{status} Elsewhere")


@cache
def certificates() -> Path:
    """Return a folder with an authority, a certificate of it, and one that nobody trusts."""
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-certificates-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    known, unknown = trustme.CA(), trustme.CA()
    known.cert_pem.write_to_path(str(folder / "ca.pem"))
    for name, authority in (("good", known), ("own", unknown)):
        issued = authority.issue_cert(HOST, "third.example")
        issued.private_key_pem.write_to_path(str(folder / f"{name}.key"))
        for part in issued.cert_chain_pems:
            part.write_to_path(str(folder / f"{name}.pem"), append=True)
    return folder


def server_context(name: str, *protocols: str) -> ssl.SSLContext:
    """Return what a server with that certificate speaks TLS with."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates() / f"{name}.pem", certificates() / f"{name}.key")
    context.set_alpn_protocols(list(protocols))
    return context


@contextmanager
def world(names: Names) -> Iterator[list[str]]:
    """Let names mean what is said, and the open network end on loopback; gives what was opened."""
    meanings = {HOST: [[PUBLIC]], **names}
    left = {name: list(found) for name, found in meanings.items()}
    opened: list[str] = []
    really = connecting.Network._open

    def addresses(host: str) -> list[str]:
        found = left.get(host, [[]])
        now = found.pop(0) if len(found) > 1 else found[0]
        if not now:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return now

    async def opens(self: connecting.Network, address: str, port: int) -> connecting.Stream:
        opened.append(address)
        return await really(self, PRIVATE if is_public(address) else address, port)

    with ExitStack() as stack:
        stack.enter_context(patch.object(connecting, "addresses", addresses))
        stack.enter_context(patch.object(connecting.Network, "_open", opens))
        stack.enter_context(
            patch.dict(os.environ, {"SSL_CERT_FILE": str(certificates() / "ca.pem")})
        )
        yield opened


class Server:
    """A server on loopback that does one thing to all who come."""

    def __init__(
        self,
        does: Handler,
        context: ssl.SSLContext | None = None,
        *,
        keeps: bool = False,
        waits: bool = True,
        at: str = PRIVATE,
    ) -> None:
        self._does, self._context, self._at = does, context, at
        self._keeps, self._waits = keeps, waits
        self._tasks: set[asyncio.Task[None] | None] = set()
        self.requests: list[bytes] = []
        self.connections = 0
        self.port = 0

    async def __aenter__(self) -> "Server":
        self._server = await asyncio.start_server(self._serve, self._at, 0, ssl=self._context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        tasks = [task for task in self._tasks if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self.connections += 1
        self._tasks.add(task)
        try:
            with suppress(OSError, EOFError, asyncio.CancelledError, asyncio.LimitOverrunError):
                await self._serve_one(reader, writer)
                while self._keeps:
                    await self._serve_one(reader, writer)
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()
            self._tasks.discard(task)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readexactly(1) if self._waits else b"\x16"
        if request != b"\x16":  # the first byte of TLS
            request += await reader.readuntil(b"\r\n\r\n")
        self.requests.append(request)
        await self._does(request, writer)
