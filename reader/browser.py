"""The browser: started detached, with an argument list; the interface never waits for it."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence

from reader.urls import safe_url

MOST_OPENED = 10
"""Addresses that are opened at once, unless more are asked for."""


class NoBrowser(Exception):  # noqa: N818 - it is what happened, and nothing is wrong
    """There is no browser on this machine, or none that is near the user."""


def commands(environment: Mapping[str, str]) -> list[list[str]]:
    """Return the commands to try in turn, without the address: BROWSER, else the desktop's own."""
    named = environment.get("BROWSER", "").strip()
    if named:
        return [command for part in named.split(os.pathsep) if (command := _words(part))]
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return []
    if sys.platform == "darwin":
        return [["open"]]
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return [["xdg-open"]]
    return [["wslview"]] if environment.get("WSL_DISTRO_NAME") else []


def _words(part: str) -> list[str]:
    """Split a command as a shell does; one whose quotes are never closed is none."""
    import shlex

    try:
        return shlex.split(part)
    except ValueError:
        return []


def open_in_browser(url: str, environment: Mapping[str, str] = os.environ) -> None:
    """Start the user's browser with an address. Raises NoBrowser, ValueError for a bad address."""
    if safe_url(url) != url:
        raise ValueError("this address cannot be opened")
    for command in commands(environment):
        if shutil.which(command[0]) and _start(_with_address(command, url)):
            return
    raise NoBrowser


def _with_address(command: Sequence[str], url: str) -> list[str]:
    """Put the address where `%s` stands, else at the end."""
    if any("%s" in part for part in command):
        return [part.replace("%s", url) for part in command]
    return [*command, url]


def _start(command: Sequence[str]) -> bool:
    try:
        process = subprocess.Popen(  # noqa: S603 - an argument list; the address is checked above
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    threading.Thread(target=process.wait, daemon=True).start()
    return True
