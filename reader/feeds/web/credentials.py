"""What shows a host who is asking: got from a command or the environment, told to nobody else."""

import asyncio
import os
import signal
from base64 import b64encode
from contextlib import suppress

from reader.feeds.web.access import Key
from reader.feeds.web.refused import Refused

_SECONDS = 30.0  # that a command has; it may ask for a passphrase in a window of its own


class Credentials:
    """The values of an Authorization header, each got once; one command runs at a time."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._known: dict[Key, str | Refused] = {}
        self._lock = asyncio.Lock()

    async def shown(self, key: Key, host: str) -> str:
        """Return what to show a host. Raises Refused where there is nothing."""
        async with self._lock:
            if key not in self._known:
                try:
                    self._known[key] = _header(key.user, await self._secret(key, host), host)
                except Refused as error:
                    self._known[key] = error
        known = self._known[key]
        if isinstance(known, Refused):
            raise Refused(str(known), known.kind)
        return known

    async def _secret(self, key: Key, host: str) -> str:
        if key.variable:
            secret = os.environ.get(key.variable, "")
            what = f"the variable {key.variable} of the environment"
        else:
            secret = await self._said(key.command)
            what = f"the command `{key.command[0]}`"
        if not secret:
            raise Refused(f"{what} gave nothing to show {host} (`[[access]]`)", "not allowed")
        return secret

    async def _said(self, command: tuple[str, ...]) -> str:
        """Return the first line that a command prints, nothing where it fails or takes too long."""
        starting = asyncio.create_task(_start(command))
        try:
            process = await asyncio.shield(starting)
            async with asyncio.timeout(self._seconds):
                return await _first_line(process)
        except BaseException as error:
            await _end(starting)
            if isinstance(error, (OSError, ValueError)):
                return ""
            raise


async def _start(command: tuple[str, ...]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,  # it can neither ask nor draw in our terminal
    )


async def _end(starting: asyncio.Task[asyncio.subprocess.Process]) -> None:
    """End a command, also one that is only starting, with all that it started."""
    with suppress(OSError, ValueError):
        process = await starting
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def _first_line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    line = await process.stdout.readline()
    while await process.stdout.read(1 << 16):
        pass
    return "" if await process.wait() else line.decode("utf-8").rstrip("\r\n")


def _header(user: str | None, secret: str, host: str) -> str:
    if user is not None:
        return f"Basic {b64encode(f'{user}:{secret}'.encode()).decode('ascii')}"
    if not (secret.isascii() and secret.isprintable()):
        raise Refused(f"the token for {host} has characters that cannot be sent", "not allowed")
    return f"Bearer {secret}"
