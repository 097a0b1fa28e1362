"""Why an address was not fetched: one sentence for whoever subscribed to it."""

import errno
import socket
import ssl
from typing import Literal

from reader.text import clean_line, one_line

MAX_HEAD = 500  # bytes

Kind = Literal[
    "offline",
    "dns",
    "connect",
    "tls",
    "timeout",
    "too large",
    "redirects",
    "not allowed",
    "not http",
]
"""`offline` is where nothing could be reached from here, whatever the host."""

_OFFLINE = (errno.ENETUNREACH, errno.ENETDOWN)


class Refused(Exception):  # noqa: N818 - it is what came of asking
    """Nothing that can be used came: a sentence, its kind, and the first bytes if any came."""

    def __init__(self, sentence: str, kind: Kind = "not http", head: bytes = b"") -> None:
        super().__init__(clean_line(sentence, 500))
        self.kind, self.head = kind, head[:MAX_HEAD]


def refused(error: Exception, host: str) -> Refused:
    """Return what went wrong between here and a host as a sentence."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, socket.gaierror):
        return _not_found(error, host)
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message.rstrip(".")
        return Refused(f"the certificate of {host} cannot be trusted: {why}", "tls")
    if isinstance(error, ssl.SSLError):
        why = (getattr(error, "reason", None) or one_line(error)).replace("_", " ").lower()
        return Refused(f"no secure connection to {host} comes about: {why}", "tls")
    if isinstance(error, ConnectionRefusedError):
        return Refused(f"{host} refuses connections there; is its server running?", "connect")
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return Refused(f"{host} broke the connection off", "connect")
    if isinstance(error, OSError):
        why = error.strerror or one_line(error)
        kind: Kind = "offline" if error.errno in _OFFLINE else "connect"
        return Refused(f"{host} cannot be reached: {why.lower()}", kind)
    return Refused(f"{host} does not speak HTTP as it should: {_detail(error)}")


def _detail(error: Exception) -> str:
    """Return what a library says was wrong, without the bytes and objects that it quotes."""
    return one_line(error).partition(": bytearray(")[0].partition("<")[0] or "it gave up"


def _not_found(error: socket.gaierror, host: str) -> Refused:
    if error.errno == socket.EAI_AGAIN:
        return Refused(f"{host} could not be looked up; is this machine online?", "offline")
    return Refused(f"there is no host {host}; is it written as it should be?", "dns")


def on_private_network(host: str) -> Refused:
    """Return what is said of a host that only the user can allow."""
    return Refused(
        f"{host} is not on the open network; if it is yours, add it to `private_hosts` under"
        " `[feeds]` in config.toml",
        "not allowed",
    )
