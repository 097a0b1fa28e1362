"""Connections to hosts whose addresses are checked when connecting: what `http.py` speaks over.

The address that was checked is the one that is connected to, so that a name which means another
address a moment later (rebinding) gains nothing.
"""

import asyncio
import socket
from collections.abc import Callable, Container
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import Any

from reader.feeds.web.networks import is_address, is_public
from reader.feeds.web.refused import on_private_network
from reader.feeds.web.stream import Stream

_HEAD_START = 0.25  # seconds until the next address of a host is tried as well (RFC 8305)
_MOST_ADDRESSES = 8


class Network:
    """Opens connections to public addresses, and to any address of the hosts in `private`.

    It is a network backend as httpcore wants it. `heard` is told how many bytes came; `most` of
    them may come in answer to one request, with all headers.
    """

    def __init__(self, private: Container[str], heard: Callable[[int], None], most: int) -> None:
        self._private, self._stream = private, partial(Stream, heard, most)

    async def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> Stream:
        """Connect to a host. Raises Refused where no address of it is allowed, OSError."""
        found = [host] if is_address(host) else await look_up(host)
        allowed = [one for one in found if host in self._private or is_public(one)]
        if not allowed:
            raise on_private_network(host)
        return await self._first(allowed[:_MOST_ADDRESSES], port)

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore does between attempts."""
        await asyncio.sleep(seconds)

    async def _first(self, addresses: list[str], port: int) -> Stream:
        """Return the first connection that comes about; each address has a head start."""
        tasks: list[asyncio.Task[Stream]] = []
        pending: set[asyncio.Task[Stream]] = set()
        won: asyncio.Task[Stream] | None = None
        try:
            while won is None and (len(tasks) < len(addresses) or pending):
                if len(tasks) < len(addresses):
                    tasks.append(asyncio.create_task(self._open(addresses[len(tasks)], port)))
                    pending.add(tasks[-1])
                more = len(tasks) < len(addresses)
                done, pending = await asyncio.wait(
                    pending,
                    timeout=_HEAD_START if more else None,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                won = next((task for task in done if not task.exception()), None)
            return (won or tasks[-1]).result()
        finally:
            for task in tasks:
                if task is not won:
                    task.cancel()
                    task.add_done_callback(_let_go)

    async def _open(self, address: str, port: int) -> Stream:
        loop = asyncio.get_running_loop()
        return (await loop.create_connection(self._stream, address, port))[1]


def _let_go(task: asyncio.Task[Stream]) -> None:
    if not task.cancelled() and not task.exception():
        task.result().abort()


async def look_up(host: str) -> list[str]:
    """Return the addresses of a host. Raises OSError; whoever stops waiting waits for nothing.

    Each look-up has a thread of its own that nobody joins, for it may hang for a minute.
    """
    loop = asyncio.get_running_loop()
    found: asyncio.Future[list[str]] = loop.create_future()

    def tell(answer: list[str] | OSError) -> None:
        if found.done():
            return
        if isinstance(answer, OSError):
            found.set_exception(answer)
        else:
            found.set_result(answer)

    def ask() -> None:
        try:
            answer: list[str] | OSError = addresses(host)
        except OSError as error:
            answer = error
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(tell, answer)

    Thread(target=ask, daemon=True).start()
    return await found


def addresses(host: str) -> list[str]:
    """Return the addresses of a host, the best first. Raises OSError."""
    found = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))
